import { expect, test } from 'vitest'
import type { StatusAnswer } from './api.ts'
import { tunnelStatus } from './status.ts'
import { Tunnel } from './tunnel.ts'
import { pathOf } from './tunnel-path.ts'

const now = new Date('2026-11-28T14:00:00Z')
const at = '2026-11-28T13:59:00.000Z'
const listAt = '2026-11-28T13:59:50.000Z'
const fine: StatusAnswer['sources'] = {
  tunnels: { at: listAt, ok: true, failure: null },
  health: { at, ok: true, failure: null },
}
const broken = (source: 'tunnels' | 'health', when: string | null) => ({
  ...fine,
  [source]: { at: when, ok: false, failure: { code: 'upstream-timeout', title: 'Late', causes: [] } },
})
const session = (state: string, tcp: boolean) => ({
  bgp: { customer_asn: 65010 },
  bgp_status: { state, tcp_established: tcp, updated_at: at },
})
const oneWay = { health_check: { direction: 'unidirectional' } }

interface Case {
  score?: number | null
  more?: Record<string, unknown>
  sources?: StatusAnswer['sources']
  oldHealth?: boolean
}

function path({ score = 1, more = {}, sources = fine, oldHealth = false }: Case) {
  const tunnel = Tunnel.parse({
    id: '7'.padStart(32, '0'),
    name: 'fra-dc1-a',
    cloudflare_endpoint: '162.159.135.10',
    interface_address: '10.252.0.14/31',
    health_check: { direction: 'bidirectional' },
    psk_metadata: { last_generated_on: '2026-01-01T00:00:00Z' },
    ...more,
  })
  const health = score === null ? null : { score, at }
  const status = tunnelStatus(tunnel, health, now, oldHealth ? { oldHealth: { score: 1, at } } : {})
  return pathOf({ tunnel, status, sources })
}

test.each<[name: string, given: Case, words: string[], states: string[]]>([
  [
    'up',
    {},
    ['Set up', 'Works, inferred', 'Reached, inferred', 'Passes', 'Not used'],
    ['up', 'up', 'up', 'up', 'not-monitored'],
  ],
  [
    'down',
    { score: 0 },
    ['Set up', 'Not known', 'Not known', 'Fails', 'Not used'],
    ['up', 'unknown', 'unknown', 'down', 'not-monitored'],
  ],
  [
    'degraded',
    { score: 0.5 },
    ['Set up', 'Works, inferred', 'Reached, inferred', 'Partly passes', 'Not used'],
    ['up', 'up', 'up', 'degraded', 'not-monitored'],
  ],
  [
    'without a key',
    { score: 0, more: { psk_metadata: {} } },
    ['Set up', 'No key', 'Waiting', 'Fails', 'Not used'],
    ['up', 'needs-key', 'not-monitored', 'down', 'not-monitored'],
  ],
  [
    'with the check off',
    { score: 0, more: { health_check: { enabled: false } } },
    ['Set up', 'Not known', 'Not known', 'Off', 'Not used'],
    ['up', 'unknown', 'unknown', 'not-monitored', 'not-monitored'],
  ],
  [
    'BGP up and checks failing',
    { score: 0, more: session('BGP_UP', true) },
    ['Set up', 'Works, inferred', 'Reached, inferred', 'Fails', 'Up'],
    ['up', 'up', 'up', 'down', 'up'],
  ],
  [
    'BGP down and checks passing',
    { more: { ...session('BGP_DOWN', false), ...oneWay } },
    ['Set up', 'Works, inferred', 'Not known', 'Passes', 'Down'],
    ['up', 'up', 'unknown', 'up', 'down'],
  ],
  [
    'BGP without data',
    { more: { bgp: { customer_asn: 65010 } } },
    ['Set up', 'Works, inferred', 'Reached, inferred', 'Passes', 'No data'],
    ['up', 'up', 'up', 'up', 'unknown'],
  ],
  [
    'analytics unavailable',
    { score: null, sources: broken('health', null) },
    ['Set up', 'Not known', 'Not known', 'Not known', 'Not used'],
    ['up', 'unknown', 'unknown', 'unknown', 'not-monitored'],
  ],
  [
    'a stale list',
    { sources: broken('tunnels', listAt) },
    ['Was set up', 'Works, inferred', 'Reached, inferred', 'Passes', 'Not used'],
    ['unknown', 'up', 'up', 'up', 'not-monitored'],
  ],
])('the path of a tunnel: %s', (_name, given, words, states) => {
  const steps = path(given)
  expect(steps.map(({ word }) => word)).toEqual(words)
  expect(steps.map(({ state }) => state)).toEqual(states)
  expect(steps.map(({ why }) => why).join(' ')).not.toMatch(/undefined|null|NaN/)
})

test('each step is as old as the source that tells of it, and what nobody told has no age', () => {
  expect(path({}).map((step) => step.at)).toEqual([listAt, at, at, at, listAt])
  expect(path({ score: null }).map((step) => step.at)).toEqual([listAt, null, null, null, listAt])
})

test('health data that is too old is told with when it was so, and proves nothing any more', () => {
  const [, ike, , health] = path({ score: null, oldHealth: true })
  expect(health).toMatchObject({ state: 'unknown', at, why: 'The last health data is too old to be believed.' })
  expect(ike?.state).toBe('unknown')
})

test('probes that do not use the inside addresses prove nothing of them', () => {
  const [, ike, inside] = path({ more: oneWay })
  expect(ike?.state).toBe('up')
  expect(inside).toMatchObject({
    state: 'unknown',
    why: expect.stringContaining('10.252.0.14 and 10.252.0.15'),
    at: null,
  })
})

test('without a status nothing is claimed beyond that the tunnel exists', () => {
  const tunnel = Tunnel.parse({ id: '7'.padStart(32, '0'), name: 'x' })
  const states = pathOf({ tunnel, status: undefined, sources: undefined }).map(({ state }) => state)
  expect(states).toEqual(['up', 'unknown', 'unknown', 'unknown', 'not-monitored'])
})
