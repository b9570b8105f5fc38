import { ProblemError } from '@tunnel-console/shared/problem'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { hashToken } from '../session/token.ts'

/** What a proxy adds. A request that has one of them came from somewhere else, whatever socket it came in by. */
const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/**
 * Lets a request pass that comes from this machine itself, or that brings the token of METRICS_TOKEN. "This machine" is the
 * address of the socket, never of a header, and a loopback name in `Host`: a proxy here that hides that it is one, and a
 * foreign name that is made to point at 127.0.0.1 (DNS rebinding), get no further. Throws `unauthenticated`.
 */
export function metricsDoor(deps: Pick<Deps, 'peerAddress' | 'metricsTokenHash'>): MiddlewareHandler<AppEnv> {
  const isLocal = (request: Request) =>
    isLoopback(deps.peerAddress?.(request)) &&
    isLoopbackHost(request.headers.get('host') ?? new URL(request.url).host) &&
    forwarding.every((name) => !request.headers.has(name))

  async function hasToken(request: Request): Promise<boolean> {
    const [, token] = /^Bearer ([\x21-\x7e]{1,1000})$/i.exec(request.headers.get('authorization') ?? '') ?? []
    if (token === undefined || deps.metricsTokenHash === undefined) return false
    // Two hashes are compared: how long that takes tells nothing of the token.
    return (await hashToken(token)) === deps.metricsTokenHash
  }

  return async (c, next) => {
    if (!isLocal(c.req.raw) && !(await hasToken(c.req.raw))) {
      const detail = 'Ask from the machine that the console runs on, or with the token of METRICS_TOKEN.'
      c.header('www-authenticate', 'Bearer')
      throw ProblemError.of('unauthenticated', { detail })
    }
    await next()
  }
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address ?? '')
}

function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host)
}
