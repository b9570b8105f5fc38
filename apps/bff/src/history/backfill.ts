import { ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'
import { type BackfillSpan, periodsIn, spanAt, spanCount } from './backfill-spans.ts'
import { isWithin, type NameSpan, nameSpans } from './former-names.ts'
import type { Recorder } from './recorder.ts'
import type { HistoryStore, StoredPeriod } from './store.ts'

interface BackfillServices {
  client: Pick<CloudflareClient, 'analytics'>
  store: HistoryStore
  recorder: Recorder
  /** The tunnels as last read. */
  listed: () => readonly Tunnel[]
  deps: Deps
}

/** One query every five seconds, a minute after the start: whoever opens a page comes first. */
const everyMs = 5000
const firstMs = 60_000
const againMs = 60_000

/**
 * Reads the time before the console's own measuring from analytics, the newest first, each tunnel once. Goes on after a restart
 * where it was. Yields to polls and pages, which may use three times as many queries.
 */
export function createBackfill({ client, store, recorder, listed, deps }: BackfillServices) {
  let isWorking = false
  let nextAt = deps.monotonic() + firstMs

  async function step(): Promise<boolean> {
    await store.enlist()
    const next = await store.unfilled(spanCount)
    if (!next) return false
    const { before, done, tunnelIds } = next
    const now = deps.now().getTime()
    const span = spanAt(done, before, now)
    const byId = new Map(listed().map((tunnel) => [tunnel.id, tunnel]))
    // Of a tunnel that is not probed analytics tell 0, a figure of nothing: told as Down it would be wrong.
    const isUnprobed = (id: string) => byId.get(id)?.health_check.enabled === false
    const isOver = (id: string) =>
      !span || Date.parse(byId.get(id)?.created_on ?? '') >= span.to || !byId.has(id) || isUnprobed(id)
    const over = tunnelIds.filter(isOver)
    // Before a tunnel was made there is nothing to read of it, nor is there once it is gone.
    if (over.length > 0 || !span) {
      await store.filled([], over, spanCount, 0)
      return true
    }
    const chunk = tunnelIds.slice(0, span.most)
    const names = new Map(chunk.map((id) => [id, byId.get(id)?.name ?? '']))
    await store.filled(await read(span, await nameSpans(deps, names)), chunk, done + 1, span.to)
    await recorder.refresh(chunk)
    return true
  }

  async function read(span: BackfillSpan, all: readonly NameSpan[]): Promise<StoredPeriod[]> {
    const spans = all.filter((each) => isWithin(each, span.from, span.to))
    const names = [...new Set(spans.map(({ name }) => name))]
    if (names.length === 0) return []
    const { from, to, stepMs, time } = span
    const rows = await client.analytics(
      { dataset: 'health', from, to, dimensions: ['active', time], names },
      'backfill',
    )
    const byName = Map.groupBy(rows, ({ name }) => name)
    const byTunnel = Map.groupBy(spans, ({ tunnelId }) => tunnelId)
    return [...byTunnel].flatMap(([tunnelId, own]) => {
      const its = own.flatMap((each) =>
        (byName.get(each.name) ?? []).filter((row) => {
          const at = Date.parse(row.of(time))
          return isWithin(each, at, at + stepMs)
        }),
      )
      return periodsIn(tunnelId, its, span)
    })
  }

  return {
    /** Reads one stretch of a few tunnels; `false` where nothing is left. Throws what analytics say. */
    step,

    /** One step, when it is time for one. Never throws. */
    async tick(): Promise<void> {
      if (isWorking || deps.monotonic() < nextAt || recorder.lookedAt() === null) return
      isWorking = true
      try {
        const isMore = await step()
        nextAt = deps.monotonic() + (isMore ? everyMs : againMs)
      } catch (error) {
        const retryAfter = error instanceof ProblemError ? (error.problem.retryAfter ?? 0) * 1000 : 0
        nextAt = deps.monotonic() + Math.max(againMs, retryAfter)
        deps.log({ level: 'info', event: 'history.backfill-waits', cause: describe(error) })
      } finally {
        isWorking = false
      }
    },
  }
}
