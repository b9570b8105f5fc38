import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute } from '../http/requires.ts'

/** `/healthz`: the process answers. `/readyz`: it has started, can use its database and has seen Cloudflare's list. */
export const probeRoutes = ({ deps, owner }: { deps: Deps; owner: Owner }, isStarted: () => boolean) =>
  new Hono<AppEnv>()
    .get('/healthz', publicRoute, (c) => c.json({ ok: true }, 200, { 'cache-control': 'no-store' }))
    .get('/readyz', publicRoute, async (c) => {
      const database = await deps.db.run(sql`SELECT 1`).then(
        () => true,
        () => false,
      )
      const [started, tunnels] = [isStarted(), await owner.hasList()]
      const ok = started && database && tunnels
      return c.json({ ok, started, database, tunnels }, ok ? 200 : 503, { 'cache-control': 'no-store' })
    })
