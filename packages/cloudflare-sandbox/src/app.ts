import { Hono } from 'hono'
import { accountRoutes } from './account-routes.ts'
import { answerGraphql } from './analytics/answer-graphql.ts'
import { authenticate } from './auth.ts'
import type { Deps, SandboxEnv } from './context.ts'
import { answerRefusal } from './envelope.ts'
import { noRoute, Refusal } from './errors.ts'
import { permitted, usable, verifyToken } from './permissions.ts'
import { tunnelRoutes } from './tunnel-routes.ts'

export function createApp(deps: Deps) {
  return new Hono<SandboxEnv>()
    .basePath('/client/v4')
    .use(authenticate(deps), usable(deps), permitted(deps))
    .get('/user/tokens/verify', (c) => verifyToken(deps, 'user', c))
    .post('/graphql', (c) => c.json(answerGraphql(deps, c.env.text)))
    .route('/accounts/:account', accountRoutes(deps))
    .route('/accounts/:account/magic/ipsec_tunnels', tunnelRoutes(deps))
    .notFound((c) => answerRefusal(c, noRoute(c.req.path)))
    .onError((error, c) => {
      if (error instanceof Refusal) return answerRefusal(c, error)
      throw error
    })
}
