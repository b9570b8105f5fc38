import { type Context, Hono } from 'hono'
import type { Deps, SandboxEnv } from './context.ts'
import { answer } from './envelope.ts'
import { noRoute } from './errors.ts'
import { hexId } from './hash.ts'

/** Below `/accounts/:account`: the account, its token, and what else the account routes traffic with. */
export function accountRoutes(deps: Deps) {
  return new Hono<SandboxEnv>()
    .use(async (c, next) => {
      if (c.req.param('account') !== deps.accountId) throw noRoute(c.req.path)
      await next()
    })
    .get('/', (c) => answer(c, { id: deps.accountId, name: deps.accountName, type: 'enterprise' }))
    .get('/tokens/verify', (c) => verifyToken(c))
    .get('/magic/routes', (c) => answer(c, { routes: deps.readState().routes }))
    .get('/magic/gre_tunnels', (c) => answer(c, { gre_tunnels: deps.readState().greTunnels }))
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
