import { Hono } from 'hono'
import type { AuditActor } from '../audit/store.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute, type Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import { changePerson } from '../people/change.ts'
import { listPeople } from '../people/directory.ts'
import { invitePerson } from '../people/invite.ts'
import { lookAtLink, useLink } from '../people/links.ts'
import type { By, PeopleRoom } from '../people/room.ts'
import { endSessions, resetPassword } from '../people/sessions.ts'
import type { Auth } from '../session/auth.ts'
import { limitByAddress } from '../session/by-address.ts'

/** People and their roles, for administrators; and the one-time links by which others get in. */
export function userRoutes(room: PeopleRoom, { throttle }: Pick<Auth, 'throttle'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  const manage = (action: 'user.invite' | 'user.changeRole' | 'user.endSessions' | 'user.reset') =>
    requires('user.manage', { action })

  route(app, 'users', requires('user.manage'), async () => ({ body: { users: await listPeople(room.deps) } }))
  route(app, 'inviteUser', manage('user.invite'), async ({ c, input }) => ({
    body: await invitePerson(room, byOf(c.var), input),
    status: 201,
  }))
  route(app, 'updateUser', manage('user.changeRole'), async ({ c, params, input }) => ({
    body: { user: await changePerson(room, byOf(c.var), params.userId, input) },
  }))
  route(app, 'endUserSessions', manage('user.endSessions'), async ({ c, params }) => {
    await endSessions(room, byOf(c.var), params.userId)
    return { body: { ok: true } }
  })
  route(app, 'resetUser', manage('user.reset'), async ({ c, params }) => ({
    body: { resetUrl: await resetPassword(room, byOf(c.var), params.userId) },
  }))

  route(app, 'lookAtLink', publicRoute, async ({ c, input }) => {
    await limitByAddress(throttle, 'link', c.var.clientAddress)
    return { body: await lookAtLink(room, input.token) }
  })
  route(app, 'useLink', publicRoute, async ({ c, input }) => {
    const { requestId, clientAddress: address } = c.var
    await limitByAddress(throttle, 'link', address)
    await useLink(room, input, { requestId, address })
    return { body: { ok: true } }
  })
  return app
}

function byOf({ person: { id, email, role }, requestId }: AppEnv['Variables']): By {
  const actor: AuditActor = { id, email, role }
  return { actor, requestId }
}
