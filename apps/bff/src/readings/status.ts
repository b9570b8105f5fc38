import type { StatusAnswer } from '@tunnel-console/shared/api'
import { type TunnelStatus, tunnelStatus } from '@tunnel-console/shared/status'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { HealthSamples } from '../cloudflare/health.ts'
import type { Deps } from '../deps.ts'
import { createFailureLog } from './failure-log.ts'
import { Polled } from './polled.ts'
import { type Prepared, prepare } from './prepared.ts'
import { failureOf, type TunnelReadings } from './tunnels.ts'

const healthEveryMs = 60_000

export type StatusReadings = ReturnType<typeof createStatusReadings>

/**
 * The status of every tunnel, from the tunnel list (BGP, key) and from health analytics. A source that fails makes its
 * own part Unknown and nothing else: health older than three readings no longer counts.
 */
export function createStatusReadings(client: Pick<CloudflareClient, 'health'>, tunnels: TunnelReadings, deps: Deps) {
  const failures = createFailureLog('health', deps)
  const health = new Polled<HealthSamples>({
    load: () => client.health(deps.now()),
    everyMs: () => healthEveryMs,
    deps,
    onReading: failures.recovered,
    onFailure: failures.failed,
  })
  let last: { inputs: string; answer: Promise<Prepared> } | null = null

  function statusOf(tunnel: Tunnel, now = deps.now()): TunnelStatus {
    const isBelievable = health.age() <= 3 * healthEveryMs
    const sample = isBelievable ? health.peek()?.value.get(tunnel.name) : undefined
    return tunnelStatus(tunnel, sample ?? null, now)
  }

  async function prepareStatus(): Promise<Prepared> {
    const list = tunnels.list.peek() ?? (await tunnels.list.read())
    const now = deps.now()
    const samples = health.peek()
    const answer: StatusAnswer = {
      statuses: Object.fromEntries(list.value.tunnels.map((tunnel) => [tunnel.id, statusOf(tunnel, now)])),
      sources: {
        tunnels: { at: new Date(list.at).toISOString(), ok: !tunnels.list.isStale(), failure: failureOf(tunnels.list) },
        health: {
          at: samples && new Date(samples.at).toISOString(),
          ok: samples !== null && !health.isStale(),
          failure: failureOf(health),
        },
      },
    }
    const { statuses, sources } = answer
    const hashed = JSON.stringify([statuses, sources.health, sources.tunnels.ok, sources.tunnels.failure])
    return prepare(JSON.stringify(answer), hashed, new Date(list.at).toISOString())
  }

  return {
    health,

    /** One tunnel's status by what was last read; `null` where nothing was. */
    of(id: string): TunnelStatus | null {
      const tunnel = tunnels.list.peek()?.value.tunnels.find((one) => one.id === id)
      return tunnel ? statusOf(tunnel) : null
    },

    /** Every tunnel's status, ready to send. The same for every role: it holds nothing that support may not see. */
    async view(): Promise<Prepared> {
      const [list] = await Promise.all([tunnels.list.read(), health.readSoon()])
      const quarter = Math.floor(deps.monotonic() / 15_000)
      const staleness = [tunnels.list.isStale(), tunnels.list.lastFailure?.problem.code, health.isStale()]
      const inputs = [list.sequence, health.peek()?.sequence, quarter, ...staleness].join(' ')
      if (last?.inputs !== inputs) last = { inputs, answer: prepareStatus() }
      return last.answer
    },
  }
}
