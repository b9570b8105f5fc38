import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clashesOf,
  nextFree,
  overlappingPools,
  poolProblem,
  reservedProblem,
  routesInPools,
  slotsOf,
  type Taken,
} from './address-pools.ts'
import { formatIpv4, networkOf, parseCidr } from './ip.ts'

const inside = 10 * 2 ** 24
/** Blocks close together, so that they meet often: any size, host bits or not. */
const block = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 26, max: 32 }))
  .map(([host, length]) => `${formatIpv4(inside + host)}/${length}`)
const pool = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 27, max: 31 }))
  .map(([host, length]) => `${formatIpv4(networkOf({ address: inside + host, prefixLength: length }).first)}/${length}`)
const world = fc.record({
  pools: fc.array(pool, { minLength: 1, maxLength: 4 }),
  taken: fc.array(block, { maxLength: 25 }),
})

function rangeOf(cidr: string) {
  return networkOf(parseCidr(cidr) ?? { address: 0, prefixLength: 32 })
}

/** Every aligned /31 that is free, in the order in which it should be proposed: by trying each of them. */
function allFree(pools: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(taken.map(rangeOf).flatMap(({ first, last }) => [...counted(first, last)]))
  const all = pools.map(rangeOf).flatMap(({ first, last }) => [...counted(first, last)].filter((at) => at % 2 === 0))
  return all.filter((at) => !used.has(at) && !used.has(at + 1)).map((at) => `${formatIpv4(at)}/31`)
}

function* counted(first: number, last: number) {
  for (let at = first; at <= last; at++) yield at
}

test('in 1,000 worlds the next free subnet is the lowest free aligned /31 in pool order, and null only when there is none', () => {
  fc.assert(
    fc.property(world, ({ pools, taken }) => {
      expect(nextFree(pools, taken)).toBe(allFree(pools, taken)[0] ?? null)
    }),
    { numRuns: 1000 },
  )
})

test('taking one after the other fills every pool, never the same twice', () => {
  fc.assert(
    fc.property(world, ({ pools, taken }) => {
      const given: string[] = []
      for (let next = nextFree(pools, taken); next; next = nextFree(pools, [...taken, ...given])) given.push(next)
      expect(given).toEqual([...new Set(allFree(pools, taken))])
    }),
    { numRuns: 100 },
  )
})

test('no pool gives nothing, and text that is no block is none and takes nothing', () => {
  expect(nextFree([], [])).toBeNull()
  expect(nextFree(['soon', '10.0.0.0/31'], ['', 'x'])).toBe('10.0.0.0/31')
})

const named = (subnet: string, kind: Taken['kind'] = 'ipsec'): Taken => ({ subnet, kind, id: null, name: subnet })

test('clashes are all that share an address, tunnels before routes', () => {
  const taken = [
    named('10.0.0.0/24', 'route'),
    named('10.0.0.9/31'),
    named('10.0.0.4/30', 'gre'),
    named('10.0.0.12/31'),
  ]
  expect(clashesOf('10.0.0.6/29', taken).map(({ subnet }) => subnet)).toEqual(['10.0.0.4/30', '10.0.0.0/24'])
  expect(clashesOf('10.0.0.8/31', taken).map(({ kind }) => kind)).toEqual(['ipsec', 'route'])
  expect(clashesOf('10.1.0.0/31', taken)).toEqual([])
})

test('a route takes the part of a pool that it leads to; a summary over the pool takes nothing', () => {
  const routes = ['0.0.0.0/0', '10.0.0.0/8', '10.252.0.0/22', '10.252.2.0/24', '10.253.0.0/24', 'fd00::/8'].map(
    (prefix) => ({ prefix }),
  )
  expect(routesInPools(['10.252.0.0/22'], routes)).toEqual([{ prefix: '10.252.2.0/24' }])
})

test.each([
  ['10.0.0.9/31', [8]],
  ['10.0.0.6/30', [4, 6]],
  ['10.0.0.9/32', [8]],
  ['10.0.0.0/29', [0, 2, 4, 6]],
  ['nothing', []],
])('%s touches the /31s that begin at %j', (subnet, hosts) => {
  expect(slotsOf(subnet)).toEqual(hosts.map((host) => inside + host))
})

test.each([
  ['10.252.0.0/22', null],
  ['169.254.240.0/20', null],
  ['10.252.0.5/24', '10.252.0.5/24 does not begin a block: did you mean 10.252.0.0/24?'],
  ['10.0.0.0/8', '10.0.0.0/8 is too large: use a /16 or smaller'],
  ['10.0.0.0/32', '10.0.0.0/32 is too small: a tunnel needs a /31'],
  [
    '100.64.0.0/16',
    '100.64.0.0/16 is not private: Cloudflare takes 10/8, 172.16/12, 192.168/16 and 169.254.240.0/20 only',
  ],
  [
    '169.254.0.0/16',
    '169.254.0.0/16 is not private: Cloudflare takes 10/8, 172.16/12, 192.168/16 and 169.254.240.0/20 only',
  ],
  ['ten', '“ten” is no block of addresses, write such as 10.252.0.0/22'],
])('as a pool, %s: %j', (text, problem) => {
  expect(poolProblem(text)).toBe(problem)
})

test('reserved is any block, from its first address on', () => {
  expect([reservedProblem('10.0.0.7/32'), reservedProblem('8.8.8.0/24')]).toEqual([null, null])
  expect(reservedProblem('10.0.0.7/24')).toContain('did you mean 10.0.0.0/24')
  expect(reservedProblem('x'.repeat(99))).toContain(`“${'x'.repeat(40)}…”`)
})

test('pools that overlap are named', () => {
  expect(overlappingPools(['10.0.0.0/24', '10.1.0.0/24', '10.0.0.128/25'])).toEqual({ index: 2, other: '10.0.0.0/24' })
  expect(overlappingPools(['10.0.0.0/24', '10.1.0.0/24'])).toBeNull()
})
