import { ProblemError } from '@tunnel-console/shared/problem'
import type { Answered } from '../changes/answered.ts'

/** What the owner answered; its problem becomes an error again on this side. */
export function answered<T>(answer: Answered<T>): T {
  if ('problem' in answer) throw new ProblemError(answer.problem)
  return answer.ok
}
