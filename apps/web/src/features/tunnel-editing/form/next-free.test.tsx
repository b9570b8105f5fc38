import { expect, test } from 'vitest'
import { nextFree, poolOf } from './next-free.ts'

test.each([
  [[], '10.252.0.0/16', '10.252.0.0/31'],
  [['10.1.0.0/31', '10.1.0.2/31', '172.16.0.0/31'], '10.1.0.0/16', '10.1.0.4/31'],
  [['10.1.0.0/31', '10.1.0.4/30', 'nonsense'], '10.1.0.0/16', '10.1.0.2/31'],
])('beside %j, the pool is %s and the next free is %s', (taken, pool, free) => {
  expect(poolOf(taken)).toBe(pool)
  expect(nextFree(taken)).toBe(free)
})
