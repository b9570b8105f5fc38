import { decodeSteps, encodeColumns } from '@tunnel-console/shared/columns'
import { expect, test } from 'vitest'
import { byTurns } from '../lib/turns.ts'
import { kept } from './kept.ts'

const entries = Array.from({ length: 400 }, (_, i) => ({ id: `id-${i}`, name: `n-${i}`, bgp: { peers: [i, null] } }))
const copy = <T,>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const same = (one: readonly unknown[], other: readonly unknown[]) => one.filter((entry) => other.includes(entry)).length

test('T8 what an answer says again is the same objects: the whole part where nothing changed', async () => {
  const before = { tunnels: entries, statuses: { a: { state: 'up' } }, stale: false }
  const after = await kept(before, { ...copy(before), stale: true })
  expect(after.tunnels).toBe(before.tunnels)
  expect(after.statuses).toBe(before.statuses)
  expect(after.stale).toBe(true)
})

test.each<[string, (list: typeof entries) => typeof entries, number]>([
  ['one that changed', (list) => list.with(7, { ...entries[7], name: 'other' } as (typeof entries)[0]), 399],
  [
    'one that changed deep within',
    (list) => list.with(7, { id: 'id-7', name: 'n-7', bgp: { peers: [7] as never } }),
    399,
  ],
  ['one that has gone', (list) => list.slice(1), 399],
  ['one that came', (list) => [{ id: 'new', name: '', bgp: { peers: [] } }, ...list], 400],
  ['all in another order', (list) => list.toReversed(), 400],
])('T8 of a list with %s the others are the same objects, and it says what it says', async (_, change, others) => {
  const wanted = change(copy(entries))
  const { list } = await kept({ list: entries }, { list: wanted })
  expect(list).toEqual(wanted)
  expect(same(list, entries)).toBe(others)
  expect(entries[7]?.name).toBe('n-7')
})

test('T8 of entries under names those that changed are other objects', async () => {
  const before = { statuses: { a: { state: 'up' }, b: { state: 'up' }, gone: { state: 'up' } } }
  const wanted: Record<string, { state: string; since?: null }> = {
    a: { state: 'up' },
    b: { state: 'down' },
    come: { state: 'up', since: null },
  }
  const { statuses } = await kept<{ statuses: Record<string, object> }>(before, { statuses: wanted })
  expect(statuses).toEqual(wanted)
  expect(statuses['a']).toBe(before.statuses.a)
  expect(statuses['b']).not.toBe(before.statuses.b)
})

test('T8 while tens of thousands are decoded and compared, frames and keys have their turn', async () => {
  const many = Array.from({ length: 60_000 }, (_, i) => ({
    ...entries[i % 400],
    id: `id-${i}`,
    at: { n: i, text: `${i}` },
  }))
  const columns = encodeColumns(many)
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const list = (await byTurns(decodeSteps(columns))) as typeof many
  const { rows } = await kept({ rows: many }, { rows: list })
  clearInterval(timer)
  expect(rows).toBe(many)
  expect(turns).toBeGreaterThan(1)
})
