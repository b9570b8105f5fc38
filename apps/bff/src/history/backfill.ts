import { ProblemError } from '@tunnel-console/shared/problem'
import { describe } from '../http/on-error.ts'
import { madeAt } from '../readings/of-their-own.ts'
import { spanAt, spanCount } from './backfill-spans.ts'
import { nameSpans } from './former-names.ts'
import { createGaps, type PastServices } from './gaps.ts'
import { readSpan } from './read-span.ts'

/** One query every five seconds, a minute after the start: whoever opens a page comes first. */
const everyMs = 5000
const firstMs = 60_000
const againMs = 60_000

/**
 * Reads what the console did not measure itself from analytics: the gaps in its own time, then the time before it, the newest
 * first, each tunnel once. Goes on after a restart where it was. Yields to polls and pages, which may use three times as many queries.
 */
export function createBackfill({ client, store, recorder, listed, deps }: PastServices) {
  const fillGap = createGaps({ client, store, recorder, listed, deps })
  let isWorking = false
  let nextAt = deps.monotonic() + firstMs

  async function step(): Promise<boolean> {
    return (await fillGap()) || (await readBefore())
  }

  async function readBefore(): Promise<boolean> {
    await store.enlist()
    const next = await store.unfilled(spanCount)
    if (!next) return false
    const { before, done, tunnelIds } = next
    const now = deps.now().getTime()
    const span = spanAt(done, before, now)
    const byId = new Map(listed().map((tunnel) => [tunnel.id, tunnel]))
    // Of a tunnel that is not probed analytics tell 0, a figure of nothing: told as Down it would be wrong.
    const isUnprobed = (id: string) => byId.get(id)?.health_check.enabled === false
    const madeAtOf = (id: string) => madeAt(byId.get(id) ?? { created_on: null })
    const isOver = (id: string) => !span || madeAtOf(id) >= span.to || !byId.has(id) || isUnprobed(id)
    const over = tunnelIds.filter(isOver)
    // Before a tunnel was made there is nothing to read of it, nor is there once it is gone.
    if (over.length > 0 || !span) {
      await store.filled([], over, spanCount, 0)
      return true
    }
    const chunk = tunnelIds.slice(0, span.most)
    const names = new Map(chunk.map((id) => [id, { name: byId.get(id)?.name ?? '', madeAt: madeAtOf(id) }]))
    await store.filled(await readSpan(client, span, await nameSpans(deps, names), listed()), chunk, done + 1, span.to)
    await recorder.refresh(chunk)
    return true
  }

  return {
    /** Reads one stretch of a few tunnels, of a gap before all else; `false` where nothing is left. Throws what analytics say. */
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
