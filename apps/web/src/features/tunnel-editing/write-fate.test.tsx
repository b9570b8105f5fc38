import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import { expect, test } from 'vitest'
import { createIdempotencyKey } from '../../data/idempotency-key.ts'
import { fateOf, type WriteFate } from './write-fate.ts'

test.each<[ProblemCode, WriteFate]>([
  ['conflict', 'conflict'],
  ['not-found', 'gone'],
  ['rejected', 'refused'],
  ['invalid', 'refused'],
  ['not-applied', 'unchanged'],
  ['not-sent', 'unchanged'],
  ['forbidden', 'unchanged'],
  ['upstream-rate-limited', 'unchanged'],
  ['outcome-unknown', 'unknown'],
  ['unreachable', 'unknown'],
  ['internal', 'unknown'],
])('%s means %s', (code, fate) => {
  expect(fateOf(ProblemError.of(code).problem)).toBe(fate)
})

test('a server error that this build does not know is never called harmless', () => {
  expect(fateOf({ ...ProblemError.of('internal').problem, code: 'new-one', status: 503 })).toBe('unknown')
})

test('a key stays with its payload, and changes with it or after a definite no', () => {
  const once = createIdempotencyKey()
  const [first, again, other] = [once.for({ a: 1 }), once.for({ a: 1 }), once.for({ a: 2 })]
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  once.renew()
  expect(once.for({ a: 2 })).not.toEqual(other)
})
