import { type Problem, ProblemError, problemOf } from '@tunnel-console/shared/problem'

/** What the owner answers: the thing itself, or a problem as a value, since classes do not survive a border. */
export type Answered<T> = { ok: T } | { problem: Problem }

/** Turns a problem that was thrown into a value. Anything else is thrown on. */
export async function asValue<T>(work: Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: await work }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { problem: problemOf(error) }
  }
}
