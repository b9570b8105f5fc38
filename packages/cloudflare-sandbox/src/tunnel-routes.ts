import { type Context, Hono } from 'hono'
import { parseList, parseObject } from './body.ts'
import type { Deps, SandboxEnv } from './context.ts'
import { answer } from './envelope.ts'
import { noRoute, tunnelNotFound } from './errors.ts'
import { generatePsk, setPsks } from './key-writes.ts'
import { presentTunnel } from './present.ts'
import type { StoredTunnel } from './state.ts'
import { createTunnel, deleteTunnel, updateTunnel, updateTunnels, type WriteOptions } from './tunnel-writes.ts'

/** The eight operations, below `/accounts/:account/magic/ipsec_tunnels`. */
export function tunnelRoutes(deps: Deps) {
  const present = (c: Context<SandboxEnv>, tunnel: StoredTunnel) =>
    presentTunnel(tunnel, { accountNumber: deps.accountNumber, now: deps.now(), objectTargets: objectTargets(c) })

  return new Hono<SandboxEnv>()
    .get('/', (c) => answer(c, { ipsec_tunnels: deps.readState().tunnels.map((tunnel) => present(c, tunnel)) }))
    .post('/', async (c) => {
      const body = parseObject(c.env.text, 'creating IPsec Tunnel')
      return answer(c, present(c, await createTunnel(deps, body, options(c))))
    })
    .put('/', async (c) => {
      const doing = 'updating IPsec Tunnels'
      const body = parseObject(c.env.text, doing)
      // The API description asks for an `id` and nothing else: one tunnel, bare, is taken as well.
      const entries = 'id' in body ? [body] : parseList(body, 'ipsec_tunnels', doing)
      const tunnels = await updateTunnels(deps, entries, options(c))
      return answer(c, { modified: true, modified_ipsec_tunnels: tunnels.map((tunnel) => present(c, tunnel)) })
    })
    .post('/psk', async (c) => {
      const doing = 'setting PSKs'
      return answer(c, await setPsks(deps, parseList(parseObject(c.env.text, doing), 'psks', doing), options(c)))
    })
    .use('/:id/*', async (c, next) => {
      if (!/^[0-9a-f]{32}$/.test(c.req.param('id'))) throw noRoute(c.req.path)
      await next()
    })
    .get('/:id', (c) => {
      const tunnel = deps.readState().tunnels.find(({ id }) => id === c.req.param('id'))
      if (!tunnel) throw tunnelNotFound()
      return answer(c, { ipsec_tunnel: present(c, tunnel) })
    })
    .put('/:id', async (c) => {
      const body = parseObject(c.env.text, 'updating IPsec Tunnel')
      const tunnel = await updateTunnel(deps, c.req.param('id'), body, options(c))
      return answer(c, { modified: true, modified_ipsec_tunnel: present(c, tunnel) })
    })
    .delete('/:id', (c) => {
      const tunnel = deleteTunnel(deps, c.req.param('id'), options(c))
      return answer(c, { deleted: true, deleted_ipsec_tunnel: present(c, tunnel) })
    })
    .post('/:id/psk_generate', async (c) => {
      if (c.env.text !== '') parseObject(c.env.text, 'generating PSK')
      return answer(c, await generatePsk(deps, c.req.param('id'), options(c)))
    })
}

function objectTargets(c: Context<SandboxEnv>): boolean {
  return c.req.header('x-magic-new-hc-target')?.toLowerCase() === 'true'
}

function options(c: Context<SandboxEnv>): WriteOptions {
  return {
    objectTargets: objectTargets(c),
    validateOnly: c.req.query('validate_only')?.toLowerCase() === 'true',
    committed: () => {
      c.env.entry.committed = true
    },
  }
}
