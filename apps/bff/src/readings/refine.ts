import type { ProblemError } from '@tunnel-console/shared/problem'
import { isProblem } from '../cloudflare/analytics.ts'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { affectedBy, dataCentresOf, type HealthSamples, healthAsk, recentMs, scoresOf } from '../cloudflare/health.ts'
import { bitsByCentre, shareAsk } from '../cloudflare/traffic.ts'
import type { Deps } from '../deps.ts'

/** In one reading, at most so many tunnels are looked at closely: the worst. Of the others it is not known what is affected. */
const mostImpaired = 300

/** Rounding aside, every probe of the five minutes passed. */
const flawless = 0.9999

/** Shares of six hours change slowly: they are asked for again after this long. */
const sharesMs = 10 * 60_000

interface Refined {
  samples: HealthSamples
  /** Why the traffic of impaired tunnels could not be read; `null` where it was, `undefined` where nobody had to ask. */
  trafficFailure?: ProblemError | null
}

type Bits = ReadonlyMap<string, number>

/**
 * What the list needs to know of the few tunnels that are not quite healthy: their newest two minutes, and what share of their
 * traffic is hurt. Health by data centre is asked for those alone that are in the account's list (`names`). What cannot be
 * read is `null`, and takes nothing else with it.
 */
export function createRefine(
  { analytics }: Pick<CloudflareClient, 'analytics'>,
  { monotonic }: Pick<Deps, 'monotonic'>,
) {
  const known = new Map<string, { bits: Bits; at: number }>()

  /** What each tunnel carried, as read lately. Throws nothing: gives why it could not be read. */
  async function readTraffic(names: readonly string[], now: Date): Promise<ProblemError | null | undefined> {
    const isOld = ({ at }: { at: number }) => monotonic() - at >= sharesMs
    for (const [name, traffic] of known) if (isOld(traffic)) known.delete(name)
    const missing = names.filter((name) => !known.has(name))
    if (missing.length === 0) return undefined
    const rows = await failing(analytics(shareAsk(now, missing), 'poll'))
    if (isProblem(rows)) return rows
    const bits = bitsByCentre(rows)
    for (const name of missing) known.set(name, { bits: bits.get(name) ?? new Map(), at: monotonic() })
    return null
  }

  return async function refine(samples: HealthSamples, names: ReadonlySet<string>, now: Date): Promise<Refined> {
    const refined: HealthSamples = new Map(
      [...samples].map(([name, reading]) => [name, { ...reading, affected: unhurt(reading.sample.score) }]),
    )
    const impaired = worst(samples, names)
    if (impaired.length === 0) return { samples: refined }
    const asked = { ...healthAsk(now), names: impaired }
    const [recent, centres, trafficFailure] = await Promise.all([
      failing(analytics({ ...healthAsk(now, recentMs), names: impaired }, 'poll')),
      failing(analytics({ ...asked, dimensions: ['active', 'edgeColoCode'] }, 'poll')),
      readTraffic(impaired, now),
    ])
    const scores = isProblem(recent) ? new Map<string, number>() : scoresOf(recent)
    const rows = isProblem(centres) ? null : Map.groupBy(centres, ({ name }) => name)
    for (const name of impaired) {
      const reading = refined.get(name)
      const own = rows?.get(name)
      const affected = own ? affectedBy(dataCentresOf(own, known.get(name)?.bits ?? null)) : null
      if (reading) refined.set(name, { ...reading, recent: scores.get(name) ?? null, affected })
    }
    return { samples: refined, ...(trafficFailure !== undefined && { trafficFailure }) }
  }
}

function worst(samples: HealthSamples, names: ReadonlySet<string>): string[] {
  return [...samples]
    .filter(([name, { sample }]) => sample.score < flawless && names.has(name))
    .sort(([, one], [, other]) => one.sample.score - other.sample.score)
    .slice(0, mostImpaired)
    .map(([name]) => name)
}

const unhurt = (score: number) => (score < flawless ? null : { share: 0, dataCentres: 0 })

const failing = <T>(work: Promise<T>): Promise<T | ProblemError> =>
  work.catch((error: unknown) => {
    if (isProblem(error)) return error
    throw error
  })
