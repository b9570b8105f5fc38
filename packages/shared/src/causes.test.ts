import { expect, test } from 'vitest'
import { causeOf, withoutChanges } from './causes.ts'
import type { Observations } from './observations.ts'
import type { ChangeMark, DataCentreHealth } from './status-answers.ts'

const centre = (state: DataCentreHealth['state'], isActive = true, code = 'AMS'): DataCentreHealth => ({
  code,
  city: code === 'AMS' ? 'Amsterdam' : '',
  country: 'NL',
  isActive,
  score: state === 'up' ? 1 : 0,
  state,
  share: isActive ? 0.5 : 0,
})

const mark: ChangeMark = {
  at: '2026-11-28T13:58:00Z',
  auditId: 'entry-1',
  action: 'tunnel.update',
  by: 'ada@example.com',
  summary: 'Customer endpoint',
}

/** A tunnel that is down without any sign of why, but for what is said. */
const seen = (more: Partial<Observations>): Observations => ({
  state: 'down',
  score: 0,
  dataCentres: [centre('down'), centre('down', true, 'FRA')],
  bgp: null,
  hasTcp: false,
  probe: { type: 'request', direction: 'bidirectional', target: '10.252.2.21' },
  ends: { cloudflare: '162.159.135.1', customer: '203.0.113.7', inside: '10.252.2.20' },
  replayProtection: false,
  everPassed: true,
  change: null,
  outages: 1,
  dips: null,
  planned: null,
  ...more,
})

const changed = { change: { mark, minutesBefore: 4 } }
const mixed = [centre('down'), centre('up', true, 'FRA')]
const idle = [centre('up'), centre('down', false, 'NRT')]
const planned = { until: '2026-11-28T23:00:00Z', text: 'ISP work, call the provider', by: 'ada@example.com' }
const dips = { count: 6, everyMinutes: 60 }

test.each<[rule: string, more: Partial<Observations>]>([
  ['planned', { planned }],
  ['planned', { state: 'degraded', score: 0.6, planned }],
  ['no-key', { state: 'needs-key', score: null }],
  ['not-monitored', { state: 'not-monitored' }],
  ['no-data', { state: 'unknown', score: null, dataCentres: [] }],
  ['never-up', { everPassed: false }],
  ['after-change', changed],
  ['probes-filtered', { bgp: 'up' }],
  ['probes-filtered', { state: 'degraded', score: 0.5, bgp: 'up', probe: { ...seen({}).probe, type: 'reply' } }],
  ['bgp-down', { state: 'degraded', score: 0.99, bgp: 'down', dataCentres: [centre('up')] }],
  ['flapping', { state: 'degraded', score: 0.6, outages: 3 }],
  ['rekey', { state: 'degraded', score: 0.7, dips }],
  ['idle-only', { state: 'degraded', score: 0.6, dataCentres: idle }],
  ['partial', { state: 'degraded', score: 0.5, dataCentres: mixed }],
  ['hidden-loss', { state: 'up', score: 0.8, dataCentres: mixed }],
  ['recovering', { state: 'recovering', score: 0.6, dataCentres: [centre('degraded')] }],
  ['bgp-opening', { state: 'establishing', score: 1, bgp: 'establishing' }],
  ['new', { state: 'establishing', score: null, dataCentres: [] }],
  ['none', {}],
  ['none', { state: 'degraded', score: 0.5, dataCentres: [centre('degraded')] }],
])('the cause is %s', (rule, more) => {
  const cause = causeOf(seen(more))
  expect(cause?.rule).toBe(rule)
  expect(cause?.because.every((line) => line.length > 0)).toBe(true)
  expect(cause?.because.length).toBeGreaterThan(0)
  expect(cause?.next.length).toBeGreaterThan(0)
  expect(`${cause?.text}${JSON.stringify(cause?.next)}`).not.toMatch(/undefined|null|NaN/)
})

test('a tunnel that is up needs no cause, whatever its idle data centres do', () => {
  expect(causeOf(seen({ state: 'up', score: 1, dataCentres: idle, outages: 9, dips }))).toBeNull()
})

test('a data centre that is down while the mean is good is named, with whom to ask', () => {
  const cause = causeOf(seen({ state: 'up', score: 0.8, dataCentres: mixed, ...changed }))
  expect(cause?.text).toBe(
    'Checks from Amsterdam (AMS) fail. The state is a mean of all data centres with your traffic, which hides that.',
  )
  expect(cause?.because).toEqual([
    'Health checks pass 80%, all data centres together',
    'Not up: Amsterdam (AMS)',
    'Up: FRA',
    'Key and configuration are the same for all of them',
  ])
  expect(cause?.next).toEqual([
    {
      text: 'Ask the site’s provider about the way from 203.0.113.7 to that data centre, and for loss on it.',
    },
  ])
})

test('one that only loses some of its checks may be left to itself for a while', () => {
  const dataCentres = [centre('degraded'), centre('up', true, 'FRA')]
  const cause = causeOf(seen({ state: 'up', score: 0.85, dataCentres }))
  expect(cause?.text).toMatch(/^Some checks from Amsterdam \(AMS\) fail\./)
  expect(cause?.next.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Wait a while/),
    expect.stringMatching(/^Ask the site’s provider/),
  ])
})

test.each<[first: string, second: string, more: Partial<Observations>]>([
  ['planned', 'never-up', { planned, everPassed: false }],
  ['planned', 'after-change', { planned, ...changed }],
  ['planned', 'bgp-down', { planned, state: 'degraded', score: 0.9, bgp: 'down' }],
  ['no-key', 'after-change', { state: 'needs-key', ...changed }],
  ['never-up', 'after-change', { everPassed: false, ...changed }],
  ['after-change', 'probes-filtered', { ...changed, bgp: 'up' }],
  ['probes-filtered', 'flapping', { bgp: 'up', outages: 5 }],
  ['bgp-down', 'flapping', { state: 'degraded', score: 0.9, bgp: 'down', outages: 5 }],
  ['flapping', 'rekey', { state: 'degraded', score: 0.6, outages: 4, dips }],
  ['rekey', 'idle-only', { state: 'degraded', score: 0.6, dips, dataCentres: idle }],
  ['rekey', 'recovering', { state: 'recovering', score: 0.6, dips }],
])('%s comes before %s', (first, _second, more) => {
  expect(causeOf(seen(more))?.rule).toBe(first)
})

test.each<[not: string, instead: string, more: Partial<Observations>]>([
  ['planned where a key is missing', 'no-key', { planned, state: 'needs-key', score: null }],
  [
    'planned where checks pass again',
    'recovering',
    { planned, state: 'recovering', dataCentres: [centre('degraded')] },
  ],
  ['never-up where nobody measured from the start', 'none', { everPassed: null }],
  ['after-change where one data centre still works', 'partial', { ...changed, dataCentres: mixed }],
  ['probes-filtered where BGP is not used', 'none', { bgp: null }],
  ['probes-filtered of a rekey dip', 'rekey', { state: 'degraded', score: 0.6, bgp: 'up', dips }],
  ['flapping with replay protection on', 'none', { outages: 5, replayProtection: true }],
  ['flapping at two outages', 'none', { outages: 2 }],
  ['hidden-loss where the state does not hide it', 'partial', { state: 'degraded', score: 0.5, dataCentres: mixed }],
  ['hidden-loss where BGP is down', 'bgp-down', { state: 'degraded', score: 0.8, bgp: 'down', dataCentres: mixed }],
  ['idle-only where one with traffic suffers too', 'none', { dataCentres: [centre('down'), centre('down', false)] }],
])('it is not %s', (_not, instead, more) => {
  expect(causeOf(seen(more))?.rule).toBe(instead)
})

test('the change that may explain it is named with who made it, and its version is what to go back to', () => {
  const cause = causeOf(seen(changed))
  expect(cause?.text).toBe('It went down 4 min after a change: it was changed (Customer endpoint) by ada@example.com.')
  expect(cause?.next).toEqual([expect.objectContaining({ restore: 'entry-1' })])
})

test('announced work says what is done, by whose word and until when, and whom to ask', () => {
  const beside = causeOf(seen({ planned, ...changed }))
  expect(beside?.because.join(' ')).toMatch(/Without that work we would say: It went down .* after a change/)
  expect(beside?.next.some(({ restore }) => restore !== undefined)).toBe(true)
  const cause = causeOf(seen({ planned }))
  expect(cause?.text).toBe('Planned work: “ISP work, call the provider”, announced by ada@example.com.')
  expect(cause?.until).toBe(planned.until)
  expect(cause?.next.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Wait until then\./),
    expect.stringContaining('ask ada@example.com'),
  ])
  expect(causeOf(seen({}))).not.toHaveProperty('until')
})

test('a new key is not undone but entered on the device', () => {
  const cause = causeOf(seen({ change: { mark: { ...mark, action: 'psk.generate', summary: '' }, minutesBefore: 0 } }))
  expect(cause?.text).toBe(
    'It went down less than a minute after a change: a new key was generated by ada@example.com.',
  )
  expect(cause?.next).toEqual([{ text: expect.stringContaining('Enter the new key on the device') }])
})

test('what helps is prepared: the check by request, monitoring, replay protection', () => {
  const patchesOf = (more: Partial<Observations>) => causeOf(seen(more))?.next.flatMap(({ patch }) => patch ?? [])
  const reply = { ...seen({}).probe, type: 'reply' }
  expect(patchesOf({ bgp: 'up', probe: reply })).toEqual([{ health_check: { type: 'request' } }])
  expect(patchesOf({ bgp: 'up' })).toEqual([])
  expect(patchesOf({ state: 'not-monitored' })).toEqual([{ health_check: { enabled: true } }])
  expect(patchesOf({ outages: 3 })).toEqual([{ replay_protection: true }])
})

test('BGP that is down says which end to look at: the session, or the way to it', () => {
  const nextOf = (hasTcp: boolean) =>
    causeOf(seen({ state: 'degraded', score: 1, bgp: 'down', hasTcp }))?.next.map(({ text }) => text)
  expect(nextOf(true)).toEqual([expect.stringContaining('ASN')])
  expect(nextOf(false)).toEqual([expect.stringContaining('10.252.2.20'), expect.stringContaining('MD5 key')])
})

test('without the right to change a tunnel there is advice, and no change to go with it', () => {
  const cause = causeOf(seen(changed))
  expect(cause && withoutChanges(cause).next).toEqual([{ text: cause?.next[0]?.text, needs: 'tunnel.update' }])
})

test('a step inside this console says what somebody must be allowed to do for it, and one outside does not', () => {
  const needs = (more: Partial<Observations>) => {
    const cause = causeOf(seen(more))
    return cause && withoutChanges(cause).next.map((step) => step.needs)
  }
  expect(needs({ state: 'needs-key', score: null })).toEqual(['psk.generate'])
  expect(needs({ state: 'not-monitored' })).toEqual(['tunnel.update'])
  expect(needs(changed)).toEqual(['tunnel.update'])
  expect(needs({ everPassed: false })).toEqual([undefined, undefined, 'tunnel.read'])
  expect(needs({})).toEqual([undefined, undefined, undefined, undefined])
})
