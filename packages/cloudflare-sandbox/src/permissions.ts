import type { Context, MiddlewareHandler } from 'hono'
import type { Deps, SandboxEnv, Source } from './context.ts'
import { authenticationFailed, codes, Refusal } from './errors.ts'
import { hexId } from './hash.ts'

const paths: Readonly<Record<Exclude<Source, 'analytics'>, RegExp>> = {
  account: /^\/client\/v4\/accounts\/[^/]+$/,
  tunnels: /\/magic\/ipsec_tunnels/,
  routes: /\/magic\/routes$/,
  gre: /\/magic\/gre_tunnels$/,
  interconnects: /\/magic\/cf_interconnects$/,
  leases: /\/addressing\/leases$/,
}

/** Refuses what every token lacks the permission for. The gateway says no more than of a wrong token. Analytics refuse in GraphQL. */
export function permitted(deps: Deps): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const isShut = Object.entries(paths).some(
      ([source, path]) => deps.unreadable.some((one) => one === source) && path.test(c.req.path),
    )
    if (isShut) throw authenticationFailed()
    await next()
  }
}

/** A token that was switched off or has expired is good for nothing but being asked about. */
export function usable({ tokenFacts }: Deps): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const { status = 'active' } = tokenFacts[tokenOf(c)] ?? {}
    if (status !== 'active' && !c.req.path.endsWith('/tokens/verify')) throw authenticationFailed()
    await next()
  }
}

/** Verifies a token in the place for those of its owner; the other place does not know it. */
export function verifyToken({ tokenFacts }: Deps, place: 'user' | 'account', c: Context<SandboxEnv>): Response {
  const { owner = place, status = 'active', expiresOn } = tokenFacts[tokenOf(c)] ?? {}
  if (owner !== place) throw new Refusal(401, [{ code: codes.invalidToken, message: 'Invalid API Token' }])
  const id = hexId(c.req.header('authorization') ?? '')
  const isActive = status === 'active'
  return c.json({
    result: { id, status, ...(expiresOn !== undefined && { expires_on: expiresOn }) },
    success: true,
    errors: [],
    messages: isActive ? [{ code: 10000, message: 'This API Token is valid and active', type: null }] : [],
  })
}

const tokenOf = (c: Context<SandboxEnv>) => (c.req.header('authorization') ?? '').replace(/^bearer /i, '')
