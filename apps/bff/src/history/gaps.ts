import { covering } from '@tunnel-console/shared/status-periods'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import { madeAt } from '../readings/of-their-own.ts'
import { gapSpan } from './backfill-spans.ts'
import { type Named, nameSpans } from './former-names.ts'
import { readSpan } from './read-span.ts'
import type { Recorder } from './recorder.ts'
import type { HistoryStore, StoredPeriod } from './store.ts'

/** What reading the past from analytics needs. */
export interface PastServices {
  client: Pick<CloudflareClient, 'analytics'>
  store: HistoryStore
  recorder: Recorder
  /** The tunnels as last read. */
  listed: () => readonly Tunnel[]
  deps: Deps
}

/** What has just ended is not looked for yet: analytics take some minutes until all of it is there. */
const settledMs = 5 * 60_000
/** Of such a time, once analytics were asked and had nothing of it. */
export const askedInVain = 'Nobody measured, and Cloudflare has no figures'

/**
 * Fills the times that the console was not running, or its machine slept, from analytics, those that ended last first. What they
 * have no figures of stays unknown and says so, and is not asked for again. All of it rests in the rows: a restart goes on.
 */
export function createGaps({ client, store, recorder, listed, deps }: PastServices) {
  /** As of which gap of this process none is left; rows are looked through at the start, and then only when there is a new one. */
  let filledUpTo = -1

  /** Reads one stretch of one gap, of a few tunnels; `false` where nothing is left. Throws what analytics say. */
  async function step(): Promise<boolean> {
    const seen = recorder.gaps()
    if (seen === filledUpTo) return false
    const now = deps.now().getTime()
    const gap = await store.gap()
    if (!gap) filledUpTo = seen
    if (!gap || gap.to > now - settledMs) return false
    const span = gapSpan(gap, now)
    const ids = gap.tunnelIds.slice(0, span?.most)
    const read = span ? await readSpan(client, span, await nameSpans(deps, namesOf(ids)), listed()) : []
    const { from, to } = span ?? gap
    const byTunnel = Map.groupBy(read, ({ tunnelId }) => tunnelId)
    const rows = ids.flatMap((id) => wholeOf(id, byTunnel.get(id) ?? [], { from, to }))
    await store.filledGap(rows, ids, gap, from)
    await recorder.refresh(ids)
    return true
  }

  /** Of those that can be asked about. Of a tunnel that is not probed analytics tell 0, a figure of nothing. */
  function namesOf(ids: readonly string[]): Map<string, Named> {
    const wanted = new Set(ids)
    const probed = listed().filter(({ id, health_check: { enabled } }) => wanted.has(id) && enabled)
    return new Map(probed.map((tunnel) => [tunnel.id, { name: tunnel.name, madeAt: madeAt(tunnel) }]))
  }

  return step
}

/** The time from end to end: what was read, and between it what nobody knows. */
function wholeOf(tunnelId: string, read: readonly StoredPeriod[], { from, to }: { from: number; to: number }) {
  return covering(read, from, to).map(({ state, reason, ...times }) => ({
    tunnelId,
    ...times,
    state,
    reason: state === 'unknown' ? askedInVain : reason,
    isExact: true,
  }))
}
