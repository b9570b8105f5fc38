import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** The settings of the console: everybody's pages follow them, administrators change them. */
export function settingsRoutes({ settings }: Pick<Owner, 'settings'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  route(app, 'settings', requires('anybody'), async () => ({ body: { settings: await settings.read() } }))
  route(
    app,
    'changeSettings',
    requires('settings.manage', { action: 'settings.change' }),
    async ({ c: { var: vars }, input }) => {
      const { id, email, role } = vars.person
      const by = { actor: { id, email, role }, requestId: vars.requestId }
      return { body: { settings: await settings.change(by, input) } }
    },
  )
  return app
}
