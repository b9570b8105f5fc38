import { ProblemError } from '@tunnel-console/shared/problem'

/** What system, undici and SQLite codes look like. Anything else in a `code` may be somebody's text, so it is left out. */
const systemCode = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

/** Says no more than that there was an error; the one above it says which. */
const meaningless = 'ERR_SQLITE_ERROR'

/** An error of ours that is no problem of its own, but the reason of one. Its code is for logs and the audit log. */
export abstract class CodedError extends Error {
  abstract readonly code: string
}

/**
 * Why something failed: the codes of an error and of everything that caused it, outermost first, such as
 * `['outcome-unknown', 'upstream-timeout', 'limit:headers']`. Problem codes, codes of the system and of undici, our own
 * limits, HTTP statuses (`http-522`). Never a message, which may hold anything; each code once.
 */
export function causesOf(error: unknown): string[] {
  return [...new Set(chainOf(error).flatMap((link) => codeOf(link) ?? []))]
}

/** An error, what caused it, and the attempts that it sums up (one for each address), each once. */
export function chainOf(error: unknown, seen = new Set<unknown>()): object[] {
  if (typeof error !== 'object' || error === null || seen.has(error)) return []
  seen.add(error)
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  const attempts = Array.isArray(errors) ? errors.flatMap((one) => chainOf(one, seen)) : []
  return [error, ...attempts, ...chainOf(cause, seen)]
}

function codeOf(link: object): string | undefined {
  if (link instanceof ProblemError) return link.problem.code
  const { code } = link as { code?: unknown }
  if (typeof code !== 'string') return undefined
  return link instanceof CodedError || (systemCode.test(code) && code.length <= 64 && code !== meaningless)
    ? code
    : undefined
}
