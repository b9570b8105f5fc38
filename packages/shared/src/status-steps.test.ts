import { expect, test } from 'vitest'
import type { TunnelState } from './status.ts'
import { nextMoment, type Observation, type OpenPeriod, stepOf } from './status-steps.ts'

const minute = 60_000
const start = Date.parse('2026-05-01T12:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

const open = (state: TunnelState, from = start): OpenPeriod => ({ state, reason: '', from, to: null, isExact: true })
const seen = (state: TunnelState, was: Observation['status']['was'] = null): Observation => ({
  id: 'a',
  name: 'oslo-a',
  createdOn: '2026-01-01T00:00:00Z',
  status: { state, reason: 'Because', was },
})
const at = start + 10 * minute
const watched = { at, lastAt: at - minute, isGap: false }

test('a state that stays writes nothing', () => {
  const known = new Map([['a', open('up')]])
  expect(stepOf(known, [seen('up')], watched)).toEqual({ ends: [], begins: [], transitions: [] })
})

test('another state ends the one before it in the same moment, and is told', () => {
  expect(stepOf(new Map([['a', open('up')]]), [seen('down')], watched)).toEqual({
    ends: [{ id: 'a', at }],
    begins: [{ id: 'a', period: { state: 'down', reason: 'Because', from: at, to: null, isExact: true } }],
    transitions: [{ tunnelId: 'a', name: 'oslo-a', from: 'up', to: 'down', reason: 'Because', at: iso(at) }],
  })
})

test('unknown begins with the last data, not when it was too old', () => {
  const last = { state: 'up' as const, at: iso(at - 3 * minute) }
  const { ends, begins } = stepOf(new Map([['a', open('up')]]), [seen('unknown', last)], watched)
  expect([ends[0]?.at, begins[0]?.period.from]).toEqual([at - 3 * minute, at - 3 * minute])
})

test('a time that nobody watched is unknown, whatever was before and after', () => {
  const gap = { at, lastAt: start + 2 * minute, isGap: true }
  const { ends, begins, transitions } = stepOf(new Map([['a', open('up')]]), [seen('up')], gap)
  expect(ends).toEqual([{ id: 'a', at: start + 2 * minute }])
  expect(begins.map(({ period: { state, from, to, isExact } }) => [state, from, to, isExact])).toEqual([
    ['unknown', start + 2 * minute, at, true],
    ['up', at, null, false],
  ])
  expect(transitions).toEqual([])
})

test('such a time is a gap of its own, too, where nothing was known before it: it alone can be looked up', () => {
  const gap = { at, lastAt: start + 2 * minute, isGap: true }
  const states = (state: TunnelState) => {
    const { begins, transitions } = stepOf(new Map([['a', open('unknown')]]), [seen(state)], gap)
    const told = begins.map(({ period: { reason, from, to } }) => [reason, from, to])
    return [told, transitions.map(({ from, to }) => [from, to])]
  }
  const parts = [
    ['Nobody measured', start + 2 * minute, at],
    ['Because', at, null],
  ]
  expect(states('down')).toEqual([parts, [['unknown', 'down']]])
  expect(states('unknown')).toEqual([parts, []])
})

test('what is seen first has no known before, unless it was made just now', () => {
  const made = { ...seen('establishing'), createdOn: iso(at - minute) }
  const exactOf = (observation: Observation) =>
    stepOf(new Map(), [observation], watched).begins.map(({ period }) => period.isExact)
  expect([exactOf(seen('up')), exactOf(made)]).toEqual([[false], [true]])
})

test('the period of a tunnel that is gone ends', () => {
  expect(stepOf(new Map([['a', open('up')]]), [], watched)).toEqual({
    ends: [{ id: 'a', at: at - minute }],
    begins: [],
    transitions: [],
  })
})

test('L7 a clock that was set back makes no time negative, and is caught up with', () => {
  expect(nextMoment(start - 60 * minute, start, minute)).toBe(start + minute / 2)
  expect(nextMoment(start + minute, start, minute)).toBe(start + minute)
  expect(nextMoment(start, null, 0)).toBe(start)
  expect(nextMoment(start - 60 * minute, start, 1001.25)).toBe(start + 500)
})
