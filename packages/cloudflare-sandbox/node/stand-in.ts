import { createAdaptorServer } from '@hono/node-server'
import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import { isSource } from '@tunnel-console/cloudflare-sandbox/context'
import type { Fault, FaultMatch } from '@tunnel-console/cloudflare-sandbox/faults'
import { seedState, seedTunnels } from '@tunnel-console/cloudflare-sandbox/seed'
import { Hono } from 'hono'
import { serveSandbox } from './serve.ts'

/**
 * Cloudflare on a port of this machine, for tests that drive a console in live mode from outside. Prints one line of JSON
 * with the base URL and with the address that takes scripted faults and tells what was received.
 *
 * Environment: STAND_IN_TOKEN, STAND_IN_ACCOUNT, STAND_IN_TUNNELS (a number; without it, the seed),
 * STAND_IN_EMPTY=1 (no tunnel at all), STAND_IN_UNREADABLE (what the token may not read, such as `gre,analytics`),
 * STAND_IN_EXPIRES (when the token does, ISO 8601).
 */
const accountNumber = 33145236
const now = new Date()
const count = Number(process.env['STAND_IN_TUNNELS'] ?? 0)
const isEmpty = process.env['STAND_IN_EMPTY'] === '1'
const seed = seedState(now, accountNumber)
const token = process.env['STAND_IN_TOKEN'] ?? ''
const expiresOn = process.env['STAND_IN_EXPIRES']
const sandbox = createSandbox({
  accountId: process.env['STAND_IN_ACCOUNT'] ?? '',
  accountNumber,
  token,
  unreadable: (process.env['STAND_IN_UNREADABLE'] ?? '').split(',').filter(isSource),
  ...(expiresOn !== undefined && { tokenFacts: { [token]: { expiresOn } } }),
  state: count > 0 || isEmpty ? { ...seed, tunnels: seedTunnels(count, now) } : seed,
})

interface Script {
  fault: Omit<Fault, 'change'>
  match?: Omit<FaultMatch, 'path'> & { path?: string }
}

const control = new Hono()
  .post('/faults', async (c) => {
    const { fault, match } = await c.req.json<Script>()
    const { path, ...rest } = match ?? {}
    sandbox.faults.next(fault as Fault, { ...rest, ...(path !== undefined && { path: new RegExp(path) }) })
    return c.json({ ok: true })
  })
  .post('/clear', (c) => {
    sandbox.faults.clear()
    return c.json({ ok: true })
  })
  .post('/external-write', async (c) => {
    const { id, patch } = await c.req.json<{ id: string; patch: Record<string, unknown> | null }>()
    if (patch === null) sandbox.externalDelete(id)
    else sandbox.externalWrite(id, patch)
    return c.json({ ok: true })
  })
  .get('/ledger', (c) =>
    c.json(sandbox.ledger.map(({ method, path, query, status }) => ({ method, path, query, status }))),
  )

const served = await serveSandbox(sandbox)
const server = createAdaptorServer({ fetch: control.fetch })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`${JSON.stringify({ baseUrl: served.url, control: `http://127.0.0.1:${port}` })}\n`)
})
