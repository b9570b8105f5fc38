import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankDraft, type TunnelDraft } from './draft.ts'
import { cloneOf, namePattern, nextName, secondTunnelOf, suggestedName } from './new-tunnel.ts'

const names = ['paris-a', 'paris-b', 'oslo-a', 'hq']

test.each([
  ['paris', names, 'paris-c'],
  ['paris-a', names, 'paris-c'],
  ['lyon', names, 'lyon-a'],
  ['hq', names, 'hq-a'],
  ['lyon', ['x_1', 'y_1'], 'lyon_1'],
  ['x', ['x_1', 'a-a', 'b-a'], 'x_2'],
  ['lyon', [], 'lyon-a'],
  ['  ', names, null],
])('the next name of %j beside %j is %j', (name, others, next) => {
  expect(nextName(name, others)).toBe(next)
})

test.each([
  ['lyon', 'lyon-a'],
  ['paris-a', 'paris-c'],
  ['Paris-A', 'Paris-a'],
  ['lyon-a', null],
  ['lyon-2', null],
  ['', null],
])('beside %j the suggestion is %j', (name, suggestion) => {
  expect(suggestedName(name, names)).toBe(suggestion === 'Paris-a' ? nextName(name, names) : suggestion)
})

test('where names have no ending, none is suggested', () => {
  expect(suggestedName('lyon', ['paris', 'oslo'])).toBeNull()
  expect(namePattern(['paris', 'oslo-a'])).toBeNull()
  expect(namePattern(names)).toBe('paris-a, paris-b')
})

test('a next name is never one that is taken, whatever its letters', () => {
  const name = fc.stringMatching(/^[a-zA-Z]{1,4}([-_][a-z0-9])?$/)
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 30 }), (typed, others) => {
      const taken = others.map((other) => other.toLowerCase())
      expect(taken).not.toContain(nextName(typed, others)?.toLowerCase())
    }),
    { numRuns: 200 },
  )
})

const tunnel: TunnelDraft = {
  ...blankDraft,
  name: 'oslo-a',
  description: 'A note',
  cloudflare_endpoint: '162.159.1.1',
  customer_endpoint: '203.0.113.4',
  interface_address: '10.9.0.0/31',
  health_check: { ...blankDraft.health_check, rate: 'high', target: { saved: '10.9.0.1' } },
  bgp: { enabled: true, customer_asn: 65010, extra_prefixes: ['0.0.0.0/0'], md5_key: 'secret' },
  custom_remote_identities: { fqdn_id: 'oslo.9.custom.ipsec.cloudflare.com' },
}

test('a clone has the settings, and nothing that belongs to one tunnel alone', () => {
  expect(cloneOf(tunnel)).toEqual({
    ...tunnel,
    name: '',
    customer_endpoint: '',
    interface_address: '',
    health_check: { ...tunnel.health_check, target: { saved: '' } },
    bgp: { ...tunnel.bgp, md5_key: '' },
    custom_remote_identities: { fqdn_id: '' },
  })
})

test('the second tunnel of a site goes to the same device over another address of Cloudflare’s', () => {
  const second = secondTunnelOf(tunnel, { names, endpoints: ['162.159.1.1', '172.64.1.1'] })
  expect(second).toMatchObject({
    name: 'oslo-b',
    cloudflare_endpoint: '172.64.1.1',
    customer_endpoint: '203.0.113.4',
    interface_address: '',
    custom_remote_identities: tunnel.custom_remote_identities,
  })
  expect(second.bgp.md5_key).toBe('')
})

test('with one address of Cloudflare’s only, the second tunnel asks for another, and has no identity of the first', () => {
  const second = secondTunnelOf(tunnel, { names, endpoints: ['162.159.1.1'] })
  expect(second).toMatchObject({ cloudflare_endpoint: '', custom_remote_identities: { fqdn_id: '' } })
})

test('a health target that is no inside address stays', () => {
  const probed = { ...tunnel, health_check: { ...tunnel.health_check, target: { saved: '192.0.2.1' } } }
  expect(cloneOf(probed).health_check.target.saved).toBe('192.0.2.1')
})
