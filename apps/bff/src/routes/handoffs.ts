import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute, type Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import type { Auth } from '../session/auth.ts'
import { limitByAddress } from '../session/by-address.ts'

/** Keys left for somebody at the far end: for those who may make keys, and for whoever has the link. */
export function handoffRoutes({ handoffs }: Owner, { throttle }: Pick<Auth, 'throttle'>, requires: Requires) {
  const app = new Hono<AppEnv>()

  route(app, 'handoffs', requires('psk.generate'), async () => ({
    body: { handoffs: answered(await handoffs.list()) },
  }))
  route(app, 'createHandoff', requires('psk.generate', { action: 'handoff.create' }), async ({ c, input }) => ({
    body: { handoff: answered(await handoffs.create(byOf(c.var), input)) },
    status: 201,
  }))
  route(app, 'revokeHandoff', requires('psk.generate', { action: 'handoff.revoke' }), async ({ c, params }) => {
    answered(await handoffs.revoke(byOf(c.var), params.handoffId))
    return { body: { ok: true } }
  })
  route(app, 'openHandoff', publicRoute, async ({ c, params }) => {
    const { requestId, clientAddress: address } = c.var
    await limitByAddress(throttle, 'handoff', address)
    return { body: { ciphertext: answered(await handoffs.open(params.handoffId, { requestId, address })) } }
  })
  return app
}

function byOf({ person: { id, email, role }, requestId }: AppEnv['Variables']) {
  return { actor: { id, email, role }, requestId }
}
