import { expect, test } from 'vitest'
import { createIdempotencyKey } from './idempotency-key.ts'

test('a key stays with its payload, and changes with it or after a definite no', () => {
  const once = createIdempotencyKey()
  const [first, again, other] = [once.for({ a: 1 }), once.for({ a: 1 }), once.for({ a: 2 })]
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  once.renew()
  expect(once.for({ a: 2 })).not.toEqual(other)
})
