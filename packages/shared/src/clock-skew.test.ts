import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockSkew, isCertainlyOff } from './clock-skew.ts'

const date = (at: number) => new Date(at).toUTCString()

test.each([
  [[{ askedAt: 10_000, answeredAt: 10_200, date: date(5000) }], { aheadMs: 4600, plusMinusMs: 600 }],
  [[{ askedAt: 5000, answeredAt: 5000, date: date(10_000) }], { aheadMs: -5500, plusMinusMs: 500 }],
  [[], null],
  [[{ askedAt: 0, answeredAt: 1, date: 'yesterday' }], null],
  [[{ askedAt: 2, answeredAt: 1, date: date(0) }], null],
])('%j is %j', (answers, skew) => {
  expect(clockSkew(answers)).toEqual(skew)
})

test('where a clock was set between two answers, the one that was faster counts', () => {
  const answers = [
    { askedAt: 0, answeredAt: 3000, date: date(0) },
    { askedAt: 100_000, answeredAt: 100_100, date: date(5000) },
  ]
  expect(clockSkew(answers)).toEqual(clockSkew(answers.slice(1)))
})

test('the truth is within what it says, whatever the way there and back took', () => {
  const way = fc.record({ at: fc.nat(1e9), there: fc.nat(5000), back: fc.nat(5000) })
  fc.assert(
    fc.property(fc.integer({ min: -1e8, max: 1e8 }), fc.array(way, { minLength: 1 }), (ahead, ways) => {
      const answers = ways.map(({ at, there, back }) => ({
        askedAt: at + 2e12,
        answeredAt: at + 2e12 + there + back,
        date: date(at + 2e12 + there - ahead),
      }))
      const skew = clockSkew(answers)
      return skew !== null && Math.abs(skew.aheadMs - ahead) <= skew.plusMinusMs + 1
    }),
  )
})

test('what a slow way can explain is no fault of the clock', () => {
  expect(isCertainlyOff({ aheadMs: 12_000, plusMinusMs: 1000 }, 10_000)).toBe(true)
  expect(isCertainlyOff({ aheadMs: -12_000, plusMinusMs: 1000 }, 10_000)).toBe(true)
  expect(isCertainlyOff({ aheadMs: 12_000, plusMinusMs: 2000 }, 10_000)).toBe(false)
})
