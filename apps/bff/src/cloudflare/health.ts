import type { HealthSample, TunnelStatus } from '@tunnel-console/shared/status'
import type { DataCentreHealth } from '@tunnel-console/shared/status-answers'
import { type AnalyticsRow, type Ask, pageBody, readPage } from './analytics.ts'

/** What one reading tells of one tunnel. */
export interface HealthReading {
  sample: HealthSample
  /** The score of the newest two minutes alone; `null` where it was not asked for, or there is none. */
  recent: number | null
  affected: TunnelStatus['affected']
  /** It tells of no time before this (ms). */
  since: number
}

/** Health by tunnel **name**: the dataset has no tunnel id. */
export type HealthSamples = Map<string, HealthReading>

export const windowMs = 5 * 60_000
export const recentMs = 2 * 60_000

/** One row for each tunnel, for its data centres with traffic and without: all that a list needs. */
export function healthAsk(now: Date, ms = windowMs): Ask {
  return { dataset: 'health', from: now.getTime() - ms, to: now.getTime(), dimensions: ['active'] }
}

/** The first page of what every poll asks: for the check of the connection too. */
export const healthBody = (account: string, now: Date) => pageBody(account, healthAsk(now))

/** How many tunnels an answer to `healthBody` tells of. */
export function countHealth(result: unknown): number {
  return new Set(readPage(result, 'health').rows.map(({ name }) => name)).size
}

/**
 * The score of each tunnel: the mean state of its probes, weighted by their number. Data centres that carried traffic
 * for it in the last six hours (`active`) decide; the others only where there is none, since some are always degraded.
 */
export function scoresOf(rows: readonly AnalyticsRow[]): Map<string, number> {
  const byName = Map.groupBy(rows, ({ name }) => name)
  return new Map([...byName].flatMap(([name, own]) => scoreOf(own).map((score): [string, number] => [name, score])))
}

/** One score, or none where no row holds one. */
export function scoreOf(rows: readonly AnalyticsRow[]): number[] {
  const measured = rows.filter(({ state }) => state !== null)
  const active = measured.filter(isActive)
  const deciding = active.length > 0 ? active : measured
  return deciding.length > 0 ? [meanState(deciding)] : []
}

const isActive = (row: AnalyticsRow) => row.of('active') === '1'

function meanState(rows: readonly AnalyticsRow[]): number {
  const weight = rows.reduce((sum, { count }) => sum + count, 0)
  const state = rows.reduce((sum, { count, state }) => sum + count * (state ?? 0), 0)
  return weight > 0 ? state / weight : 0
}

/** Of one tunnel: the data centres that probe it, those with traffic first, by their share, then by name. */
export function dataCentresOf(rows: readonly AnalyticsRow[], traffic: ReadonlyMap<string, number> | null) {
  const total = [...(traffic?.values() ?? [])].reduce((sum, bits) => sum + bits, 0)
  const measured = rows.filter(({ state }) => state !== null)
  const byCode = Map.groupBy(measured, (row) => row.of('edgeColoCode'))
  const centres = [...byCode].map(([code, own]): DataCentreHealth => {
    const score = meanState(own)
    const share = traffic && total > 0 ? (traffic.get(code) ?? 0) / total : null
    const city = own[0]?.of('edgeColoCity') ?? ''
    const country = own[0]?.of('edgeColoCountry') ?? ''
    return { code, city, country, isActive: own.some(isActive), score, state: centreState(score), share }
  })
  return centres.sort(
    (one, other) =>
      (other.share ?? 0) - (one.share ?? 0) ||
      Number(other.isActive) - Number(one.isActive) ||
      (one.code < other.code ? -1 : 1),
  )
}

const centreState = (score: number) => (score < 0.4 ? 'down' : score < 0.8 ? 'degraded' : 'up')

/** What goes through data centres that are not up: their number among those with traffic, and their share of it. */
export function affectedBy(centres: readonly DataCentreHealth[]): NonNullable<TunnelStatus['affected']> {
  const active = centres.filter(({ isActive, share }) => isActive || (share ?? 0) > 0)
  const hurt = active.filter(({ state }) => state !== 'up')
  const isKnown = centres.every(({ share }) => share !== null)
  const isWhole = hurt.length > 0 && hurt.length === active.length
  // What is down everywhere carries nothing: all of its traffic is hurt all the same.
  if (isWhole) return { share: 1, dataCentres: hurt.length }
  if (hurt.length === 0) return { share: 0, dataCentres: 0 }
  const share = hurt.reduce((sum, centre) => sum + (centre.share ?? 0), 0)
  // A share is for people: three digits, so that noise makes no new answer.
  return { share: isKnown ? Math.round(share * 1000) / 1000 : null, dataCentres: hurt.length }
}
