import { expect, test } from 'vitest'
import { blocked } from './browser/opening.ts'
import { lateFrames, lateShare } from './browser/scrolling.ts'
import { slowKey } from './browser/typing.ts'
import { mostCalls } from './economy.ts'
import { readOptions, rows } from './options.ts'
import { Report } from './report.ts'
import { exactly } from './statistics.ts'

test('the bench takes rounds and rows, and says what it does not know', () => {
  expect(readOptions([])).toEqual({ rounds: 10, only: rows })
  expect(readOptions(['--rounds=6', '--only=t9,T7'])).toEqual({ rounds: 6, only: ['T7', 'T9'] })
  expect(readOptions(['--round=6'])).toBe('There is no option --round=6')
  expect(readOptions(['--rounds=0'])).toBe('0 is no number of rounds')
  expect(readOptions(['--only=T7,T99'])).toBe('T99 is not measured')
})

test('a task blocks by what is beyond 50 ms, and only after the first paint', () => {
  expect(blocked([{ start: 100, duration: 40 }], 0)).toBe(0)
  expect(blocked([{ start: 100, duration: 80 }], 0)).toBe(30)
  expect(
    blocked(
      [
        { start: 0, duration: 100 },
        { start: 100, duration: 120 },
        { start: 300, duration: 60 },
      ],
      170,
    ),
  ).toBe(50 + 10)
})

test('a key that the browser does not tell of took a frame', () => {
  expect(slowKey([], 10)).toBe(16)
  expect(slowKey([116], 51)).toBe(16)
  expect(slowKey([116, 66], 51)).toBe(66)
})

test('a frame is late beyond 32 ms', () => {
  expect([lateFrames([16, 32, 33, 100]), lateShare([16, 32, 33, 100]), lateShare([])]).toEqual([2, 0.5, 0])
})

test('a span of 15 s holds four refreshes at most', () => {
  expect([mostCalls(15, 5), mostCalls(1, 1)]).toEqual([1.05 * 4, 1.05 * 2])
})

test('a line says whether a target is reached by the worse end, and none where there is none', () => {
  const lines: string[] = []
  const report = new Report((line) => lines.push(line.replace(/ +/g, ' ')))
  report.say('T7', { median: 1.2, low: 1.1, high: 1.31 }, 1.3)
  report.say('T6', exactly(4), 4.2)
  report.say('T2', exactly(120), null)
  expect(lines).toEqual([
    'T7 1.20 (1.10–1.31) at most 1.3 missed',
    'T6 4.00 (4.00–4.00) at most 4.2 reached',
    'T2 120 (120–120)',
  ])
  expect(report.measured).toMatchObject({
    T7: { is: 'missed' },
    T6: { is: 'reached' },
    T2: { is: 'not rated', target: null },
  })
})
