import type { Transition, TunnelStatus } from './status.ts'
import { notMeasured, type Period } from './status-periods.ts'

/** The period of a tunnel that goes on. */
export interface OpenPeriod extends Period {
  to: null
  /** `false`: nobody measured what was before. */
  isExact: boolean
}

/** One reading of one tunnel. */
export interface Observation {
  id: string
  name: string
  createdOn: string | null
  status: Pick<TunnelStatus, 'state' | 'reason' | 'was'>
}

/** What a reading changes in what is kept. */
export interface Step {
  /** Ends the open period of a tunnel. */
  ends: { id: string; at: number }[]
  begins: { id: string; period: Omit<Period, 'to'> & { to: number | null; isExact: boolean } }[]
  transitions: Transition[]
}

/** Data that is older than three polls is not believed, and a time without a poll as long as that was not watched. */
export const believedMs = 180_000

/**
 * What one reading of all tunnels makes of the periods that go on: transitions, never samples. `lastAt` is when somebody looked
 * last; when that is too long ago (`isGap`), the time between is unknown, whatever was before and after. A tunnel that is not
 * read any more is gone, and its period ends.
 */
export function stepOf(
  open: ReadonlyMap<string, OpenPeriod>,
  read: readonly Observation[],
  { at, lastAt, isGap }: { at: number; lastAt: number | null; isGap: boolean },
): Step {
  const step: Step = { ends: [], begins: [], transitions: [] }
  const ids = new Set<string>()
  const gapFrom = isGap ? lastAt : null
  for (const seen of read) {
    ids.add(seen.id)
    const known = open.get(seen.id)
    if (!known) begin(step, seen, firstSeen(seen, at))
    else if (gapFrom !== null) bridge(step, seen, known, { at, gapFrom })
    else if (known.state !== seen.status.state) turn(step, seen, known, at)
  }
  for (const [id, known] of open) if (!ids.has(id)) step.ends.push({ id, at: Math.max(known.from, lastAt ?? at) })
  return step
}

function begin(step: Step, { id, status }: Observation, { from, isExact }: { from: number; isExact: boolean }): void {
  const { state, reason } = status
  step.begins.push({ id, period: { state, reason, from, to: null, isExact } })
}

/** A tunnel that has just been made had no state before. */
function firstSeen({ createdOn }: Observation, at: number) {
  const age = at - Date.parse(createdOn ?? '')
  return { from: at, isExact: age <= believedMs }
}

function bridge(
  step: Step,
  seen: Observation,
  known: OpenPeriod,
  { at, gapFrom }: { at: number; gapFrom: number },
): void {
  const from = Math.max(known.from, gapFrom)
  step.ends.push({ id: seen.id, at: from })
  const gap = { state: 'unknown' as const, reason: notMeasured, from, to: at, isExact: true }
  step.begins.push({ id: seen.id, period: gap })
  begin(step, seen, { from: at, isExact: false })
  if (known.state !== seen.status.state) tell(step, seen, known, at)
}

/** Unknown begins with the last data that there was, not when somebody lost patience. */
function turn(step: Step, seen: Observation, known: OpenPeriod, at: number): void {
  const last = seen.status.was ? Date.parse(seen.status.was.at) : at
  const from = Math.max(known.from, Math.min(at, last))
  step.ends.push({ id: seen.id, at: from })
  begin(step, seen, { from, isExact: known.state !== 'unknown' })
  tell(step, seen, known, from)
}

function tell({ transitions }: Step, { id, name, status }: Observation, known: OpenPeriod, at: number): void {
  const { state: to, reason } = status
  transitions.push({ tunnelId: id, name, from: known.state, to, reason, at: new Date(at).toISOString() })
}

/** Time as a history needs it: whole milliseconds, never backwards. A clock that was set back is caught up with at half its pace. */
export function nextMoment(wall: number, lastAt: number | null, elapsedMs: number): number {
  return lastAt === null || wall >= lastAt ? wall : Math.floor(lastAt + Math.max(0, elapsedMs) / 2)
}
