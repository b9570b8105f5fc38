import { can, type Permission } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { Context, MiddlewareHandler } from 'hono'
import type { Refusals } from '../audit/refusals.ts'
import type { Auth } from '../session/auth.ts'
import type { AppEnv } from './env.ts'

/** Marks a middleware as the one that decides who may pass, so that `undeclaredRoutes` can find routes without one. */
const declares = Symbol('declares who may pass')

/** The first handler of every route: it says who may call it, and sees to it. */
export type Guard = MiddlewareHandler<AppEnv> & { [declares]: Permission | 'public' | 'anybody' }

/** A route that anyone may call, signed in or not. Said out loud, so that forgetting is not the same as allowing (S44). */
export const publicRoute: Guard = Object.assign<MiddlewareHandler<AppEnv>, { [declares]: 'public' }>(
  (_c, next) => next(),
  { [declares]: 'public' },
)

export type Requires = ReturnType<typeof createRequires>

/**
 * Makes the guards of routes for signed-in people. A guard signs in and authorises in one: there is no route that knows who
 * somebody is and forgets to ask whether they may, nor one that asks before it knows. A refused write is recorded before
 * the 403 goes out. `'anybody'` lets every signed-in person pass.
 */
export function createRequires(auth: Pick<Auth, 'sessionOf'>, refusals: Refusals) {
  async function signIn(c: Context<AppEnv>): Promise<void> {
    const session = await auth.sessionOf(c.req.raw)
    if (!session) throw ProblemError.of('unauthenticated')
    c.set('actor', session.actor)
    c.set('sessionExpiresAt', session.expiresAt)
  }

  return (permission: Permission | 'anybody'): Guard => {
    const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
      await signIn(c)
      const { actor, requestId } = c.var
      if (permission !== 'anybody' && !can(actor.role, permission)) {
        const isDryRun = c.req.query('validate_only') === 'true'
        await refusals.record(actor, permission, { id: c.req.param('id'), isDryRun }, requestId)
        throw ProblemError.of('forbidden', { detail: `The role ${actor.role} does not have ${permission}` })
      }
      await next()
    }
    return Object.assign(guard, { [declares]: permission })
  }
}

interface RouteEntry {
  method: string
  path: string
  handler: unknown
}

/**
 * Routes, as `METHOD path`, that do not say first of all who may call them (S44). An entry for all methods is a middleware
 * when it takes `next`; one that does not is a route that answers everything, and is counted.
 */
export function undeclaredRoutes(routes: readonly RouteEntry[]): string[] {
  const answering = routes.filter(({ method, handler }) => method !== 'ALL' || !takesNext(handler))
  const byRoute = Map.groupBy(answering, ({ method, path }) => `${method} ${path}`)
  return [...byRoute].filter(([, [first]]) => !isGuard(first?.handler)).map(([name]) => name)
}

function takesNext(handler: unknown): boolean {
  return typeof handler === 'function' && handler.length >= 2
}

function isGuard(handler: unknown): handler is Guard {
  return typeof handler === 'function' && declares in handler
}
