import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import { auditRoutes } from './audit/routes.ts'
import type { Deps } from './deps.ts'
import { accessLog } from './http/access-log.ts'
import { sendPrepared } from './http/conditional.ts'
import type { AppEnv } from './http/env.ts'
import { canonicalPath, clientAddress, limitBody, requestId, sameOriginOnly } from './http/guards.ts'
import { createOnError } from './http/on-error.ts'
import { NoQuery, queryOf } from './http/query.ts'
import { requires, undeclaredRoutes } from './http/requires.ts'
import { securityHeaders } from './http/security-headers.ts'
import { spaRoutes } from './http/spa.ts'
import { probeRoutes } from './probes.ts'
import { sandboxRoutes } from './sandbox.ts'
import { createServices, type Services } from './services.ts'
import { sessionRoutes } from './session/routes.ts'
import { signedIn } from './session/signed-in.ts'
import { tunnelRoutes } from './tunnels/routes.ts'

export type AppType = ReturnType<typeof createApp>

/**
 * The whole application as a function of what it needs. Runs wherever there are web standards: Node, Workers, a test.
 * A route that does not say who may call it stops the start (S44).
 */
export function createApp(deps: Deps, services: Services = createServices(deps)) {
  const { audit, auth, once, refusals, status } = services
  const app = new Hono<AppEnv>()
    .use(requestId, securityHeaders(deps.publicUrl), accessLog(deps), canonicalPath, clientAddress(deps))
    .use('/api/*', sameOriginOnly(deps.publicUrl), limitBody)
    .route('/api', sessionRoutes(deps, auth, services))
    .use('/api/tunnels/*', signedIn(auth))
    .use('/api/status', signedIn(auth))
    .use('/api/audit/*', signedIn(auth))
    .use('/api/sandbox/reset', signedIn(auth))
    .route('/api/tunnels', tunnelRoutes(services, once, refusals))
    .route('/api/audit', auditRoutes(audit, refusals))
    .route('/api/sandbox', sandboxRoutes(services))
    .get('/api/status', requires('status.read', refusals), async (c) => {
      queryOf(c, NoQuery)
      return sendPrepared(c, await status.view())
    })
    .route('/', probeRoutes(services))
    .route('/', spaRoutes(deps.assets))
    .notFound(() => {
      throw ProblemError.of('not-found')
    })
    .onError(createOnError(deps))

  const undeclared = undeclaredRoutes(app.routes)
  if (undeclared.length > 0) throw new Error(`Routes without a permission: ${undeclared.join(', ')}`)
  return app
}
