import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './env.ts'

/** One line a request: what, who, how long. The matched pattern stands for the path, which may hold anything (S13, S66). */
export function accessLog({ log, monotonic }: Pick<Deps, 'log' | 'monotonic'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = monotonic()
    await next()
    log({
      level: 'info',
      event: 'request',
      requestId: c.var.requestId,
      method: c.req.method,
      route: matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'none',
      status: c.res.status,
      ms: Math.round(monotonic() - start),
      ...(c.var.actor && { userId: c.var.actor.id }),
    })
  }
}
