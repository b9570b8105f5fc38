import { expect, test } from 'vitest'
import { covering, dayOf, type Period, toldPeriods, uptimeOf } from './status-periods.ts'

const minute = 60_000
const hour = 60 * minute
const now = Date.parse('2026-05-01T12:30:00Z')
const ago = (ms: number) => now - ms

const period = (state: Period['state'], from: number, to: number | null): Period => ({ state, reason: '', from, to })

test('a day that was one state is one letter, and the hour under way counts', () => {
  expect(dayOf([period('up', ago(48 * hour), null)], now)).toBe('u'.repeat(24))
  expect(dayOf([period('not-monitored', ago(48 * hour), null)], now)).toBe('m'.repeat(24))
})

test('each hour by the clock shows its worst state, and what nobody measured is never green', () => {
  const periods = [
    period('up', ago(20 * hour), ago(90 * minute)),
    period('down', ago(90 * minute), ago(85 * minute)),
    period('up', ago(85 * minute), ago(10 * minute)),
    period('recovering', ago(10 * minute), null),
  ]
  // 12:30 less 20 hours is 16:30: the hour that began before is half unmeasured.
  expect(dayOf(periods, now)).toBe(`${'x'.repeat(4)}${'u'.repeat(18)}dr`)
  expect(dayOf([], now)).toBe('x'.repeat(24))
})

test('a time is covered from end to end, without overlaps, and neighbours of one state are one', () => {
  const periods = [
    period('up', ago(5 * hour), ago(4 * hour)),
    period('up', ago(4 * hour), ago(3 * hour)),
    period('down', ago(3.5 * hour), ago(2 * hour)),
    period('up', ago(hour), null),
  ]
  expect(covering(periods, ago(6 * hour), now).map(({ state, from, to }) => [state, from - now, to - now])).toEqual([
    ['unknown', -6 * hour, -5 * hour],
    ['up', -5 * hour, -3 * hour],
    ['down', -3 * hour, -2 * hour],
    ['unknown', -2 * hour, -hour],
    ['up', -hour, 0],
  ])
})

test('L7 a period that ends before it begins takes no time', () => {
  const whole = covering([period('down', ago(hour), ago(2 * hour)), period('up', ago(hour), null)], ago(hour), now)
  expect(whole.map(({ state, from, to }) => [state, to - from])).toEqual([['up', hour]])
})

test('uptime leaves out what nobody measured, and says how much was measured', () => {
  const periods = [
    period('up', ago(10 * hour), ago(7 * hour)),
    period('down', ago(7 * hour), ago(6 * hour)),
    period('not-monitored', ago(6 * hour), ago(5 * hour)),
    period('unknown', ago(5 * hour), null),
  ]
  expect(uptimeOf(covering(periods, ago(10 * hour), now))).toEqual({ coverage: 0.4, uptime: 0.75 })
  expect(uptimeOf(covering([], ago(hour), now))).toEqual({ coverage: 0, uptime: null })
})

test('the last period goes on only where it is open', () => {
  const whole = covering([period('up', ago(hour), null)], ago(hour), now)
  expect(toldPeriods(whole, true).at(-1)?.to).toBeNull()
  expect(toldPeriods(whole, false).at(-1)?.to).toBe('2026-05-01T12:30:00.000Z')
})
