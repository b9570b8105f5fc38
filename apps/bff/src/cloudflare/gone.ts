import { ProblemError } from '@tunnel-console/shared/problem'

export function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'not-found'
}
