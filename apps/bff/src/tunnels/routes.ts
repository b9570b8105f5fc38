import type { TunnelAnswer, ValidationAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import { cidrContains } from '@tunnel-console/shared/ip'
import { TunnelInput, TunnelPatch } from '@tunnel-console/shared/patch'
import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { visibleTunnel } from '@tunnel-console/shared/visible'
import { type Context, Hono } from 'hono'
import type { Refusals } from '../audit/refusals.ts'
import { body, noBody } from '../http/body.ts'
import { sendPrepared } from '../http/conditional.ts'
import type { AppEnv } from '../http/env.ts'
import type { Once } from '../http/idempotency.ts'
import { isDryRun, NoQuery, queryOf } from '../http/query.ts'
import { requires } from '../http/requires.ts'
import { writtenTunnel } from './answers.ts'
import type { TunnelServices, WriteContext } from './context.ts'
import { createTunnel } from './create.ts'
import { deleteTunnel } from './delete.ts'
import { generatePsk } from './generate-psk.ts'
import { updateTunnel } from './update.ts'
import { versionIn, versionOf } from './version.ts'

export const tunnelRoutes = (services: TunnelServices, once: Once, refusals: Refusals) =>
  new Hono<AppEnv>()
    .get('/', requires('status.read', refusals), async (c) => {
      queryOf(c, NoQuery)
      return sendPrepared(c, await services.source.view(c.var.actor.role))
    })
    .post('/', requires('tunnel.create', refusals), body(TunnelInput), async (c) => {
      const input = c.req.valid('json')
      const write = writeContext(c)
      const answer = await once(c, [input, write.isDryRun], () => createTunnel(services, write, input), withoutFields)
      return c.json(await asItIs(services, answer), 'valid' in answer ? 200 : 201)
    })
    .get('/:id', requires('status.read', refusals), async (c) => {
      queryOf(c, NoQuery)
      const { tunnel, ...rest } = await writtenTunnel(await services.client.getTunnel(tunnelId(c)))
      const { role } = c.var.actor
      const visible = visibleTunnel(tunnel, role)
      const answer: TunnelAnswer =
        visible === tunnel
          ? { tunnel, ...rest }
          : { tunnel: visible, version: await versionOf(visible), unknownFields: [] }
      return c.json(answer, 200, { etag: `"${answer.version}"` })
    })
    .put('/:id', requires('tunnel.update', refusals), body(TunnelPatch), async (c) => {
      const id = tunnelId(c)
      const [write, version, patch] = [writeContext(c), ifMatch(c), c.req.valid('json')]
      const run = () => updateTunnel(services, write, id, version, patch)
      const answer = await once(c, [patch, version, write.isDryRun], run, withoutFields)
      return c.json(await asItIs(services, answer))
    })
    .delete('/:id', requires('tunnel.delete', refusals), noBody, async (c) => {
      const id = tunnelId(c)
      const [write, version] = [writeContext(c), ifMatch(c)]
      const run = () => deleteTunnel(services, write, id, version)
      return c.json(await once(c, [version, write.isDryRun], run, itself))
    })
    .post('/:id/psk_generate', requires('psk.generate', refusals), noBody, async (c) => {
      const id = tunnelId(c)
      const write = writeContext(c)
      const answer = await once(
        c,
        [write.isDryRun],
        () => generatePsk(services, write, id),
        (generated) => ('valid' in generated ? generated : revealed),
        revealed,
      )
      if ('revealed' in answer)
        throw ProblemError.of('already-revealed', { detail: 'Generate a new key if it was lost.' })
      return c.json(answer)
    })
    .get('/:id/routes', requires('tunnel.read', refusals), async (c) => {
      queryOf(c, NoQuery)
      const { interface_address } = Tunnel.parse(await services.client.getTunnel(tunnelId(c)))
      const routes = await staticRoutes(services)
      // A route names no tunnel: its next hop lies in the tunnel's inside subnet (domain.md 7).
      return c.json({ routes: routes.filter(({ nexthop }) => cidrContains(interface_address, nexthop)) })
    })

/** Accounts or tokens without static routes answer 404 for the whole list; that must not read as "no such tunnel". */
function staticRoutes({ client }: TunnelServices) {
  return client.listRoutes().catch((error: unknown) => {
    if (!(error instanceof ProblemError) || error.problem.code !== 'not-found') throw error
    throw ProblemError.of('upstream-unexpected', { detail: 'Cloudflare has no list of static routes for this account' })
  })
}

/** What is kept of a key that was revealed, or made and lost: that it will not be shown (S16, S17). */
const revealed = { revealed: true }

const itself = <T>(value: T): T => value

/** What is kept of a written tunnel: which one. It may carry an MD5 key, which rests nowhere, so a repeat reads it again. */
const withoutFields = (answer: WrittenTunnel | ValidationAnswer) =>
  'valid' in answer ? answer : { again: answer.tunnel.id }

async function asItIs({ client }: TunnelServices, answer: WrittenTunnel | ValidationAnswer) {
  return 'again' in answer ? writtenTunnel(await client.getTunnel(String(answer.again))) : answer
}

function tunnelId(c: Context<AppEnv>): string {
  const id = c.req.param('id')
  if (!isTunnelId(id)) throw ProblemError.of('bad-request', { detail: 'A tunnel id is 32 hexadecimal digits' })
  return id
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

function writeContext(c: Context<AppEnv>): WriteContext {
  const isDry = isDryRun(c)
  return { actor: c.var.actor, requestId: c.var.requestId, isDryRun: isDry }
}
