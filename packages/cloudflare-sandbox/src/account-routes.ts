import { Hono } from 'hono'
import type { Deps, SandboxEnv } from './context.ts'
import { answer } from './envelope.ts'
import { noRoute } from './errors.ts'
import { leasesOf, seedInterconnects } from './other-networks.ts'
import { verifyToken } from './permissions.ts'

/** Below `/accounts/:account`: the account, its token, and what else the account routes traffic with. */
export function accountRoutes(deps: Deps) {
  return new Hono<SandboxEnv>()
    .use(async (c, next) => {
      if (c.req.param('account') !== deps.accountId) throw noRoute(c.req.path)
      await next()
    })
    .get('/', (c) => answer(c, { id: deps.accountId, name: deps.accountName, type: 'enterprise' }))
    .get('/tokens/verify', (c) => verifyToken(deps, 'account', c))
    .get('/magic/routes', (c) => answer(c, { routes: deps.readState().routes }))
    .get('/magic/gre_tunnels', (c) => answer(c, { gre_tunnels: deps.readState().greTunnels }))
    .get('/magic/cf_interconnects', (c) => answer(c, { interconnects: seedInterconnects }))
    .get('/addressing/leases', (c) => answer(c, leasesOf(deps.readState().endpoints)))
}
