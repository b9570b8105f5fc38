import { stateWords, type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import type { ChangeMark, StatusPeriod, TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { notMeasured } from '@tunnel-console/shared/status-periods'
import { clockTime } from '../../../lib/exact-times.ts'
import { formatPercent, isSameDay, nearTime, shortDuration } from '../../../lib/format.ts'

/** A period with its ends as moments. One that goes on ends where the history does. */
export interface Segment {
  state: TunnelState
  reason: string
  start: number
  end: number
  isOpen: boolean
  /** It may have begun before what is told. */
  isCut: boolean
}

type Told = Pick<TunnelHistoryAnswer, 'periods' | 'from' | 'to' | 'older'>

export function segmentsOf({ periods, from, to, older }: Told): Segment[] {
  return periods.map((period: StatusPeriod) => ({
    state: period.state,
    reason: isComing(period, older) ? 'Still being fetched from Cloudflare' : period.reason,
    start: Date.parse(period.from),
    end: Date.parse(period.to ?? to),
    isOpen: period.to === null,
    isCut: period.from <= from,
  }))
}

/** What is unknown only because the console has not read it yet is no time that nobody measured. */
const isComing = ({ state, reason, from }: StatusPeriod, older: Told['older']) =>
  state === 'unknown' && reason === notMeasured && older !== null && !older.isRefused && from < older.before

/** "14:02 to 14:13, down, Health checks pass 0%, 11 min". Of another day than today with the day. */
export function segmentWords(segment: Segment, now: Date): string {
  const { state, reason, start, end, isOpen, isCut } = segment
  const [from, to] = [new Date(start), new Date(end)]
  const told = (at: Date) => (isSameDay(at, now) ? clockTime(at) : nearTime(at))
  const until = isOpen ? 'now' : told(to)
  const span = isCut ? `Until ${until}` : `${told(from)} to ${until}`
  return `${span}: ${stateWords[state]}, ${lastedWords(segment)}.${reason ? ` ${reason}` : ''}`
}

/** "11 min", or "at least 23 h" where only a part of it is told. */
export const lastedWords = ({ start, end, isCut }: Segment): string =>
  `${isCut ? 'at least ' : ''}${shortDuration((end - start) / 1000)}`

const unmeasured: ReadonlySet<TunnelState> = new Set(['unknown', 'not-monitored'])

/** "Up 98%, down 2% of the measured time. Measured 96% of the period." Time that nobody measured is in no share. */
export function uptimeWords(history: Told & Pick<TunnelHistoryAnswer, 'coverage'>): string {
  const lasted = new Map<TunnelState, number>()
  for (const { state, start, end } of segmentsOf(history))
    if (!unmeasured.has(state)) lasted.set(state, (lasted.get(state) ?? 0) + end - start)
  const whole = [...lasted.values()].reduce((sum, part) => sum + part, 0)
  if (whole === 0) return 'Nothing was measured in this period.'
  const shares = tunnelStates.toReversed().flatMap((state) => {
    const share = (lasted.get(state) ?? 0) / whole
    return share > 0 ? `${stateWords[state].toLowerCase()} ${share < 0.0005 ? 'under 0.1%' : formatPercent(share)}` : []
  })
  const words = shares.join(', ')
  const { coverage } = history
  const measured = coverage >= 1 ? 'the whole period' : `${formatPercent(coverage)} of the period`
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} of the measured time. Measured ${measured}.`
}

/** The segment at a moment: where several are, the one that began last. */
export function indexAt(segments: readonly Segment[], at: number): number {
  const found = segments.findLastIndex(({ start }) => start <= at)
  return Math.max(0, found)
}

/** Marks have letters from the oldest on, as many as there are; what comes after Z is only a line. */
export const letterOf = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : '')

const acts: ReadonlyMap<string, string> = new Map([
  ['tunnel.create', 'Created'],
  ['tunnel.update', 'Changed'],
  ['tunnel.delete', 'Deleted'],
  ['psk.generate', 'Key generated'],
  ['psk.set', 'Key set'],
  ['tunnel.createdOutside', 'Created outside this console'],
  ['tunnel.changedOutside', 'Changed outside this console'],
])

/** "Changed: Health check rate, by ada@example.com". */
export function markWords({ action, by, summary }: ChangeMark): string {
  const isOutside = action.endsWith('Outside')
  return `${acts.get(action) ?? 'Changed'}${summary ? `: ${summary}` : ''}${by && !isOutside ? `, by ${by}` : ''}`
}
