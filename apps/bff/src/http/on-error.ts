import { ProblemError } from '@tunnel-console/shared/problem'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './env.ts'

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
        ...(known.problem.code === 'internal' && { cause: describe(error) }),
      })
    }
    return problemResponse(c, known)
  }

export function problemResponse(c: Context<AppEnv>, { problem }: ProblemError): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (problem.retryAfter !== undefined) headers.set('retry-after', String(problem.retryAfter))
  return c.body(
    JSON.stringify({ ...problem, requestId: c.var.requestId }),
    problem.status as 500,
    headersRecord(headers),
  )
}

function headersRecord(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers)
}

function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof HTTPException && error.status < 500) return ProblemError.of('bad-request')
  return ProblemError.of('internal')
}

/** Name and place of an unforeseen error. Its message stays out: it may carry what somebody typed or a secret. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  return `${error.name} ${frame.trim()}`
}
