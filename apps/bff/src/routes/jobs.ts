import { Hono } from 'hono'
import type { Author } from '../changes/change.ts'
import type { Owner } from '../changes/owner.ts'
import { answered } from '../http/answered.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'
import type { Steering } from '../jobs/steer.ts'

const steerings = {
  pauseJob: 'pause',
  resumeJob: 'resume',
  stopJob: 'stop',
  retryJob: 'retry',
} as const satisfies Record<string, Steering>

/** Jobs: batches of changes that the console carries out by itself. Operators may look; administrators steer. */
export function jobRoutes({ jobs }: Pick<Owner, 'jobs'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  const steers = (steering: Steering | 'create') => requires('tunnel.bulkUpdate', { action: `job.${steering}` })

  route(app, 'jobs', requires('tunnel.read'), async ({ query }) => ({
    body: { jobs: answered(await jobs.list(query.tunnel)) },
  }))
  route(app, 'job', requires('tunnel.read'), async ({ params }) => ({ body: answered(await jobs.get(params.jobId)) }))
  route(app, 'createJob', steers('create'), async ({ c, input }) => ({
    body: answered(
      await jobs.create({
        input,
        author: authorOf(c.var),
        requestId: c.var.requestId,
        key: c.req.header('idempotency-key'),
      }),
    ),
    status: 201,
  }))
  route(app, 'checkPlan', requires('tunnel.bulkUpdate', { action: 'tunnel.update' }), async ({ c, input }) => ({
    body: { results: answered(await jobs.check({ ...input, author: authorOf(c.var), requestId: c.var.requestId })) },
  }))
  route(app, 'rescheduleJob', steers('reschedule'), async ({ c, params, input }) => {
    const { startsAt } = input
    const wish = { jobId: params.jobId, author: authorOf(c.var), requestId: c.var.requestId, startsAt }
    return { body: answered(await jobs.steer({ ...wish, steering: 'reschedule' })) }
  })
  for (const [name, steering] of Object.entries(steerings) as [keyof typeof steerings, Steering][]) {
    route(app, name, steers(steering), async ({ c, params }) => {
      const wish = { jobId: params.jobId, author: authorOf(c.var), requestId: c.var.requestId }
      return { body: answered(await jobs.steer({ ...wish, steering })) }
    })
  }
  return app
}

function authorOf({ actor: { id, email, role } }: AppEnv['Variables']): Author {
  return { id, email, role }
}
