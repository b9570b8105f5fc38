import { expect, test } from 'vitest'
import { endingProblem, matesOf, matesWords, siteOf, sitesAtStake } from './site.ts'
import { usualEnding } from './site-ending.ts'
import { noHistory, type TunnelState } from './status.ts'

test.each([
  ['paris-a', 'paris'],
  ['paris-B', 'paris'],
  ['fra-dc1-a', 'fra-dc1'],
  ['paris_2', 'paris'],
  ['branch-07-b', 'branch-07'],
  ['branch-07', 'branch-07'],
  ['paris', 'paris'],
  ['-a', '-a'],
  ['', ''],
])('the site of %s is %s', (name, site) => {
  expect(siteOf(name)).toBe(site)
})

test.each([
  ['paris-primary', '-(primary|backup)$', 'paris'],
  ['vpn1.paris', '^vpn\\d\\.', 'paris'],
  ['paris-a', '(', 'paris'],
  ['paris-a', '', 'paris'],
  ['paris-a', '.*', 'paris-a'],
])('the site of %s with the pattern %s is %s', (name, pattern, site) => {
  expect(siteOf(name, pattern)).toBe(site)
})

test.each([
  [usualEnding, null],
  ['-(primary|backup)$', null],
  ['(', 'This is no regular expression'],
  ['x'.repeat(101), 'Use at most 100 characters'],
])('the pattern %s has the problem: %s', (pattern, problem) => {
  expect(endingProblem(pattern)).toBe(problem)
})

const names = ['paris-a', 'paris-b', 'paris-c', 'rome-a']
const tunnels = names.map((name) => ({ id: name, name }))

const words = (states: Record<string, TunnelState> | null, name = 'paris-a') => {
  const statuses = states && Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { ...blank, state }]))
  return matesWords(matesOf({ id: name, name }, tunnels, statuses))
}
const blank = { reason: '', bgp: null, health: null, ...noHistory }

test('other tunnels of the site that are up are counted and named, and no other site’s', () => {
  expect(words({ 'paris-a': 'up', 'paris-b': 'up', 'paris-c': 'down', 'rome-a': 'up' })).toEqual({
    text: 'Other healthy tunnels for this site: 1 (paris-b)',
    isLast: false,
  })
})

test.each<TunnelState>(['down', 'degraded', 'recovering', 'needs-key', 'establishing'])(
  'beside others that are %s, a tunnel is the last healthy one',
  (state) => {
    const text = 'This is the last healthy tunnel for paris'
    expect(words({ 'paris-a': 'up', 'paris-b': state, 'paris-c': 'down' })).toEqual({ text, isLast: true })
  },
)

test.each<TunnelState>(['unknown', 'not-monitored'])('a tunnel that is %s is not healthy, and it is said', (state) => {
  expect(words({ 'paris-a': 'up', 'paris-b': state, 'paris-c': 'down' })).toEqual({
    text: 'This may be the last healthy tunnel for paris. The state of paris-b is not known',
    isLast: true,
  })
})

test('without any status, nothing is healthy and nothing is claimed', () => {
  const text = 'This may be the last healthy tunnel for paris. The state of paris-b, paris-c is not known'
  expect(words(null)).toEqual({ text, isLast: true })
})

test('a tunnel that is down is not called the last healthy one', () => {
  expect(words({ 'paris-a': 'down', 'paris-b': 'down', 'paris-c': 'down' }).text).toBe(
    'No tunnel for paris is known to be healthy',
  )
})

test('a tunnel alone at its site is the last one', () => {
  expect(words({ 'rome-a': 'up' }, 'rome-a').text).toBe('This is the last healthy tunnel for rome')
  expect(words({ 'rome-a': 'not-monitored' }, 'rome-a').text).toBe('This may be the last healthy tunnel for rome')
})

const named = (...names: string[]) => names.map((name) => ({ id: name, name }))
const states = (of: Record<string, TunnelState>) =>
  Object.fromEntries(
    Object.entries(of).map(([id, state]) => [id, { state, reason: '', bgp: null, health: null, ...noHistory }]),
  )

test('a site hangs on the chosen tunnels when each of its healthy ones is among them', () => {
  const tunnels = named('paris-a', 'paris-b', 'oslo-a', 'oslo-b', 'rome-a', 'bern-a', 'bern-b')
  const now = states({
    'paris-a': 'up',
    'paris-b': 'down',
    'oslo-a': 'up',
    'oslo-b': 'up',
    'rome-a': 'unknown',
    'bern-a': 'up',
    'bern-b': 'up',
  })
  const chosen = new Set(['paris-a', 'oslo-a', 'rome-a', 'bern-a', 'bern-b'])
  expect(sitesAtStake(chosen, tunnels, now)).toEqual({ onlyOne: ['paris'], allChosen: ['bern'] })
  expect(sitesAtStake(new Set(['paris-b', 'oslo-b']), tunnels, now)).toEqual({ onlyOne: [], allChosen: [] })
})

test('nobody says what hangs on tunnels whose states are not known', () => {
  expect(sitesAtStake(new Set(['paris-a']), named('paris-a'), null)).toBe(null)
})
