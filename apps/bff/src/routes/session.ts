import type { AuditAction } from '@tunnel-console/shared/audit'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import type { AuditActor, Settlement } from '../audit/store.ts'
import type { Owner } from '../changes/owner.ts'
import { causesOf } from '../cloudflare/causes.ts'
import type { Deps } from '../deps.ts'
import { answered } from '../http/answered.ts'
import type { AppEnv } from '../http/env.ts'
import { publicRoute, type Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import { sessionAnswer } from '../session/answer.ts'
import type { Auth, SignIn } from '../session/auth.ts'
import { setUpFirstAdmin } from '../session/first-admin.ts'
import { findByEmail, hasUsers } from '../session/users.ts'

/** What stands in the audit log for somebody who is nobody here. What they typed does not: it may be a password. */
const nobody: AuditActor = { id: 'unknown', email: 'unknown', role: null }

/** How a refused sign-in stands in the audit log: a wrong password, or a person without a role. */
const refusals: Partial<Record<string, Settlement['outcome']>> = { 'sign-in-failed': 'rejected', forbidden: 'denied' }

interface SessionServices {
  deps: Deps
  auth: Auth
  owner: Owner
}

/** Coming and going. */
export function sessionRoutes({ deps, auth, owner }: SessionServices, requires: Requires) {
  const app = new Hono<AppEnv>()

  /**
   * Coming and going is recorded when it has happened, and has happened whether or not it can be recorded: reading is
   * allowed without an audit log, and no change is (S67). The log then says what the audit log cannot.
   */
  async function record(
    requestId: string,
    { id, email, role }: AuditActor,
    action: AuditAction,
    outcome: Settlement['outcome'],
  ): Promise<void> {
    try {
      await owner.audit.record({ actor: { id, email, role }, action, target: null, outcome, requestId })
    } catch (error) {
      const causes = causesOf(error)
      deps.log({ level: 'error', event: 'audit.unrecorded', action, outcome, userId: id, requestId, causes })
    }
  }

  /** A refused sign-in is recorded too, save the ones beyond the limit, with which anybody could fill the disk. */
  async function recordRefusal(requestId: string, email: string, error: unknown): Promise<void> {
    const outcome = error instanceof ProblemError ? refusals[error.problem.code] : undefined
    if (!outcome) return
    const meant = await findByEmail(deps, email).catch(() => undefined)
    await record(requestId, meant ?? nobody, 'session.signIn', outcome)
  }

  async function welcome(requestId: string, { actor, cookie }: SignIn) {
    await record(requestId, actor, 'session.signIn', 'applied')
    return { body: { ok: true as const }, headers: { 'set-cookie': cookie } }
  }

  route(app, 'signInOptions', publicRoute, async () => {
    const setupNeeded = deps.mode === 'live' && !(await hasUsers(deps))
    return { body: { mode: deps.mode, setupNeeded } }
  })
  route(app, 'signIn', publicRoute, async ({ c, input }) => {
    const { requestId, clientAddress } = c.var
    const signIn = await auth.signInEmail(c.req.raw, input, clientAddress).catch(async (error: unknown) => {
      await recordRefusal(requestId, input.email, error)
      throw error
    })
    return welcome(requestId, signIn)
  })
  route(app, 'signOut', publicRoute, async ({ c }) => {
    const ended = await auth.signOut(c.req.raw)
    if (ended) await record(c.var.requestId, ended.actor, 'session.signOut', 'applied')
    const headers = { 'set-cookie': auth.expiredCookie, 'clear-site-data': '"cache", "storage"' }
    return { body: { ok: true }, headers }
  })
  route(app, 'setUp', publicRoute, async ({ c, input }) => {
    const admin = await setUpFirstAdmin(deps, auth, input)
    await auth.places.remember(admin.email, c.var.clientAddress)
    await record(c.var.requestId, admin, 'user.setUp', 'applied')
    return { body: { ok: true }, status: 201 }
  })
  route(app, 'session', requires('anybody'), async ({ c }) => ({
    body: await sessionAnswer({ deps, owner }, c.var),
  }))
  // In live mode the sandbox's routes are as absent as any other.
  if (deps.sandbox) {
    route(app, 'signInSandbox', publicRoute, async ({ c, input }) =>
      welcome(c.var.requestId, await auth.signInSandbox(c.req.raw, input.role, c.var.clientAddress)),
    )
    route(app, 'resetSandbox', requires('settings.manage'), async ({ c }) => {
      const { id, email, role } = c.var.person
      answered(await owner.resetSandbox({ id, email, role }, c.var.requestId))
      return { body: { ok: true } }
    })
  }
  return app
}
