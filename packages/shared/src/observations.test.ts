import { expect, test } from 'vitest'
import { observationsOf, type Sources } from './observations.ts'
import type { TunnelState } from './status.ts'
import type { StatusPeriod } from './status-answers.ts'
import { Tunnel } from './tunnel.ts'

const now = new Date('2026-11-28T14:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()

/** Periods by their states and the minutes ago at which they began, the oldest first. */
const periods = (...parts: [TunnelState, number][]): StatusPeriod[] =>
  parts.map(([state, began], index) => {
    const next = parts[index + 1]
    return { state, reason: '', from: minutesAgo(began), to: next ? minutesAgo(next[1]) : null }
  })

const tunnel = Tunnel.parse({ id: '1'.repeat(32), created_on: minutesAgo(600), interface_address: '10.252.2.20/31' })
const sources: Sources = {
  tunnel,
  status: { state: 'down', reason: '', bgp: null, health: { score: 0, at: minutesAgo(0) } } as Sources['status'],
  dataCentres: [],
  periods: [],
  since: minutesAgo(10),
  changes: [],
  now,
}
const seen = (more: Partial<Sources>) => observationsOf({ ...sources, ...more })

test('checks have never passed only where somebody looked from the start', () => {
  expect(seen({ periods: periods(['unknown', 600], ['down', 595]) }).everPassed).toBe(false)
  expect(seen({ periods: periods(['unknown', 600], ['down', 300]) }).everPassed).toBeNull()
  expect(seen({ periods: periods(['down', 595], ['degraded', 100], ['down', 90]) }).everPassed).toBe(true)
  expect(seen({ periods: [] }).everPassed).toBeNull()
  expect(seen({ tunnel: { ...tunnel, created_on: null }, periods: periods(['down', 595]) }).everPassed).toBeNull()
})

test('work that was announced is seen', () => {
  const planned = { until: minutesAgo(-60), text: 'ISP work', by: 'ada@example.com' }
  expect(seen({ status: { ...sources.status, planned } }).planned).toEqual(planned)
})

test('an outage counts where passing ends, within the last hour, and once though it deepens', () => {
  const ups = periods(
    ['up', 90],
    ['down', 80],
    ['up', 50],
    ['degraded', 40],
    ['down', 39],
    ['recovering', 30],
    ['down', 5],
  )
  expect(seen({ periods: ups }).outages).toBe(2)
})

test('the last change before the state began is what counts, with the minutes between', () => {
  const at = (minutes: number) => ({
    at: minutesAgo(minutes),
    auditId: `${minutes}`,
    action: 'tunnel.update',
    by: '',
    summary: '',
  })
  expect(seen({ changes: [at(35), at(14), at(5)] }).change).toEqual({ mark: at(14), minutesBefore: 4 })
  expect(seen({ changes: [at(5)] }).change).toBeNull()
  expect(seen({ changes: [at(5)], since: null }).change?.minutesBefore).toBe(5)
})

const hourly = [0, 1, 2, 3].flatMap((hour): [TunnelState, number][] => [
  ['degraded', 240 - hour * 60],
  ['up', 237 - hour * 60],
])

test('dips at even distances are told with their distance; uneven, long or few ones are none', () => {
  expect(seen({ periods: periods(...hourly) }).dips).toEqual({ count: 4, everyMinutes: 60 })
  expect(seen({ periods: periods(...hourly.slice(0, 4)) }).dips).toBeNull()
  expect(
    seen({
      periods: periods(['degraded', 240], ['up', 237], ['degraded', 200], ['up', 198], ['degraded', 20], ['up', 18]),
    }).dips,
  ).toBeNull()
  const long = hourly.map(([state, began]): [TunnelState, number] => [state, state === 'up' ? began - 20 : began])
  expect(seen({ periods: periods(...long) }).dips).toBeNull()
})

test('the end of Cloudflare inside is told without its prefix', () => {
  expect(seen({}).ends.inside).toBe('10.252.2.20')
})
