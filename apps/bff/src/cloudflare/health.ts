import { ProblemError } from '@tunnel-console/shared/problem'
import type { HealthSample } from '@tunnel-console/shared/status'
import { z } from 'zod'

/** Health by tunnel **name**: the dataset has no tunnel id. */
export type HealthSamples = Map<string, HealthSample>

const windowMs = 5 * 60_000

const query = `query Health($account: string!, $from: Time!, $to: Time!) {
  viewer {
    accounts(filter: { accountTag: $account }) {
      health: magicTransitTunnelHealthChecksAdaptiveGroups(
        limit: 10000
        filter: { datetime_geq: $from, datetime_lt: $to }
      ) {
        count
        avg { tunnelState }
        dimensions { tunnelName active }
      }
    }
  }
}`

export function healthBody(account: string, now: Date) {
  const from = new Date(now.getTime() - windowMs).toISOString()
  return { query, variables: { account, from, to: now.toISOString() } }
}

const Row = z.object({
  count: z.number().catch(1),
  avg: z.object({ tunnelState: z.number() }),
  dimensions: z.object({ tunnelName: z.string(), active: z.number().catch(1) }),
})
const Answer = z.object({
  data: z.object({ viewer: z.object({ accounts: z.array(z.object({ health: z.array(z.unknown()) })) }) }),
})

/**
 * The score of each tunnel: the mean state of its probes, weighted by their number. Data centres that carried traffic
 * for it in the last six hours (`active`) decide; the others only where there is none, since some are always degraded.
 */
export function readHealth(result: unknown, now: Date): HealthSamples {
  const answer = Answer.safeParse(result)
  if (!answer.success) throw ProblemError.of('upstream-unexpected', { detail: 'Health analytics are not readable' })
  const rows = answer.data.data.viewer.accounts
    .flatMap(({ health }) => health)
    .flatMap((row) => Row.safeParse(row).data ?? [])
  const byName = Map.groupBy(rows, (row) => row.dimensions.tunnelName)
  return new Map(
    [...byName].map(([name, samples]): [string, HealthSample] => {
      const active = samples.filter(({ dimensions }) => dimensions.active === 1)
      return [name, { score: meanState(active.length > 0 ? active : samples), at: now.toISOString() }]
    }),
  )
}

function meanState(rows: readonly z.infer<typeof Row>[]): number {
  const weight = rows.reduce((sum, { count }) => sum + count, 0)
  const state = rows.reduce((sum, { count, avg }) => sum + count * avg.tunnelState, 0)
  return weight > 0 ? state / weight : 0
}
