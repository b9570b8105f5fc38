import { describe, expect, test } from 'vitest'
import { bgpStatusOf, type Circumstances, stateRank, stateWords, tunnelStates, tunnelStatus } from './status.ts'
import { Tunnel } from './tunnel.ts'

const now = new Date('2026-05-01T12:00:00Z')
const at = now.toISOString()

type Parts = { bgp?: string | null; key?: string | null; enabled?: boolean; created?: string | null }

/** A tunnel with a key, checks on, no BGP and an old birthday, but for what is said. `bgp: ''` has no status. */
function tunnelWith({ bgp = null, key = at, enabled = true, created = '2026-01-01T00:00:00Z' }: Parts): Tunnel {
  return Tunnel.parse({
    id: 'a'.repeat(32),
    created_on: created,
    health_check: { enabled },
    psk_metadata: { last_generated_on: key },
    ...(bgp !== null && { bgp: { customer_asn: 65010 } }),
    ...(bgp && { bgp_status: { state: bgp, updated_at: at } }),
  })
}

const healthy = { score: 1, at }
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()

test.each<[name: string, parts: Parts, score: number | null, state: string]>([
  ['healthy', {}, 1, 'up'],
  ['just healthy enough', {}, 0.8, 'up'],
  ['healthy with BGP up', { bgp: 'BGP_UP' }, 1, 'up'],
  ['below 0.8', {}, 0.79, 'degraded'],
  ['at 0.4', {}, 0.4, 'degraded'],
  ['below 0.4', {}, 0.39, 'down'],
  ['at 0', { bgp: 'BGP_UP' }, 0, 'down'],
  ['healthy with BGP down', { bgp: 'BGP_DOWN' }, 1, 'degraded'],
  ['healthy with BGP establishing', { bgp: 'BGP_ESTABLISHING' }, 1, 'establishing'],
  ['healthy with a BGP word nobody knows', { bgp: 'BGP_FLAPPING' }, 1, 'unknown'],
  ['healthy with BGP that says nothing', { bgp: '' }, 1, 'unknown'],
  ['down with a BGP word nobody knows', { bgp: 'BGP_FLAPPING' }, 0, 'down'],
  ['without a key', { key: null }, null, 'needs-key'],
  ['without a key and failing', { key: null }, 0, 'needs-key'],
  ['without a known key and healthy all the same', { key: null }, 1, 'up'],
  ['unmonitored', { enabled: false }, 0, 'not-monitored'],
  ['unmonitored with BGP up', { enabled: false, bgp: 'BGP_UP' }, null, 'not-monitored'],
  ['silent', {}, null, 'unknown'],
  ['silent with BGP up', { bgp: 'BGP_UP' }, null, 'unknown'],
  ['silent with BGP establishing', { bgp: 'BGP_ESTABLISHING' }, null, 'establishing'],
  ['silent and nine minutes old', { created: minutesAgo(9) }, null, 'establishing'],
  ['silent and ten minutes old', { created: minutesAgo(10) }, null, 'unknown'],
  ['silent and of unknown age', { created: null }, null, 'unknown'],
  ['silent with an unreadable birthday', { created: 'yesterday' }, null, 'unknown'],
])('a tunnel that is %s', (_, parts, score, state) => {
  const health = score === null ? null : { score, at }
  const status = tunnelStatus(tunnelWith(parts), health, now)
  expect(status.state).toBe(state)
  expect(status.reason).toMatch(/\w/)
  expect(status.health).toBe(health)
})

test.each([null, 'BGP_UP', 'BGP_DOWN', 'BGP_ESTABLISHING', 'BGP_FLAPPING', ''])(
  'without health nothing is ever up, BGP %j included',
  (bgp) => {
    expect(tunnelStatus(tunnelWith({ bgp }), null, now).state).not.toBe('up')
  },
)

describe('BGP', () => {
  test.each([
    ['BGP_UP', 'up', 'Up'],
    ['BGP_DOWN', 'down', 'Down'],
    ['BGP_ESTABLISHING', 'establishing', 'Establishing'],
    ['BGP_FLAPPING', 'unknown', 'Unknown (BGP_FLAPPING)'],
    ['constructor', 'unknown', 'Unknown (constructor)'],
    ['toString', 'unknown', 'Unknown (toString)'],
  ])('U14 %s is %s, said as %j', (wire, state, word) => {
    expect(bgpStatusOf(tunnelWith({ bgp: wire }))).toEqual({ state, word, updatedAt: at })
  })

  test('is absent where it is not used, and unknown where Cloudflare says nothing', () => {
    expect(bgpStatusOf(tunnelWith({}))).toBeNull()
    expect(bgpStatusOf(tunnelWith({ bgp: '' }))).toEqual({ state: 'unknown', word: 'No data', updatedAt: null })
  })

  test('the reason names the word that nobody knows', () => {
    expect(tunnelStatus(tunnelWith({ bgp: 'BGP_FLAPPING' }), healthy, now).reason).toContain('BGP_FLAPPING')
  })
})

test('states sort worst first, and each has a word', () => {
  expect([...tunnelStates].sort((a, b) => stateRank(a) - stateRank(b))).toEqual([
    'down',
    'degraded',
    'recovering',
    'needs-key',
    'establishing',
    'unknown',
    'not-monitored',
    'up',
  ])
  expect(Object.keys(stateWords).sort()).toEqual([...tunnelStates].sort())
})

test('a tunnel of whose key Cloudflare tells nothing is not said to need one', () => {
  const silent = Tunnel.parse({ id: '0'.repeat(32), created_on: '2020-01-01T00:00:00Z' })
  const without = Tunnel.parse({ id: '0'.repeat(32), psk_metadata: {} })
  expect(tunnelStatus(silent, null, new Date()).state).toBe('unknown')
  expect(tunnelStatus(without, null, new Date()).state).toBe('needs-key')
})

const state = (parts: Parts, score: number | null, beside: Circumstances) =>
  tunnelStatus(tunnelWith(parts), score === null ? null : { score, at }, now, beside)

test.each<[score: number, recent: number | null, word: string]>([
  [0.1, 0.79, 'down'],
  [0.1, 0.8, 'recovering'],
  [0.5, 1, 'recovering'],
  [0.5, null, 'degraded'],
  [0.8, 0, 'up'],
])('health of %d with newest minutes of %j is %s', (score, recent, word) => {
  expect(state({}, score, { recent }).state).toBe(word)
})

test('U14 data that is too old is unknown, never green, and tells what was known last', () => {
  const oldHealth = { score: 1, at: minutesAgo(4) }
  expect(state({}, null, { oldHealth })).toMatchObject({
    state: 'unknown',
    reason: 'The last health data is too old',
    was: { state: 'up', at: minutesAgo(4) },
  })
  expect(state({ enabled: false }, null, { oldHealth })).toMatchObject({ state: 'not-monitored', was: null })
})

test('BGP from a list that is too old proves nothing; a tunnel without BGP needs no list for it', () => {
  const oldList = minutesAgo(4)
  expect(state({ bgp: 'BGP_UP' }, 1, { oldList })).toMatchObject({
    state: 'unknown',
    was: { state: 'up', at: oldList },
  })
  expect(state({ bgp: 'BGP_UP' }, 0, { oldList }).state).toBe('down')
  expect(state({}, 1, { oldList }).state).toBe('up')
})

test('what is affected is told of what is measured, and of nothing else', () => {
  const affected = { share: 0.38, dataCentres: 2 }
  expect(state({}, 0.6, { affected }).affected).toEqual(affected)
  expect(state({ enabled: false }, 0, { affected }).affected).toBeNull()
  expect(state({}, null, { affected }).affected).toBeNull()
  expect(state({ key: null }, 0, { affected }).affected).toBeNull()
})
