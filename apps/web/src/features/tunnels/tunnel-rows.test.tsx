import { expect, test } from 'vitest'
import { tunnelAt, worldOf } from './test-world.tsx'
import { inOrder, placesByName, rowsByName } from './tunnel-rows.ts'

const world = worldOf(
  [3, 1, 2].map((n) => tunnelAt(n, { name: `branch-${n}` })),
  {},
)

test('T8 rows that say what they said are the same objects, and the others stand where their names say', () => {
  const places = placesByName(world.tunnels)
  const before = rowsByName(places, world.statuses, false)
  expect(before.map(({ tunnel, place }) => [tunnel.name, place])).toEqual([
    ['branch-1', 0],
    ['branch-2', 1],
    ['branch-3', 2],
  ])
  const changed = world.tunnels.map((tunnel) => (tunnel.name === 'branch-2' ? { ...tunnel, description: 'x' } : tunnel))
  const again = placesByName(changed, places)
  expect(again.places).toBe(places.places)
  const rows = rowsByName(again, world.statuses, false, before)
  expect(rows.map((row, place) => row === before[place])).toEqual([true, false, true])
  expect(rows[1]?.tunnel.description).toBe('x')

  const renamed = world.tunnels.map((tunnel) => (tunnel.name === 'branch-3' ? { ...tunnel, name: 'branch-0' } : tunnel))
  const moved = rowsByName(placesByName(renamed, again), world.statuses, false, rows)
  expect(moved.map(({ tunnel }) => tunnel.name)).toEqual(['branch-0', 'branch-1', 'branch-2'])
  expect(rowsByName(places, world.statuses, true, before).every((row, place) => row !== before[place])).toBe(true)
})

test('rows of the same rank stand by name, whichever way the column is sorted', () => {
  const rows = rowsByName(placesByName(world.tunnels), {}, false)
  const names = (dir: 'asc' | 'desc') => inOrder(rows, { sort: 'state', dir }).map(({ tunnel }) => tunnel.name)
  expect(names('asc')).toEqual(['branch-1', 'branch-2', 'branch-3'])
  expect(names('desc')).toEqual(names('asc'))
})
