import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'

/** Who is told when tunnels change their state. For administrators. */
export function webhookRoutes(webhooks: Webhooks, requires: Requires) {
  const app = new Hono<AppEnv>()
  const guard = () => requires('settings.manage', { action: 'settings.change' })

  route(app, 'webhooks', requires('settings.manage'), async () => ({ body: await webhooks.list() }))
  route(app, 'createWebhook', guard(), async ({ c, input }) => ({
    body: await webhooks.create(byOf(c.var), input),
    status: 201,
    headers: { 'cache-control': 'no-store' },
  }))
  route(app, 'changeWebhook', guard(), async ({ c, params, input }) => ({
    body: { webhook: await webhooks.change(byOf(c.var), params.webhookId, input) },
  }))
  route(app, 'deleteWebhook', guard(), async ({ c, params }) => {
    await webhooks.remove(byOf(c.var), params.webhookId)
    return { body: { ok: true } }
  })
  route(app, 'testWebhook', guard(), async ({ c, params }) => ({
    body: { delivery: await webhooks.test(c.var.person.id, params.webhookId) },
  }))
  return app
}

function byOf({ person: { id, email, role }, requestId }: AppEnv['Variables']) {
  return { actor: { id, email, role }, requestId }
}
