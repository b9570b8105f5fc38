import { expect, test } from 'vitest'
import { createTunnelFilter, type Filterable, parseFilter, termText, withTerm } from './filter.ts'
import { siteNamer } from './site.ts'
import { noHistory, type TunnelStatus } from './status.ts'

const now = new Date('2026-11-22T12:00:00Z')
const tunnel = {
  id: '0123456789abcdef0123456789abcdef',
  name: 'paris-a',
  description: 'Head office',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.20',
  interface_address: '10.252.2.20/31',
  interface_address6: '2606:54c1:7::200/127',
  replay_protection: false,
  modified_on: '2026-11-22T02:00:00Z',
  psk_metadata: { last_generated_on: '2025-01-01T00:00:00Z' },
} satisfies Filterable
const status: TunnelStatus = {
  ...noHistory,
  state: 'down',
  reason: '',
  health: null,
  since: '2026-11-22T11:30:00Z',
  bgp: { state: 'down', word: 'Down', updatedAt: null },
  affected: { share: 0.62, dataCentres: 2 },
}
const finds = (query: string, more: Partial<Filterable> = {}, other: Partial<TunnelStatus> = {}) =>
  createTunnelFilter(parseFilter(query), { now, siteOf: siteNamer() })({ ...tunnel, ...more }, { ...status, ...other })

test.each([
  ['state:down', true],
  ['STATE:Down', true],
  ['-state:down', false],
  ['-state:up', true],
  ['state:up,down', true],
  ['state:up,degraded', false],
  // The beginning of a value, while it is typed.
  ['state:d', true],
  ['state:u', false],
  ['state:', true],
  ['state:don', false],
  ['-state:don', false],
  ['bgp:down', true],
  ['bgp:none', false],
  ['affects:yes', true],
  ['affects:no', false],
  ['replay:on', false],
  ['replay:off', true],
  ['site:paris', true],
  ['site:par', true],
  ['site:"par"', false],
  ['site:"PARIS"', true],
  ['site:london', false],
  ['key:>365d', true],
  ['key:>2000d', false],
  ['key:<1w', false],
  ['key:missing', false],
  ['changed:<24h', true],
  ['changed:>24h', false],
  ['changed:<24', true],
  ['since:<1h', true],
  ['since:<15min', false],
  ['state:down bgp:down paris', true],
  ['state:down london', false],
  ['state:down 10.252.2.21', true],
  ['10.252.2.21', true],
  ['10.252.2.22', false],
  // A colon makes no filter of an address.
  ['2606:54c1', true],
])('%j finds the tunnel: %s', (query, expected) => {
  expect(finds(query)).toBe(expected)
})

test('what is not known is neither older nor younger, and no key is missing where none can be seen', () => {
  expect(finds('changed:<24h', { modified_on: null })).toBe(false)
  expect(finds('changed:>24h', { modified_on: null })).toBe(false)
  expect(finds('since:>1h', {}, { since: null })).toBe(false)
  expect(finds('key:missing', { psk_metadata: { last_generated_on: null } })).toBe(true)
  const { psk_metadata: _, ...reduced } = tunnel
  expect(createTunnelFilter(parseFilter('key:missing'), { now, siteOf: siteNamer() })(reduced, status)).toBe(false)
})

test('traffic that cannot be read is not unaffected', () => {
  expect(finds('affects:unknown', {}, { affected: null })).toBe(true)
  expect(finds('affects:unknown', {}, { affected: { share: null, dataCentres: 1 } })).toBe(true)
  expect(finds('affects:no', {}, { affected: { share: null, dataCentres: 0 } })).toBe(true)
  expect(finds('affects:no', {}, { affected: { share: 0, dataCentres: 3 } })).toBe(true)
})

test('a filter is its terms and the text around them', () => {
  const { terms, text } = parseFilter('head -state:up office site:"new york" foo:bar')
  expect(text).toBe('head  office  foo:bar')
  expect(terms.map(termText)).toEqual(['-state:up', 'site:"new york"'])
})

test.each([
  [
    'state:don',
    '“don” is no value of “state”. Use down, degraded, recovering, needs-key, establishing, unknown, not-monitored, up.',
  ],
  ['replay:maybe', '“maybe” is no value of “replay”. Use on, off.'],
  ['changed:yesterday', '“yesterday” is no age. Use such as “changed:<24h” or “changed:>30d”.'],
  ['key:365d', '“365d” is no age. Use such as “key:<24h” or “key:>30d” or “missing”.'],
  ['changed:<5x', '“<5x” is no age. Use such as “changed:<24h” or “changed:>30d”.'],
])('%j says what is wrong with it', (query, problem) => {
  expect(parseFilter(query).terms).toMatchObject([{ problem, isOpen: false }])
})

test.each(['state:', '-bgp:', 'key:>', 'changed:<2', 'since:<24', 'key:mis', 'site:""'])(
  '%j is still being typed, and no mistake',
  (query) => {
    expect(parseFilter(query).terms).toMatchObject([{ problem: null, isOpen: true }])
  },
)

test('a term can be turned around and taken out where it stands', () => {
  const query = 'head -state:up office'
  const [term] = parseFilter(query).terms
  if (!term) throw new Error('No term')
  expect(withTerm(query, term, termText({ ...term, isNot: false }))).toBe('head state:up office')
  expect(withTerm(query, term, '')).toBe('head office')
  const only = parseFilter('state:up').terms[0]
  expect(only && withTerm('state:up', only, '')).toBe('')
})
