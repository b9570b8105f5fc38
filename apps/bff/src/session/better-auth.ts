import { roles } from '@tunnel-console/shared/access'
import type { BetterAuthOptions } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { betterAuth } from 'better-auth/minimal'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import * as schema from '../storage/schema.ts'
import type { sessionCookie } from './cookie.ts'
import { withHashedTokens } from './hashed-tokens.ts'
import { sessionMs } from './lifetime.ts'
import { randomToken } from './token.ts'
import { ensureSandboxUsers } from './users.ts'

/** Ours alone: requests to better-auth are built from nothing, so nobody outside can set it. */
export const addressHeader = 'x-tunnel-console-address'

/**
 * better-auth, set up for the console and reachable only through `auth.ts`, never from the network.
 *
 * `secrets` rather than `secret`, which a BETTER_AUTH_SECRETS in the environment would overrule. better-auth counts
 * UTF-16 units, people characters (S36): hence 256 for what is 128 to us.
 */
export function createBetterAuth(deps: Deps, cookie: ReturnType<typeof sessionCookie>) {
  const drizzle = drizzleAdapter(deps.db, { provider: 'sqlite', schema })
  return betterAuth({
    baseURL: deps.publicUrl,
    trustedOrigins: [new URL(deps.publicUrl).origin],
    secrets: [{ version: 1, value: deps.authSecret.reveal() }],
    database: (options: BetterAuthOptions) => withHashedTokens(drizzle(options)),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 15,
      maxPasswordLength: 256,
      ...(deps.passwords && { password: deps.passwords }),
    },
    session: { expiresIn: sessionMs / 1000, disableSessionRefresh: true, cookieCache: { enabled: false } },
    databaseHooks: {
      session: { create: { before: async (_, context) => ({ data: freshSession(deps, context?.headers) }) } },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: {
      // Only governs better-auth's own name prefix and default; the name below carries ours.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: cookie.name,
          attributes: { secure: cookie.isSecure, sameSite: 'strict', httpOnly: true, path: '/' },
        },
      },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    // What is no refusal of its own goes on to us as it is, instead of to the console with all its words and as a bare 500.
    onAPIError: { throw: true },
    logger: {
      log: (level, message) => deps.log({ level: levelOf(level), event: 'auth', message: firstLine(message) }),
    },
    plugins: [consolePlugin(deps)],
  })
}

/**
 * better-auth's own token has 190 bits and its clock is not ours (S29, S32). It would also keep the network of an IPv6
 * address instead of the address, which tells a person less.
 */
function freshSession({ now }: Deps, headers: Headers | undefined) {
  const at = now()
  const expiresAt = new Date(at.getTime() + sessionMs)
  const ipAddress = headers?.get(addressHeader) ?? null
  return { token: randomToken(), createdAt: at, updatedAt: at, expiresAt, ipAddress }
}

function consolePlugin(deps: Deps) {
  return {
    id: 'tunnel-console',
    endpoints: {
      /** The token in the session cookie, once its signature has been checked. */
      readSessionToken: createAuthEndpoint.serverOnly({ method: 'GET', requireHeaders: true }, async (ctx) => {
        const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret)
        return token || null
      }),
      /** A cookie for a session's new token, signed. */
      signToken: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ token: z.string() }) },
        async (ctx) => {
          const { name, attributes } = ctx.context.authCookies.sessionToken
          await ctx.setSignedCookie(name, ctx.body.token, ctx.context.secret, attributes)
          return ctx.json({})
        },
      ),
      /** A session without a password, for the people of the sandbox. The caller sees to it that there is a sandbox. */
      startSandboxSession: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ role: z.enum(roles) }) },
        async (ctx) => {
          const { id } = await ensureSandboxUsers(deps, ctx.body.role)
          const user = await ctx.context.internalAdapter.findUserById(id)
          const session = await ctx.context.internalAdapter.createSession(id)
          if (!user) throw new Error('The sandbox user is gone')
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ token: session.token })
        },
      ),
    },
  }
}

function levelOf(level: string): 'info' | 'warn' | 'error' {
  return level === 'error' || level === 'warn' ? level : 'info'
}

/** A failed query's message goes on with its parameters, which are hashes and addresses: only the first line is fit for a log. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200)
}
