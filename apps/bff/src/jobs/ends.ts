import type { FieldChange } from '@tunnel-console/shared/diff'
import { fateOf } from '@tunnel-console/shared/fate'
import type { JobRow, JobRowState } from '@tunnel-console/shared/jobs'
import { type Problem, type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Intent } from '../changes/intents.ts'
import type { Answer } from '../changes/kind.ts'
import { storyOf } from '../changes/once.ts'
import type { Outcome } from '../changes/request.ts'

/** How one attempt of a row ended. */
export interface RowEnd {
  state: Exclude<JobRowState, 'waiting' | 'running' | 'skipped'>
  changes: FieldChange[]
  problem: JobRow['problem']
  auditId: string | null
  /** The tunnel that a row has created. */
  tunnelId?: string
}

/** Circumstances in which nothing was sent and another try may well succeed: no failure of the row. */
const passing: readonly string[] = [
  'busy',
  'unsettled',
  'not-sent',
  'upstream-rate-limited',
  'upstream-unavailable',
  'upstream-timeout',
  'storage-unavailable',
  'audit-unavailable',
  'starting',
] satisfies ProblemCode[]

/** So many times in a row, and it counts as a failure all the same. */
export const mostTries = 5

/** Whether a row may simply be tried once more, and after how many seconds. `null`: it has ended. */
export function againAfter(problem: Pick<Problem, 'code' | 'retryAfter'>): number | null {
  return passing.includes(problem.code) ? (problem.retryAfter ?? 5) : null
}

/** The end of a row from the outcome of its change. */
export function endOf(outcome: Outcome): RowEnd {
  const { changes = [], auditId = null } = outcome
  if (outcome.kind === 'applied')
    return { state: 'done', changes, problem: null, auditId, ...createdBy(outcome.answer) }
  if (outcome.kind === 'valid') return { state: 'done', changes, problem: null, auditId }
  const { problem } = outcome
  const fate = fateOf(problem)
  const state = fate === 'conflict' || fate === 'unknown' ? fate : 'refused'
  return { state, changes, problem: { code: problem.code, detail: wordsOf(problem) }, auditId }
}

function createdBy(answer: Answer | { revealed: true }): Pick<RowEnd, 'tunnelId'> {
  return 'tunnel' in answer ? { tunnelId: answer.tunnel.id } : {}
}

/** The same from what is stored of it: after a restart, or once a lost answer is known. `null`: that is not known yet. */
export function endOfIntent(intent: Intent): RowEnd | null {
  const { phase, outcome } = intent
  if (phase === 'closed') return endOf({ kind: 'problem', problem: ProblemError.of('closed').problem })
  if (!outcome || phase === 'asked' || phase === 'sending') return null
  const story = storyOf(intent)
  if (outcome.kind === 'problem') return endOf({ ...outcome, ...story })
  return { state: 'done', changes: story.changes, problem: null, auditId: story.auditId, ...createdBy(outcome.answer) }
}

/** Cloudflare's own words where it refused, else ours; what fields are meant, where we know. */
function wordsOf({ title, detail, upstream, errors }: Problem): string {
  const said = upstream?.map(({ message }) => message).join('; ')
  const fields = errors?.map((error) => `${error.pointer}: ${error.detail}`).join('; ')
  return (said || detail || fields || title).slice(0, 500)
}
