import type { ProblemError } from '@tunnel-console/shared/problem'
import type { TrafficSample } from '@tunnel-console/shared/status-answers'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { trafficSteps } from '../cloudflare/traffic.ts'
import type { Deps } from '../deps.ts'
import { isOf, isWithin, type Named, nameSpans } from './former-names.ts'
import { createSharedReads } from './shared-reads.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/** How fine the steps of a time are: about 70 to 400 of them. `time` is the dimension that is asked for. */
function stepsFor(ms: number): { time: string; stepMs: number; askedMs: number } {
  if (ms <= 6 * hourMs) return { time: 'datetimeFiveMinutes', stepMs: 5 * minuteMs, askedMs: 5 * minuteMs }
  if (ms <= 2 * dayMs) return { time: 'datetimeFifteenMinutes', stepMs: 15 * minuteMs, askedMs: 15 * minuteMs }
  if (ms <= 14 * dayMs) return { time: 'datetimeHour', stepMs: hourMs, askedMs: hourMs }
  return { time: 'datetimeHour', stepMs: 6 * hourMs, askedMs: hourMs }
}

/** What went through a tunnel over a time, under every name that it had; `null` where traffic cannot be read. */
export function createTrafficHistory(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  deps: Deps,
  onFailure: (error: ProblemError) => void,
) {
  const shared = createSharedReads<TrafficSample[]>({ most: 100, everyMs: 300_000, patienceMs: 5000 }, deps, onFailure)

  return async (tunnel: Named & { id: string }, from: number, to: number): Promise<TrafficSample[] | null> => {
    const { time, stepMs, askedMs } = stepsFor(to - from)
    // Whole steps, so that all who look within one of them share a reading.
    const [first, last] = [Math.floor(from / stepMs) * stepMs, Math.floor(to / stepMs) * stepMs]
    if (first >= last) return []
    const key = `${tunnel.id} ${time} ${stepMs} ${first} ${last}`
    const reading = await shared(key, () => read(tunnel, { time, stepMs, askedMs, from: first, to: last }))
    return reading?.value ?? null
  }

  async function read(
    { id, ...named }: Named & { id: string },
    { time, stepMs, askedMs, from, to }: { time: string; stepMs: number; askedMs: number; from: number; to: number },
  ): Promise<TrafficSample[]> {
    const spans = (await nameSpans(deps, new Map([[id, named]]))).filter((span) => isWithin(span, from, to))
    const names = [...new Set(spans.map((span) => span.name))]
    // Of a tunnel whose name nobody knows it is not known what it carried.
    if (names.length === 0) return []
    const windows = Array.from({ length: Math.ceil((to - from) / weekMs) }, (_, index) => from + index * weekMs)
    const asked = windows.map((start) => ({
      dataset: 'traffic' as const,
      from: start,
      to: Math.min(start + weekMs, to),
      dimensions: ['direction', time],
      names,
    }))
    const rows = (await Promise.all(asked.map((ask) => analytics(ask, 'page')))).flat()
    const own = rows.filter((row) => {
      const at = Date.parse(row.of(time))
      return spans.some((span) => span.name === row.name && isOf(span, at, askedMs))
    })
    return trafficSteps(own, { from, to, stepMs, time })
  }
}
