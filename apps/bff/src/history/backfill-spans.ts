import type { AnalyticsRow } from '../cloudflare/analytics.ts'
import { scoreOf } from '../cloudflare/health.ts'
import type { StoredPeriod } from './store.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/** Analytics reach back so far, and no further. */
const reachMs = 90 * dayMs

/** One stretch of the time before the console's own measuring. `time` is the dimension of its steps. */
export interface BackfillSpan {
  from: number
  to: number
  stepMs: number
  time: string
  /** How many tunnels one query can ask of without more rows than an answer may have. */
  most: number
}

/** The last day finely, then week by week by the hour, as far back as analytics reach. */
export const spanCount = 14

/** Which stretch comes after so many; `null` where analytics reach no further. */
export function spanAt(done: number, before: number, now: number): BackfillSpan | null {
  const day = Math.floor((before - dayMs) / hourMs) * hourMs
  const oldest = Math.ceil((now - reachMs) / hourMs) * hourMs
  const to = done === 0 ? before : day - (done - 1) * weekMs
  const from = Math.max(done === 0 ? day : to - weekMs, oldest)
  if (done >= spanCount || from >= to) return null
  return done === 0
    ? { from, to, stepMs: hourMs / 4, time: 'datetimeFifteenMinutes', most: 40 }
    : { from, to, stepMs: hourMs, time: 'datetimeHour', most: 24 }
}

/**
 * The newest stretch of a gap in the console's own measuring, the shorter the finer; `null` where analytics reach no part of it.
 * What is left of a long one is a gap again.
 */
export function gapSpan(gap: { from: number; to: number }, now: number): BackfillSpan | null {
  const from = Math.max(gap.from, now - reachMs)
  const { to } = gap
  if (from >= to) return null
  if (to - from <= 6 * hourMs) return { from, to, stepMs: hourMs / 12, time: 'datetimeFiveMinutes', most: 50 }
  if (to - from <= dayMs) return { from, to, stepMs: hourMs / 4, time: 'datetimeFifteenMinutes', most: 40 }
  const week = Math.ceil(to / hourMs) * hourMs - weekMs
  return { from: Math.max(from, week), to, stepMs: hourMs, time: 'datetimeHour', most: 24 }
}

const reasons = {
  up: 'Health checks passed, by Cloudflare’s analytics',
  degraded: 'Health checks partly failed, by Cloudflare’s analytics',
  down: 'Health checks failed, by Cloudflare’s analytics',
  'needs-key': 'No pre-shared key yet',
} as const

/** As `tunnelStatus` tells it of now. */
function stateOf(score: number, isKeyless: boolean): keyof typeof reasons {
  if (score >= 0.8) return 'up'
  if (isKeyless) return 'needs-key'
  return score < 0.4 ? 'down' : 'degraded'
}

/** The states that one tunnel's rows tell of. A step without rows is in none of them: nobody measured it. */
export function periodsIn(
  { tunnelId, isKeyless }: { tunnelId: string; isKeyless: boolean },
  rows: readonly AnalyticsRow[],
  span: BackfillSpan,
): StoredPeriod[] {
  const bySteps = Map.groupBy(rows, (row) => Date.parse(row.of(span.time)))
  const periods: StoredPeriod[] = []
  for (const at of [...bySteps.keys()].filter((key) => !Number.isNaN(key)).sort((one, other) => one - other)) {
    const [score] = scoreOf(bySteps.get(at) ?? [])
    const [from, to] = [Math.max(at, span.from), Math.min(at + span.stepMs, span.to)]
    if (score === undefined || from >= to) continue
    const state = stateOf(score, isKeyless)
    const last = periods.at(-1)
    const isNext = last?.to === from
    if (last && isNext && last.state === state) last.to = to
    else {
      periods.push({ tunnelId, state, reason: reasons[state], from, to, isExact: isNext })
    }
  }
  return periods
}
