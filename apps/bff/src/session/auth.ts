import type { Role } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { createSeal } from '../changes/seal.ts'
import type { Deps } from '../deps.ts'
import type { Actor, Session } from '../http/env.ts'
import { session, user, userRole } from '../storage/schema.ts'
import { isAlive, noteAct } from './acts.ts'
import { addressHeader, createBetterAuth } from './better-auth.ts'
import { sessionCookie } from './cookie.ts'
import { deviceOf } from './device.ts'
import { createEndedSessions } from './ended.ts'
import { createPlaces, type Places } from './places.ts'
import { failureOf, refusalOf } from './refusal.ts'
import { createRememberedSessions } from './remembered.ts'
import { createSignInGate } from './sign-in-gate.ts'
import { createThrottle, type Throttle } from './throttle.ts'
import { tidyUp } from './tidy-up.ts'
import { hashToken } from './token.ts'
import { isRealUser } from './users.ts'

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
  /** Who sent this request, by session and role as they stand now: a sign-out or a new role acts at once (S33). */
  sessionOf(request: Request): Promise<Session | null>
  /** The same by its `Cookie` header, where it is known without reading; `null` says nothing. */
  knownSessionOf(cookie: string): Session | null
  /** Notes that a person did something. Never throws: the idle time then runs from the act before. */
  acted(session: Session): Promise<void>
  /**
   * Throws `sign-in-failed`, the same whoever was meant (S35), and only for a wrong address or password; `forbidden` for a
   * person without a role or a disabled one, `rate-limited`, or what keeps the database from being used. Attempts are
   * counted by the client's `address` and by account (S34).
   */
  signInEmail(request: Request, credentials: Credentials, address: string | undefined): Promise<SignIn>
  /** Throws `not-found` outside sandbox mode. */
  signInSandbox(request: Request, role: Role, address: string | undefined): Promise<SignIn>
  /** Ends the session and tells whose it was. Never throws: it has ended without a database too. */
  signOut(request: Request): Promise<Session | null>
  /** Removes the rows of ended sessions that could not be removed at once. For the timer; never throws. */
  retry(): Promise<void>
  /** The `Set-Cookie` line that takes the cookie away. */
  readonly expiredCookie: string
  hashPassword(password: string): Promise<string>
  isPassword(hash: string, password: string): Promise<boolean>
  /** The `Set-Cookie` line for a session's new token. */
  cookieFor(token: string): Promise<string>
  readonly throttle: Throttle
  readonly places: Places
}

const SignInAnswer = z.object({ token: z.string() })

export function createAuth(deps: Deps): Auth {
  const cookie = sessionCookie(deps.publicUrl)
  const betterAuth = createBetterAuth(deps, cookie)
  const ended = createEndedSessions(deps)
  const remembered = createRememberedSessions(deps)
  const { digest } = createSeal(deps.authSecret)
  const [throttle, places] = [createThrottle(deps, digest), createPlaces(deps, digest)]
  const throughGate = createSignInGate(throttle, places)

  /** The token's hash, from a cookie that we have signed; `null` for everything else. */
  async function tokenHashOf(request: Request): Promise<string | null> {
    if (!cookie.isIn(request)) return null
    const headers = new Headers({ cookie: request.headers.get('cookie') ?? '' })
    const token = await betterAuth.api.readSessionToken({ headers })
    return token ? hashToken(token) : null
  }

  /** Whose session it is, in one statement. The role is `null` for a person who has none or is disabled. */
  async function personByHash(tokenHash: string) {
    if (ended.has(tokenHash)) return undefined
    const [found] = await deps.db
      .select({
        session: { id: session.id, lastActAt: session.updatedAt, expiresAt: session.expiresAt },
        person: { id: user.id, email: user.email, name: user.name },
        role: userRole.role,
        disabledAt: userRole.disabledAt,
      })
      .from(session)
      .innerJoin(user, eq(user.id, session.userId))
      .leftJoin(userRole, eq(userRole.userId, user.id))
      .where(and(eq(session.token, tokenHash), isAlive(deps.now()), deps.sandbox ? undefined : isRealUser))
    // A sign-out may have come while the database was asked.
    return ended.has(tokenHash) ? undefined : found
  }

  async function sessionByHash(tokenHash: string): Promise<Session | null> {
    const found = await personByHash(tokenHash)
    if (!found || found.role === null || found.disabledAt !== null) return null
    return { ...found.session, actor: { ...found.person, role: found.role } }
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
    const { role, person, disabledAt } = found
    if (role === null) throw ProblemError.of('forbidden', { detail: 'This account has no role. Ask an administrator.' })
    if (disabledAt !== null) {
      throw ProblemError.of('forbidden', { detail: 'This account is disabled. Ask an administrator.' })
    }
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
      await tidyUp(deps, actor.id)
      return { actor, cookie: cookie.set(value) }
    } catch (error) {
      await ended.end(tokenHash)
      throw error
    }
  }

  function knownSessionOf(cookie: string): Session | null {
    const known = remembered.of(cookie)
    return known && !ended.has(known.tokenHash) ? known.session : null
  }

  return {
    knownSessionOf,

    async sessionOf(request) {
      const sent = request.headers.get('cookie') ?? ''
      const known = knownSessionOf(sent)
      if (known) return known
      const at = remembered.current()
      const tokenHash = await tokenHashOf(request)
      if (tokenHash === null) return null
      const found = await sessionByHash(tokenHash)
      if (found) remembered.remember(sent, { tokenHash, session: found }, at)
      return found
    },

    async acted(session) {
      await noteAct(deps, session).catch(() => undefined)
    },

    signInEmail: (request, { email, password }, address) =>
      throughGate(email, address, async () => {
        const sent = signInRequest(deps, { email, password }, originOf(request, address))
        return finishSignIn(request, await answerOf(betterAuth.handler(sent)))
      }),

    async signInSandbox(request, role, address) {
      if (!deps.sandbox) throw ProblemError.of('not-found')
      const headers = originOf(request, address)
      const started = betterAuth.api.startSandboxSession({ body: { role }, headers, asResponse: true })
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

    async isPassword(hash, password) {
      const { password: passwords } = await betterAuth.$context
      return passwords.verify({ hash, password })
    },

    async cookieFor(token) {
      const answer = await betterAuth.api.signToken({ body: { token }, asResponse: true })
      const value = cookie.valueIn(answer.headers)
      if (value === undefined) throw new Error('better-auth set no cookie')
      return cookie.set(value)
    },

    throttle,
    places,
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
 * Where a sign-in came from, as it may be kept: the address as the runtime knows it, so that a made-up `X-Forwarded-For`
 * buys no fresh attempts, and the device in our words.
 */
function originOf(request: Request, address: string | undefined): Headers {
  const headers = new Headers({ 'user-agent': deviceOf(request.headers.get('user-agent')) })
  if (address !== undefined) headers.set(addressHeader, address)
  return headers
}

/** What better-auth gets to see of a sign-in: built from nothing (S40). Whose page it came from, `sameOriginOnly` has checked. */
function signInRequest({ publicUrl }: Deps, credentials: Credentials, headers: Headers): Request {
  headers.set('content-type', 'application/json')
  const url = new URL('/api/auth/sign-in/email', publicUrl)
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(credentials) })
}
