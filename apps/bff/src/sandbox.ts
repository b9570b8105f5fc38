import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import { audited } from './audit/audited.ts'
import type { AppEnv } from './http/env.ts'
import { NoQuery, queryOf } from './http/query.ts'
import { requires } from './http/requires.ts'
import type { Services } from './services.ts'

/** Puts the sandbox back to its seed. In live mode the route is as absent as any other (design.md 2). */
export const sandboxRoutes = ({ deps, audit, refusals, source, status }: Services) =>
  new Hono<AppEnv>().post('/reset', requires('settings.manage', refusals), async (c) => {
    queryOf(c, NoQuery)
    if (!deps.sandbox) throw ProblemError.of('not-found')
    const { sandbox } = deps
    const { actor, requestId } = c.var
    const intent = {
      actor,
      requestId,
      action: 'sandbox.reset' as const,
      target: null,
      validateOnly: false,
      changes: [],
    }
    await audited({ audit, deps }, intent, async () => sandbox.reset())
    source.list.invalidate()
    status.health.invalidate()
    return c.json({ ok: true as const })
  })
