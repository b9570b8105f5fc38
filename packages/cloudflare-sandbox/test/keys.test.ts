import { beforeEach, describe, expect, test } from 'vitest'
import { createHarness, dig, type Harness, newTunnel } from './harness.ts'

const psk = 'correct horse battery staple'
let harness: Harness
let id: string
beforeEach(() => {
  harness = createHarness()
  id = harness.idOf('rotterdam-a')
  harness.tick(60_000)
})
const later = '2026-11-22T12:01:00.000Z'
const keyDate = (tunnelId: string) => harness.stored(tunnelId).psk_metadata.last_generated_on

describe('keys', () => {
  test('are generated as 43 characters, applied at once and dated', async () => {
    const { body } = await harness.tunnels('POST', `/${id}/psk_generate`, {})
    expect(body.result).toEqual({
      ipsec_tunnel_id: id,
      ipsec_id: `33145236_${id}`,
      psk: expect.stringMatching(/^[\w-]{43}$/),
      psk_metadata: { last_generated_on: later },
    })
    expect(await harness.sandbox.hasPsk(id, String(body.result['psk']))).toBe(true)
    expect(harness.stored(id).modified_on).toBe(later)
    const again = await harness.tunnels('POST', `/${id}/psk_generate`)
    expect(await harness.sandbox.hasPsk(id, String(body.result['psk']))).toBe(false)
    expect(await harness.sandbox.hasPsk(id, String(again.body.result['psk']))).toBe(true)
  })

  test('set by PUT keep the date that is there', async () => {
    const before = keyDate(id)
    const { body } = await harness.tunnels('PUT', `/${id}`, { psk })
    expect(await harness.sandbox.hasPsk(id, psk)).toBe(true)
    expect(keyDate(id)).toBe(before)
    expect(JSON.stringify(body)).not.toContain(psk)
  })

  test('set on create, or on a tunnel without one, begin their date', async () => {
    const { body } = await harness.tunnels('POST', '', { ...newTunnel, psk })
    expect(body.result).toMatchObject({ psk_metadata: { last_generated_on: later } })
    const keyless = harness.idOf('dublin-b')
    await harness.tunnels('PUT', `/${keyless}`, { psk })
    expect(keyDate(keyless)).toBe(later)
  })

  test('survive a PUT without one, and go with their tunnel', async () => {
    await harness.tunnels('PUT', `/${id}`, { psk })
    await harness.tunnels('PUT', `/${id}`, { description: 'x' })
    expect(await harness.sandbox.hasPsk(id, psk)).toBe(true)
    await harness.tunnels('DELETE', `/${id}`)
    expect(await harness.sandbox.hasPsk(id, psk)).toBe(false)
  })

  test('of many tunnels succeed and fail one by one', async () => {
    const [other, stranger] = [harness.idOf('paris-a'), '0'.repeat(32)]
    const psks = [
      { id, psk },
      { id: stranger, psk },
      { id: other, psk: '' },
    ]
    const { status, body } = await harness.tunnels('POST', '/psk', { psks })
    expect(status).toBe(200)
    expect(body.result).toEqual({
      successfully_applied_psks: {
        [id]: {
          ipsec_tunnel_id: id,
          ipsec_id: `33145236_${id}`,
          psk,
          psk_metadata: { last_generated_on: later },
        },
      },
      unapplied_psks: { [stranger]: 'IPsec tunnel not found', [other]: 'psk must not be empty' },
    })
    expect(await harness.sandbox.hasPsk(id, psk)).toBe(true)
    expect(keyDate(id)).toBe(later)
  })

  test('whose answer is lost count, and the same once more does no harm', async () => {
    const set = () => harness.tunnels('POST', '/psk', { psks: [{ id, psk }] })
    harness.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST', path: /ipsec_tunnels\/psk$/ })
    await expect(set()).rejects.toThrow()
    expect([await harness.sandbox.hasPsk(id, psk), harness.sandbox.ledger.at(-1)?.committed]).toEqual([true, true])
    const { body } = await set()
    expect(Object.keys(body.result['successfully_applied_psks'] ?? {})).toEqual([id])
    expect(await harness.sandbox.hasPsk(id, psk)).toBe(true)
  })

  test('in a bulk body must be strings', async () => {
    const { body } = await harness.tunnels('POST', '/psk', { psks: [{ id, psk: null }] })
    expect(body.errors[0]).toMatchObject({ code: 1022, source: { pointer: '/psks/0/psk' } })
  })
})

describe('keys rest nowhere', () => {
  test('not in the state, not in the ledger, not in what is handed to storage', async () => {
    const stored: unknown[] = []
    harness = createHarness({ onChange: (state) => stored.push(state) })
    await harness.tunnels('PUT', `/${id}`, { psk })
    await harness.tunnels('POST', '', { ...newTunnel, psk })
    await harness.tunnels('POST', '/psk', { psks: [{ id, psk }] })
    await harness.tunnels('POST', '/psk', `{"psks": [{"psk": "${psk}", `)
    const generated = await harness.tunnels('POST', `/${id}/psk_generate`, {})
    const everything = JSON.stringify([harness.sandbox.state(), harness.sandbox.ledger, stored])
    expect(stored).toHaveLength(4)
    expect(everything).not.toContain(psk)
    expect(everything).not.toContain(String(generated.body.result['psk']))
    expect(everything).toContain('[redacted]')
  })
})

describe('validate_only', () => {
  const writes: [string, string, (tunnelId: string) => [string, unknown]][] = [
    ['create', 'POST', () => ['', { ...newTunnel, psk }]],
    ['update', 'PUT', (tunnelId) => [`/${tunnelId}`, { description: 'dry', psk }]],
    ['bulk update', 'PUT', (tunnelId) => ['', { ipsec_tunnels: [{ id: tunnelId, description: 'dry', psk }] }]],
    ['delete', 'DELETE', (tunnelId) => [`/${tunnelId}`, undefined]],
    ['psk_generate', 'POST', (tunnelId) => [`/${tunnelId}/psk_generate`, {}]],
    ['bulk psk', 'POST', (tunnelId) => ['/psk', { psks: [{ id: tunnelId, psk }] }]],
  ]

  test.each(writes)('of %s changes neither tunnels, dates nor keys', async (_, method, request) => {
    await harness.tunnels('PUT', `/${id}`, { psk: 'the key that stays' })
    harness.tick(1000)
    const before = harness.sandbox.state()
    const [path, payload] = request(id)
    const { status, body } = await harness.tunnels(method, `${path}?validate_only=true`, payload)
    expect([status, body.success]).toEqual([200, true])
    expect(harness.sandbox.state()).toEqual(before)
    expect(await harness.sandbox.hasPsk(id, 'the key that stays')).toBe(true)
    expect(harness.sandbox.ledger.at(-1)).toMatchObject({ committed: false, query: { validate_only: 'true' } })
    const answered = [dig(body.result, 'psk'), dig(body.result, 'successfully_applied_psks', id, 'psk')]
    expect(answered.filter(Boolean)).toEqual([])
  })

  test('shows the tunnel as it would be', async () => {
    const { body } = await harness.tunnels('PUT', `/${id}?validate_only=true`, { description: 'dry' })
    expect(dig(body.result, 'modified_ipsec_tunnel', 'description')).toBe('dry')
  })

  test('refuses what a write would refuse', async () => {
    const put = await harness.tunnels('PUT', `/${id}?validate_only=true`, { name: 'paris-a' })
    expect(put.status).toBe(400)
    const gone = '0'.repeat(32)
    expect((await harness.tunnels('DELETE', `/${gone}?validate_only=true`)).status).toBe(404)
    expect((await harness.tunnels('POST', `/${gone}/psk_generate?validate_only=true`)).status).toBe(404)
  })
})
