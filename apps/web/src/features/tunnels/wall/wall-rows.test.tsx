import { noHistory, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import { expect, test } from 'vitest'
import { stateLook } from '../../../ui/state-look.ts'
import { statusLook } from '../looks.ts'
import { countStates, turnOf, turnOfWall, wallRows } from './wall-rows.ts'

const statusOf = (state: TunnelState): TunnelStatus => ({ state, reason: '', bgp: null, health: null, ...noHistory })

const statuses = {
  a: statusOf('up'),
  b: statusOf('degraded'),
  c: statusOf('down'),
  d: statusOf('unknown'),
  e: statusOf('not-monitored'),
  f: statusOf('down'),
}
const names = { a: 'oslo', b: 'paris', c: 'site-10', d: 'rome', e: 'bern', f: 'site-9' }

test('what is not as it should be stands on the wall, worst first, then by name', () => {
  expect(wallRows(statuses, names).map(({ name }) => name)).toEqual(['site-9', 'site-10', 'paris', 'rome'])
})

test('what was planned comes last, and looks like no alarm', () => {
  const planned = { until: '2026-11-28T23:00:00Z', text: 'ISP work', by: 'ada@example.com' }
  const rows = wallRows({ ...statuses, c: { ...statusOf('down'), planned } }, names)
  expect(rows.map(({ name }) => name)).toEqual(['site-9', 'paris', 'rome', 'site-10'])
  expect(statusLook({ state: 'down', planned })).toMatchObject({
    tone: 'unknown',
    shape: 'square-cross',
    word: expect.stringMatching(/^Down, planned until .*\d/),
  })
  expect(statusLook({ state: 'up', planned })).toEqual(stateLook('up'))
})

test('every tunnel is counted, in the state that it has', () => {
  expect(Object.fromEntries(countStates(statuses))).toEqual({
    up: 1,
    degraded: 1,
    down: 2,
    unknown: 1,
    'not-monitored': 1,
  })
})

test('a tunnel whose name has not come yet stands there all the same', () => {
  expect(wallRows({ z: statusOf('down') }, {})).toMatchObject([{ id: 'z', name: 'A new tunnel' }])
})

test('what is down and was not planned stays in every turn, as long as it leaves half of the room', () => {
  const rows = wallRows(
    { ...statuses, g: statusOf('establishing'), h: statusOf('needs-key') },
    { ...names, g: 'bern', h: 'wien' },
  )
  const turns = [0, 1, 2].map((turn) => turnOfWall(rows, 4, turn).rows.map(({ name }) => name))
  expect(turns.every(([first, second]) => first === 'site-9' && second === 'site-10')).toBe(true)
  expect(new Set(turns.flat())).toEqual(new Set(rows.map(({ name }) => name)))
  expect(turnOfWall(rows, 4, 0).turns).toBe(2)
  // Too many that are down: each has its turn.
  expect(turnOfWall(rows, 3, 1).rows.map(({ name }) => name)).not.toContain('site-9')
})

test('what does not fit has its turn, and the turns go around', () => {
  const rows = [1, 2, 3, 4, 5]
  expect([0, 1, 2, 3].map((turn) => turnOf(rows, 2, turn).rows)).toEqual([[1, 2], [3, 4], [5], [1, 2]])
  expect(turnOf(rows, 0, 0)).toEqual({ rows: [1], turn: 1, turns: 5 })
  expect(turnOf([], 4, 7)).toEqual({ rows: [], turn: 1, turns: 1 })
})
