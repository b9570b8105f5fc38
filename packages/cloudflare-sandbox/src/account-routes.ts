import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Deps, SandboxEnv, Source } from './context.ts'
import { answer } from './envelope.ts'
import { authenticationFailed, noRoute } from './errors.ts'
import { hexId } from './hash.ts'
import { leasesOf, seedInterconnects } from './other-networks.ts'

/** Below `/accounts/:account`: the account, its token, and what else the account routes traffic with. */
export function accountRoutes(deps: Deps) {
  return new Hono<SandboxEnv>()
    .use(async (c, next) => {
      if (c.req.param('account') !== deps.accountId) throw noRoute(c.req.path)
      await next()
    })
    .get('/', (c) => answer(c, { id: deps.accountId, name: deps.accountName, type: 'enterprise' }))
    .get('/tokens/verify', (c) => verifyToken(c))
    .use('/magic/routes', readable(deps, 'routes'))
    .use('/magic/gre_tunnels', readable(deps, 'gre'))
    .use('/magic/cf_interconnects', readable(deps, 'interconnects'))
    .use('/addressing/leases', readable(deps, 'leases'))
    .get('/magic/routes', (c) => answer(c, { routes: deps.readState().routes }))
    .get('/magic/gre_tunnels', (c) => answer(c, { gre_tunnels: deps.readState().greTunnels }))
    .get('/magic/cf_interconnects', (c) => answer(c, { interconnects: seedInterconnects }))
    .get('/addressing/leases', (c) => answer(c, leasesOf(deps.readState().endpoints)))
}

/** A token that lacks a permission is refused by the gateway, as if it were none. */
function readable({ unreadable }: Deps, source: Source): MiddlewareHandler<SandboxEnv> {
  return async (_c, next) => {
    if (unreadable.includes(source)) throw authenticationFailed()
    await next()
  }
}

export function verifyToken(c: Context<SandboxEnv>): Response {
  const id = hexId(c.req.header('authorization') ?? '')
  return c.json({
    result: { id, status: 'active' },
    success: true,
    errors: [],
    messages: [{ code: 10000, message: 'This API Token is valid and active', type: null }],
  })
}
