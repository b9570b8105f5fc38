import { rolePermissions, roles } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import type { AuditAction, AuditOutcome } from '@tunnel-console/shared/audit'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { AuditActor, AuditStore } from '../audit/store.ts'
import { causesOf } from '../cloudflare/causes.ts'
import type { Deps } from '../deps.ts'
import { body } from '../http/body.ts'
import type { AppEnv } from '../http/env.ts'
import { noQuery } from '../http/query.ts'
import { publicRoute } from '../http/requires.ts'
import type { Auth, SignIn } from './auth.ts'
import { setUpFirstAdmin } from './first-admin.ts'
import { signedIn } from './signed-in.ts'
import { findByEmail, hasUsers } from './users.ts'

export interface SessionRoutesOptions {
  /** What Cloudflare calls the account. */
  accountName: () => Promise<string>
  audit: Pick<AuditStore, 'record'>
}

const email = z.string().trim().max(254)

const Credentials = z.strictObject({ email, password: z.string().max(1024) })
const SandboxSignIn = z.strictObject({ role: z.enum(roles) })
const SetUp = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1, 'Enter a name').max(100, 'Use at most 100 characters'),
  email: email.pipe(z.email('Enter an email address')),
  password: z.string().max(1024),
})

/** What stands in the audit log for somebody who is nobody here. What they typed does not: it may be a password. */
const nobody: AuditActor = { id: 'unknown', email: 'unknown', role: null }

/** How a refused sign-in stands in the audit log: a wrong password, or a person without a role. */
const refusals: Partial<Record<string, AuditOutcome>> = { 'sign-in-failed': 'rejected', forbidden: 'denied' }

/** Coming and going. `signedIn` stands on the one route that is for signed-in people of any role. */
export function sessionRoutes(deps: Deps, auth: Auth, { accountName, audit }: SessionRoutesOptions) {
  /**
   * Coming and going is recorded when it has happened, and has happened whether or not it can be recorded: reading is
   * allowed without an audit log, and no change is (S67). The log then says what the audit log cannot.
   */
  async function record(
    requestId: string,
    { id, email, role }: AuditActor,
    action: AuditAction,
    outcome: AuditOutcome,
  ): Promise<void> {
    try {
      await audit.record({ actor: { id, email, role }, action, target: null, outcome, requestId })
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

  async function welcome(requestId: string, { actor, cookie }: SignIn): Promise<string> {
    await record(requestId, actor, 'session.signIn', 'applied')
    return cookie
  }

  return new Hono<AppEnv>()
    .get('/sign-in-options', publicRoute(), noQuery, async (c) => {
      const setupNeeded = deps.mode === 'live' && !(await hasUsers(deps))
      return c.json({ mode: deps.mode, setupNeeded })
    })
    .post('/auth/sign-in/email', publicRoute(), noQuery, body(Credentials), async (c) => {
      const { requestId, clientAddress } = c.var
      const credentials = c.req.valid('json')
      const signIn = await auth.signInEmail(c.req.raw, credentials, clientAddress).catch(async (error: unknown) => {
        await recordRefusal(requestId, credentials.email, error)
        throw error
      })
      c.header('set-cookie', await welcome(requestId, signIn))
      return c.json({ ok: true as const })
    })
    .post('/auth/sign-out', publicRoute(), noQuery, async (c) => {
      const ended = await auth.signOut(c.req.raw)
      if (ended) await record(c.var.requestId, ended.actor, 'session.signOut', 'applied')
      c.header('set-cookie', auth.expiredCookie)
      c.header('clear-site-data', '"cache", "storage"')
      return c.json({ ok: true as const })
    })
    .post('/sandbox/sign-in', publicRoute(), sandboxOnly(deps), noQuery, body(SandboxSignIn), async (c) => {
      const signIn = await auth.signInSandbox(c.req.raw, c.req.valid('json').role)
      c.header('set-cookie', await welcome(c.var.requestId, signIn))
      return c.json({ ok: true as const })
    })
    .post('/setup', publicRoute(), noQuery, body(SetUp), async (c) => {
      const admin = await setUpFirstAdmin(deps, auth, c.req.valid('json'))
      await record(c.var.requestId, admin, 'user.setUp', 'applied')
      return c.json({ ok: true as const }, 201)
    })
    .get('/session', publicRoute(), signedIn(auth), noQuery, async (c) => {
      const { actor, sessionExpiresAt } = c.var
      const { id, email, name, role } = actor
      return c.json<SessionAnswer>({
        user: { id, email, name, role },
        account: { id: deps.upstream.accountId, name: await accountName() },
        mode: deps.mode,
        permissions: rolePermissions[role],
        expiresAt: sessionExpiresAt,
      })
    })
}

/** In live mode the sandbox's routes are as absent as any other. */
function sandboxOnly({ sandbox }: Deps): MiddlewareHandler<AppEnv> {
  return async (_c, next) => {
    if (!sandbox) throw ProblemError.of('not-found')
    await next()
  }
}
