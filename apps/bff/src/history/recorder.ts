import type { Transition, TunnelState, TunnelStatus } from '@tunnel-console/shared/status'
import { dayOf, type Period } from '@tunnel-console/shared/status-periods'
import {
  believedMs,
  nextMoment,
  type Observation,
  type OpenPeriod,
  type Step,
  stepOf,
} from '@tunnel-console/shared/status-steps'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'
import type { HistoryStore, StoredPeriod } from './store.ts'

const dayMs = 24 * 3_600_000
/** Another process that has just looked, such as a Worker's other request, needs no second. */
const justNowMs = 45_000
/** While nothing changes, that somebody looked is written this often, well within `believedMs`. */
const seenEveryMs = 30_000

/** `known`: the last state that it was known to be in before; `undefined` where that is more than a day ago. */
export type Tell = (transition: Transition, known: TunnelState | undefined) => void

type Read = () => Promise<readonly Observation[]>

/** What a status holds of the time before: `since`, `isSinceExact`, `day`, and what was known last. */
export type Past = Pick<TunnelStatus, 'since' | 'isSinceExact' | 'day' | 'was'>

/**
 * Where among periods, the oldest first, the state that goes on began. A time that nobody watched splits what is unknown in
 * parts, since it alone can be looked up later.
 */
function beginningOf(periods: readonly Period[]): number {
  const last = periods.length - 1
  return periods[last]?.state === 'unknown' ? periods.findLastIndex(({ state }) => state !== 'unknown') + 1 : last
}

export type Recorder = ReturnType<typeof createRecorder>

/** Keeps what each reading shows of all tunnels: transitions, in one commit a reading, and the last day of them in memory. */
export function createRecorder(store: HistoryStore, { now, monotonic, log }: Pick<Deps, 'now' | 'monotonic' | 'log'>) {
  const listeners: Tell[] = []
  const open = new Map<string, OpenPeriod>()
  const days = new Map<string, Period[]>()
  let looked: { at: number; monotonic: number | null } | null = null
  let isLoaded = false
  let hasFailed = false
  let writtenAt = Number.NEGATIVE_INFINITY
  let revision = 0
  let gaps = 0

  async function load(): Promise<void> {
    if (isLoaded) return
    const [seenAt, rows] = await Promise.all([store.seenAt(), store.since(now().getTime() - dayMs)])
    looked = seenAt === null ? null : { at: seenAt, monotonic: null }
    fill(rows)
    isLoaded = true
  }

  function fill(rows: readonly StoredPeriod[]): void {
    for (const { tunnelId, isExact, ...period } of rows) {
      days.set(tunnelId, [...(days.get(tunnelId) ?? []), period])
      if (period.to === null) open.set(tunnelId, { ...period, to: null, isExact })
    }
    revision++
  }

  /** Takes part in memory what has been committed. */
  function took({ ends, begins }: Step, at: number): void {
    for (const { id, at: to } of ends) {
      const last = days.get(id)?.at(-1)
      if (last) days.set(id, [...(days.get(id) ?? []).slice(0, -1), { ...last, to }])
      open.delete(id)
    }
    for (const { id, period } of begins) {
      const { isExact, ...plain } = period
      const kept = (days.get(id) ?? []).filter(({ to }) => to === null || to > at - dayMs)
      days.set(id, [...kept, plain])
      if (plain.to === null) open.set(id, { ...plain, to: null, isExact })
    }
    if (ends.length + begins.length > 0) revision++
  }

  async function record(read: Read): Promise<void> {
    await load()
    const wall = now().getTime()
    const isOther = looked?.monotonic === null && Math.abs(wall - looked.at) < justNowMs
    if (looked && isOther) {
      // The next look of this process counts; what the other one saw is in the rows.
      looked = { ...looked, monotonic: monotonic() - Math.max(0, wall - looked.at) }
      return
    }
    const elapsed =
      looked?.monotonic == null ? Math.max(0, wall - (looked?.at ?? wall)) : monotonic() - looked.monotonic
    const at = nextMoment(wall, looked?.at ?? null, elapsed)
    // A machine that slept does not count that time as elapsed: nobody measured in it all the same.
    const isGap = Math.max(elapsed, at - (looked?.at ?? at)) > believedMs
    const step = stepOf(open, await read(), { at, lastAt: looked?.at ?? null, isGap })
    const isChange = step.ends.length + step.begins.length > 0
    if (isChange || monotonic() - writtenAt >= seenEveryMs) {
      await store.commit(step, at)
      writtenAt = monotonic()
      took(step, at)
    }
    if (isGap) gaps++
    looked = { at, monotonic: monotonic() }
    for (const transition of step.transitions) for (const tell of listeners) tell(transition, knownBefore(transition))
  }

  function knownBefore({ tunnelId }: Transition): TunnelState | undefined {
    const before = (days.get(tunnelId) ?? []).slice(0, -1)
    return before.findLast(({ state }) => state !== 'unknown')?.state
  }

  let working: Promise<void> = Promise.resolve()

  return {
    /** Keeps what a reading shows, after the one before it. Never throws: what could not be kept is seen again at the next one. */
    record(read: Read): Promise<void> {
      working = working
        .then(() => record(read))
        .then(() => {
          hasFailed = false
        })
        .catch((error: unknown) => {
          if (!hasFailed) log({ level: 'warn', event: 'history.failed', cause: describe(error) })
          hasFailed = true
        })
      return working
    },

    /** Resolves when it is known what was kept before this process, or cannot be found out. */
    async loaded(): Promise<void> {
      if (isLoaded) return
      working = working.then(load).catch(() => undefined)
      await working
    },

    /** Resolves when what has been read so far is kept. */
    idle: () => working,

    /** Calls back for each tunnel that goes from one state to another, once that is written down. */
    onTransition: (tell: Tell) => void listeners.push(tell),

    /** Counts what changed: an answer that was made of this revision still is right. */
    revision: () => revision,

    /** When somebody looked last; `null`: never, as far as this process knows. */
    lookedAt: () => looked?.at ?? null,

    /** Counts the times that nobody looked, as far as this process has seen their ends. */
    gaps: () => gaps,

    /** What was before now, for a tunnel that is in this state. */
    pastOf(id: string, state: TunnelState): Past {
      const periods = days.get(id) ?? []
      const current = open.get(id)
      const isCurrent = current?.state === state
      const began = isCurrent ? beginningOf(periods) : periods.length
      const before = periods[began - 1]
      const isWas = state === 'unknown' && before !== undefined && before.state !== 'unknown' && before.to !== null
      return {
        since: isCurrent ? new Date(periods[began]?.from ?? current.from).toISOString() : null,
        isSinceExact: isCurrent && current.isExact,
        day: dayOf(periods, now().getTime()),
        was: isWas ? { state: before.state, at: new Date(before.to ?? 0).toISOString() } : null,
      }
    },

    /** Reads the rows of some tunnels anew: the time before has been added to them. */
    async refresh(tunnelIds: readonly string[]): Promise<void> {
      const refill = async () => {
        const rows = await store.since(now().getTime() - dayMs, tunnelIds)
        for (const id of tunnelIds) days.delete(id)
        fill(rows)
      }
      working = working.then(refill).catch(() => undefined)
      await working
    },
  }
}
