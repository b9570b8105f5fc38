import type { Problem } from '@tunnel-console/shared/problem'

/** A problem of one tunnel of a request for many: its pointers lead into the body of the whole. */
export function ofMany(index: number, problem: Problem): Problem {
  const errors = problem.errors?.map((error) => ({ ...error, pointer: `/tunnels/${index}${error.pointer}` }))
  return { ...problem, ...(errors && { errors }) }
}
