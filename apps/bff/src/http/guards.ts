import { ProblemError } from '@tunnel-console/shared/problem'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './env.ts'

/** Methods that change nothing. */
export const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * No address of ours needs escaping, so an escaped one is somebody's trick: hono decodes it before it chooses a route,
 * others do not, and what is checked must be what is routed (CVE-2025-3454; S03).
 */
export const canonicalPath: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (new URL(c.req.url).pathname.includes('%')) throw ProblemError.of('not-found')
  await next()
}

/**
 * Refuses what did not come from our own pages (S49, S52; OWASP CSRF cheat sheet). The proof is `Sec-Fetch-Site`, or an
 * `Origin` equal to PUBLIC_URL where a browser does not send it, together with a header that a foreign page cannot set
 * without a preflight, which is never answered (S51). Hono's `csrf()` looks at form content types only.
 *
 * `same-origin` alone would not do: a foreign name that is made to point at 127.0.0.1 (DNS rebinding) is its own origin.
 * So an `Origin` that comes along must be ours too.
 */
export function sameOriginOnly(publicUrl: string): MiddlewareHandler<AppEnv> {
  const origin = new URL(publicUrl).origin
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site')
    const dest = c.req.header('sec-fetch-dest')
    if (isFromElsewhere(site, dest)) throw ProblemError.of('cross-site')
    if (!safeMethods.includes(c.req.method)) {
      const from = c.req.header('origin')
      const isOurs = from === undefined ? site === 'same-origin' : from === origin || isBothLoopback(from, origin)
      if (!isOurs || site === 'none' || c.req.header('x-tunnel-console') !== '1') throw ProblemError.of('cross-site')
      if (hasBody(c.req.raw.headers) && !isJson(c.req.header('content-type'))) {
        throw ProblemError.of('unsupported-media-type')
      }
    }
    await next()
  }
}

/** Whether a browser says that another site asks, or that the answer is to become a page or a part of one. */
export function isFromElsewhere(site: string | undefined, dest: string | undefined): boolean {
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  return isForeign || (dest !== undefined && dest !== 'empty')
}

/** At home on one machine, `127.0.0.1` and `localhost` are the same people, whatever the port. */
function isBothLoopback(...origins: string[]): boolean {
  return origins.every((one) => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(one))
}

function hasBody(headers: Headers): boolean {
  const length = headers.get('content-length')
  return headers.has('transfer-encoding') || headers.has('content-type') || (length !== null && length !== '0')
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(contentType ?? '')
}

/** 64 KiB is 30 times the largest tunnel; a job, and an update of many, name up to a thousand. */
const mostKiB = { one: 64, many: 1024 } as const

const ofMany: ReadonlySet<string> = new Set([
  'POST /api/jobs',
  'POST /api/plan',
  'PUT /api/tunnels',
  'POST /api/tunnels/psk',
])

const limits = { one: limitOf(mostKiB.one), many: limitOf(mostKiB.many) }

function limitOf(kib: number) {
  return bodyLimit({
    maxSize: kib * 1024,
    onError: () => {
      throw ProblemError.of('too-large', { detail: `At most ${kib} KiB` })
    },
  })
}

/** Holds for chunked bodies without a length too (S59). */
export const limitBody: MiddlewareHandler<AppEnv> = (c, next) => {
  const { method, path } = c.req
  return limits[ofMany.has(`${method} ${path}`) ? 'many' : 'one'](c, next)
}

/**
 * Notes where a request came from, before anything reads its body: the runtime knows it by the request object, and
 * `limitBody` puts another in its place when a body comes without a length.
 */
export function clientAddress(deps: Pick<Deps, 'clientAddress'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('clientAddress', deps.clientAddress(c.req.raw))
    await next()
  }
}

/** A fresh id for each request: in the log, in every problem, in the audit log. Never taken from outside. */
export const requestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('requestId', crypto.randomUUID())
  await next()
}
