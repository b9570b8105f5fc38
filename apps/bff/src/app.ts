import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono, type MiddlewareHandler } from 'hono'
import type { Deps } from './deps.ts'
import { accessLog } from './http/access-log.ts'
import { buildId } from './http/build-id.ts'
import type { AppEnv } from './http/env.ts'
import { canonicalPath, clientAddress, limitBody, requestId, sameOriginOnly } from './http/guards.ts'
import { createOnError } from './http/on-error.ts'
import { createRequires, undeclaredRoutes } from './http/requires.ts'
import { securityHeaders } from './http/security-headers.ts'
import { listAdministrators } from './people/directory.ts'
import { addressRoutes } from './routes/addresses.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { auditRoutes } from './routes/audit.ts'
import { connectionRoutes } from './routes/connection.ts'
import { handoffRoutes } from './routes/handoffs.ts'
import { jobRoutes } from './routes/jobs.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { ownSessionRoutes } from './routes/own-sessions.ts'
import { plannedRoutes } from './routes/planned.ts'
import { probeRoutes } from './routes/probes.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingsRoutes } from './routes/settings.ts'
import { spaRoutes } from './routes/spa.ts'
import { statusRoutes } from './routes/status.ts'
import { tunnelRoutes } from './routes/tunnels.ts'
import { undoRoutes } from './routes/undos.ts'
import { userRoutes } from './routes/users.ts'
import { wallRoutes } from './routes/walls.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { createServices, type Services } from './services.ts'
import { createScreenOf } from './walls/cookie.ts'

/**
 * The whole application as a function of what it needs. Runs wherever there are web standards: Node, Workers, a test.
 * A route that does not say who may call it stops the start (S44).
 */
export function createApp(deps: Deps, services: Services = createServices(deps)) {
  const { owner, auth, approvals, walls, gate } = services
  const { audit, refusals } = owner
  const requires = createRequires({
    auth,
    refusals,
    administrators: () => listAdministrators(deps),
    screenOf: createScreenOf(walls, deps.publicUrl),
  })
  const app = new Hono<AppEnv>()
    .use(requestId, securityHeaders(deps.publicUrl), accessLog(deps), canonicalPath, clientAddress(deps))
    .use('/api/*', held(gate), sameOriginOnly(deps.publicUrl), limitBody)
    // Asked each minute by every page, which is soon enough.
    .use('/api/session', buildId(deps.assets))
    .route('/', sessionRoutes(services, requires))
    .route('/', ownSessionRoutes(services, requires))
    .route('/', userRoutes({ deps, audit, auth }, auth, requires))
    .route('/', tunnelRoutes(owner, requires))
    .route('/', handoffRoutes(owner, auth, requires))
    .route('/', undoRoutes(owner, requires))
    .route('/', jobRoutes(owner, requires))
    .route('/', approvalRoutes(approvals, owner, requires))
    .route('/', settingsRoutes(owner, requires))
    .route('/', addressRoutes(owner, requires))
    .route('/', connectionRoutes(owner, requires))
    .route('/', statusRoutes(owner, requires))
    .route('/', plannedRoutes(owner.planned, requires))
    .route('/', wallRoutes(services, requires))
    .route('/', webhookRoutes(owner.webhooks, requires))
    .route('/', auditRoutes(owner, deps, requires))
    .route('/', probeRoutes(services, gate.isOpen))
    .route('/', metricsRoutes({ deps, owner }))
    .route('/', spaRoutes(services))
    .notFound(() => {
      throw ProblemError.of('not-found')
    })
    .onError(createOnError(deps))

  const undeclared = undeclaredRoutes(app.routes)
  if (undeclared.length > 0) throw new Error(`Routes without a permission: ${undeclared.join(', ')}`)
  return app
}

function held(gate: Services['gate']): MiddlewareHandler<AppEnv> {
  return async (_c, next) => {
    if (!gate.isOpen()) throw ProblemError.of('starting', { retryAfter: 1 })
    await next()
  }
}
