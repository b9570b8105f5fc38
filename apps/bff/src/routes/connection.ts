import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** What the console's tokens may do at Cloudflare, for those who can do something about it. */
export function connectionRoutes({ connection }: Pick<Owner, 'connection'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'connection', requires('settings.manage'), async () => ({ body: await connection() }))
  return app
}
