import { ProblemError } from '@tunnel-console/shared/problem'
import { type Context, Hono } from 'hono'
import type { Approvals } from '../approvals/approvals.ts'
import type { By } from '../approvals/room.ts'
import type { Owner } from '../changes/owner.ts'
import type { AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

type Decision = 'approval.approve' | 'approval.decline' | 'approval.withdraw'

/** Changes that wait for a second person, who is never the one that asked. */
export function approvalRoutes(approvals: Approvals, { refusals }: Pick<Owner, 'refusals'>, requires: Requires) {
  const app = new Hono<AppEnv>()
  const mayChange = (action: Decision | 'approval.ask') => requires('tunnel.update', { action })

  /** Two pairs of eyes: whoever asked may only take it back, and nobody else may. */
  async function refuse(c: Context<AppEnv>, id: string, action: Decision): Promise<void> {
    const { person, requestId } = c.var
    const { userId, tunnelId } = await approvals.about(id)
    const isOwn = userId === person.id
    if (isOwn === (action === 'approval.withdraw')) return
    await refusals.record(person, action, { id: tunnelId, isDryRun: false }, requestId)
    const detail = isOwn
      ? 'You asked for this yourself. Somebody else has to decide.'
      : 'Only whoever asked for this can withdraw it. You can decline it.'
    throw ProblemError.of('forbidden', { detail })
  }

  route(app, 'approvals', requires('tunnel.read'), async () => ({ body: { approvals: await approvals.list() } }))
  route(app, 'askApproval', mayChange('approval.ask'), async ({ c, input }) => ({
    body: { approval: await approvals.ask(byOf(c), input) },
    status: 201,
  }))
  route(app, 'approve', mayChange('approval.approve'), async ({ c, params: { approvalId }, input }) => {
    await refuse(c, approvalId, 'approval.approve')
    return { body: { approval: await approvals.approve(byOf(c), approvalId, input.word || null) } }
  })
  route(app, 'decline', mayChange('approval.decline'), async ({ c, params: { approvalId }, input }) => {
    await refuse(c, approvalId, 'approval.decline')
    return { body: { approval: await approvals.decline(byOf(c), approvalId, input.word) } }
  })
  route(app, 'withdrawApproval', mayChange('approval.withdraw'), async ({ c, params: { approvalId } }) => {
    await refuse(c, approvalId, 'approval.withdraw')
    return { body: { approval: await approvals.withdraw(byOf(c), approvalId) } }
  })
  return app
}

function byOf(c: Context<AppEnv>): By {
  const { id, email, role } = c.var.person
  return { actor: { id, email, role }, requestId: c.var.requestId }
}
