import type { ProblemError } from '@tunnel-console/shared/problem'
import { isProblem } from '../cloudflare/analytics.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { affectedBy, dataCentresOf, type HealthSamples, healthAsk, recentMs, scoresOf } from '../cloudflare/health.ts'
import { bitsByCentre, shareAsk } from '../cloudflare/traffic.ts'

/** In one reading, at most so many tunnels are looked at closely: the worst. Of the others it is not known what is affected. */
const mostImpaired = 300

/** Rounding aside, every probe of the five minutes passed. */
const flawless = 0.9999

interface Refined {
  samples: HealthSamples
  /** Why the traffic of impaired tunnels could not be read; `null` where it was, `undefined` where nobody had to ask. */
  trafficFailure?: ProblemError | null
}

/**
 * What the list needs to know of the few tunnels that are not quite healthy: their newest two minutes, and what share of their
 * traffic is hurt. Health by data centre is asked for those alone that are in the account's list (`names`). What cannot be read is `null`, and takes nothing else with it.
 */
export async function refine(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  samples: HealthSamples,
  names: ReadonlySet<string>,
  now: Date,
): Promise<Refined> {
  const impaired = [...samples]
    .filter(([name, { sample }]) => sample.score < flawless && names.has(name))
    .sort(([, one], [, other]) => one.sample.score - other.sample.score)
    .slice(0, mostImpaired)
    .map(([name]) => name)
  const refined: HealthSamples = new Map(
    [...samples].map(([name, reading]) => [name, { ...reading, affected: unhurt(reading.sample.score) }]),
  )
  if (impaired.length === 0) return { samples: refined }
  const asked = { ...healthAsk(now), names: impaired }
  const centreAsk = { ...asked, dimensions: ['active', 'edgeColoCode'] }
  const [recent, centres, traffic] = await Promise.all([
    failing(analytics({ ...healthAsk(now, recentMs), names: impaired }, 'poll')),
    failing(analytics(centreAsk, 'poll')),
    failing(analytics(shareAsk(now, impaired), 'poll')),
  ])
  const scores = isProblem(recent) ? new Map<string, number>() : scoresOf(recent)
  const rows = isProblem(centres) ? null : Map.groupBy(centres, ({ name }) => name)
  const bits = isProblem(traffic) ? null : bitsByCentre(traffic)
  for (const name of impaired) {
    const reading = refined.get(name)
    const own = rows?.get(name)
    const affected = own ? affectedBy(dataCentresOf(own, bits && (bits.get(name) ?? new Map()))) : null
    if (reading) refined.set(name, { ...reading, recent: scores.get(name) ?? null, affected })
  }
  return { samples: refined, trafficFailure: isProblem(traffic) ? traffic : null }
}

const unhurt = (score: number) => (score < flawless ? null : { share: 0, dataCentres: 0 })

const failing = <T>(work: Promise<T>): Promise<T | ProblemError> =>
  work.catch((error: unknown) => {
    if (isProblem(error)) return error
    throw error
  })
