import { type ServedSandbox, serveSandbox } from '@tunnel-console/cloudflare-sandbox/serve'
import Cloudflare from 'cloudflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountId, createHarness, newTunnel } from './harness.ts'

const harness = createHarness()
const account = { account_id: accountId }
const dryRun = { query: { validate_only: true } }
let served: ServedSandbox
let tunnels: Cloudflare['magicTransit']['ipsecTunnels']
let id = ''

beforeAll(async () => {
  served = await serveSandbox(harness.sandbox)
  const client = new Cloudflare({ apiToken: 'write-token', baseURL: served.url, maxRetries: 0 })
  tunnels = client.magicTransit.ipsecTunnels
})
afterAll(() => served.close())

test('the official SDK creates, after a dry run', async () => {
  const dry = await tunnels.create({ ...account, ...newTunnel }, dryRun)
  expect(dry.name).toBe('antwerp-a')
  expect(harness.sandbox.state().tunnels.some(({ name }) => name === 'antwerp-a')).toBe(false)
  const created = await tunnels.create({ ...account, ...newTunnel, psk: 'from the SDK' })
  id = created.id
  expect(await harness.sandbox.hasPsk(id, 'from the SDK')).toBe(true)
})

test('lists and gets', async () => {
  const { ipsec_tunnels } = await tunnels.list(account)
  expect(ipsec_tunnels).toHaveLength(44)
  const { ipsec_tunnel } = await tunnels.get(id, { ...account, 'x-magic-new-hc-target': true })
  expect(ipsec_tunnel?.health_check?.target).toEqual({ effective: '10.253.0.1', saved: '' })
})

test('updates one and many', async () => {
  const dry = await tunnels.update(id, { ...account, ...newTunnel, description: 'dry' }, dryRun)
  expect(dry.modified_ipsec_tunnel?.description).toBe('dry')
  expect(harness.stored(id).description).toBe('')
  const updated = await tunnels.update(id, { ...account, ...newTunnel, description: 'one' })
  expect([updated.modified, harness.stored(id).description]).toEqual([true, 'one'])

  const body = { ipsec_tunnels: [{ id, description: 'many' }] }
  await tunnels.bulkUpdate({ ...account, body }, dryRun)
  expect(harness.stored(id).description).toBe('one')
  const bulk = await tunnels.bulkUpdate({ ...account, body })
  expect(bulk.modified_ipsec_tunnels?.[0]?.description).toBe('many')
})

test('generates and sets keys', async () => {
  const dry = await tunnels.pskGenerate(id, account, { body: {}, ...dryRun })
  expect(dry.psk).toBe('')
  const generated = await tunnels.pskGenerate(id, account, { body: {} })
  expect(await harness.sandbox.hasPsk(id, generated.psk ?? '')).toBe(true)

  const psks = [{ id, psk: 'set by the SDK' }]
  await tunnels.pskSet({ ...account, psks, validate_only: true })
  expect(await harness.sandbox.hasPsk(id, 'set by the SDK')).toBe(false)
  const set = await tunnels.pskSet({ ...account, psks })
  expect(Object.keys(set.successfully_applied_psks ?? {})).toEqual([id])
  expect(await harness.sandbox.hasPsk(id, 'set by the SDK')).toBe(true)
})

test('deletes, after a dry run, and reports what is gone', async () => {
  await tunnels.delete(id, account, dryRun)
  expect(harness.stored(id).name).toBe('antwerp-a')
  expect(await tunnels.delete(id, account)).toMatchObject({ deleted: true })
  await expect(tunnels.get(id, account)).rejects.toMatchObject({ status: 404, errors: [{ code: 1032 }] })
})

test('understands refusals', async () => {
  const refused = tunnels.create({ ...account, ...newTunnel, name: 'paris-a' })
  await expect(refused).rejects.toBeInstanceOf(Cloudflare.BadRequestError)
})
