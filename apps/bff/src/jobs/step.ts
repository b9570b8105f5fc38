import type { JobOptions, JobRowState, JobState } from '@tunnel-console/shared/jobs'
import type { TunnelState } from '@tunnel-console/shared/status'
import { type Budget, spareOf } from '../cloudflare/budget.ts'

/** So many rows of one job are under way at a time. */
const mostInFlight = 4
/** A row reads, writes and reads back; as many again may be under way elsewhere before an answer tells what is left. */
const callsPerRow = 3
const reserve = 4
/** How late a job may still start at the time that was set for it. */
const latestMs = 60_000

/** The rows between two pauses, and how their tunnels stood before. Survives a restart. */
export interface Batch {
  positions: number[]
  /** By tunnel; empty where nobody asked to stop when one turns worse. */
  before: Record<string, TunnelState>
}

/** A running job, and all that decides what comes next. */
export interface Standing {
  options: Pick<JobOptions, 'batchSize' | 'pauseSeconds'>
  rows: readonly { position: number; state: JobRowState }[]
  batch: Batch | null
  /** When this process saw the last row of the batch end; `null`: it has not. Monotonic milliseconds, as all below. */
  batchEndedAt: number | null
  inFlight: number
  /** Rows of other jobs under way: they cost the same budget. */
  inFlightElsewhere: number
  /** Nothing begins before: Cloudflare or a tunnel asked to wait. */
  restsUntil: number
  budget: Budget | null
  now: number
}

/**
 * What a running job does next.
 *
 * `start` these rows; where there are none, it waits for those under way or for `ms` · `open` a batch of these rows ·
 * `close` the batch has just ended: time to look at its tunnels · `end` every row has ended.
 */
export type Step =
  | { kind: 'start'; positions: number[]; ms: number | null }
  | { kind: 'open'; positions: number[] }
  | { kind: 'close' }
  | { kind: 'end' }

const wait = (ms: number | null): Step => ({ kind: 'start', positions: [], ms })

/** The next step of a running job. Pure: a cron or an alarm can drive it as well as a process. */
export function stepOf(standing: Standing): Step {
  const { options, rows, batch, batchEndedAt, now } = standing
  const waiting = rows.filter(({ state }) => state === 'waiting').map(({ position }) => position)
  const open = rows.filter(({ state }) => state === 'waiting' || state === 'running')
  if (open.length === 0) return { kind: 'end' }
  const isInBatch = (position: number) => batch?.positions.includes(position) ?? false
  if (open.some(({ position }) => isInBatch(position))) return startOf(standing, waiting.filter(isInBatch))
  // Rows of an older batch, such as those that were under way when the job was resumed.
  if (waiting.length === 0) return wait(null)
  if (batch && batchEndedAt === null) return { kind: 'close' }
  const rest = batch && batchEndedAt !== null ? batchEndedAt + options.pauseSeconds * 1000 - now : 0
  return rest > 0 ? wait(rest) : { kind: 'open', positions: waiting.slice(0, options.batchSize) }
}

function startOf({ inFlight, inFlightElsewhere, restsUntil, budget, now }: Standing, waiting: number[]): Step {
  if (restsUntil > now) return wait(restsUntil - now)
  const affordable = Math.floor((spareOf(budget) - reserve) / callsPerRow) - inFlight - inFlightElsewhere
  const free = Math.max(0, Math.min(mostInFlight - inFlight, affordable))
  const isPoor = free === 0 && affordable <= 0
  return { kind: 'start', positions: waiting.slice(0, free), ms: isPoor && budget ? budget.resetAfterMs : null }
}

/** A job that has not begun, or runs. */
export interface Queued {
  id: string
  kind: string
  state: JobState
  createdAt: number
  /** Wall time (ms): a person set it, and it must outlive the process. */
  startsAt: number | null
}

/** Which jobs go on to another state now: to the queue or past their time, and from the queue to work. */
export function movesOf(jobs: readonly Queued[], now: number): { id: string; to: 'waiting' | 'missed' | 'running' }[] {
  const due = jobs.filter(({ state, startsAt }) => state === 'scheduled' && startsAt !== null && startsAt <= now)
  const moves = due.map(({ id, startsAt }) => {
    const isLate = now - (startsAt ?? now) > latestMs
    return { id, to: isLate ? ('missed' as const) : ('waiting' as const) }
  })
  const arrived = new Set(moves.filter(({ to }) => to === 'waiting').map(({ id }) => id))
  const queue = jobs
    .filter(({ id, state }) => state === 'waiting' || arrived.has(id))
    .toSorted((one, other) => one.createdAt - other.createdAt)
  const busy = new Set(jobs.filter(({ state }) => state === 'running').map(({ kind }) => kind))
  const begin = queue.flatMap(({ id, kind }) => {
    if (busy.has(kind)) return []
    busy.add(kind)
    return [{ id, to: 'running' as const }]
  })
  return [...moves, ...begin]
}
