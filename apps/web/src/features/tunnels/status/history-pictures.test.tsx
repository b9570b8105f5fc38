import type { TunnelState } from '@tunnel-console/shared/status'
import type { TrafficSample, TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { show } from '../../../test/bff.tsx'
import { HistoryPictures } from './history-pictures.tsx'
import { bitRateWords, columnsOf, pointWords, rateTicks, trafficWords } from './traffic.ts'
import { TrafficWaiting } from './traffic-waiting.tsx'

const to = Date.parse('2026-11-28T14:30:00Z')
const at = (minutesBefore: number) => new Date(to - minutesBefore * 60_000).toISOString()

const periods = (...parts: [TunnelState, number, string][]) =>
  parts.map(([state, began, reason], index) => {
    const next = parts[index + 1]
    return { state, reason, from: at(began), to: next ? at(next[1]) : null }
  })

const history: TunnelHistoryAnswer = {
  from: at(1440),
  to: at(0),
  periods: periods(
    ['unknown', 1440, ''],
    ['up', 1400, 'Health checks pass 100%'],
    ['down', 28, 'Health checks pass 0%'],
    ['degraded', 17, 'Health checks pass 50%'],
  ),
  changes: [
    { at: at(900), auditId: 'a', action: 'tunnel.update', by: 'ada@example.com', summary: 'Description' },
    { at: at(30), auditId: 'b', action: 'psk.generate', by: 'ada@example.com', summary: '' },
  ],
  coverage: 0.96,
  uptime: 0.992,
  traffic: null,
  older: null,
}

const timeline = page.getByRole('slider', { name: 'States in time' })

async function showInUtc(more: Partial<TunnelHistoryAnswer> = {}) {
  timesInUtc.set(true)
  onTestFinished(() => timesInUtc.set(false))
  await show(<HistoryPictures history={{ ...history, ...more }} />)
}

test('the timeline is one stop of the keyboard: arrows go from state to state, each with its words', async () => {
  await showInUtc()
  await expect
    .element(timeline)
    .toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^4 of 4: .* to now: Degraded, 17 min\. Health checks pass 50%$/),
    )
  timeline.element().focus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect
    .element(timeline)
    .toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^3 of 4: .*14:02.* UTC to .*14:13.* UTC: Down, 11 min\. Health checks pass 0%$/),
    )
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await expect
    .element(timeline)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/^1 of 4: Until .*15:10.*: Unknown, at least 40 min\.$/))
})

test('a press on the timeline chooses the state that is there', async () => {
  await showInUtc()
  await timeline.click({ position: { x: 60, y: 40 } })
  await expect.element(timeline).toHaveAttribute('aria-valuetext', expect.stringMatching(/^2 of 4: .*Up, 22 h/))
})

test('uptime leaves out what nobody measured, and says how much was', async () => {
  await showInUtc()
  await expect
    .element(page.getByText('Up 98%, degraded 1.2%, down 0.8% of the measured time. Measured 96% of the period.'))
    .toBeVisible()
})

test('time in which a part of the probes failed is not told as time in which they passed', async () => {
  await showInUtc({ uptime: 1, coverage: 1, periods: periods(['up', 1440, ''], ['degraded', 96, '']), changes: [] })
  await expect
    .element(page.getByText('Up 93.3%, degraded 6.7% of the measured time. Measured the whole period.'))
    .toBeVisible()
})

test('a period of which nothing was measured has no uptime', async () => {
  await showInUtc({ uptime: null, coverage: 0, periods: periods(['unknown', 1440, '']), changes: [] })
  await expect.element(page.getByText('Nothing was measured in this period.')).toBeVisible()
  await expect.element(page.getByText(/of the measured time/)).not.toBeInTheDocument()
})

test('changes stand on the timeline by letter, and below it in words', async () => {
  await showInUtc()
  const marks = page.getByRole('list', { name: 'Changes on the timeline' }).getByRole('listitem')
  await expect.element(marks.nth(0)).toMatchTextContent(/^A.*Changed: Description, by ada@example\.com$/)
  await expect.element(marks.nth(1)).toMatchTextContent(/^B.*Key generated, by ada@example\.com$/)
})

test('the table tells the same as the picture: states and changes, the newest first', async () => {
  await showInUtc()
  ;(page.getByText('Show as a table').element() as HTMLElement).click()
  const rows = page.getByRole('table', { name: 'States and changes, the newest first' }).getByRole('row')
  await expect
    .element(rows.nth(1))
    .toMatchTextContent(/2026-11-28 14:13:00 UTC.*Degraded.*Health checks pass 50%.*17 min/)
  await expect.element(rows.nth(3)).toMatchTextContent(/14:00:00 UTC.*Key generated/)
  expect(rows.elements()).toHaveLength(7)
  // The day that is told may begin in the middle of it.
  await expect.element(rows.nth(6)).toMatchTextContent(/^Before 2026-11-27 14:30:00 UTC.*Unknown.*at least 40 min$/)
})

test('traffic that cannot be read is said to be missing', async () => {
  await showInUtc()
  await expect.element(page.getByText(/^Traffic cannot be read/)).toBeVisible()
})

const samples = (...rates: [number, number, number][]): TrafficSample[] =>
  rates.map(([minutes, inBitRate, outBitRate]) => ({ at: at(minutes), inBitRate, outBitRate }))

test('traffic is drawn, and told in words: the mean of the last step, and the highest of each way', async () => {
  await showInUtc({ traffic: samples([15, 40e6, 3e6], [10, 12.3e6, 4e6], [5, 1e6, 500]) })
  const chart = page.getByRole('img', {
    name: /^Traffic\. Last 5 min, until .*14:30 UTC: in 1\.0 Mbit\/s, out 500 bit\/s\. Highest mean of 5 min: in 40 Mbit\/s from .*14:15 UTC, out 4\.0 Mbit\/s from .*14:20 UTC\.$/,
  })
  await expect.element(chart).toBeInTheDocument()
  await expect.poll(() => chart.element().querySelector('canvas')?.width).toBeGreaterThan(0)
})

const now = new Date(to)

test.each<[what: string, traffic: TrafficSample[], words: string]>([
  [
    'a step longer than an hour tells nothing of now',
    samples([1080, 73e6, 0], [720, 80e6, 0], [360, 73e6, 0]),
    'Highest mean of 6 h: in 80 Mbit/s from 02:30 UTC, out 0 bit/s.',
  ],
  ['nothing told', [], 'No traffic was told of in this period.'],
  ['nothing carried', samples([10, 0, 0], [5, 0, 0]), 'No traffic went through in this period.'],
  ['one step alone, of whatever length', samples([5, 2e6, 1e6]), 'From 14:25 UTC: in 2.0 Mbit/s, out 1.0 Mbit/s.'],
])('what is said of traffic can be relied on: %s', (_what, traffic, words) => {
  timesInUtc.set(true)
  onTestFinished(() => timesInUtc.set(false))
  expect(trafficWords(traffic, now)).toBe(words)
})

test('a point of the chart says of how long it is the mean', () => {
  timesInUtc.set(true)
  onTestFinished(() => timesInUtc.set(false))
  const traffic = samples([720, 80e6, 0], [360, 73e6, 0])
  expect(traffic.map((sample) => pointWords(sample, traffic))).toEqual([
    '2026-11-28 02:30:00 UTC, mean of 6 h: in 80 Mbit/s, out 0 bit/s.',
    '2026-11-28 08:30:00 UTC, mean of 6 h: in 73 Mbit/s, out 0 bit/s.',
  ])
})

test('while what draws the traffic is fetched, a picture without words is no answer', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  await show(<TrafficWaiting />)
  const words = page.getByRole('status')
  await expect.element(words).toMatchTextContent(/^Fetching the picture of the traffic…$/)
  vi.setSystemTime(Date.now() + 10_000)
  await expect.element(words).toMatchTextContent('It takes long.')
})

test('where a step is missing the line breaks, and is not drawn through', () => {
  const [moments, inward] = columnsOf(samples([30, 1, 1], [25, 2, 2], [10, 3, 3], [5, 4, 4]))
  expect(moments.map((moment) => (to / 1000 - moment) / 60)).toEqual([30, 25, 20, 10, 5])
  expect(inward).toEqual([1, 2, null, 3, 4])
})

test.each([
  [0, '0 bit/s'],
  [999, '999 bit/s'],
  [1234, '1.2 kbit/s'],
  [12_345_678, '12 Mbit/s'],
  [2.5e9, '2.5 Gbit/s'],
])('%i is told as %s', (rate, words) => {
  expect(bitRateWords(rate)).toBe(words)
})

test.each<[rates: number[], ticks: string[]]>([
  [
    [0, 0.5, 1],
    ['0.0 bit/s', '0.5 bit/s', '1.0 bit/s'],
  ],
  [
    [0, 1, 2],
    ['0 bit/s', '1 bit/s', '2 bit/s'],
  ],
  [
    [0, 500, 1000, 1500],
    ['0.0 kbit/s', '0.5 kbit/s', '1.0 kbit/s', '1.5 kbit/s'],
  ],
  [
    [0, 10e6, 20e6],
    ['0 Mbit/s', '10 Mbit/s', '20 Mbit/s'],
  ],
  [
    [0, 12.5e6],
    ['0.0 Mbit/s', '12.5 Mbit/s'],
  ],
])('no two figures of the axis read alike: %j', (rates, ticks) => {
  expect(rateTicks(rates)).toEqual(ticks)
})

const beginning = { state: 'unknown' as const, reason: 'Nobody measured', from: at(1440), to: at(1400) }
const later = { state: 'up' as const, reason: 'Health checks pass 100%', from: at(1400), to: null }

test('history that is still being fetched is told with before when, in the picture too', async () => {
  await showInUtc({ periods: [beginning, later], older: { before: at(1400), isRefused: false } })
  const words = page.getByText(/History before 27 Nov, 15:10 UTC is still being fetched from Cloudflare\./)
  await expect.element(words).toBeVisible()
  timeline.element().focus()
  await userEvent.keyboard('{Home}')
  const told = expect.stringMatching(/Unknown, at least 40 min\. Still being fetched from Cloudflare$/)
  await expect.element(timeline).toHaveAttribute('aria-valuetext', told)
})

test('that the token may not read analytics is said once, for history and traffic', async () => {
  await showInUtc({ periods: [beginning, later], older: { before: at(1400), isRefused: true } })
  const words = page.getByText(
    /Neither traffic nor history before 27 Nov, 15:10 UTC can be fetched: Cloudflare does not let/,
  )
  await expect.element(words).toBeVisible()
  await expect.element(page.getByText(/Traffic cannot be read/)).not.toBeInTheDocument()
  timeline.element().focus()
  await userEvent.keyboard('{Home}')
  await expect.element(timeline).toHaveAttribute('aria-valuetext', expect.stringMatching(/Nobody measured$/))
})
