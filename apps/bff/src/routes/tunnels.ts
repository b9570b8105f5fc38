import type { TunnelAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import type { DryRun, Undoing } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { readReason, reasonHeader } from '@tunnel-console/shared/reason'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import { type Context, Hono } from 'hono'
import type { Change } from '../changes/change.ts'
import type { Owner } from '../changes/owner.ts'
import { versionIn, versionOf } from '../changes/version.ts'
import { answered } from '../http/answered.ts'
import { formOf, sendView } from '../http/conditional.ts'
import type { Actor, AppEnv } from '../http/env.ts'
import type { Requires } from '../http/requires.ts'
import { route } from '../http/route.ts'

/** Tunnels: two ways to look, and every way to change one. A route only says what is wanted; the owner carries it out. */
export function tunnelRoutes(owner: Owner, requires: Requires) {
  const app = new Hono<AppEnv>()

  route(app, 'tunnels', requires('status.read'), async ({ c }) => {
    const reader = { role: c.var.actor.role, ifNoneMatch: c.req.header('if-none-match') }
    return sendView(c, answered(await owner.view(formOf(c.req.header('accept')), reader)))
  })
  route(app, 'tunnel', requires('status.read'), async ({ c, params }) => {
    const body = await visibleTo(c.var.actor, answered(await owner.tunnel(params.id)))
    return { body, headers: { etag: `"${body.version}"` } }
  })
  route(app, 'tunnelRoutes', requires('tunnel.read'), async ({ params }) => ({
    body: { routes: answered(await owner.routesOf(params.id)) },
  }))

  route(app, 'createTunnel', requires('tunnel.create'), async ({ c, input: { psk, ...input }, query }) => {
    // From here on the key goes beside the change, which is stored.
    const change = { kind: 'create' as const, input, ...(psk !== undefined && { isKeyGiven: true as const }) }
    const body = await carryOut(c, change, query, psk)
    if (!('valid' in body)) return { body, status: 201 }
    return { body: await warned(c, body, input.interface_address) }
  })
  route(app, 'updateTunnel', requires('tunnel.update'), async ({ c, params, input, query }) => ({
    body: await warned(
      c,
      await carryOut(c, { kind: 'update', tunnelId: params.id, version: ifMatch(c), patch: input }, query),
      input.interface_address,
    ),
  }))
  route(
    app,
    'updateTunnels',
    requires('tunnel.bulkUpdate', { action: 'tunnel.update' }),
    async ({ c, input, query }) => {
      const { id, email, role } = c.var.actor
      const results = await owner.updateMany({
        tunnels: input.tunnels,
        author: { id, email, role },
        requestId: c.var.requestId,
        key: c.req.header('idempotency-key'),
        reason: reasonIn(c),
        isDryRun: query.validate_only === 'true',
        allOrNothing: query.all_or_nothing === 'true',
      })
      return { body: { results: answered(results) } }
    },
  )
  route(app, 'deleteTunnel', requires('tunnel.delete'), async ({ c, params, query }) => ({
    body: await carryOut(c, { kind: 'delete', tunnelId: params.id, version: ifMatch(c) }, query),
  }))
  route(app, 'generatePsk', requires('psk.generate'), async ({ c, params, query }) => ({
    body: await carryOut(c, { kind: 'generate-key', tunnelId: params.id }, query),
  }))
  route(app, 'setPsks', requires('psk.bulkSet', { action: 'psk.set' }), async ({ c, input, query }) => ({
    body: { results: answered(await owner.setKeys({ ...askedBy(c, query), tunnels: input.tunnels })) },
  }))
  route(app, 'outcome', requires('tunnel.update', { isAct: false }), async ({ c, input }) => ({
    body: answered(await owner.outcome(c.var.actor.id, input.key)),
  }))
  return app

  /** A dry run that Cloudflare accepts also tells who else holds the inside address. */
  async function warned<A extends object>(c: Context<AppEnv>, answer: A, address: string | undefined): Promise<A> {
    if (!('valid' in answer) || address === undefined) return answer
    const warnings = await owner.addresses.warnings(c.var.person.id, address)
    return warnings.length > 0 ? { ...answer, warnings } : answer
  }

  async function carryOut<C extends Change>(c: Context<AppEnv>, change: C, query: DryRun & Undoing, secret?: string) {
    const undo = query.undo_minutes && { minutes: Number(query.undo_minutes) }
    const outcome = await owner.run({ ...askedBy(c, query), change, secret, undo })
    if (outcome.kind === 'problem') throw new ProblemError(outcome.problem)
    return outcome.answer
  }
}

/** Who asks for a change and why, under which idempotency key, and whether it is only a question. */
function askedBy(c: Context<AppEnv>, { validate_only }: DryRun) {
  const { id, email, role } = c.var.actor
  return {
    author: { id, email, role },
    requestId: c.var.requestId,
    key: c.req.header('idempotency-key'),
    reason: reasonIn(c),
    isDryRun: validate_only === 'true',
  }
}

/** A tunnel as a role may see it; people who see less get the version of what they see. */
async function visibleTo({ role }: Actor, { tunnel, ...rest }: WrittenTunnel): Promise<TunnelAnswer> {
  const visible = visibleTunnel(tunnel, role)
  if (visible === tunnel) return { tunnel, ...rest }
  return { tunnel: visible, version: await versionOf(visible), unknownFields: [] }
}

function ifMatch(c: Context<AppEnv>): string {
  const header = c.req.header('if-match')
  if (header === undefined) {
    throw ProblemError.of('precondition-required', {
      detail: 'Send If-Match with the version from GET /api/tunnels/:id',
    })
  }
  const version = versionIn(header)
  if (version === null) throw ProblemError.of('bad-request', { detail: 'If-Match is not a version of a tunnel' })
  return version
}

/** Why the person does it. It is no part of the tunnel, so it comes beside the body. */
function reasonIn(c: Context<AppEnv>): string | undefined {
  const read = readReason(c.req.header(reasonHeader))
  if ('problem' in read) throw ProblemError.of('bad-request', { detail: `The reason cannot be kept. ${read.problem}` })
  return read.reason
}
