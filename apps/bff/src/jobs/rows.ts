import type { RowEnd } from './ends.ts'
import type { Attempt } from './store.ts'

/** Under which the change of a row is asked for: an attempt is carried out once, whoever asks, and however often. */
export function keyOf({ jobId, position, attempt }: Attempt): string {
  return `job-${jobId}-${position}-${attempt}`
}

/** Why a job pauses after a row that ended so. */
export function whyPaused(name: string, { state, problem }: RowEnd): string {
  if (state === 'conflict') return `${name} has been changed by somebody else since it was chosen.`
  if (state === 'unknown') return `It is not known whether ${name} was changed.`
  return `${name} was refused: ${problem?.detail ?? 'no reason was given'}`
}
