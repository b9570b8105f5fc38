import { expect, test } from 'vitest'
import type { Taken } from './address-pools.ts'
import type { StaticRoute } from './api.ts'
import { type RouteWorld, wayOutside, wayTo } from './route-lookup.ts'

const route = (
  prefix: string,
  hop: number,
  priority: number | null = 100,
  weight: number | null = null,
): StaticRoute => ({
  id: `${prefix} ${hop}`,
  prefix,
  nexthop: `10.0.0.${hop}`,
  priority,
  weight,
  description: '',
  scope: null,
})
const network = (id: string, host: number, kind: Taken['kind'] = 'ipsec'): Taken => ({
  id,
  name: id,
  kind,
  subnet: `10.0.0.${host}/31`,
})
const networks = [network('a', 0), network('b', 2), network('c', 4), network('gre', 6, 'gre')]

function names(destination: string, world: Partial<RouteWorld>, without?: string) {
  const { uses, carrying } = wayTo(destination, { routes: [], networks, states: {}, ...world }, without)
  return uses.slice(0, carrying).map(({ through }) => through?.name ?? null)
}

test('the longest prefix carries it, whatever the priorities', () => {
  const routes = [route('10.0.0.0/8', 1, 1), route('10.29.0.0/16', 3, 900), route('10.29.0.0/24', 5)]
  expect(names('10.29.4.7', { routes })).toEqual(['b'])
  const { fallbacks } = wayTo('10.29.0.7', { routes, networks, states: {} })
  expect(fallbacks.map(({ route: { prefix } }) => prefix)).toEqual(['10.29.0.0/16', '10.0.0.0/8'])
})

test('of the same prefix the lowest priority, and several of the same share it', () => {
  const routes = [route('10.29.0.0/16', 1, 200), route('10.29.0.0/16', 3, 100), route('10.29.0.0/16', 7, 100)]
  expect(names('10.29.4.7', { routes })).toEqual(['b', 'gre'])
})

test('bad health moves traffic to the next one, and never takes a route away', () => {
  const routes = [route('10.29.0.0/16', 1, 100), route('10.29.0.0/16', 3, 200), route('10.0.0.0/8', 5)]
  const states = (a: 'up' | 'degraded' | 'down', b: 'up' | 'degraded' | 'down') => ({ routes, states: { a, b } })
  expect(names('10.29.4.7', states('up', 'up'))).toEqual(['a'])
  expect(names('10.29.4.7', states('degraded', 'up'))).toEqual(['b'])
  expect(names('10.29.4.7', states('degraded', 'down'))).toEqual(['a'])
  // The /8 stays behind: a longer prefix wins even where all of it is down.
  expect(names('10.29.4.7', states('down', 'down'))).toEqual(['a'])
})

test('health that is not watched or not known changes nothing', () => {
  const routes = [route('10.29.0.0/16', 1, 100), route('10.29.0.0/16', 3, 200)]
  expect(names('10.29.4.7', { routes, states: { a: 'not-monitored' } })).toEqual(['a'])
  expect(names('10.29.4.7', { routes, states: { a: 'unknown', b: 'up' } })).toEqual(['a'])
})

test('without a tunnel its routes are gone, and shorter prefixes come in', () => {
  const routes = [route('10.29.0.0/16', 1), route('10.29.0.0/16', 3, 200), route('10.0.0.0/8', 5)]
  expect(names('10.29.4.7', { routes }, 'a')).toEqual(['b'])
  expect(names('10.29.4.7', { routes: routes.filter(({ nexthop }) => nexthop !== '10.0.0.3') }, 'a')).toEqual(['c'])
  expect(names('192.0.2.1', { routes })).toEqual([])
})

test('a next hop that nothing known has is told as that', () => {
  expect(names('10.29.4.7', { routes: [route('0.0.0.0/0', 99)] })).toEqual([null])
  expect(names('10.29.4.7', { routes: [{ ...route('0.0.0.0/0', 1), nexthop: '' }] })).toEqual([null])
})

const shares = (...weights: (number | null)[]) =>
  wayTo('10.29.4.7', {
    routes: weights.map((weight, index) => route('10.29.0.0/16', index * 2 + 1, 100, weight)),
    networks,
    states: {},
  }).shares

test('shares follow the weights, are equal without any, and are not known where only some have one', () => {
  expect(shares(50, 150)).toEqual([25, 75])
  expect(shares(null, null)).toEqual([50, 50])
  expect(shares(50, null)).toBeNull()
  expect(shares(0, 0)).toBeNull()
})

test('a route without a priority comes last', () => {
  const routes = [route('10.29.0.0/16', 1, null), route('10.29.0.0/16', 3, 5000)]
  expect(names('10.29.4.7', { routes })).toEqual(['b'])
})

test('a route that holds in some data centres only has another way beside it, outside of them', () => {
  const limited = { ...route('10.29.0.0/16', 1, 50), scope: { colo_names: [], colo_regions: ['APAC'] } }
  const world = { routes: [limited, route('10.29.0.0/16', 3)], networks, states: {} }
  expect(names('10.29.4.7', world)).toEqual(['a'])
  expect(wayOutside('10.29.4.7', world)?.uses.map(({ through }) => through?.name)).toEqual(['b'])
  expect(wayOutside('10.29.4.7', { ...world, routes: [limited] })?.uses).toEqual([])
  expect(wayOutside('10.29.4.7', world, 'a')).toBeNull()
})

test('a limited route that stands by leaves the way as it is everywhere', () => {
  const limited = { ...route('10.29.0.0/16', 1, 200), scope: { colo_names: ['fra01'], colo_regions: [] } }
  expect(wayOutside('10.29.4.7', { routes: [limited, route('10.29.0.0/16', 3)], networks, states: {} })).toBeNull()
})
