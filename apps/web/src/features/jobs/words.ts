import type { JobEntry, JobKind, JobRow, JobRowState, JobState } from '@tunnel-console/shared/jobs'
import { jobRowStates } from '@tunnel-console/shared/jobs'
import { count, formatNumber } from '../../lib/format.ts'
import type { Shape } from '../../ui/state-shape.tsx'
import type { Tone } from '../../ui/tone.ts'

interface Look {
  word: string
  tone: Tone
  shape: Shape
}

export const rowLooks: Record<JobRowState, Look> = {
  waiting: { word: 'Waiting', tone: 'unknown', shape: 'dashed-ring' },
  running: { word: 'Running', tone: 'establishing', shape: 'half-ring' },
  done: { word: 'Done', tone: 'up', shape: 'circle' },
  refused: { word: 'Refused', tone: 'down', shape: 'square-cross' },
  conflict: { word: 'Conflict', tone: 'degraded', shape: 'triangle-alert' },
  unknown: { word: 'Unknown', tone: 'unknown', shape: 'diamond' },
  skipped: { word: 'Skipped', tone: 'unknown', shape: 'dashed-ring' },
}

const jobLooks: Record<JobState, Look> = {
  scheduled: { word: 'Scheduled', tone: 'establishing', shape: 'dashed-ring' },
  waiting: { word: 'Waiting', tone: 'unknown', shape: 'dashed-ring' },
  running: { word: 'Running', tone: 'establishing', shape: 'half-ring' },
  paused: { word: 'Paused', tone: 'degraded', shape: 'triangle-alert' },
  stopped: { word: 'Stopped', tone: 'unknown', shape: 'dashed-ring' },
  missed: { word: 'Missed', tone: 'degraded', shape: 'triangle-alert' },
  done: { word: 'Done', tone: 'up', shape: 'circle' },
}

/** How a row looks: one that was taken back is not done any more. */
export const rowLook = ({ state, isUndone }: Pick<JobRow, 'state' | 'isUndone'>): Look =>
  isUndone ? { word: 'Undone', tone: 'unknown', shape: 'dashed-ring' } : rowLooks[state]

/** How a job looks. One that is done, but not wholly, is not green, and neither is one that was taken back. */
export function jobLook({ state, counts, undone }: JobEntry): Look {
  if (state === 'done' && undone > 0) {
    const word = undone === counts.done && failed(counts) === 0 ? 'Undone' : 'Undone in part'
    return { word, tone: 'unknown', shape: 'dashed-ring' }
  }
  if (state !== 'done' || failed(counts) === 0) return jobLooks[state]
  return { word: 'Done in part', tone: 'degraded', shape: 'triangle-alert' }
}

type Counts = JobEntry['counts']

/** Rows that ended in another way than they should. */
const failed = ({ refused, conflict, unknown, skipped }: Counts) => refused + conflict + unknown + skipped

/** Rows that have ended. */
export const ended = (counts: Counts) => counts.done + failed(counts)

export const sizeOf = (counts: Counts) => jobRowStates.reduce((sum, state) => sum + counts[state], 0)

const kindNames: Record<JobKind, [one: string, many: string]> = {
  update: ['Edit', 'Bulk edit'],
  delete: ['Deletion', 'Bulk delete'],
  plan: ['Plan', 'Plan'],
}
const kindName = ({ kind, counts }: JobEntry) => kindNames[kind][sizeOf(counts) === 1 ? 0 : 1]

/** "Bulk edit of 40 tunnels", "Deletion of paris-a". */
export const jobTitle = (job: JobEntry) => `${kindName(job)} of ${job.name ?? count(sizeOf(job.counts), 'tunnel')}`

/** "Bulk edit: 12 of 40". */
export const progressTitle = (job: JobEntry) => `${kindName(job)}: ${progressWords(job.counts)}`

/** "12 of 40". */
export const progressWords = (counts: Counts) => `${formatNumber(ended(counts))} of ${formatNumber(sizeOf(counts))}`

const doneWords: Record<JobKind, string> = { update: 'changed', delete: 'deleted', plan: 'applied' }

/** "38 changed, 2 refused, 1 unknown", "40 changed (40 undone since)": what has come of it so far. */
export function resultWords({ kind, counts, undone }: JobEntry): string {
  const told = jobRowStates
    .filter((state) => state !== 'waiting' && state !== 'running' && (counts[state] > 0 || state === 'done'))
    .map(
      (state) =>
        `${formatNumber(counts[state])} ${state === 'done' ? `${doneWords[kind]}${ofThem(undone)}` : rowLooks[state].word.toLowerCase()}`,
    )
  return told.join(', ')
}

const ofThem = (undone: number) => (undone > 0 ? ` (${formatNumber(undone)} undone since)` : '')
