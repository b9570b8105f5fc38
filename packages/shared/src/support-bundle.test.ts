import { expect, test } from 'vitest'
import type { AuditEntry } from './audit.ts'
import { noHistory } from './status.ts'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from './status-answers.ts'
import { type BundleFacts, supportBundle } from './support-bundle.ts'
import { bundleFiles } from './support-bundle-files.ts'
import { Tunnel } from './tunnel.ts'
import { visibleTunnel } from './visible.ts'

const canary = 'canary-key-9f3b'
const tunnel = Tunnel.parse({
  id: 'a'.repeat(32),
  name: 'paris-a',
  description: 'ISP | <b>Ada</b>',
  cloudflare_endpoint: '162.159.135.1',
  customer_endpoint: '203.0.113.7',
  interface_address: '10.1.0.0/31',
  health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: { saved: '' } },
  bgp: { customer_asn: 65010, extra_prefixes: ['10.9.0.0/16'], md5_key: canary },
  remote_identities: { fqdn_id: 'x.ipsec.cloudflare.com', hex_id: 'ABCD', user_id: 'ipsec@paris' },
  psk_metadata: { last_generated_on: '2026-01-02T03:04:05Z' },
  psk: canary,
  created_on: '2025-01-01T00:00:00Z',
})
const status = {
  state: 'down',
  reason: 'Health checks pass 0%',
  bgp: { state: 'down', word: 'Down', updatedAt: '2026-11-28T11:59:00Z' },
  health: { score: 0, at: '2026-11-28T12:00:00Z' },
  ...noHistory,
  since: '2026-11-28T11:58:00.123Z',
  isSinceExact: true,
  affected: { share: 0.8, dataCentres: 2 },
} as const
const standing: TunnelStatusAnswer = {
  status,
  dataCentres: [
    { code: 'CDG', city: 'Paris', country: 'FR', isActive: true, score: 0, state: 'down', share: 0.8 },
    { code: 'AMS', city: 'Amsterdam', country: 'NL', isActive: false, score: 1, state: 'up', share: null },
  ],
  cause: null,
  recovery: null,
  changes: [],
  site: [],
  fetchedAt: '2026-11-28T12:00:00Z',
}
const history: TunnelHistoryAnswer = {
  from: '2026-11-27T12:00:00Z',
  to: '2026-11-28T12:00:00Z',
  periods: [
    { state: 'up', reason: 'Health checks pass 100%', from: '2026-11-27T12:00:00Z', to: '2026-11-28T11:58:00Z' },
    { state: 'down', reason: 'Health checks pass 0%', from: '2026-11-28T11:58:00Z', to: null },
  ],
  changes: [],
  coverage: 0.9,
  uptime: 0.9986,
  traffic: null,
  older: null,
}
const entry: AuditEntry = {
  seq: 1,
  id: '1',
  at: '2026-11-28T11:57:00Z',
  settledAt: null,
  actor: { id: '1', email: 'ada@example.com', role: 'operator' },
  action: 'tunnel.update',
  target: { id: tunnel.id, name: tunnel.name },
  validateOnly: false,
  outcome: 'applied',
  changes: [
    { path: 'health_check.rate', label: 'Health check rate', before: 'low', after: 'mid' },
    { path: 'bgp.md5_key', label: 'MD5 key', before: canary, after: `${canary}-new` },
  ],
  problem: null,
  ray: '8f00-CDG',
  requestId: 'r',
  times: 1,
  turns: [],
}
const facts: BundleFacts = {
  account: { id: 'b'.repeat(32), name: 'Example' },
  tunnel,
  standing,
  pasts: [{ words: 'Last 24 hours', history }],
  routes: [
    { id: 'r', prefix: '10.9.0.0/16', nexthop: '10.1.0.1', priority: 100, weight: null, description: '', scope: null },
  ],
  entries: [entry],
  at: '2026-11-28T12:00:30Z',
}

test('what Cloudflare’s support asks for is in it, in UTC', () => {
  const text = supportBundle(facts)
  for (const line of [
    `| Account id | ${'b'.repeat(32)} |`,
    `| Tunnel id | ${'a'.repeat(32)} |`,
    '| Cloudflare endpoint | 162.159.135.1 |',
    '| Customer endpoint | 203.0.113.7 |',
    '| Time of the problem | Down since 2026-11-28 11:58:00Z |',
    '| Data centres that are not up | CDG down |',
    '| Ray IDs of answers to changes | 8f00-CDG (tunnel.update, 2026-11-28 11:57:00Z) |',
    '| IKE identity: hex | ABCD |',
    '| Pre-shared key made | 2026-01-02 03:04:05Z |',
    '| CDG Paris, FR | down | 0% | 80% | yes |',
    '| Down | 2026-11-28 11:58:00Z | goes on | Health checks pass 0% |',
  ]) {
    expect(text).toContain(line)
  }
  expect(text).toContain('traceroute -n 162.159.135.1')
  expect(text).toContain('Up, degraded or recovering 99.86% of what was measured; 90% of the time was measured.')
})

test('a cause that is over at some time says when, in UTC, as text and for a machine', () => {
  const cause = {
    rule: 'planned',
    text: 'Planned work.',
    until: '2026-11-29T00:00:00+01:00',
    because: ['As said'],
    next: [],
  }
  const worked = { ...facts, standing: { ...standing, cause } }
  expect(supportBundle(worked)).toContain('| Likely cause | Planned work. · until 2026-11-28 23:00:00Z · As said |')
  expect(parsed(worked, 'status.json')).toMatchObject({ likely_cause: { until: '2026-11-28T23:00:00.000Z' } })
})

test('no key can be in it, though the tunnel and the log held one', () => {
  const text = supportBundle(facts)
  expect(text).not.toContain(canary)
  expect(text).toContain('MD5 key: set → set')
})

test('what only operators see is not in the bundle that support makes, which says so', () => {
  const reduced = visibleTunnel(tunnel, 'support')
  const text = supportBundle({ ...facts, tunnel: reduced, routes: null, entries: null })
  for (const hidden of [canary, 'ipsec@paris', 'ABCD', '2026-01-02', 'ada@example.com'])
    expect(text).not.toContain(hidden)
  expect(text.match(/may not read it/g)).toHaveLength(3)
  expect(text).toContain('| Interface address (interface\\_address) | 10.1.0.0/31 |')
})

test('what could not be read is said, and nothing is invented in its place', () => {
  const text = supportBundle({ ...facts, standing: null, pasts: [{ words: 'Last 7 days', history: null }] })
  expect(text).toContain('## State\n\nCould not be read.')
  expect(text).toContain('## Last 7 days\n\nCould not be read.')
  expect(text).toContain('| Time of the problem | – |')
})

test('S60 words from outside start no link, no HTML and no second cell', () => {
  const text = supportBundle(facts)
  expect(text).toContain('ISP \\| \\<b\\>Ada\\</b\\>')
})

const filesOf = (of: BundleFacts) => new Map(bundleFiles(of))
const parsed = (of: BundleFacts, name: string): unknown => JSON.parse(filesOf(of).get(name) ?? 'null')

test('S60 an endpoint that is no address stays within the command that it is put into', () => {
  const cloudflare_endpoint = '192.0.2.1`\n\n# A heading\n\n![](https://example.com/p.png)\u202e'
  const lines = supportBundle({ ...facts, tunnel: { ...tunnel, cloudflare_endpoint } }).split('\n')
  const command = lines.filter((line) => line.includes('traceroute -n'))
  expect(command).toEqual([expect.stringMatching(/^- [^`]*`traceroute -n [^`]*\\u202e` \(Windows: `tracert -d`\)$/)])
  expect(lines.filter((line) => /^(# A|!)/.test(line))).toEqual([])
})

test('as files it is the same text, and what a machine reads beside it, in UTC', () => {
  const zoned = { ...facts, tunnel: { ...tunnel, created_on: '2025-01-01T02:00:00+02:00' } }
  expect([...filesOf(zoned).keys()]).toEqual(['bundle.md', 'configuration.json', 'status.json', 'changes.csv'])
  expect(filesOf(zoned).get('bundle.md')).toBe(`${supportBundle(zoned)}\n`)
  expect(parsed(zoned, 'configuration.json')).toMatchObject({
    id: 'a'.repeat(32),
    name: 'paris-a',
    'health_check.rate': 'mid',
    'bgp.enabled': true,
    'bgp.customer_asn': 65010,
    'remote_identities.hex_id': 'ABCD',
    pre_shared_key_made: '2026-01-02T03:04:05.000Z',
    created_on: '2025-01-01T00:00:00.000Z',
  })
  expect(parsed(zoned, 'status.json')).toMatchObject({
    state: 'down',
    since: '2026-11-28T11:58:00.123Z',
    data_centres: [{ code: 'CDG', state: 'down', share_of_traffic: 0.8 }, { code: 'AMS' }],
    history: [{ uptime_of_measured_time: 0.9986, periods: [{ state: 'up' }, { state: 'down', to: null }] }],
  })
  expect(filesOf(zoned).get('changes.csv')?.split('\r\n').slice(0, 2)).toEqual([
    'at_utc,who,what,dry_run,outcome,fields,ray_id',
    '2026-11-28T11:57:00.000Z,ada@example.com,tunnel.update,false,applied,"Health check rate: Low → Medium; MD5 key: set → set",8f00-CDG',
  ])
})

test('no file holds a key, nor the name of a field that would', () => {
  for (const [name, text] of filesOf(facts)) {
    expect(text, name).not.toContain(canary)
    expect(text, name).not.toMatch(/md5_key|"psk"|psk_metadata/)
  }
})

test('what may not be read or could not be has no file', () => {
  const reduced = { ...facts, tunnel: visibleTunnel(tunnel, 'support'), standing: null, routes: null, entries: null }
  expect([...filesOf(reduced).keys()]).toEqual(['bundle.md', 'configuration.json'])
  expect(Object.keys(parsed(reduced, 'configuration.json') ?? {})).not.toContain('remote_identities.hex_id')
})
