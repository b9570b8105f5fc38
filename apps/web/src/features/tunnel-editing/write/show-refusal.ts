import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { showProblem } from '../../../lib/form.ts'
import type { TunnelForm } from '../form/use-tunnel-form.ts'
import type { WriteEvent } from './write-state.ts'

/** Puts a refusal on its fields, and gives the event that tells the form's state of it. */
export function showRefusal({ form }: TunnelForm, problem: Problem, stamp: string): WriteEvent {
  showProblem(form, new ProblemError(problem))
  const count = problem.errors?.length || problem.upstream?.length || 1
  return { type: 'judged', verdict: { stamp, kind: 'invalid', count, problem } }
}
