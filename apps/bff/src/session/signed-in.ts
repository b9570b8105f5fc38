import { ProblemError } from '@tunnel-console/shared/problem'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/env.ts'
import type { Auth } from './auth.ts'

/** Lets signed-in people pass and says who they are; all others get `unauthenticated`. */
export function signedIn(auth: Pick<Auth, 'sessionOf'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const session = await auth.sessionOf(c.req.raw)
    if (!session) throw ProblemError.of('unauthenticated')
    c.set('actor', session.actor)
    c.set('sessionExpiresAt', session.expiresAt)
    await next()
  }
}
