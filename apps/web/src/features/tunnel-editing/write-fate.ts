import { type Problem, ProblemError } from '@tunnel-console/shared/problem'

/**
 * What a failed write means for the person who made it.
 *
 * `conflict` somebody else changed the tunnel · `gone` it was deleted · `refused` the input is at fault ·
 * `unchanged` something else is at fault, and it is certain that nothing was changed · `unknown` nobody knows.
 */
export type WriteFate = 'conflict' | 'gone' | 'refused' | 'unchanged' | 'unknown'

const fates: Readonly<Record<string, WriteFate>> = {
  conflict: 'conflict',
  'not-found': 'gone',
  invalid: 'refused',
  rejected: 'refused',
  'outcome-unknown': 'unknown',
  // The answer never came, or the console stumbled over it: the write may well have happened.
  unreachable: 'unknown',
  internal: 'unknown',
}

/** Codes that this build does not know are `unknown` as well, when the server is at fault. */
export function fateOf({ code, status }: Problem): WriteFate {
  return fates[code] ?? (isKnownRefusal(code) || status < 500 ? 'unchanged' : 'unknown')
}

/** Server-side codes that are only given when nothing was sent, or nothing was done. */
function isKnownRefusal(code: string): boolean {
  return [
    'not-sent',
    'not-applied',
    'audit-unavailable',
    'busy',
    'upstream-unavailable',
    'upstream-timeout',
    'upstream-unauthorized',
    'upstream-unexpected',
  ].includes(code)
}

/** Everything thrown by a request, as a problem. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
}
