import { describe, expect, test } from 'vitest'
import { Tunnel, unknownFields } from './tunnel.ts'
import { isTunnelId } from './tunnel-id.ts'

const id = '0123456789abcdef0123456789abcdef'

const whole = {
  id,
  name: 'zurich-a',
  description: 'note',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.20',
  interface_address: '10.252.2.20/31',
  interface_address6: '2606::/127',
  health_check: {
    enabled: false,
    rate: 'low',
    type: 'request',
    direction: 'bidirectional',
    target: { effective: '10.252.2.21', saved: '' },
  },
  bgp: {
    customer_asn: 65010,
    extra_prefixes: ['0.0.0.0/0'],
    md5_key: 'key',
    import_filter_id: 'in',
    export_filter_id: 'out',
  },
  bgp_status: {
    state: 'BGP_UP',
    tcp_established: true,
    updated_at: '2026-01-01T00:00:00Z',
    bgp_state: 'Established',
    cf_speaker_ip: '10.252.2.20',
    cf_speaker_port: 179,
    customer_speaker_ip: '10.252.2.21',
    customer_speaker_port: 40000,
  },
  replay_protection: true,
  automatic_return_routing: true,
  allow_null_cipher: true,
  custom_remote_identities: { fqdn_id: 'a.1.custom.ipsec.cloudflare.com' },
  remote_identities: { fqdn_id: 'f', hex_id: 'h', user_id: 'u' },
  psk_metadata: { last_generated_on: '2026-01-01T00:00:00Z' },
  created_on: '2026-01-01T00:00:00Z',
  modified_on: '2026-01-02T00:00:00Z',
}

/** What a tunnel is when Cloudflare sends its id and nothing else. */
const bare: Tunnel = {
  id,
  name: '',
  description: '',
  cloudflare_endpoint: '',
  customer_endpoint: '',
  interface_address: '',
  interface_address6: '',
  health_check: {
    enabled: true,
    rate: 'mid',
    type: 'reply',
    direction: 'unidirectional',
    target: { effective: '', saved: '' },
  },
  bgp: null,
  bgp_status: null,
  replay_protection: false,
  automatic_return_routing: false,
  allow_null_cipher: false,
  custom_remote_identities: { fqdn_id: '' },
  remote_identities: null,
  psk_metadata: null,
  created_on: null,
  modified_on: null,
}

/** Every subset of a list: 2^k of them. */
function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, place) => (bits >> place) & 1))
}

function spoil(value: object, keys: readonly string[], by: (key: string) => unknown): Record<string, unknown> {
  return { ...value, ...Object.fromEntries(keys.map((key) => [key, by(key)])) }
}

const optional = Object.keys(whole).filter((key) => key !== 'id')
const manglings = [
  ['missing', undefined],
  ['null', null],
  ['a number', 7],
  ['a list', []],
] as const

test('a whole tunnel is read as it is', () => {
  expect(Tunnel.parse(whole)).toEqual(whole)
})

test.each(manglings)('U15 any one field that is %s costs that field and no other', (_, value) => {
  for (const key of optional) {
    const spoilt = spoil(whole, [key], () => value)
    expect(Tunnel.parse(JSON.parse(JSON.stringify(spoilt)))).toEqual({ ...whole, [key]: bare[key as keyof Tunnel] })
  }
})

describe.each([
  ['health_check', bare.health_check],
  ['bgp', { customer_asn: null, extra_prefixes: [], md5_key: '', import_filter_id: '', export_filter_id: '' }],
  [
    'bgp_status',
    {
      state: 'UNKNOWN',
      tcp_established: false,
      updated_at: null,
      bgp_state: '',
      cf_speaker_ip: '',
      cf_speaker_port: null,
      customer_speaker_ip: '',
      customer_speaker_port: null,
    },
  ],
  ['remote_identities', { fqdn_id: '', hex_id: '', user_id: '' }],
] as const)('U15 every subset of the fields of %s', (group, empty) => {
  test.each([
    ['missing', undefined],
    ['null', null],
    ['a flag in a list', [true]],
  ])('that is %s leaves the others alone', (_, value) => {
    const inner: object = whole[group]
    for (const keys of subsets(Object.keys(inner))) {
      const wire = { ...whole, [group]: spoil(inner, keys, () => value) }
      const expected = { ...whole, [group]: spoil(inner, keys, (key) => empty[key as keyof typeof empty]) }
      expect(Tunnel.parse(JSON.parse(JSON.stringify(wire)))).toEqual(expected)
    }
  })
})

test('U15 every subset of twelve top-level fields may be missing or null', () => {
  for (const keys of subsets(optional.slice(-12))) {
    const expected = spoil(whole, keys, (key) => bare[key as keyof Tunnel])
    const missing = JSON.parse(JSON.stringify(spoil(whole, keys, () => undefined)))
    expect(Tunnel.parse(missing)).toEqual(expected)
    expect(Tunnel.parse(spoil(whole, keys, () => null))).toEqual(expected)
  }
})

test.each([
  ['', { effective: '', saved: '' }],
  ['192.0.2.1', { effective: '192.0.2.1', saved: '192.0.2.1' }],
  [{ saved: '192.0.2.1' }, { effective: '', saved: '192.0.2.1' }],
  [
    { effective: '10.0.0.1', saved: null },
    { effective: '10.0.0.1', saved: '' },
  ],
  [null, { effective: '', saved: '' }],
  [5, { effective: '', saved: '' }],
])('U15 the health target %j is read as %j', (target, expected) => {
  expect(Tunnel.parse({ id, health_check: { target } }).health_check.target).toEqual(expected)
})

test('U14 enums that Cloudflare adds are kept as they are', () => {
  const wire = {
    ...whole,
    health_check: { ...whole.health_check, rate: 'extreme', type: 'tcp', direction: 'both' },
    bgp_status: { ...whole.bgp_status, state: 'BGP_FLAPPING' },
  }
  expect(Tunnel.parse(wire)).toEqual(wire)
})

test('U13 unknown fields fall away, at every depth, and are named', () => {
  const wire = { ...whole, future: 1, health_check: { ...whole.health_check, future: 1 }, psk: 'canary' }
  expect(Tunnel.parse(wire)).toEqual(whole)
  expect(unknownFields(wire)).toEqual(['future'])
  expect(unknownFields({ ...whole, toString: 1 })).toEqual(['toString'])
  expect(unknownFields(whole)).toEqual([])
})

test.each([
  undefined,
  null,
  5,
  '',
  'A'.repeat(32),
  'a'.repeat(31),
  'a'.repeat(33),
  `${'a'.repeat(32)}\n`,
  ['a'.repeat(32)],
])('S01 %j is no tunnel id', (value) => {
  expect(isTunnelId(value)).toBe(false)
  expect(Tunnel.safeParse({ ...whole, id: value }).success).toBe(false)
})

test('the id is the one thing that a tunnel cannot do without', () => {
  expect(Tunnel.parse({ id })).toEqual(bare)
  expect(isTunnelId(id)).toBe(true)
})
