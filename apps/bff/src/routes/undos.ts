import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

type Undoing = Pick<Owner, 'undos' | 'keepChange' | 'undoNow' | 'versionsOf'>

/** What can be taken back: changes that undo themselves unless somebody keeps them, and former versions of a tunnel. */
export function undoRoutes(owner: Undoing, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'undos', requires('tunnel.read'), async () => ({ body: { undos: await owner.undos() } }))
  route(app, 'keepChange', requires('tunnel.update', { action: 'undo.keep' }), async ({ c, params }) => {
    answered(await owner.keepChange(params.group, { actor: c.var.actor, requestId: c.var.requestId }))
    return { body: { ok: true } }
  })
  route(app, 'undoNow', requires('tunnel.update', { action: 'undo.now' }), async ({ c, params }) => {
    answered(await owner.undoNow(params.group, { actor: c.var.actor, requestId: c.var.requestId }))
    return { body: { ok: true } }
  })
  route(app, 'versions', requires('tunnel.read'), async ({ params }) => ({
    body: { versions: answered(await owner.versionsOf(params.id)) },
  }))
  return app
}
