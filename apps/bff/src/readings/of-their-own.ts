import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { type AnalyticsRow, isProblem } from '../cloudflare/analytics.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { type HealthReading, type HealthSamples, healthAsk, scoreOf, windowMs } from '../cloudflare/health.ts'

const minuteMs = 60_000

interface Owned {
  samples: HealthSamples
  /** Names that another tunnel had until a moment ago. */
  inherited: ReadonlySet<string>
}

/**
 * Analytics know a tunnel by its name alone, so the figure of one that was made within the window may be that of another which
 * had the name before. Of those names the minutes are asked for, and only what was measured after its tunnel was made is left;
 * what cannot be told apart is nobody's.
 */
export async function ofTheirOwn(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  { samples, tunnels, now }: { samples: HealthSamples; tunnels: readonly Tunnel[]; now: Date },
): Promise<Owned> {
  const begun = now.getTime() - windowMs
  const young = tunnels.filter((tunnel) => samples.has(tunnel.name) && madeAt(tunnel) > begun)
  if (young.length === 0) return { samples, inherited: new Set() }
  const ask = { ...healthAsk(now), names: young.map(({ name }) => name), dimensions: ['active', 'datetimeMinute'] }
  const rows = await analytics(ask, 'poll').catch((error: unknown) => {
    if (isProblem(error)) return null
    throw error
  })
  const byName = Map.groupBy(rows ?? [], ({ name }) => name)
  const [own, inherited] = [new Map(samples), new Set<string>()]
  for (const tunnel of young) {
    const { name } = tunnel
    const made = Math.floor(madeAt(tunnel) / minuteMs) * minuteMs
    const its = byName.get(name) ?? []
    if (rows === null || its.some((row) => minuteOf(row) < made)) inherited.add(name)
    const sample = inherited.has(name) ? since(made, its, now) : samples.get(name)
    if (sample) own.set(name, { ...sample, since: madeAt(tunnel) })
    else own.delete(name)
  }
  return { samples: own, inherited }
}

/** The minute in which it was made is of both. */
function since(made: number, rows: readonly AnalyticsRow[], now: Date): HealthReading | null {
  const [score] = scoreOf(rows.filter((row) => minuteOf(row) > made))
  return score === undefined
    ? null
    : { sample: { score, at: now.toISOString() }, recent: null, affected: null, since: made }
}

const minuteOf = (row: AnalyticsRow) => Date.parse(row.of('datetimeMinute'))

/** When a tunnel was made, in milliseconds; `NaN` where nobody knows. */
export const madeAt = ({ created_on }: Pick<Tunnel, 'created_on'>) => Date.parse(created_on ?? '')
