import type { ValidationAnswer } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import { type Problem, ProblemError, problemOf } from '@tunnel-console/shared/problem'
import { showProblem } from '../../../lib/form.ts'
import type { TunnelForm } from '../form/use-tunnel-form.ts'
import type { WriteEvent } from './write-state.ts'

/** A form as it stands when a button is pressed. */
export interface FormAttempt {
  kit: TunnelForm
  stamp: string
  dispatch: (event: WriteEvent) => void
}

/** Our own checks. Marks what is wrong and answers whether all is well. */
export async function passesOurChecks({ kit, stamp, dispatch }: FormAttempt): Promise<boolean> {
  const count = await kit.check()
  if (count > 0) dispatch({ type: 'judged', verdict: { stamp, kind: 'invalid', count, problem: null } })
  return count === 0
}

interface Validation {
  ask: () => Promise<ValidationAnswer>
  /** What a failure means that is about the tunnel itself, not about the asking; `null` when this one does not. */
  eventFor: (problem: Problem) => WriteEvent | null
  /** Whether an answer that speaks for it leads on to the review. Asked when the answer has come. */
  goesOn: () => boolean
}

/** Our checks, then Cloudflare's. Nothing is saved. */
export async function validateForm(attempt: FormAttempt, { ask, eventFor, goesOn }: Validation): Promise<void> {
  const { kit, stamp, dispatch } = attempt
  dispatch({ type: 'validating' })
  if (!(await passesOurChecks(attempt))) return
  try {
    const { checkedAt, warnings } = await ask()
    dispatch({ type: 'judged', verdict: { stamp, kind: 'valid', at: checkedAt, warnings }, goesOn: goesOn() })
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status === 401) dispatch({ type: 'interrupted' })
    else if (fateOf(problem) === 'refused') dispatch(showRefusal(kit, problem, stamp))
    else {
      const verdict = { stamp, kind: 'unavailable' as const, problem }
      dispatch(eventFor(problem) ?? { type: 'judged', verdict, goesOn: goesOn() })
    }
  }
}

/** Puts a refusal on its fields, and gives the event that tells the form's state of it. */
export function showRefusal({ form }: TunnelForm, problem: Problem, stamp: string): WriteEvent {
  showProblem(form, new ProblemError(problem))
  const count = problem.errors?.length || problem.upstream?.length || 1
  return { type: 'judged', verdict: { stamp, kind: 'invalid', count, problem } }
}
