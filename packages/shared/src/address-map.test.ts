import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapOf, totalsOf } from './address-map.ts'
import { type Held, nextFree, type Taken } from './address-pools.ts'

const tunnel = (subnet: string, name: string, kind: Taken['kind'] = 'ipsec'): Taken => ({
  subnet,
  name,
  kind,
  id: null,
})
const hold = (subnet: string): Held => ({ id: 'h', subnet, by: 'ada@example.com', mine: false, until: '' })
const nothing = { taken: [], holds: [], reserved: [] }

test('a small pool is one block, and each /31 of it says what has it', () => {
  const [block, ...others] = mapOf('10.0.0.0/28', {
    taken: [
      tunnel('10.0.0.1/31', 'a'),
      tunnel('10.0.0.5/30', 'b'),
      tunnel('10.0.0.6/31', 'c', 'gre'),
      tunnel('10.0.0.8/31', 'lan', 'route'),
    ],
    holds: [hold('10.0.0.10/31'), hold('10.0.0.0/31')],
    reserved: ['10.0.0.8/29'],
  })
  expect(others).toEqual([])
  expect(block?.cells.map(({ subnet, state, by }) => [subnet, state, ...by.map(({ name }) => name)])).toEqual([
    ['10.0.0.0/31', 'used', 'a'],
    ['10.0.0.2/31', 'free'],
    ['10.0.0.4/31', 'used', 'b'],
    ['10.0.0.6/31', 'overlapping', 'b', 'c'],
    ['10.0.0.8/31', 'used', 'lan'],
    ['10.0.0.10/31', 'held'],
    ['10.0.0.12/31', 'reserved'],
    ['10.0.0.14/31', 'reserved'],
  ])
  expect(block?.counts).toEqual({ used: 3, held: 1, reserved: 2, free: 1, overlapping: 1 })
})

test('a large pool folds into /24s: 32,768 cells among ten thousand tunnels', () => {
  const taken = Array.from({ length: 10_000 }, (_, index) =>
    tunnel(`10.0.${index >> 7}.${(index & 127) * 2}/31`, `${index}`),
  )
  const blocks = mapOf('10.0.0.0/16', { ...nothing, taken })
  expect([blocks.length, blocks[1]?.cidr, blocks[255]?.cells.length]).toEqual([256, '10.0.1.0/24', 128])
  expect(totalsOf(blocks)).toEqual({ used: 10_000, held: 0, reserved: 0, free: 22_768, overlapping: 0 })
})

test('the first free cell is the one that is proposed next', () => {
  const block = fc.integer({ min: 0, max: 63 }).map((host) => `10.0.0.${host}/${host % 3 === 0 ? 30 : 31}`)
  fc.assert(
    fc.property(fc.array(block), fc.array(block), fc.array(block), (taken, holds, reserved) => {
      const world = { taken: taken.map((subnet) => tunnel(subnet, subnet)), holds: holds.map(hold), reserved }
      const free = mapOf('10.0.0.0/26', world)
        .flatMap(({ cells }) => cells)
        .find(({ state }) => state === 'free')
      expect(free?.subnet ?? null).toBe(nextFree(['10.0.0.0/26'], [...taken, ...holds, ...reserved]))
    }),
    { numRuns: 200 },
  )
})

test('what is no block has no map', () => {
  expect(mapOf('ten', nothing)).toEqual([])
  expect(mapOf('10.0.0.0/31', nothing)[0]?.cells).toHaveLength(1)
})
