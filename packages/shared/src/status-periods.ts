import { type TunnelState, tunnelStates } from './status.ts'
import type { StatusPeriod } from './status-answers.ts'

/** A stretch of time as it is kept. Milliseconds; `to: null` goes on. */
export interface Period {
  state: TunnelState
  reason: string
  from: number
  to: number | null
}

/** One letter for each state, as in `TunnelStatus.day`. */
export const stateLetters: Readonly<Record<TunnelState, string>> = {
  down: 'd',
  degraded: 'g',
  recovering: 'r',
  'needs-key': 'k',
  establishing: 'e',
  unknown: 'x',
  'not-monitored': 'm',
  up: 'u',
}

const hourMs = 3_600_000
const hours = 24
/** Of time in which the console did not run, and which nobody has looked for elsewhere yet. */
export const notMeasured = 'Nobody measured'

/**
 * The last 24 hours by the clock, the one under way included: the worst state in each, by the order of `tunnelStates`. Time that
 * no period covers is unknown, which is worse than up.
 */
export function dayOf(periods: readonly Period[], now: number): string {
  const first = (Math.floor(now / hourMs) - hours + 1) * hourMs
  const whole = periods.length === 1 ? periods[0] : undefined
  if (whole && whole.from <= first && (whole.to ?? now) >= now) return stateLetters[whole.state].repeat(hours)
  return Array.from({ length: hours }, (_, index) => {
    const from = first + index * hourMs
    return stateLetters[worstIn(periods, from, Math.min(from + hourMs, now))]
  }).join('')
}

function worstIn(periods: readonly Period[], from: number, to: number): TunnelState {
  const within = clipped(periods, from, to)
  const measured = within.reduce((sum, period) => sum + period.to - period.from, 0)
  const states = new Set(within.map(({ state }) => state))
  if (measured < to - from || states.size === 0) states.add('unknown')
  return tunnelStates.find((state) => states.has(state)) ?? 'unknown'
}

interface Closed extends Period {
  to: number
}

/** The parts of periods that lie within a time, the oldest first. */
function clipped(periods: readonly Period[], from: number, to: number): Closed[] {
  return periods
    .map((period) => ({ ...period, from: Math.max(period.from, from), to: Math.min(period.to ?? to, to) }))
    .filter((period) => period.from < period.to)
    .sort((one, other) => one.from - other.from)
}

/**
 * One time, covered from end to end: what nobody measured is unknown, and neighbours of one state are one. Never overlaps, even
 * where what was kept does: the earlier period holds.
 */
export function covering(periods: readonly Period[], from: number, to: number): Closed[] {
  const whole: Closed[] = []
  const add = (period: Closed) => {
    const last = whole.at(-1)
    if (period.from >= period.to) return
    if (last?.state === period.state) last.to = period.to
    else whole.push({ ...period })
  }
  const gap = (start: number, end: number) => add({ state: 'unknown', reason: notMeasured, from: start, to: end })
  for (const period of clipped(periods, from, to)) {
    const reached = whole.at(-1)?.to ?? from
    gap(reached, period.from)
    add({ ...period, from: Math.max(period.from, reached) })
  }
  gap(whole.at(-1)?.to ?? from, to)
  return whole
}

const unmeasured: ReadonlySet<TunnelState> = new Set(['unknown', 'not-monitored'])
const passing: ReadonlySet<TunnelState> = new Set(['up', 'degraded', 'recovering'])

/**
 * How much of a time was measured, and how much of that probes passed, each 0 to 1. `uptime` is `null` when nothing was measured:
 * time that nobody knows of is neither up nor down.
 */
export function uptimeOf(periods: readonly Closed[]): { coverage: number; uptime: number | null } {
  const lasting = (which: (state: TunnelState) => boolean) =>
    periods.filter(({ state }) => which(state)).reduce((sum, { from, to }) => sum + to - from, 0)
  const whole = lasting(() => true)
  const measured = lasting((state) => !unmeasured.has(state))
  return {
    coverage: whole > 0 ? measured / whole : 0,
    uptime: measured > 0 ? lasting((state) => passing.has(state)) / measured : null,
  }
}

/** Periods as they are told; the last one goes on where its end is no end but now. */
export function toldPeriods(periods: readonly Closed[], isOpen: boolean): StatusPeriod[] {
  return periods.map(({ state, reason, from, to }, index) => ({
    state,
    reason,
    from: new Date(from).toISOString(),
    to: isOpen && index === periods.length - 1 ? null : new Date(to).toISOString(),
  }))
}
