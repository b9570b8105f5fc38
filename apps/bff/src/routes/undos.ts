import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import { sendView } from '../http/conditional.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

type Undoing = Pick<Owner, 'undos' | 'keepChange' | 'undoNow' | 'versionsOf' | 'refusals'>

const choices = [
  ['keepChange', 'undo.keep', 'keepChange'],
  ['undoNow', 'undo.now', 'undoNow'],
] as const

/** What can be taken back: changes that undo themselves unless somebody keeps them, and former versions of a tunnel. */
export function undoRoutes(owner: Undoing, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'undos', requires('tunnel.read'), async ({ c }) =>
    sendView(c, await owner.undos(c.req.header('if-none-match'))),
  )
  for (const [name, action, choose] of choices) {
    route(app, name, requires('tunnel.update', { action }), async ({ c, params }) => {
      const { actor, person, requestId } = c.var
      const answer = await owner[choose](params.group, { actor, requestId })
      // Whose changes they are is known only now.
      if ('problem' in answer && answer.problem.code === 'forbidden')
        await owner.refusals.record(person, action, { id: undefined, isDryRun: false }, requestId)
      answered(answer)
      return { body: { ok: true } }
    })
  }
  route(app, 'versions', requires('tunnel.read'), async ({ params }) => ({
    body: { versions: answered(await owner.versionsOf(params.id)) },
  }))
  return app
}
