import { Hono } from 'hono'
import { accountRoutes, verifyToken } from './account-routes.ts'
import { answerGraphql } from './analytics/answer-graphql.ts'
import { authenticate } from './auth.ts'
import type { Deps, SandboxEnv } from './context.ts'
import { answerRefusal } from './envelope.ts'
import { noRoute, Refusal } from './errors.ts'
import { tunnelRoutes } from './tunnel-routes.ts'

export function createApp(deps: Deps) {
  return new Hono<SandboxEnv>()
    .basePath('/client/v4')
    .use(authenticate(deps))
    .get('/user/tokens/verify', (c) => verifyToken(c))
    .post('/graphql', (c) => c.json(answerGraphql(deps, c.env.text)))
    .route('/accounts/:account', accountRoutes(deps))
    .route('/accounts/:account/magic/ipsec_tunnels', tunnelRoutes(deps))
    .notFound((c) => answerRefusal(c, noRoute(c.req.path)))
    .onError((error, c) => {
      if (error instanceof Refusal) return answerRefusal(c, error)
      throw error
    })
}
