import { describe, expect, test } from 'vitest'
import { createHarness, newTunnel } from './harness.ts'

const account = 33145236
const fqdn = (label: string) => ({ fqdn_id: `${label}.${account}.custom.ipsec.cloudflare.com` })

describe('malformed bodies', () => {
  test.each([
    ['null for a string', { description: null }, '/description', 'type "string" is not permitted to be null'],
    ['null for a flag', { replay_protection: null }, '/replay_protection', 'not permitted to be null'],
    ['null for health checks', { health_check: null }, '/health_check', 'not permitted to be null'],
    ['a number as name', { name: 5 }, '/name', 'cannot unmarshal number'],
    ['"true" as a flag', { automatic_return_routing: 'true' }, '/automatic_return_routing', 'cannot unmarshal string'],
    ['a string as ASN', { bgp: { customer_asn: '65001' } }, '/bgp/customer_asn', 'cannot unmarshal string'],
    ['numbers as prefixes', { bgp: { extra_prefixes: [1] } }, '/bgp/extra_prefixes', 'cannot unmarshal array'],
    ['null for a nested string', { bgp: { md5_key: null } }, '/bgp/md5_key', 'not permitted to be null'],
    ['a list as bgp', { bgp: [] }, '/bgp', 'cannot unmarshal array'],
  ])('%s', async (_, patch, pointer, detail) => {
    const harness = createHarness()
    const { status, body } = await harness.tunnels('PUT', `/${harness.idOf('paris-a')}`, patch)
    expect([status, body.success, body.result]).toEqual([400, false, null])
    expect(body.errors).toEqual([
      {
        code: 1022,
        message: expect.stringContaining('Invalid Request: error parsing request body while updating IPsec Tunnel: '),
        source: { pointer },
      },
    ])
    expect(body.errors[0]?.message).toContain(detail)
  })

  test.each(['', '{', '[]', 'null', '"text"'])('not an object: %j', async (text) => {
    const harness = createHarness()
    const { status, body } = await harness.tunnels('POST', '', text)
    expect([status, body.errors[0]?.code]).toEqual([400, 1022])
  })
})

const refused: [string, object, string, RegExp][] = [
  ['a taken name', { name: 'paris-a' }, '/name', /"paris-a" already exists/],
  ['the name of a GRE tunnel', { name: 'legacy-gre-lon' }, '/name', /already exists/],
  ['an empty name', { name: '' }, '/name', /required/],
  ['a foreign endpoint', { cloudflare_endpoint: '162.159.135.11' }, '/cloudflare_endpoint', /not an anycast/],
  ['a router that is no address', { customer_endpoint: 'router' }, '/customer_endpoint', /not an IPv4/],
  ['a /29', { interface_address: '10.253.0.1/29' }, '/interface_address', /\/31 or \/30/],
  ['no prefix', { interface_address: '10.253.0.1' }, '/interface_address', /\/31 or \/30/],
  ['a public range', { interface_address: '192.0.2.0/31' }, '/interface_address', /must lie in/],
  ['link-local outside the slice', { interface_address: '169.254.239.1/30' }, '/interface_address', /must lie in/],
  ['a /30 network address', { interface_address: '10.253.0.4/30' }, '/interface_address', /network or broadcast/],
  ['a /30 broadcast address', { interface_address: '10.253.0.7/30' }, '/interface_address', /network or broadcast/],
  ['an overlap', { interface_address: '10.252.0.30/30' }, '/interface_address', /of tunnel "rotterdam-a"/],
  ['an overlap with GRE', { interface_address: '10.255.255.1/31' }, '/interface_address', /legacy-gre-lon/],
  ['IPv6 that is no /127', { interface_address6: '2606:54c1:7::2/64' }, '/interface_address6', /\/127/],
  ['IPv6 second of its /127', { interface_address6: '2606:54c1:7::3/127' }, '/interface_address6', /first address/],
  ['an unknown rate', { health_check: { rate: 'medium' } }, '/health_check/rate', /low, mid, high/],
  ['an unknown type', { health_check: { type: 'ping' } }, '/health_check/type', /reply, request/],
  ['an unknown direction', { health_check: { direction: 'both' } }, '/health_check/direction', /unidirectional/],
  ['a target that is a name', { health_check: { target: 'host' } }, '/health_check/target', /not an IP/],
  ['ASN 0', { bgp: { customer_asn: 0 } }, '/bgp/customer_asn', /between 1 and/],
  ['ASN beyond 32 bits', { bgp: { customer_asn: 4294967296 } }, '/bgp/customer_asn', /between 1 and/],
  ["Cloudflare's ASN", { bgp: { customer_asn: 13335 } }, '/bgp/customer_asn', /differ from 13335/],
  ['BGP without an ASN', { bgp: { md5_key: 'x' } }, '/bgp/customer_asn', /required/],
  [
    'a prefix that is none',
    { bgp: { customer_asn: 1, extra_prefixes: ['::/0', '10.0.0.0'] } },
    '/bgp/extra_prefixes/1',
    /not a CIDR/,
  ],
  ['a question mark in MD5', { bgp: { customer_asn: 1, md5_key: 'why?' } }, '/bgp/md5_key', /printable/],
  ['an MD5 key of 81', { bgp: { customer_asn: 1, md5_key: 'x'.repeat(81) } }, '/bgp/md5_key', /1 to 80/],
  [
    "another account's FQDN",
    { custom_remote_identities: { fqdn_id: 'a.1.custom.ipsec.cloudflare.com' } },
    '/custom_remote_identities/fqdn_id',
    /<label>.33145236/,
  ],
  [
    'an FQDN in use on the endpoint',
    { custom_remote_identities: fqdn('hamburg-velo') },
    '/custom_remote_identities/fqdn_id',
    /"hamburg-a"/,
  ],
  ['an empty key', { psk: '' }, '/psk', /empty/],
]

describe('rules', () => {
  test.each(refused)('refuses %s', async (_, patch, pointer, message) => {
    const harness = createHarness()
    const before = harness.sandbox.state()
    const { status, body } = await harness.tunnels('POST', '', { ...newTunnel, ...patch })
    expect(status).toBe(400)
    expect(body.errors).toHaveLength(1)
    expect(body.errors[0]).toMatchObject({ source: { pointer }, message: expect.stringMatching(message) })
    expect(body.errors[0]?.code).toBeGreaterThan(1022)
    expect(harness.sandbox.state()).toEqual(before)
  })

  test('have a code each', async () => {
    const patches = refused.filter(([name]) =>
      ['a taken name', 'an overlap', 'a foreign endpoint', 'ASN 0'].includes(name),
    )
    const answers = await Promise.all(
      patches.map(([, patch]) => createHarness().tunnels('POST', '', { ...newTunnel, ...patch })),
    )
    expect(new Set(answers.map(({ body }) => body.errors[0]?.code)).size).toBe(4)
  })

  test('let two tunnels share a custom FQDN on different endpoints only', async () => {
    const harness = createHarness()
    const shared = { ...newTunnel, custom_remote_identities: fqdn('antwerp') }
    expect((await harness.tunnels('POST', '', shared)).status).toBe(200)
    const second = { ...shared, name: 'antwerp-b', interface_address: '10.253.0.2/31' }
    expect((await harness.tunnels('POST', '', second)).status).toBe(400)
    const elsewhere = { ...second, cloudflare_endpoint: '172.64.240.10' }
    expect((await harness.tunnels('POST', '', elsewhere)).status).toBe(200)
  })

  test.each([
    ['a /30', { interface_address: '169.254.243.2/30' }],
    ['the upper host of a /31', { interface_address: '10.253.0.1/31' }],
    ['a 32-bit ASN', { bgp: { customer_asn: 4294967295 } }],
    ['every odd MD5 character', { bgp: { customer_asn: 1, md5_key: "'!@#$%^&*()+[]{}<>/.,;:_-~`= \\|" } }],
    ['an IPv6 /127', { interface_address6: '2606:54c1:7:0:a9fe:12d2:1:200/127' }],
    ['a custom FQDN', { custom_remote_identities: fqdn('antwerp') }],
    ['the endpoints of another tunnel', { customer_endpoint: '203.0.113.52' }],
    ['spaces in a name', { name: 'AWS BGP primary tunnel' }],
    ['return routing', { automatic_return_routing: true }],
  ])('accept %s', async (_, patch) => {
    const { body } = await createHarness().tunnels('POST', '', { ...newTunnel, ...patch })
    expect(body.errors).toEqual([])
    expect(body.result).toMatchObject(patch)
  })

  test('names all that is wrong at once', async () => {
    const { body } = await createHarness().tunnels('POST', '', { health_check: { rate: 'x' } })
    expect(body.errors.map(({ source }) => source?.pointer)).toEqual([
      '/name',
      '/cloudflare_endpoint',
      '/interface_address',
      '/health_check/rate',
    ])
  })

  test('refuse return routing where the account flag is off', async () => {
    const state = { ...createHarness().sandbox.state(), unifiedRouting: false }
    const { body } = await createHarness({ state }).tunnels('POST', '', {
      ...newTunnel,
      automatic_return_routing: true,
    })
    expect(body.errors[0]?.source?.pointer).toBe('/automatic_return_routing')
  })

  test('let a tunnel keep its own name and address', async () => {
    const harness = createHarness()
    const id = harness.idOf('rotterdam-a')
    const { status } = await harness.tunnels('PUT', `/${id}`, {
      name: 'rotterdam-a',
      interface_address: '10.252.0.28/31',
    })
    expect(status).toBe(200)
  })
})
