import type { TrafficSample } from '@tunnel-console/shared/status-answers'
import type { AnalyticsRow, Ask } from './analytics.ts'

/** As long as Cloudflare calls a data centre active: in a shorter time, one that is down would have no traffic to lose. */
const shareMs = 6 * 3_600_000

/** Which data centres carried how much for these tunnels lately. */
export function shareAsk(now: Date, names: readonly string[]): Ask {
  return { dataset: 'traffic', from: now.getTime() - shareMs, to: now.getTime(), dimensions: ['edgeColoCode'], names }
}

/** Bits by data centre, of each tunnel by its name. */
export function bitsByCentre(rows: readonly AnalyticsRow[]): Map<string, Map<string, number>> {
  const byName = new Map<string, Map<string, number>>()
  for (const row of rows) {
    const centres = byName.get(row.name) ?? new Map<string, number>()
    const code = row.of('edgeColoCode')
    byName.set(row.name, centres.set(code, (centres.get(code) ?? 0) + row.bits))
  }
  return byName
}

/** Cloudflare's documents call the two ways by other names than its schema does: both are read. */
const ways: ReadonlyMap<string, 'in' | 'out'> = new Map([
  ['inbound', 'in'],
  ['ingress', 'in'],
  ['outbound', 'out'],
  ['egress', 'out'],
])

/** What went through in each step of `stepMs`, in bits per second; a step without rows carried nothing. Oldest first. */
export function trafficSteps(
  rows: readonly AnalyticsRow[],
  { from, to, stepMs, time }: { from: number; to: number; stepMs: number; time: string },
): TrafficSample[] {
  const bits = new Map<number, { in: number; out: number }>()
  for (const row of rows) {
    const way = ways.get(row.of('direction'))
    const at = Math.floor(Date.parse(row.of(time)) / stepMs) * stepMs
    if (!way || Number.isNaN(at)) continue
    const step = bits.get(at) ?? { in: 0, out: 0 }
    step[way] += row.bits
    bits.set(at, step)
  }
  const first = Math.floor(from / stepMs) * stepMs
  const count = Math.max(0, Math.ceil((to - first) / stepMs))
  const rate = (sum: number | undefined) => Math.round((sum ?? 0) / (stepMs / 1000))
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * stepMs
    const step = bits.get(at)
    return { at: new Date(at).toISOString(), inBitRate: rate(step?.in), outBitRate: rate(step?.out) }
  })
}
