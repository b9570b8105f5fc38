import type { StateChange, StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import { believedMs } from '@tunnel-console/shared/status-steps'
import type { Deps } from '../deps.ts'
import type { AskedTime } from '../http/moments.ts'
import { viewOf } from '../readings/prepared.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Older } from './older.ts'
import { timeOf } from './range.ts'
import type { Recorder } from './recorder.ts'
import { createStateChangeRows, type Place, type StateChangeRow } from './state-changes-rows.ts'
import type { HistoryStore } from './store.ts'

interface StateChangesServices {
  tunnels: Pick<TunnelReadings, 'list'>
  recorder: Pick<Recorder, 'loaded' | 'lookedAt'>
  store: Pick<HistoryStore, 'seenAt'>
  older: Older
  deps: Pick<Deps, 'db' | 'now'>
}

export interface StateChangesAsked extends AskedTime {
  cursor?: string | undefined
  limit?: string | undefined
}

/** So many changes are a page where nobody asks for another number. */
const usual = 500

const iso = (ms: number) => new Date(ms).toISOString()

/** What became of the states of all tunnels in a time, and what nobody saw of it: the same for every role. */
export function createStateChanges({ tunnels, recorder, store, older, deps }: StateChangesServices) {
  const rows = createStateChangeRows(deps)

  async function toldOf(page: readonly StateChangeRow[]): Promise<StateChange[]> {
    const ids = [...new Set(page.map(({ tunnelId }) => tunnelId))]
    const [newest, oldest] = [page[0]?.at ?? 0, page.at(-1)?.at ?? 0]
    const names = new Map(tunnels.list.peek()?.value.tunnels.map(({ id, name }) => [id, name]))
    const [gone, works] = await Promise.all([
      rows.formerNames(ids.filter((id) => !names.has(id))),
      rows.work(ids, oldest, newest + 1),
    ])
    const workOf = Map.groupBy(works, ({ tunnelId }) => tunnelId)
    return page.map(({ tunnelId, at, from, until, to, reason }) => ({
      tunnelId,
      name: names.get(tunnelId) ?? gone.get(tunnelId) ?? '',
      from,
      to,
      reason,
      at: iso(at),
      lastSeen: until !== null && until < at ? iso(until) : null,
      // Of several works the one that lasts longest counts, which comes last.
      planned: workOf.get(tunnelId)?.findLast((work) => work.from <= at && at < work.to)?.text ?? null,
    }))
  }

  /** When somebody looked last (ms); 0: never. */
  async function lastLook(): Promise<number> {
    // Another process may be the one that looks.
    const [seenAt] = await Promise.all([store.seenAt(), recorder.loaded()])
    return Math.max(recorder.lookedAt() ?? 0, seenAt ?? 0)
  }

  /** What is asked for. What has just been seen is within it, though it may lie ahead of a clock that was set back. */
  function reachOf(asked: StateChangesAsked, lookedAt: number): { from: number; to: number } {
    const { from, to } = timeOf(asked, deps.now().getTime())
    return { from, to: asked.to === undefined ? Math.max(to, lookedAt) : to }
  }

  /** The times without a look; the last one goes on where nobody looks now. */
  async function unwatched(from: number, to: number, lookedAt: number): Promise<StateChangesAnswer['unwatched']> {
    const now = deps.now().getTime()
    const kept = await rows.unwatched(from, to)
    const told = kept.map((gap) => ({ from: iso(gap.from), to: iso(gap.to), tunnels: gap.tunnels }))
    const isBlind = lookedAt > 0 && now - lookedAt > believedMs && lookedAt < to
    return isBlind ? [...told, { from: iso(lookedAt), to: null, tunnels: await rows.number() }] : told
  }

  return {
    /** A page of them, the newest first. Throws `invalid` for a time that is none. */
    async of(asked: StateChangesAsked): Promise<StateChangesAnswer> {
      const most = Number(asked.limit ?? usual)
      await tunnels.list.readSoon(1000)
      const lookedAt = await lastLook()
      const { from, to } = reachOf(asked, lookedAt)
      const [found, withoutData, since] = await Promise.all([
        rows.changes(from, to, placeOf(asked.cursor), most + 1),
        rows.withoutData(from, to),
        rows.since(),
      ])
      const page = found.slice(0, most)
      const last = found.length > most ? page.at(-1) : undefined
      return {
        changes: await toldOf(page),
        nextCursor: last ? `${last.at}-${last.seq}` : null,
        unwatched: await unwatched(from, to, lookedAt),
        withoutData,
        since: since === null ? null : iso(since),
        older: await older.ofAny(from),
      }
    },

    /** The same, ready to send; only its tag to who has it. */
    async view(asked: StateChangesAsked, ifNoneMatch: string | undefined) {
      const text = JSON.stringify(await this.of(asked))
      return viewOf(text, text, { ifNoneMatch, now: deps.now() })
    },
  }
}

function placeOf(cursor: string | undefined): Place | null {
  const [at, seq] = cursor?.split('-').map(Number) ?? []
  return at === undefined || seq === undefined ? null : { at, seq }
}
