import { expect, test } from 'vitest'
import { foldChanges, tunnelsIn } from './state-folds.ts'
import type { TunnelState } from './status.ts'
import type { StateChange } from './status-answers.ts'

const start = Date.parse('2026-11-28T14:00:00Z')
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString()

const change = (n: number, seconds: number, to: TunnelState, more: Partial<StateChange> = {}): StateChange => ({
  tunnelId: n.toString(16).padStart(32, '0'),
  name: `branch-${n}`,
  from: to === 'up' ? 'down' : 'up',
  to,
  reason: '',
  at: iso(seconds),
  lastSeen: null,
  planned: null,
  ...more,
})
const down = (n: number, seconds: number, more: Partial<StateChange> = {}) => change(n, seconds, 'down', more)
const many = (count: number, of: (n: number) => StateChange) => Array.from({ length: count }, (_, n) => of(n))
/** As the console answers. */
const newestFirst = (changes: readonly StateChange[]) => changes.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
const told = (changes: readonly StateChange[], isCut = false) =>
  foldChanges(newestFirst(changes), isCut).map((fold) => [fold.to, tunnelsIn(fold), fold.at, fold.until])

test('many tunnels that go down at about one time are one event, and that they come up again is another', () => {
  const outage = [...many(31, (n) => down(n, n)), ...many(31, (n) => change(n, 600 + n, 'up'))]
  expect(told(outage)).toEqual([
    ['down', 31, iso(0), iso(30)],
    ['up', 31, iso(600), iso(630)],
  ])
})

test('two are told one by one, with when each came up again', () => {
  const folds = foldChanges(newestFirst([down(1, 0), down(2, 0), change(1, 420, 'up')]))
  expect(folds.map(({ to, changes, next }) => [to, changes.map(({ name }) => name), next?.at ?? null])).toEqual([
    ['down', ['branch-2'], null],
    ['down', ['branch-1'], iso(420)],
    ['up', ['branch-1'], null],
  ])
})

test('what another tunnel does meanwhile parts no event; a pause does, and so does ten minutes', () => {
  const between = [down(1, 0), down(2, 5), change(9, 6, 'degraded'), down(3, 10)]
  expect(told(between)).toEqual([
    ['down', 3, iso(0), iso(10)],
    ['degraded', 1, iso(6), iso(6)],
  ])
  const apart = [...many(3, (n) => down(n, n)), ...many(3, (n) => down(n + 3, 200 + n))]
  expect(told(apart).map(([, count]) => count)).toEqual([3, 3])
  const slow = many(13, (n) => down(n, n * 60))
  expect(told(slow).map(([, count]) => count)).toEqual([11, 1, 1])
})

test('what nobody saw happen stays apart from what somebody saw, and says since when', () => {
  const unseen = many(3, (n) => down(n, 0, { lastSeen: iso(-1800 - n) }))
  const folds = foldChanges(newestFirst([...unseen, ...many(3, (n) => down(n + 3, 1))]))
  expect(folds.map((fold) => [tunnelsIn(fold), fold.lastSeen])).toEqual([
    [3, iso(-1802)],
    [3, null],
  ])
})

test('a tunnel that goes down twice at one time counts once, and announced work is counted', () => {
  const twice = [down(1, 0), down(1, 60), down(2, 1), down(3, 2, { planned: 'ISP work' })]
  const [fold] = foldChanges(newestFirst(twice))
  expect([fold && tunnelsIn(fold), fold?.changes.length, fold?.planned]).toEqual([3, 4, 1])
})

test('only the oldest event can have lost its beginning, and only where something was not read', () => {
  const changes = newestFirst([...many(5, (n) => down(n, n)), ...many(5, (n) => change(n, 600 + n, 'up'))])
  expect(foldChanges(changes, true).map(({ isCut }) => isCut)).toEqual([true, false])
  expect(foldChanges(changes).map(({ isCut }) => isCut)).toEqual([false, false])
})

test('nothing that happened is nothing', () => {
  expect(foldChanges([])).toEqual([])
})
