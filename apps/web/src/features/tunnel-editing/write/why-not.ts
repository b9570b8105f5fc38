import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { fateOf } from '@tunnel-console/shared/fate'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'

/** Why a write that is known not to have happened did not. */
export function whyNot({ outcome, problem }: OutcomeAnswer): Problem {
  if (outcome === 'closed') {
    const detail = 'It never arrived, and will be refused if it still does.'
    return ProblemError.of('closed', { detail }).problem
  }
  const isCertain = problem !== undefined && fateOf(problem) !== 'unknown' && problem.status !== 401
  return isCertain ? problem : ProblemError.of('not-applied').problem
}
