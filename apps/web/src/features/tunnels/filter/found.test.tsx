import { noHistory, type TunnelState } from '@tunnel-console/shared/status'
import { expect, test, vi } from 'vitest'
import { renderHook } from 'vitest-browser-react'
import { tunnelAt } from '../test-world.tsx'
import type { TunnelRow } from '../tunnel-rows.ts'
import { useFound } from './found.ts'
import { rowFilter } from './language.ts'

const world = { now: new Date(0), siteOf: (name: string) => name }
const rowAt = (n: number, state: TunnelState, name = `branch-${n}`): TunnelRow => ({
  tunnel: tunnelAt(n, { name, interface_address: `10.0.0.${n * 2}/31`, description: n === 3 ? 'downtown' : '' }),
  place: n,
  status: { ...noHistory, state, reason: '', bgp: null, health: null },
  isOld: false,
})
const rows = [rowAt(1, 'up'), rowAt(2, 'down'), rowAt(3, 'up'), rowAt(12, 'up'), rowAt(20, 'degraded', 'hq')]

/** Types each of the texts in turn, into one list: what each finds, and how many rows were looked at for it. */
async function typing(texts: readonly string[], lists: readonly (readonly TunnelRow[])[] = [rows]) {
  const told: [names: string[], looked: number][] = []
  const looked = vi.fn()
  const at = (i: number) => {
    const text = texts[i] ?? ''
    const { matches } = rowFilter(text, null, world)
    const counted =
      matches &&
      ((row: TunnelRow) => {
        looked()
        return matches(row)
      })
    return { ordered: lists[Math.min(i, lists.length - 1)] ?? rows, text, matches: counted }
  }
  const hook = await renderHook((given: ReturnType<typeof at> = at(0)) =>
    useFound(given.ordered, given.text, given.matches),
  )
  for (let i = 0; i < texts.length; i++) {
    if (i > 0) {
      looked.mockClear()
      await hook.rerender(at(i))
    }
    told.push([hook.result.current.map(({ tunnel }) => tunnel.name), looked.mock.calls.length])
  }
  return told
}

test('T8 a word that grows is looked for among what it found, and one that shrinks again finds what it had', async () => {
  const told = await typing(['br', 'branch-1', 'branch-12', 'branch-1', 'branch-1 12'])
  expect(told).toEqual([
    [['branch-1', 'branch-2', 'branch-3', 'branch-12'], 5],
    [['branch-1', 'branch-12'], 4],
    [['branch-12'], 2],
    [['branch-1', 'branch-12'], 0],
    [['branch-12'], 2],
  ])
})

test('T8 what means a state or an address is looked for everywhere: it finds what its beginning does not', async () => {
  const told = await typing(['dow', 'down', 'downt', '10.0.0.2', '10.0.0.25', '10.0.0.2'])
  expect(told.map(([names]) => names)).toEqual([
    ['branch-3'],
    ['branch-2'],
    ['branch-3'],
    ['branch-1'],
    ['branch-12'],
    ['branch-1'],
  ])
})

test('T8 another list is looked through anew, and no text lets all through', async () => {
  const renamed = rows.map((row) =>
    row.tunnel.name === 'hq' ? { ...row, tunnel: { ...row.tunnel, name: 'hq-br' } } : row,
  )
  const told = await typing(['br', 'br', ''], [rows, renamed, renamed])
  expect(told.map(([names]) => names.length)).toEqual([4, 5, 5])
  expect(told[1]?.[1]).toBe(5)
})
