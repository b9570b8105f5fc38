import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import { exportEntries } from '../audit/export.ts'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { type AskedTime, momentProblems } from '../http/moments.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** The audit log, for people who may read it. */
export function auditRoutes({ audit }: Pick<Owner, 'audit'>, { now }: Pick<Deps, 'now'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'audit', requires('audit.read'), async ({ query: { cursor, limit, ...filter } }) => {
    refuseImplausible(filter, now())
    const page = { cursor: cursor === undefined ? undefined : Number(cursor), limit: Number(limit ?? 50) }
    return { body: await audit.list({ ...filter, ...page }) }
  })
  route(app, 'auditActors', requires('audit.read'), async () => ({ body: { actors: await audit.actors() } }))
  route(app, 'auditExport', requires('audit.read'), async ({ query: { format, ...filter } }) => {
    refuseImplausible(filter, now())
    return exportEntries(audit, filter, { format, now: now() })
  })
  return app
}

/** The end may lie ahead, as that of this month does. Throws `invalid`. */
function refuseImplausible(filter: AskedTime, now: Date): void {
  const errors = momentProblems(filter, now.getTime(), { endMayLieAhead: true })
  if (errors.length > 0) throw ProblemError.of('invalid', { errors })
}
