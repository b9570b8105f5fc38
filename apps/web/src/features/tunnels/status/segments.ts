import { stateWords, type TunnelState } from '@tunnel-console/shared/status'
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
}

type Told = Pick<TunnelHistoryAnswer, 'periods' | 'to' | 'older'>

export function segmentsOf({ periods, to, older }: Told): Segment[] {
  return periods.map((period: StatusPeriod) => ({
    state: period.state,
    reason: isComing(period, older) ? 'Still being fetched from Cloudflare' : period.reason,
    start: Date.parse(period.from),
    end: Date.parse(period.to ?? to),
    isOpen: period.to === null,
  }))
}

/** What is unknown only because the console has not read it yet is no time that nobody measured. */
const isComing = ({ state, reason, from }: StatusPeriod, older: Told['older']) =>
  state === 'unknown' && reason === notMeasured && older !== null && !older.isRefused && from < older.before

/** "14:02 to 14:13, down, Health checks pass 0%, 11 min". Of another day than today with the day. */
export function segmentWords({ state, reason, start, end, isOpen }: Segment, now: Date): string {
  const [from, to] = [new Date(start), new Date(end)]
  const told = (at: Date) => (isSameDay(at, now) ? clockTime(at) : nearTime(at))
  const span = `${told(from)} to ${isOpen ? 'now' : told(to)}`
  return `${span}: ${stateWords[state]}, ${shortDuration((end - start) / 1000)}.${reason ? ` ${reason}` : ''}`
}

/** "Passed 99.2% of the time. Measured 96% of the period". Time that nobody measured is in neither. */
export function uptimeWords({ uptime, coverage }: Pick<TunnelHistoryAnswer, 'uptime' | 'coverage'>): string {
  if (uptime === null) return 'Nothing was measured in this period.'
  const measured = coverage >= 1 ? 'the whole period' : `${formatPercent(coverage)} of the period`
  return `Probes passed ${formatPercent(uptime)} of the measured time. Measured ${measured}.`
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
