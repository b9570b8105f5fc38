import { expect, test } from 'vitest'
import { keyAge } from './key-age.ts'

const now = new Date('2026-11-28T12:00:00Z')

test.each([
  ['2026-11-28T11:59:00Z', 0, 'fine'],
  ['2026-11-27T11:59:00Z', 1, 'fine'],
  ['2025-11-28T12:00:01Z', 364, 'fine'],
  ['2025-11-28T12:00:00Z', 365, 'notice'],
  ['2024-11-29T12:00:00Z', 729, 'notice'],
  ['2024-11-28T12:00:00Z', 730, 'warn'],
  ['2027-01-01T00:00:00Z', 0, 'fine'],
] as const)('a key of %s is %i days old: %s', (at, days, level) => {
  expect(keyAge(at, now)).toEqual({ days, level })
})

test.each([null, '', 'yesterday'])('a key of %j has no age', (at) => {
  expect(keyAge(at, now)).toBeNull()
})

test('the limits can be others', () => {
  expect(keyAge('2026-11-18T12:00:00Z', now, { notice: 5, warn: 10 })).toEqual({ days: 10, level: 'warn' })
})
