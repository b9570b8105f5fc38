import { expect, test } from 'vitest'
import { estimate, isReached, median, orderOf, quantile, ratios } from './statistics.ts'

test('a quantile lies between the values around it', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), quantile([0, 10], 0.99), quantile([7], 0.5)]).toEqual([
    2, 2.5, 9.9, 7,
  ])
  expect(() => median([])).toThrow(RangeError)
})

test('an interval holds the median, is the same each time, and is a point where all rounds agree', () => {
  const rounds = [1.1, 0.9, 1, 1.2, 0.8, 1.05, 0.95]
  const { median: middle, low, high } = estimate(rounds)
  expect(low < middle && middle < high).toBe(true)
  expect(estimate(rounds)).toEqual({ median: middle, low, high })
  expect(estimate([2, 2, 2])).toEqual({ median: 2, low: 2, high: 2 })
})

test('one arm is told in units of the other, round by round', () => {
  expect(ratios([2, 9], [1, 3])).toEqual([2, 3])
  expect(() => ratios([1], [1, 2])).toThrow(RangeError)
})

test('a target counts only when the worse end reaches it', () => {
  expect(isReached({ median: 0.8, low: 0.7, high: 0.9 }, 0.9)).toBe(true)
  expect(isReached({ median: 0.8, low: 0.7, high: 0.91 }, 0.9)).toBe(false)
})

test('arms run to and fro', () => {
  expect([orderOf(['a', 'b'], 0), orderOf(['a', 'b'], 1)]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ])
})
