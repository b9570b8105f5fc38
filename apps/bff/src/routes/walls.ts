import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import { sendView } from '../http/conditional.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute, type Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import type { Auth } from '../session/auth.ts'
import { limitByAddress } from '../session/by-address.ts'
import { wallCookie } from '../walls/cookie.ts'
import type { Walls } from '../walls/walls.ts'

interface WallRooms {
  walls: Walls
  owner: Pick<Owner, 'view' | 'accountName'>
  auth: Pick<Auth, 'throttle'>
  deps: { publicUrl: string }
}

/** Screens on a wall: what they read, how they get in, and what administrators do with them. */
export function wallRoutes({ walls, owner, auth, deps }: WallRooms, requires: Requires) {
  const cookie = wallCookie(deps.publicUrl)
  const app = new Hono<AppEnv>()

  route(app, 'wall', requires.wallOr('status.read'), async ({ c }) => {
    const token = cookie.tokenIn(c.req.raw)
    const { screen } = c.var
    return {
      body: { account: await owner.accountName(), screen: screen ? { name: screen.name } : null },
      ...(screen && token && { headers: { 'set-cookie': cookie.set(token) } }),
    }
  })
  route(app, 'names', requires.wallOr('status.read'), async ({ c }) => {
    const reader = { role: c.var.actor.role, ifNoneMatch: c.req.header('if-none-match') }
    return sendView(c, answered(await owner.view('names', reader)))
  })
  route(app, 'openWall', publicRoute, async ({ c, input }) => {
    await limitByAddress(auth.throttle, 'wall', c.var.clientAddress)
    const token = await walls.open(input.link, c.var.requestId)
    return { body: { ok: true }, headers: { 'set-cookie': cookie.set(token) } }
  })

  route(app, 'walls', requires('settings.manage'), async () => ({ body: { screens: await walls.list() } }))
  route(app, 'createWall', requires('settings.manage', { action: 'wall.create' }), async ({ c, input }) => ({
    body: await walls.create(byOf(c.var), input.name),
    status: 201,
    headers: { 'cache-control': 'no-store' },
  }))
  route(app, 'revokeWall', requires('settings.manage', { action: 'wall.revoke' }), async ({ c, params }) => {
    await walls.revoke(byOf(c.var), params.wallId)
    return { body: { ok: true } }
  })
  return app
}

function byOf({ person: { id, email, role }, requestId }: AppEnv['Variables']) {
  return { actor: { id, email, role }, requestId }
}
