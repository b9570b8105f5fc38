import { expect, test } from 'vitest'
import { fateOf, fates } from './fate.ts'
import { type Fate, type ProblemCode, ProblemError } from './problem.ts'

test.each<[ProblemCode, Fate]>([
  ['conflict', 'conflict'],
  ['not-found', 'gone'],
  ['rejected', 'refused'],
  ['invalid', 'refused'],
  ['not-applied', 'unchanged'],
  ['not-sent', 'unchanged'],
  ['forbidden', 'unchanged'],
  ['unsettled', 'unchanged'],
  ['closed', 'unchanged'],
  ['upstream-rate-limited', 'unchanged'],
  ['outcome-unknown', 'unknown'],
  ['unreachable', 'unknown'],
  ['internal', 'unknown'],
])('a write that failed by %s is %s', (code, fate) => {
  expect(fateOf(ProblemError.of(code).problem)).toBe(fate)
})

test('a server error that this build does not know is never called harmless', () => {
  expect(fateOf({ code: 'new-one', status: 503 })).toBe('unknown')
  expect(fateOf({ code: 'constructor', status: 500 })).toBe('unknown')
  expect(fateOf({ code: 'new-one', status: 409 })).toBe('unchanged')
})

test('only what nobody knows may not be repeated', () => {
  const closed = Object.entries(fates).filter(([, { repeatable }]) => !repeatable)
  expect(closed.map(([fate]) => fate)).toEqual(['unknown'])
})
