import { expect, test } from 'vitest'
import { dayStates, dayWords } from './day.ts'

test.each([
  ['u'.repeat(24), '24 h: up in every hour'],
  ['x'.repeat(24), '24 h: unknown in every hour'],
  [`${'x'.repeat(4)}${'u'.repeat(18)}dd`, '24 h: down in 2 h, unknown in 4 h, up in 18 h'],
])('the day %j is %j', (day, words) => {
  expect(dayWords(day)).toBe(words)
})

test('a letter that nobody knows is unknown, and never up', () => {
  expect(dayStates('ugrdekmx?')).toEqual([
    'up',
    'degraded',
    'recovering',
    'down',
    'establishing',
    'needs-key',
    'not-monitored',
    'unknown',
    'unknown',
  ])
})
