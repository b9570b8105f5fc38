import { can } from '@tunnel-console/shared/access'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { causesOf } from '../cloudflare/causes.ts'
import type { Deps } from '../deps.ts'
import { isStorageUnavailable } from '../storage/unavailable.ts'
import type { Actor, AppEnv } from './env.ts'

/** Seconds after which something that does not work right now is worth another try. */
const defaultRetryAfter = 5

/** The one place where an error becomes an answer. What we did not foresee says nothing outside but its id (S68). */
export const createOnError =
  (deps: Pick<Deps, 'log'>): ErrorHandler<AppEnv> =>
  (error, c) => {
    const known = toProblemError(error)
    if (known.problem.status >= 500) {
      deps.log({
        level: 'error',
        event: 'request.failed',
        requestId: c.var.requestId,
        code: known.problem.code,
        ...causeOf(known, error),
      })
    }
    return problemResponse(c, known)
  }

/** Of a mistake of ours its place; of everything else the codes that led to it, or the place where there are none. */
function causeOf({ problem }: ProblemError, error: unknown): { cause?: string; causes?: string[] } {
  if (problem.code === 'internal') return { cause: describe(error) }
  const causes = causesOf(error).filter((code) => code !== problem.code)
  if (causes.length > 0) return { causes }
  const { cause } = error instanceof Error ? error : {}
  return cause instanceof Error ? { cause: describe(cause) } : {}
}

export function problemResponse(c: Context<AppEnv>, { problem }: ProblemError): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const retryAfter = problem.retryAfter ?? (problem.status === 503 ? defaultRetryAfter : undefined)
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  return c.body(
    JSON.stringify({ ...forReader(problem, c.var.actor), requestId: c.var.requestId }),
    problem.status as 500,
    headersRecord(headers),
  )
}

/**
 * Cloudflare's words may name any field of a tunnel, so they are for those who may read the whole tunnel (S10). Support
 * gets our own words, the ray and the request id.
 */
function forReader(problem: Problem, actor: Actor | undefined): Problem {
  if (actor && can(actor.role, 'tunnel.read')) return problem
  const { upstream: _, errors, ...ours } = problem
  const fromConsole = errors?.filter(({ source }) => source === 'console')
  return { ...ours, ...(fromConsole?.length && { errors: fromConsole }) }
}

function headersRecord(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers)
}

/** Anything thrown, as the problem that it is. Errors are told apart by class and code, never by their words. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (isStorageUnavailable(error)) {
    return ProblemError.of('storage-unavailable', { retryAfter: defaultRetryAfter }, { cause: error })
  }
  if (error instanceof HTTPException && error.status < 500) return ProblemError.of('bad-request')
  return ProblemError.of('internal')
}

/**
 * Name and place of an unforeseen error. Its message stays out: it may carry what somebody typed or a secret, and it may
 * have several lines, so that the second line of a stack is not always a place.
 */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const stack = error.stack ?? ''
  const places = stack.slice(stack.indexOf(error.message) + error.message.length)
  const frame = places.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  return `${error.name} ${frame.trim()}`
}
