import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** Inside addresses and static routes, for those who may read whole tunnels; holds for those who may make them. */
export function addressRoutes({ addresses }: Pick<Owner, 'addresses'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'addresses', requires('tunnel.read'), async ({ c }) => ({
    body: answered(await addresses.view(c.var.person.id)),
  }))
  route(app, 'holdAddress', requires('tunnel.create'), async ({ c, input }) => {
    const { id, email } = c.var.person
    return { body: answered(await addresses.hold({ id, email }, input)), status: 201 }
  })
  route(app, 'releaseAddress', requires('tunnel.create'), async ({ c, params }) => {
    answered(await addresses.release(c.var.person.id, params.holdId))
    return { body: { ok: true } }
  })
  route(app, 'routes', requires('tunnel.read'), async () => ({ body: answered(await addresses.routes()) }))
  return app
}
