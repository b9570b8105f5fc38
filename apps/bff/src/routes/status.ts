import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import { sendView } from '../http/conditional.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** The compact status of every tunnel, the same for every role; and one tunnel from close by and over time. */
export function statusRoutes(owner: Owner, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'status', requires.wallOr('status.read'), async ({ c }) => {
    const reader = { role: c.var.actor.role, ifNoneMatch: c.req.header('if-none-match') }
    const form = c.var.screen ? 'wall-status' : 'status'
    return sendView(c, answered(await owner.view(form, reader)))
  })
  route(app, 'stateChanges', requires('status.read'), async ({ c, query }) =>
    sendView(c, answered(await owner.states.changes(query, c.req.header('if-none-match')))),
  )
  route(app, 'tunnelStatus', requires('status.read'), async ({ c, params }) => ({
    body: answered(await owner.states.standing(params.id, c.var.actor.role)),
  }))
  route(app, 'tunnelHistory', requires('status.read'), async ({ c, params, query }) => ({
    body: answered(await owner.states.of(params.id, query, c.var.actor.role)),
  }))
  return app
}
