import { expect, test } from 'vitest'
import { type FleetTunnel, fleetOf } from './fleet.ts'
import { siteOf } from './site.ts'
import type { TunnelState } from './status.ts'

const at = (name: string, state: TunnelState, more: Partial<FleetTunnel['status']> = {}): FleetTunnel => ({
  id: name,
  name,
  status: { state, affected: null, since: null, planned: null, ...more },
})
const fleet = (...tunnels: FleetTunnel[]) => fleetOf(tunnels, siteOf)

test('a site of two of which one is down has one leg left, and a site with none up has none', () => {
  const { oneLeft, noneLeft } = fleet(
    at('paris-a', 'up'),
    at('paris-b', 'down'),
    at('oslo-a', 'down'),
    at('oslo-b', 'degraded'),
  )
  expect(oneLeft).toEqual([{ site: 'paris', up: ['paris-a'], others: ['paris-b'] }])
  expect(noneLeft).toEqual([{ site: 'oslo', up: [], others: ['oslo-a', 'oslo-b'] }])
})

test('what nobody knows is neither trouble nor a leg', () => {
  const { oneLeft, noneLeft, worst } = fleet(at('rome-a', 'unknown'), at('rome-b', 'not-monitored'), at('bern-a', 'up'))
  expect([oneLeft, noneLeft, worst]).toEqual([[], [], []])
  expect(fleet(at('lyon-a', 'unknown'), at('lyon-b', 'down')).noneLeft).toMatchObject([{ site: 'lyon' }])
})

test('what is in trouble as announced is counted apart, so that no tunnel that is down is missing', () => {
  const planned = { text: 'ISP work', until: '2026-11-29T23:00:00Z', by: 'ada@example.com' }
  const { announced, worst } = fleet(at('paris-a', 'down', { planned }), at('paris-b', 'up', { planned }))
  expect([announced, worst]).toEqual([1, []])
})

test('the worst are ordered by state, by share of traffic, by how long; announced work is none of them', () => {
  const { worst } = fleet(
    at('a', 'degraded', { affected: { share: 0.9, dataCentres: 2 } }),
    at('b', 'down', { since: '2026-11-22T11:00:00Z' }),
    at('c', 'down', { since: '2026-11-22T10:00:00Z' }),
    at('d', 'down', { affected: { share: 0.4, dataCentres: 1 } }),
    at('e', 'down', { planned: { until: '2026-11-22T23:00:00Z', text: 'ISP work', by: 'Ada' } }),
    at('f', 'up'),
  )
  expect(worst.map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a'])
})

test('states are counted each for itself: unknown is never up', () => {
  expect([...fleet(at('a', 'up'), at('b', 'unknown'), at('c', 'up')).counts]).toEqual([
    ['up', 2],
    ['unknown', 1],
  ])
})
