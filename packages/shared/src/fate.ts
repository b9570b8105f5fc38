import { type Fate, type Problem, type ProblemCode, problemCodes } from './problem.ts'

/** What follows from a fate. `applied`: whether it happened, `null` where nobody knows. `repeatable`: the same request may be sent again. */
export const fates = {
  refused: { applied: false, repeatable: true },
  conflict: { applied: false, repeatable: true },
  gone: { applied: false, repeatable: true },
  unchanged: { applied: false, repeatable: true },
  unknown: { applied: null, repeatable: false },
} as const satisfies Record<Fate, { applied: false | null; repeatable: boolean }>

/** The fate of a write that failed so. A code of a newer server is `unknown` when the server is at fault. */
export function fateOf({ code, status }: Pick<Problem, 'code' | 'status'>): Fate {
  if (isProblemCode(code)) return problemCodes[code][2]
  return status >= 500 || status === 0 ? 'unknown' : 'unchanged'
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCodes, code)
}
