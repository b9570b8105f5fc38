import type { Role } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, gt, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/env.ts'
import { session, user, userRole } from '../storage/schema.ts'
import { addressHeader, createBetterAuth } from './better-auth.ts'
import { sessionCookie } from './cookie.ts'
import { createEndedSessions } from './ended.ts'
import { failureOf, refusalOf } from './refusal.ts'
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
  /**
   * Throws `sign-in-failed`, the same whoever was meant (S35), and only for a wrong address or password; `forbidden` for a
   * person without a role, `rate-limited`, or what keeps the database from being used. Attempts are counted by the
   * client's `address`.
   */
  signInEmail(request: Request, credentials: Credentials, address: string | undefined): Promise<SignIn>
  /** Throws `not-found` outside sandbox mode. */
  signInSandbox(request: Request, role: Role): Promise<SignIn>
  /** Ends the session and tells whose it was. Never throws: it has ended without a database too. */
  signOut(request: Request): Promise<Session | null>
  /** Removes the rows of ended sessions that could not be removed at once. For the timer; never throws. */
  retry(): Promise<void>
  /** The `Set-Cookie` line that takes the cookie away. */
  readonly expiredCookie: string
  hashPassword(password: string): Promise<string>
}

const SignInAnswer = z.object({ token: z.string() })

export function createAuth(deps: Deps): Auth {
  const cookie = sessionCookie(deps.publicUrl)
  const betterAuth = createBetterAuth(deps, cookie)
  const ended = createEndedSessions(deps)

  /** The token's hash, from a cookie that we have signed; `null` for everything else. */
  async function tokenHashOf(request: Request): Promise<string | null> {
    if (!cookie.isIn(request)) return null
    const headers = new Headers({ cookie: request.headers.get('cookie') ?? '' })
    const token = await betterAuth.api.readSessionToken({ headers })
    return token ? hashToken(token) : null
  }

  /** Whose session it is, in one statement. The role is `null` for a person who has none. */
  async function personByHash(tokenHash: string) {
    if (ended.has(tokenHash)) return undefined
    const [found] = await deps.db
      .select({ id: user.id, email: user.email, name: user.name, role: userRole.role, expiresAt: session.expiresAt })
      .from(session)
      .innerJoin(user, eq(user.id, session.userId))
      .leftJoin(userRole, eq(userRole.userId, user.id))
      .where(
        and(eq(session.token, tokenHash), gt(session.expiresAt, deps.now()), deps.sandbox ? undefined : isRealUser),
      )
    // A sign-out may have come while the database was asked.
    return ended.has(tokenHash) ? undefined : found
  }

  async function sessionByHash(tokenHash: string): Promise<Session | null> {
    const found = await personByHash(tokenHash)
    if (!found || found.role === null) return null
    const { expiresAt, role, ...person } = found
    return { actor: { ...person, role }, expiresAt: expiresAt.toISOString() }
  }

  /** Who has just signed in. The password was right, so nothing that is wrong here may look as if it were not. */
  async function actorOfNew(tokenHash: string): Promise<Actor> {
    const found = await personByHash(tokenHash)
    if (!found) {
      throw ProblemError.of('storage-unavailable', {
        detail: 'The session was gone at once. Try again.',
        retryAfter: 1,
      })
    }
    const { expiresAt: _, role, ...person } = found
    if (role === null) throw ProblemError.of('forbidden', { detail: 'This account has no role. Ask an administrator.' })
    return { ...person, role }
  }

  /** A sign-in always brings a new session; the one that the request came with ends (S30). */
  async function finishSignIn(request: Request, answer: Response): Promise<SignIn> {
    const { token } = SignInAnswer.parse(await answer.json())
    const tokenHash = await hashToken(token)
    try {
      const value = cookie.valueIn(answer.headers)
      if (value === undefined) throw new Error('better-auth set no cookie')
      const actor = await actorOfNew(tokenHash)
      const former = await tokenHashOf(request)
      if (former !== null) await ended.end(former)
      // Tidying up may fail: these sessions have run out and open nothing.
      await deps.db
        .delete(session)
        .where(lt(session.expiresAt, deps.now()))
        .catch(() => undefined)
      return { actor, cookie: cookie.set(value) }
    } catch (error) {
      await ended.end(tokenHash)
      throw error
    }
  }

  return {
    async sessionOf(request) {
      const tokenHash = await tokenHashOf(request)
      return tokenHash === null ? null : sessionByHash(tokenHash)
    },

    async signInEmail(request, { email, password }, address) {
      const sent = signInRequest(deps, { email, password }, address)
      return finishSignIn(request, await answerOf(betterAuth.handler(sent)))
    },

    async signInSandbox(request, role) {
      if (!deps.sandbox) throw ProblemError.of('not-found')
      const started = betterAuth.api.startSandboxSession({ body: { role }, asResponse: true })
      return finishSignIn(request, await answerOf(started))
    },

    async signOut(request) {
      const tokenHash = await tokenHashOf(request)
      if (tokenHash === null) return null
      const whose = await sessionByHash(tokenHash).catch(() => null)
      await ended.end(tokenHash)
      return whose
    },

    retry: ended.retry,

    expiredCookie: cookie.expired,

    async hashPassword(password) {
      const { password: passwords } = await betterAuth.$context
      return passwords.hash(password)
    },
  }
}

/** What better-auth says to a sign-in, when it says yes. */
async function answerOf(signIn: Promise<Response>): Promise<Response> {
  const answer = await signIn.catch((error: unknown) => {
    throw failureOf(error)
  })
  if (!answer.ok) throw await refusalOf(answer)
  return answer
}

/**
 * What better-auth gets to see of a sign-in: built from nothing (S40), with the address as the runtime knows it, so that a
 * made-up `X-Forwarded-For` buys no fresh attempts. Where the request came from, `sameOriginOnly` has checked.
 */
function signInRequest({ publicUrl }: Deps, credentials: Credentials, address: string | undefined): Request {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (address !== undefined) headers.set(addressHeader, address)
  const url = new URL('/api/auth/sign-in/email', publicUrl)
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(credentials) })
}
