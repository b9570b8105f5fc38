import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Deps, LogEntry } from '../deps.ts'
import type { AppEnv } from './env.ts'

/** One line a request: what, who, how long. The matched pattern stands for the path, which may hold anything (S13, S66). */
export function accessLog({ log, monotonic }: Pick<Deps, 'log' | 'monotonic'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = monotonic()
    await next()
    log(
      requestEntry({
        requestId: c.var.requestId,
        method: c.req.method,
        route: matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'none',
        status: c.res.status,
        ms: Math.round(monotonic() - start),
        ...(c.var.actor && { userId: c.var.actor.id }),
      }),
    )
  }
}

interface Answered {
  requestId: string
  method: string
  route: string
  status: number
  ms: number
  userId?: string
}

/** The line of one request. */
export const requestEntry = (answered: Answered): LogEntry => ({ level: 'info', event: 'request', ...answered })
