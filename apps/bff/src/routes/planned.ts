import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import type { PlannedRoom } from '../planned/planned.ts'

/** Work that was announced: everybody sees it, whoever may change tunnels announces it. */
export function plannedRoutes(planned: PlannedRoom, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'planned', requires('status.read'), async () => ({ body: { works: await planned.list() } }))
  route(app, 'planWork', requires('tunnel.update', { action: 'planned.create' }), async ({ c, input }) => ({
    body: { work: await planned.create(byOf(c.var), input) },
    status: 201,
  }))
  route(app, 'endWork', requires('tunnel.update', { action: 'planned.end' }), async ({ c, params }) => {
    await planned.end(byOf(c.var), params.workId)
    return { body: { ok: true } }
  })
  return app
}

function byOf({ person: { id, email, role }, requestId }: AppEnv['Variables']) {
  return { actor: { id, email, role }, requestId }
}
