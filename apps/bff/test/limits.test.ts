import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLimits, type LimitKind } from '../src/http/limits.ts'
import { createClock } from './steps.ts'

function start() {
  const clock = createClock()
  const limits = createLimits(clock)
  const take = (times: number, kind: LimitKind, user = 'ada') =>
    Array.from({ length: times }, () => limits.take(user, kind)).filter((wait) => wait !== null)
  return { clock, limits, take }
}

test('S61 sixty changes a minute are allowed, and the next is told when it may come', () => {
  const { clock, take } = start()
  expect(take(60, 'change')).toEqual([])
  expect(take(3, 'change')).toEqual([60, 60, 60])
  clock.advance(59_000)
  expect(take(1, 'change')).toEqual([1])
  clock.advance(1000)
  expect(take(60, 'change')).toEqual([])
})

test('S61 ten keys a minute are allowed', () => {
  const { clock, take } = start()
  expect(take(10, 'key')).toEqual([])
  expect(take(1, 'key')).toEqual([60])
  expect(take(50, 'change')).toEqual([])
  expect(take(1, 'change')).toEqual([60])
  clock.advance(60_000)
  expect(take(10, 'key')).toEqual([])
})

test('S61 a key is a change too, and one that is refused counts for nothing', () => {
  const { clock, take } = start()
  take(60, 'change')
  expect(take(9, 'key')).toHaveLength(9)
  clock.advance(60_000)
  expect(take(10, 'key')).toEqual([])
})

test('S61 everybody has limits of their own', () => {
  const { take } = start()
  take(60, 'change', 'ada')
  expect(take(60, 'change', 'omar')).toEqual([])
  expect(take(1, 'change', 'ada')).toHaveLength(1)
})

test.each([3600_000, -3600_000])('L7 a step of the wall clock by %i ms gives nobody more and takes nothing', (step) => {
  const { clock, take } = start()
  take(60, 'change')
  clock.step(step)
  expect(take(1, 'change')).toEqual([60])
})

test('S61 whatever the rhythm, no minute holds more than sixty changes or ten keys', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom<LimitKind>('change', 'key')), {
    minLength: 50,
    maxLength: 300,
  })
  fc.assert(
    fc.property(steps, (moves) => {
      const { clock, limits } = start()
      const taken: { at: number; kind: LimitKind }[] = []
      for (const [ms, kind] of moves) {
        clock.advance(ms % 3000)
        const wait = limits.take('ada', kind)
        expect(wait === null || (wait >= 1 && wait <= 60 && Number.isInteger(wait))).toBe(true)
        taken.push(...(wait === null ? [{ at: clock.monotonic(), kind }] : []))
      }
      for (const { at } of taken) {
        const minute = taken.filter((other) => other.at <= at && other.at > at - 60_000)
        expect(minute.length).toBeLessThanOrEqual(60)
        expect(minute.filter(({ kind }) => kind === 'key').length).toBeLessThanOrEqual(10)
      }
    }),
  )
})
