import type { Role } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, gt, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/env.ts'
import { session, user, userRole } from '../storage/schema.ts'
import { addressHeader, createBetterAuth } from './better-auth.ts'
import { sessionCookie } from './cookie.ts'
import { hashToken } from './token.ts'
import { isRealUser } from './users.ts'

export interface Session {
  actor: Actor
  /** UTC, ISO 8601. */
  expiresAt: string
}

export interface SignIn {
  actor: Actor
  /** The `Set-Cookie` line that hands the session to the browser. */
  cookie: string
}

export interface Credentials {
  email: string
  password: string
}

export interface Auth {
  /** Who sent this request. Reads session and role each time, so that a sign-out or a new role acts at once (S33). */
  sessionOf(request: Request): Promise<Session | null>
  /** Throws `sign-in-failed`, the same whoever was meant (S35), or `rate-limited`. */
  signInEmail(request: Request, credentials: Credentials): Promise<SignIn>
  /** Throws `not-found` outside sandbox mode. */
  signInSandbox(request: Request, role: Role): Promise<SignIn>
  /** Ends the session on the server and tells whose it was. */
  signOut(request: Request): Promise<Session | null>
  /** The `Set-Cookie` line that takes the cookie away. */
  readonly expiredCookie: string
  hashPassword(password: string): Promise<string>
}

const SignInAnswer = z.object({ token: z.string() })

export function createAuth(deps: Deps): Auth {
  const cookie = sessionCookie(deps.publicUrl)
  const betterAuth = createBetterAuth(deps, cookie)

  /** The token's hash, from a cookie that we have signed; `null` for everything else. */
  async function tokenHashOf(request: Request): Promise<string | null> {
    if (!cookie.isIn(request)) return null
    const headers = new Headers({ cookie: request.headers.get('cookie') ?? '' })
    const token = await betterAuth.api.readSessionToken({ headers })
    return token ? hashToken(token) : null
  }

  async function sessionByHash(tokenHash: string): Promise<Session | null> {
    const [found] = await deps.db
      .select({ id: user.id, email: user.email, name: user.name, role: userRole.role, expiresAt: session.expiresAt })
      .from(session)
      .innerJoin(user, eq(user.id, session.userId))
      .innerJoin(userRole, eq(userRole.userId, user.id))
      .where(
        and(eq(session.token, tokenHash), gt(session.expiresAt, deps.now()), deps.sandbox ? undefined : isRealUser),
      )
    if (!found) return null
    const { expiresAt, ...actor } = found
    return { actor, expiresAt: expiresAt.toISOString() }
  }

  const endSession = (tokenHash: string) => deps.db.delete(session).where(eq(session.token, tokenHash))

  /** A sign-in always brings a new session; the one that the request came with ends (S30). */
  async function finishSignIn(request: Request, answer: Response): Promise<SignIn> {
    const { token } = SignInAnswer.parse(await answer.json())
    const value = cookie.valueIn(answer.headers)
    const tokenHash = await hashToken(token)
    const started = await sessionByHash(tokenHash)
    if (!started || value === undefined) {
      await endSession(tokenHash)
      throw ProblemError.of('sign-in-failed')
    }
    const former = await tokenHashOf(request)
    if (former !== null) await endSession(former)
    await deps.db.delete(session).where(lt(session.expiresAt, deps.now()))
    return { actor: started.actor, cookie: cookie.set(value) }
  }

  return {
    async sessionOf(request) {
      const tokenHash = await tokenHashOf(request)
      return tokenHash === null ? null : sessionByHash(tokenHash)
    },

    async signInEmail(request, { email, password }) {
      const answer = await betterAuth.handler(signInRequest(deps, request, { email, password }))
      if (answer.status === 429) {
        throw ProblemError.of('rate-limited', { retryAfter: Number(answer.headers.get('x-retry-after') ?? 60) })
      }
      if (answer.status >= 500) throw ProblemError.of('internal')
      if (!answer.ok) throw ProblemError.of('sign-in-failed')
      return finishSignIn(request, answer)
    },

    async signInSandbox(request, role) {
      if (!deps.sandbox) throw ProblemError.of('not-found')
      const answer = await betterAuth.api.startSandboxSession({ body: { role }, asResponse: true })
      return finishSignIn(request, answer)
    },

    async signOut(request) {
      const tokenHash = await tokenHashOf(request)
      if (tokenHash === null) return null
      const ended = await sessionByHash(tokenHash)
      await endSession(tokenHash)
      return ended
    },

    expiredCookie: cookie.expired,

    async hashPassword(password) {
      const { password: passwords } = await betterAuth.$context
      return passwords.hash(password)
    },
  }
}

/**
 * What better-auth gets to see of a sign-in: built from nothing (S40), with the address as the runtime knows it, so that a
 * made-up `X-Forwarded-For` buys no fresh attempts. Where the request came from, `sameOriginOnly` has checked.
 */
function signInRequest(deps: Deps, request: Request, credentials: Credentials): Request {
  const headers = new Headers({ 'content-type': 'application/json' })
  const address = deps.clientAddress(request)
  if (address !== undefined) headers.set(addressHeader, address)
  const url = new URL('/api/auth/sign-in/email', deps.publicUrl)
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(credentials) })
}
