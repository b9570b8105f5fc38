import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import type { AppEnv } from './http/env.ts'
import { NoQuery, queryOf } from './http/query.ts'
import { requires } from './http/requires.ts'
import type { Services } from './services.ts'

/** Puts the sandbox back to its seed. In live mode the route is as absent as any other (design.md 2). */
export const sandboxRoutes = ({ deps, audit, refusals, source, status }: Services) =>
  new Hono<AppEnv>().post('/reset', requires('settings.manage', refusals), async (c) => {
    queryOf(c, NoQuery)
    if (!deps.sandbox) throw ProblemError.of('not-found')
    deps.sandbox.reset()
    source.list.invalidate()
    status.health.invalidate()
    const { actor, requestId } = c.var
    await audit.record({ actor, action: 'sandbox.reset', target: null, outcome: 'applied', requestId })
    return c.json({ ok: true as const })
  })
