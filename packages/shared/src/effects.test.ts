import { describe, expect, test } from 'vitest'
import { effectsOf } from './diff.ts'
import { blankDraft, type TunnelDraft } from './draft.ts'
import type { FieldValue } from './field.ts'
import { withValue } from './field-values.ts'

const plain: TunnelDraft = { ...blankDraft, interface_address: '10.99.0.0/31', customer_endpoint: '203.0.113.10' }
const withBgp: TunnelDraft = {
  ...plain,
  bgp: { enabled: true, customer_asn: 65010, extra_prefixes: ['100.64.0.0/12'], md5_key: 'old' },
}
const noBgp: TunnelDraft = { ...plain, bgp: blankDraft.bgp }

const risksOf = (before: TunnelDraft, after: TunnelDraft) =>
  effectsOf(before, after).map(({ path, risk }) => [path, risk])

test.each<[path: string, to: FieldValue, risk: string, text: RegExp]>([
  ['name', 'other', 'low', /under the old name/],
  ['description', 'note', 'low', /Only a note/],
  ['cloudflare_endpoint', '192.0.2.1', 'high', /drops/],
  ['customer_endpoint', '', 'high', /stop matching/],
  ['interface_address', '10.99.0.2/31', 'high', /inside addresses/],
  ['interface_address6', '2606::/127', 'high', /IPv6/],
  ['health_check.enabled', false, 'high', /dead tunnel/],
  ['health_check.rate', 'high', 'low', /sooner or later/],
  ['replay_protection', true, 'medium', /one server/],
  ['automatic_return_routing', true, 'medium', /came in by/],
  ['custom_remote_identities.fqdn_id', 'a.1.custom.ipsec.cloudflare.com', 'medium', /generated identities/],
])('setting %s to %j has %s risk', (path, to, risk, text) => {
  expect(effectsOf(withBgp, withValue(withBgp, path, to))).toMatchObject([
    { path, risk, text: expect.stringMatching(text) },
  ])
})

test('a health check that is turned on, and replay protection that is turned off, have effects of their own', () => {
  const unchecked = withValue(plain, 'health_check.enabled', false)
  expect(effectsOf(unchecked, plain)).toMatchObject([{ text: 'Cloudflare starts to measure this tunnel', risk: 'low' }])
  const replay = withValue(plain, 'replay_protection', true)
  expect(effectsOf(replay, plain)).toMatchObject([{ text: expect.stringMatching(/anti-replay off/), risk: 'medium' }])
})

describe('BGP', () => {
  test('that is turned on is one medium risk: nothing drops that was not there', () => {
    expect(risksOf(noBgp, withBgp)).toEqual([
      ['bgp.enabled', 'medium'],
      ['bgp.customer_asn', 'low'],
      ['bgp.extra_prefixes', 'low'],
      ['bgp.md5_key', 'low'],
    ])
    expect(effectsOf(noBgp, withBgp)[1]?.text).toBe('Part of the new BGP session')
  })

  test('that is turned off is one high risk, and its fields end with it', () => {
    const [first, ...rest] = effectsOf(withBgp, noBgp)
    expect([first?.path, first?.risk]).toEqual(['bgp.enabled', 'high'])
    expect(new Set(rest.map(({ text, risk }) => `${risk}: ${text}`))).toEqual(
      new Set(['low: Ends with the BGP session']),
    )
  })

  test.each<[path: string, to: FieldValue, risk: string]>([
    ['bgp.customer_asn', 65011, 'high'],
    ['bgp.md5_key', 'new', 'high'],
    ['bgp.extra_prefixes', [], 'medium'],
  ])('that goes on is hurt by another %s', (path, to, risk) => {
    expect(risksOf(withBgp, withValue(withBgp, path, to))).toEqual([[path, risk]])
  })
})

describe('an empty health target', () => {
  const targeted = withValue(plain, 'health_check.target.saved', '192.0.2.9')

  test.each([
    ['bidirectional', '203.0.113.10', 'Probes go to your end of the inside subnet (10.99.0.1); it must answer them'],
    ['bidirectional', '', 'Probes go to your end of the inside subnet (10.99.0.1); it must answer them'],
    ['unidirectional', '203.0.113.10', 'Probes go to the customer endpoint (203.0.113.10); it must answer them'],
    ['unidirectional', '', 'Probes go to the customer endpoint; it must answer them'],
  ])('of a %s check with the customer endpoint %j is told: %s', (direction, customer_endpoint, text) => {
    const base = { ...withValue(targeted, 'health_check.direction', direction), customer_endpoint }
    expect(effectsOf(base, withValue(base, 'health_check.target.saved', ''))).toMatchObject([{ text, risk: 'low' }])
  })

  test('that gets an address is told without naming Cloudflare’s choice', () => {
    expect(effectsOf(plain, targeted)).toMatchObject([{ text: 'Probes go to another address; it must answer them' }])
  })
})
