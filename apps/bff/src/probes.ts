import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { AppEnv } from './http/env.ts'
import { publicRoute } from './http/requires.ts'
import type { Services } from './services.ts'

/** `/healthz`: the process answers. `/readyz`: it can use its database and has seen Cloudflare's list. */
export const probeRoutes = ({ deps, source }: Services) =>
  new Hono<AppEnv>()
    .get('/healthz', publicRoute(), (c) => c.json({ ok: true }, 200, { 'cache-control': 'no-store' }))
    .get('/readyz', publicRoute(), async (c) => {
      const database = await deps.db.run(sql`SELECT 1`).then(
        () => true,
        () => false,
      )
      const tunnels = (source.list.peek() ?? (await source.list.readSoon())) !== null
      return c.json({ ok: database && tunnels, database, tunnels }, database && tunnels ? 200 : 503, {
        'cache-control': 'no-store',
      })
    })
