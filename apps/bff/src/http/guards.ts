import { ProblemError } from '@tunnel-console/shared/problem'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from './env.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what did not come from our own pages (S49, S52; OWASP CSRF cheat sheet). The proof is `Sec-Fetch-Site`, or an
 * `Origin` equal to PUBLIC_URL where a browser does not send it, together with a header that a foreign page cannot set
 * without a preflight, which is never answered (S51). Hono's `csrf()` looks at form content types only.
 */
export function sameOriginOnly(publicUrl: string): MiddlewareHandler<AppEnv> {
  const origin = new URL(publicUrl).origin
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site')
    const dest = c.req.header('sec-fetch-dest')
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (isForeign || (dest !== undefined && dest !== 'empty')) throw ProblemError.of('cross-site')
    if (!safeMethods.includes(c.req.method)) {
      const isOurs = site === undefined ? c.req.header('origin') === origin : site === 'same-origin'
      if (!isOurs || c.req.header('x-tunnel-console') !== '1') throw ProblemError.of('cross-site')
      if (hasBody(c.req.raw.headers) && !isJson(c.req.header('content-type'))) {
        throw ProblemError.of('unsupported-media-type')
      }
    }
    await next()
  }
}

function hasBody(headers: Headers): boolean {
  const length = headers.get('content-length')
  return headers.has('transfer-encoding') || headers.has('content-type') || (length !== null && length !== '0')
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(contentType ?? '')
}

/** 64 KiB is 30 times the largest tunnel; it holds for chunked bodies without a length too (S59). */
export const limitBody = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw ProblemError.of('too-large', { detail: 'At most 64 KiB' })
  },
})

/** A fresh id for each request: in the log, in every problem, in the audit log. Never taken from outside. */
export const requestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  await next()
}
