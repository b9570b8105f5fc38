import { Hono } from 'hono'
import type { Owner } from '../changes/owner.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import { endsOf, noteAct } from '../session/acts.ts'
import type { Auth } from '../session/auth.ts'
import { changePassword } from '../session/change-password.ts'
import { endOwnSession, listOwnSessions } from '../session/own-sessions.ts'

interface OwnServices {
  deps: Deps
  auth: Auth
  owner: Pick<Owner, 'audit'>
}

/** What people do about their own sessions and password. */
export function ownSessionRoutes({ deps, auth, owner: { audit } }: OwnServices, requires: Requires) {
  const app = new Hono<AppEnv>()
  // Noted here and not by the guard: the answer must not promise what could not be written.
  route(app, 'stayed', requires('anybody', { isAct: false }), async ({ c }) => {
    const { session } = c.var
    return { body: endsOf({ ...session, lastActAt: await noteAct(deps, session) }) }
  })
  route(app, 'ownSessions', requires('anybody'), async ({ c }) => ({
    body: { sessions: await listOwnSessions(deps, c.var.session) },
  }))
  route(app, 'endOwnSession', requires('anybody'), async ({ c, params }) => {
    const { person, requestId } = c.var
    const { id, email, role } = person
    await endOwnSession(deps, audit, { actor: { id, email, role }, requestId }, params.sessionId)
    return { body: { ok: true } }
  })
  route(app, 'changePassword', requires('anybody'), async ({ c, input }) => {
    const cookie = await changePassword({ deps, auth, audit }, c.var.session, input, c.var.requestId)
    return { body: { ok: true }, headers: { 'set-cookie': cookie } }
  })
  return app
}
