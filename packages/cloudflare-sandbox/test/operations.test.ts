import { beforeEach, describe, expect, test } from 'vitest'
import { createHarness, dig, type Harness, newTunnel } from './harness.ts'

let harness: Harness
let id: string
beforeEach(() => {
  harness = createHarness()
  id = harness.idOf('rotterdam-a')
})

const objectTargets = { headers: { 'x-magic-new-hc-target': 'true' } }

describe('reading', () => {
  test('lists every tunnel without keys or the sandbox inner workings', async () => {
    const { status, body } = await harness.tunnels('GET')
    expect(status).toBe(200)
    const list = dig(body.result, 'ipsec_tunnels')
    expect(list).toHaveLength(harness.sandbox.state().tunnels.length)
    expect(JSON.stringify(list)).not.toMatch(/"psk"|story/)
  })

  test('gets one tunnel with its IKE identities', async () => {
    const { body } = await harness.tunnels('GET', `/${id}`)
    const host = `${id}.33145236.ipsec.cloudflare.com`
    expect(dig(body.result, 'ipsec_tunnel', 'name')).toBe('rotterdam-a')
    expect(dig(body.result, 'ipsec_tunnel', 'remote_identities')).toEqual({
      hex_id: Buffer.from(`33145236_${id}`).toString('hex'),
      fqdn_id: host,
      user_id: `ipsec@${host}`,
    })
  })

  test('tells an id that is no tunnel from a path that is no route', async () => {
    const missing = await harness.tunnels('GET', `/${'0'.repeat(32)}`)
    expect([missing.status, missing.body.errors[0]?.code]).toEqual([404, 1032])
    const malformed = await harness.tunnels('GET', '/not-an-id')
    expect([malformed.status, ...malformed.body.errors.map(({ code }) => code)]).toEqual([404, 7003, 7000])
    const stranger = await harness.call('GET', `/accounts/${'f'.repeat(32)}/magic/ipsec_tunnels`)
    expect([stranger.status, ...stranger.body.errors.map(({ code }) => code)]).toEqual([404, 7003, 7000])
  })

  test('shows bgp_status only where BGP is configured, psk_metadata empty only without a key', async () => {
    const { body } = await harness.tunnels('GET')
    const list = dig(body.result, 'ipsec_tunnels')
    const tunnels: unknown[] = Array.isArray(list) ? list : []
    expect(tunnels.filter((t) => dig(t, 'bgp') && !dig(t, 'bgp_status'))).toEqual([])
    expect(tunnels.filter((t) => !dig(t, 'bgp') && dig(t, 'bgp_status'))).toEqual([])
    const keyless = tunnels.filter((t) => dig(t, 'psk_metadata', 'last_generated_on') === undefined)
    expect(keyless.map((t) => dig(t, 'name'))).toEqual(['dublin-b', 'mumbai-a'])
  })
})

describe('creating', () => {
  test('answers the tunnel itself, with defaults, dates and an id', async () => {
    const { status, body } = await harness.tunnels('POST', '', newTunnel)
    expect(status).toBe(200)
    expect(body.result).toMatchObject({
      ...newTunnel,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      description: '',
      replay_protection: false,
      automatic_return_routing: false,
      allow_null_cipher: false,
      health_check: { enabled: true, rate: 'mid', type: 'reply', direction: 'unidirectional', target: '' },
      psk_metadata: {},
      created_on: '2026-11-22T12:00:00.000Z',
      modified_on: '2026-11-22T12:00:00.000Z',
    })
  })

  test('of one name at once lets exactly one in', async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `10.253.1.${index * 2}/31`)
    const answers = await Promise.all(
      addresses.map((interface_address) => harness.tunnels('POST', '', { ...newTunnel, interface_address, psk: 'x' })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(harness.sandbox.ledger.filter(({ committed }) => committed)).toHaveLength(1)
  })

  test('ignores read-only keys in the body', async () => {
    const readOnly = { id: 'f'.repeat(32), created_on: '2001-01-01T00:00:00Z', allow_null_cipher: true }
    const { body } = await harness.tunnels('POST', '', { ...newTunnel, ...readOnly, psk_metadata: { x: 1 } })
    expect(body.result).toMatchObject({ created_on: '2026-11-22T12:00:00.000Z', allow_null_cipher: false })
    expect(body.result['id']).not.toBe(readOnly.id)
    expect(body.result['psk_metadata']).toEqual({})
  })
})

describe('updating', () => {
  test('merges: one field moves and its siblings stay', async () => {
    const before = harness.stored(id)
    harness.tick(1500)
    const { body } = await harness.tunnels('PUT', `/${id}`, { health_check: { rate: 'high' } })
    expect(body.result).toMatchObject({ modified: true, modified_ipsec_tunnel: { id, name: 'rotterdam-a' } })
    expect(harness.stored(id)).toEqual({
      ...before,
      health_check: { ...before.health_check, rate: 'high' },
      modified_on: '2026-11-22T12:00:01.500Z',
    })
  })

  test.each([
    {},
    { health_check: {} },
    { bgp: {} },
    { custom_remote_identities: {} },
    { health_check: { enabled: false } },
    { health_check: { rate: 'low' } },
    { bgp: { customer_asn: 65001 } },
    { name: 'antwerp-a' },
  ])('keeps every other value, whatever is sent: %o', async (patch) => {
    const everything = {
      ...newTunnel,
      description: 'all set',
      customer_endpoint: '203.0.113.200',
      interface_address6: '2606:54c1:7::2/127',
      replay_protection: true,
      automatic_return_routing: true,
      health_check: { enabled: false, rate: 'low', type: 'request', direction: 'bidirectional', target: '192.0.2.9' },
      bgp: {
        customer_asn: 65001,
        extra_prefixes: ['0.0.0.0/0'],
        md5_key: 'k',
        import_filter_id: 'a'.repeat(32),
        export_filter_id: 'b'.repeat(32),
      },
      custom_remote_identities: { fqdn_id: 'antwerp.33145236.custom.ipsec.cloudflare.com' },
    }
    const created = await harness.tunnels('POST', '', everything)
    expect(created.body.result).toMatchObject(everything)
    const { body } = await harness.tunnels('PUT', `/${String(created.body.result['id'])}`, patch)
    expect(dig(body.result, 'modified_ipsec_tunnel')).toEqual(created.body.result)
  })

  test('merges inside bgp, and null removes it', async () => {
    const fra = harness.idOf('fra-dc1-a')
    await harness.tunnels('PUT', `/${fra}`, { bgp: { md5_key: '' } })
    expect(harness.stored(fra).bgp).toEqual({
      customer_asn: 64522,
      extra_prefixes: ['0.0.0.0/0', '100.96.0.0/12'],
      md5_key: '',
    })
    const { body } = await harness.tunnels('PUT', `/${fra}`, { bgp: null })
    expect(harness.stored(fra).bgp).toBeNull()
    expect(dig(body.result, 'modified_ipsec_tunnel')).not.toHaveProperty('bgp_status')
  })

  test('clears strings with ""', async () => {
    const hamburg = harness.idOf('hamburg-a')
    await harness.tunnels('PUT', `/${hamburg}`, { description: '', custom_remote_identities: { fqdn_id: '' } })
    expect(harness.stored(hamburg)).toMatchObject({ description: '', fqdn_id: '' })
  })

  test('many at once, all or nothing, checked as they will be', async () => {
    const [a, b] = [id, harness.idOf('rotterdam-b')]
    const [first, second] = [harness.stored(a).interface_address, harness.stored(b).interface_address]
    const swap = [
      { id: a, interface_address: second },
      { id: b, interface_address: first },
    ]
    const swapped = await harness.tunnels('PUT', '', { ipsec_tunnels: swap })
    expect(swapped.status).toBe(200)
    expect(dig(swapped.body.result, 'modified_ipsec_tunnels')).toHaveLength(2)
    expect(harness.stored(a).interface_address).toBe(second)

    const clash = [
      { id: a, description: 'must not stay' },
      { id: b, name: 'paris-a' },
    ]
    const refused = await harness.tunnels('PUT', '', { ipsec_tunnels: clash })
    expect(refused.body.errors[0]?.source?.pointer).toBe('/ipsec_tunnels/1/name')
    expect(harness.stored(a).description).not.toBe('must not stay')
  })

  test('bulk takes one bare tunnel, refuses a repeated id and knows no stranger', async () => {
    expect((await harness.tunnels('PUT', '', { id, description: 'bare' })).status).toBe(200)
    expect(harness.stored(id).description).toBe('bare')
    const twice = await harness.tunnels('PUT', '', { ipsec_tunnels: [{ id }, { id }] })
    expect([twice.status, twice.body.errors[0]?.source?.pointer]).toEqual([400, '/ipsec_tunnels/1/id'])
    expect((await harness.tunnels('PUT', '', { ipsec_tunnels: [{ id: '0'.repeat(32) }] })).status).toBe(404)
    expect((await harness.tunnels('PUT', '', { ipsec_tunnels: {} })).body.errors[0]?.code).toBe(1022)
  })
})

describe('deleting', () => {
  test('answers what was deleted, then 404, and leaves the routes', async () => {
    const routes = harness.sandbox.state().routes
    const { body } = await harness.tunnels('DELETE', `/${id}`)
    expect(body.result).toMatchObject({ deleted: true, deleted_ipsec_tunnel: { id } })
    expect((await harness.tunnels('DELETE', `/${id}`)).body.errors[0]?.code).toBe(1032)
    expect(harness.sandbox.state().routes).toEqual(routes)
  })
})

describe('health check targets', () => {
  const target = { effective: '203.0.113.52', saved: '' }

  test('are objects with the header and strings without', async () => {
    const plain = await harness.tunnels('GET', `/${id}`)
    expect(dig(plain.body.result, 'ipsec_tunnel', 'health_check', 'target')).toBe('')
    const modern = await harness.tunnels('GET', `/${id}`, undefined, objectTargets)
    expect(dig(modern.body.result, 'ipsec_tunnel', 'health_check', 'target', 'saved')).toBe('')
  })

  test('default to the router, or for bidirectional checks to the inside peer', async () => {
    const expectEffective = async (patch: object, effective: string) => {
      const { body } = await harness.tunnels('PUT', `/${id}`, patch, objectTargets)
      expect(dig(body.result, 'modified_ipsec_tunnel', 'health_check', 'target', 'effective')).toBe(effective)
    }
    const { interface_address: inside } = harness.stored(id)
    expect(inside).toBe('10.252.0.28/31')
    await expectEffective({ health_check: { direction: 'bidirectional' } }, '10.252.0.29')
    await expectEffective({ health_check: { direction: 'unidirectional' } }, target.effective)
    await expectEffective({ customer_endpoint: '' }, '10.252.0.29')
    await expectEffective({ health_check: { target: { saved: '192.0.2.9', effective: 'x' } } }, '192.0.2.9')
  })

  test.each([
    ['an object without the header', { saved: '' }, undefined],
    ['a string with the header', '', objectTargets],
    ['null without the header', null, undefined],
    ['null with the header', null, objectTargets],
  ])('refuses %s', async (_, value, more) => {
    const { status, body } = await harness.tunnels('PUT', `/${id}`, { health_check: { target: value } }, more)
    expect([status, body.errors[0]?.code]).toEqual([400, 1022])
    expect(body.errors[0]?.source?.pointer).toBe('/health_check/target')
  })
})
