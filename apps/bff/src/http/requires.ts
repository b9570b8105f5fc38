import { can, type Permission, type Role, roles } from '@tunnel-console/shared/access'
import type { AuditAction } from '@tunnel-console/shared/audit'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { Context, MiddlewareHandler } from 'hono'
import type { Refusals } from '../audit/refusals.ts'
import type { Auth } from '../session/auth.ts'
import type { Actor, AppEnv, Session } from './env.ts'
import { safeMethods } from './guards.ts'

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

/** A screen on a wall, as `GET /api/wall` and the audit log name it. */
interface Screen {
  id: string
  name: string
}

interface GuardServices {
  auth: Pick<Auth, 'sessionOf' | 'acted'>
  refusals: Refusals
  /** Who can give roles. */
  administrators: () => Promise<{ name: string; email: string }[]>
  /** The screen on a wall whose session a request brings. */
  screenOf: (request: Request) => Promise<Screen | null>
}

interface GuardOptions {
  /** How a refusal stands in the audit log, where the permission is no action itself. */
  action?: AuditAction
  /** `false`: asking it is no act of a person, since the page does so by itself. It changes nothing. */
  isAct?: boolean
}

/**
 * Makes the guards of routes for signed-in people. A guard signs in and authorises in one: there is no route that knows who
 * somebody is and forgets to ask whether they may, nor one that asks before it knows. A refused write is recorded before
 * the 403 goes out. `'anybody'` lets every signed-in person pass.
 *
 * An administrator may look through the eyes of a lesser role (`x-view-as`). Looking changes nothing: a write is refused,
 * whatever the lesser role may do.
 */
export function createRequires({ auth, refusals, administrators, screenOf }: GuardServices) {
  async function signIn(c: Context<AppEnv>): Promise<Session> {
    const session = await auth.sessionOf(c.req.raw)
    if (!session) throw ProblemError.of('unauthenticated')
    const { actor } = session
    const role = viewOf(actor, c.req.header('x-view-as'))
    c.set('session', session)
    c.set('person', actor)
    c.set('viewingAs', role)
    c.set('actor', role === null ? actor : { ...actor, role })
    return session
  }

  async function refusalOf({ actor, viewingAs }: AppEnv['Variables'], permission: Permission): Promise<ProblemError> {
    if (viewingAs !== null) {
      const detail = `You are viewing the console as ${nameOf(viewingAs)}, and may only look. Go back to your own role first.`
      return ProblemError.of('forbidden', { detail })
    }
    const helpers = await administrators().catch(() => [])
    return ProblemError.of('forbidden', { detail: `${needOf(actor.role, permission)} ${askOf(helpers)}` })
  }

  const requires = (permission: Permission | 'anybody', { action, isAct = true }: GuardOptions = {}): Guard => {
    const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
      const session = await signIn(c)
      const isWrite = isAct && !safeMethods.includes(c.req.method)
      const noted = isWrite ? auth.acted(session) : undefined
      try {
        const { actor, person, viewingAs, requestId } = c.var
        const isAllowed = permission === 'anybody' || (can(actor.role, permission) && !(isWrite && viewingAs))
        if (!isAllowed) {
          const isDryRun = c.req.query('validate_only') === 'true'
          await refusals.record(person, action ?? permission, { id: c.req.param('id'), isDryRun }, requestId)
          throw await refusalOf(c.var, permission)
        }
        await next()
      } finally {
        await noted
      }
    }
    return Object.assign(guard, { [declares]: permission })
  }

  /** Lets a screen on a wall pass, which sees what support sees, and whoever has the permission. For what is only read. */
  const wallOr = (permission: Permission): Guard => {
    const forPeople = requires(permission)
    const guard: MiddlewareHandler<AppEnv> = async (c, next) => {
      const screen = await screenOf(c.req.raw)
      if (!screen || (await auth.sessionOf(c.req.raw))) return forPeople(c, next)
      c.set('screen', screen)
      c.set('actor', { id: screen.id, email: '', name: screen.name, role: 'support' })
      await next()
    }
    return Object.assign(guard, { [declares]: permission })
  }

  return Object.assign(requires, { wallOr })
}

/**
 * The role that an administrator asks to see with; `null`: their own. It only ever lowers. From anybody else it is ignored:
 * a page may still ask for it after its person was demoted. What is no role at all is refused, for whoever mistyped it would
 * have the full rights and think otherwise.
 */
function viewOf({ role }: Actor, asked: string | undefined): Role | null {
  if (asked === undefined || role !== 'admin') return null
  const view = roles.find((known) => known === asked)
  if (!view) throw ProblemError.of('bad-request', { detail: `x-view-as is one of ${roles.join(', ')}` })
  return view === role ? null : view
}

const nameOf = (role: Role) => role.charAt(0).toUpperCase() + role.slice(1)

function needOf(role: Role, permission: Permission): string {
  const least = roles.find((known) => can(known, permission)) ?? 'admin'
  return `This needs the role ${nameOf(least)}, and yours is ${nameOf(role)}.`
}

function askOf(helpers: { name: string; email: string }[]): string {
  const named = helpers.slice(0, 3).map(({ name, email }) => `${name} (${email})`)
  return named.length === 0 ? 'Ask an administrator.' : `Ask: ${named.join(', ')}.`
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
