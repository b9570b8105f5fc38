import { Hono } from 'hono'
import { exportEntries } from '../audit/export.ts'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** The audit log, for people who may read it. */
export function auditRoutes({ audit }: Pick<Owner, 'audit'>, { now }: Pick<Deps, 'now'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'audit', requires('audit.read'), async ({ query: { cursor, limit, ...filter } }) => ({
    body: await audit.list({
      ...filter,
      cursor: cursor === undefined ? undefined : Number(cursor),
      limit: Number(limit ?? 50),
    }),
  }))
  route(app, 'auditActors', requires('audit.read'), async () => ({ body: { actors: await audit.actors() } }))
  route(app, 'auditExport', requires('audit.read'), async ({ query: { format, ...filter } }) =>
    exportEntries(audit, filter, { format, now: now() }),
  )
  return app
}
