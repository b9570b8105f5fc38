import { expect, test } from 'vitest'
import {
  type Check,
  type CheckOutcome,
  costOf,
  daysLeft,
  isWhole,
  permissionFacts,
  permissionsOf,
  permissionTitle,
  type SourceCheck,
  type SourceName,
  shutBy,
  type TokenCheck,
} from './connection.ts'

const check = (outcome: CheckOutcome, status: number | null = 200): Check => ({
  outcome,
  status,
  said: [],
  why: null,
  checkedAt: '2026-11-22T12:00:00.000Z',
  durationMs: 40,
})
const source = (name: SourceName, outcome: CheckOutcome): SourceCheck => ({
  ...check(outcome),
  source: name,
  count: null,
})
const token = (more: Partial<TokenCheck> = {}): TokenCheck => ({
  ...check('ok'),
  token: 'api',
  isOnly: true,
  state: 'active',
  owner: 'user',
  expiresOn: null,
  ...more,
})
const readState = (...outcomes: CheckOutcome[]) =>
  permissionsOf({
    tokens: [token()],
    sources: outcomes.map((outcome, index) => source((['tunnels', 'routes'] as const)[index] ?? 'gre', outcome)),
    write: check('untried', null),
  })[0]?.state

test.each([
  [['ok', 'ok'], 'present'],
  [['ok', 'timeout'], 'present'],
  [['ok', 'refused'], 'partly'],
  [['refused', 'refused'], 'missing'],
  [['refused', 'timeout'], 'missing'],
  [['timeout', 'unreadable'], 'unknown'],
  [['rejected', 'limited'], 'unknown'],
  [[], 'unknown'],
] as const)('of sources that were %j the permission is %s', (outcomes, state) => {
  expect(readState(...outcomes)).toBe(state)
})

test.each([
  [check('ok'), 'present'],
  [check('rejected', 400), 'present'],
  [check('rejected', 404), 'unknown'],
  [check('refused', 403), 'missing'],
  [check('untried', null), 'unknown'],
] as const)('a dry run that was %j: writing is %s', (write, state) => {
  const found = permissionsOf({ tokens: [token()], sources: [], write })
  expect(found.find(({ permission }) => permission === 'magicWrite')?.state).toBe(state)
})

test.each([{ state: 'expired' }, { state: 'disabled' }, { state: null, outcome: 'refused' }] as const)(
  'a token with %j says nothing of single permissions; the other token does',
  (more) => {
    const tokens = [token({ isOnly: false, ...more }), token({ token: 'read', isOnly: false })]
    const found = permissionsOf({ tokens, sources: [source('tunnels', 'refused')], write: check('refused', 403) })
    expect(found.slice(0, 2)).toEqual([
      { permission: 'magicRead', token: 'read', state: 'missing' },
      { permission: 'magicWrite', token: 'api', state: 'unknown' },
    ])
  },
)

test('a token that cannot be verified, but is let through somewhere, is no useless one', () => {
  const tokens = [token({ state: null, outcome: 'refused' })]
  const sources = [source('tunnels', 'ok'), source('analytics', 'refused')]
  const found = permissionsOf({ tokens, sources, write: check('untried', null) })
  expect(found.map(({ state }) => state)).toEqual(['present', 'unknown', 'missing', 'unknown', 'unknown'])
})

test('what a missing permission shuts is what was refused, and no more', () => {
  const found = { sources: [source('gre', 'refused'), source('routes', 'ok')], write: check('refused', 403) }
  expect([shutBy('magicRead', found), shutBy('magicWrite', found)]).toEqual([['gre'], ['write']])
})

test('everything that the console asks rests on exactly one permission', () => {
  const opened = Object.values(permissionFacts).flatMap(({ opens }) => opens)
  expect(opened.toSorted()).toEqual(Object.keys(costOf).toSorted())
  expect(permissionTitle('magicWrite')).toBe('Magic WAN Write')
})

test.each([
  [{}, true],
  [{ sources: [source('gre', 'timeout')] }, false],
  [{ write: check('untried', null) }, false],
  [{ tokens: [token({ state: null, outcome: 'timeout' })] }, false],
])('a report with %j is whole: %s', (more, whole) => {
  expect(isWhole({ tokens: [token()], sources: [source('gre', 'ok')], write: check('ok'), ...more })).toBe(whole)
})

test.each([
  ['2026-11-23T12:00:00Z', 1],
  ['2026-11-23T11:59:59Z', 0],
  ['2026-11-22T11:59:59Z', -1],
  [null, null],
  ['soon', null],
])('a token that expires on %s has %s days left', (expiresOn, days) => {
  expect(daysLeft({ expiresOn }, new Date('2026-11-22T12:00:00Z'))).toBe(days)
})
