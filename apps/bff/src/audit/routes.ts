import { auditOutcomes } from '@tunnel-console/shared/audit'
import { TunnelId } from '@tunnel-console/shared/tunnel'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { NoQuery, queryOf } from '../http/query.ts'
import { requires } from '../http/requires.ts'
import { exportEntries } from './export.ts'
import type { Refusals } from './refusals.ts'
import type { AuditStore } from './store.ts'

const text = z.string().min(1).max(255)
const filter = {
  actor: text.optional(),
  action: text.optional(),
  target: TunnelId.optional(),
  outcome: z.enum(auditOutcomes).optional(),
  entry: z.uuid().optional(),
}
const PageQuery = z.strictObject({
  ...filter,
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const ExportQuery = z.strictObject({ ...filter, format: z.enum(['csv', 'json']).default('json') })

export const auditRoutes = (audit: AuditStore, refusals: Refusals, { now }: Pick<Deps, 'now'>) =>
  new Hono<AppEnv>()
    .get('/', requires('audit.read', refusals), async (c) => c.json(await audit.list(queryOf(c, PageQuery))))
    .get('/actors', requires('audit.read', refusals), async (c) => {
      queryOf(c, NoQuery)
      return c.json({ actors: await audit.actors() })
    })
    .get('/export', requires('audit.read', refusals), async (c) => {
      const { format, ...wanted } = queryOf(c, ExportQuery)
      return exportEntries(audit, wanted, { format, now: now() })
    })
