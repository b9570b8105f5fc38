import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyAge, usualKeyAge } from './key-age.ts'

const now = new Date('2026-11-28T12:00:00.000Z')
const daysAgo = (days: number, ms = 0) => new Date(now.getTime() - days * 86_400_000 + ms).toISOString()

test.each([
  [daysAgo(0), 0, 'fine'],
  [daysAgo(364), 364, 'fine'],
  [daysAgo(365, 1), 364, 'fine'],
  [daysAgo(365), 365, 'notice'],
  [daysAgo(729), 729, 'notice'],
  [daysAgo(730), 730, 'warn'],
  [daysAgo(4000), 4000, 'warn'],
  ['2026-11-28T12:00:01Z', 0, 'fine'],
])('a key of %s is %i days old: %s', (date, days, level) => {
  expect(keyAge(date, now)).toEqual({ days, level })
})

test.each([null, undefined, '', 'never', '2026-13-40T00:00:00Z'])('%j is no date of a key', (date) => {
  expect(keyAge(date, now)).toBe(null)
})

test('the thresholds are settings', () => {
  const limits = { notice: 30, warn: 90 }
  expect([29, 30, 90].map((days) => keyAge(daysAgo(days), now, limits)?.level)).toEqual(['fine', 'notice', 'warn'])
  expect(usualKeyAge).toEqual({ notice: 365, warn: 730 })
})

test('a key never grows younger', () => {
  const order = { fine: 0, notice: 1, warn: 2 }
  const ages = fc.integer({ min: 0, max: 5000 * 86_400_000 })
  fc.assert(
    fc.property(ages, ages, (one, other) => {
      const [younger, older] = [Math.min(one, other), Math.max(one, other)].map((ms) => keyAge(daysAgo(0, -ms), now))
      expect(older?.days).toBeGreaterThanOrEqual(younger?.days ?? Number.POSITIVE_INFINITY)
      expect(order[older?.level ?? 'fine']).toBeGreaterThanOrEqual(order[younger?.level ?? 'warn'])
    }),
  )
})
