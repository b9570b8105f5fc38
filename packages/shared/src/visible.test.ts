import { expect, test } from 'vitest'
import { Tunnel } from './tunnel.ts'
import { isWholeTunnel, type ReducedTunnel, visibleTunnel } from './visible.ts'

const tunnel = Tunnel.parse({
  id: 'a'.repeat(32),
  name: 'zurich-a',
  health_check: { target: { effective: '10.0.0.1', saved: '' } },
  bgp: { customer_asn: 65010, md5_key: 'canary-md5' },
  bgp_status: { state: 'BGP_UP' },
  custom_remote_identities: { fqdn_id: 'canary-fqdn' },
  remote_identities: { fqdn_id: 'canary-fqdn', hex_id: 'canary-hex', user_id: 'canary-user' },
  psk_metadata: { last_generated_on: 'canary-date' },
})

test('S10 support sees these keys and no others', () => {
  const seen = visibleTunnel(tunnel, 'support')
  expect(Object.keys(seen).sort()).toEqual(
    [
      'id',
      'name',
      'description',
      'cloudflare_endpoint',
      'customer_endpoint',
      'interface_address',
      'interface_address6',
      'health_check',
      'bgp',
      'bgp_status',
      'replay_protection',
      'automatic_return_routing',
      'allow_null_cipher',
      'created_on',
      'modified_on',
    ].sort(),
  )
  expect(Object.keys(seen.bgp ?? {}).sort()).toEqual(
    ['customer_asn', 'extra_prefixes', 'import_filter_id', 'export_filter_id'].sort(),
  )
  expect(Object.keys(seen.health_check).sort()).toEqual(['direction', 'enabled', 'rate', 'target', 'type'])
  expect(JSON.stringify(seen)).not.toContain('canary')
  expect(isWholeTunnel(seen)).toBe(false)
})

test('S10 a field that is added to a tunnel stays hidden from support', () => {
  expect(JSON.stringify(visibleTunnel({ ...tunnel, secret: 'canary' } as Tunnel, 'support'))).not.toContain('canary')
})

test('S10 the type of what support sees has what the record opens, and nothing that it hides', () => {
  const seen = visibleTunnel(tunnel, 'support') as ReducedTunnel
  const shown: [boolean, string, number | null | undefined] = [
    seen.replay_protection,
    seen.health_check.target.effective,
    seen.bgp?.customer_asn,
  ]
  // @ts-expect-error the MD5 key is a secret
  const key: unknown = seen.bgp?.md5_key
  // @ts-expect-error identities are the operator's
  const identities: unknown = seen.custom_remote_identities
  // @ts-expect-error so are the dates of keys
  const dates: unknown = seen.psk_metadata
  expect([shown, key, identities, dates]).toEqual([[false, '10.0.0.1', 65010], undefined, undefined, undefined])
})

test('a tunnel without BGP stays without BGP', () => {
  expect(visibleTunnel({ ...tunnel, bgp: null }, 'support').bgp).toBeNull()
})

test.each(['operator', 'admin'] as const)('%s sees the whole tunnel', (role) => {
  expect(visibleTunnel(tunnel, role)).toBe(tunnel)
  expect(isWholeTunnel(visibleTunnel(tunnel, role))).toBe(true)
})
