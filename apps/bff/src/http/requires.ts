import { can, type Permission } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { MiddlewareHandler } from 'hono'
import type { Refusals } from '../audit/refusals.ts'
import type { AppEnv } from './env.ts'

/** Marks a middleware as the one that decides who may pass, so that `undeclaredRoutes` can find routes without one. */
const declares = Symbol('declares who may pass')

type Guard = MiddlewareHandler<AppEnv> & { [declares]: Permission | 'public' }

/** A route that anyone may call. Said out loud, so that forgetting is not the same as allowing (S44). */
export function publicRoute(): Guard {
  return Object.assign<MiddlewareHandler<AppEnv>, { [declares]: 'public' }>((_c, next) => next(), {
    [declares]: 'public',
  })
}

/** Lets a request pass when the actor's role has the permission; a refused write is recorded before the 403 goes out. */
export function requires(permission: Permission, refusals: Refusals): Guard {
  const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
    const { actor, requestId } = c.var
    if (!can(actor.role, permission)) {
      const isDryRun = c.req.query('validate_only') === 'true'
      await refusals.record(actor, permission, { id: c.req.param('id'), isDryRun }, requestId)
      throw ProblemError.of('forbidden', { detail: `The role ${actor.role} does not have ${permission}` })
    }
    await next()
  }
  return Object.assign(guard, { [declares]: permission })
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
  return [...byRoute].filter(([, [first]]) => !isGuard(first?.handler)).map(([route]) => route)
}

function takesNext(handler: unknown): boolean {
  return typeof handler === 'function' && handler.length >= 2
}

function isGuard(handler: unknown): handler is Guard {
  return typeof handler === 'function' && declares in handler
}
