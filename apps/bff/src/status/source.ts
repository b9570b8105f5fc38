import type { StatusAnswer } from '@tunnel-console/shared/api'
import { tunnelStatus } from '@tunnel-console/shared/status'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { HealthSamples } from '../cloudflare/health.ts'
import type { Deps } from '../deps.ts'
import { type Prepared, prepare } from '../http/conditional.ts'
import type { TunnelSource } from '../tunnels/source.ts'
import { Polled } from './polled.ts'

const healthEveryMs = 60_000

export type StatusSource = ReturnType<typeof createStatusSource>

/**
 * The status of every tunnel, from the tunnel list (BGP, key) and from health analytics. A source that fails makes its
 * own part Unknown and nothing else: health older than three readings no longer counts (design.md 7).
 */
export function createStatusSource(client: Pick<CloudflareClient, 'health'>, tunnels: TunnelSource, deps: Deps) {
  const health = new Polled<HealthSamples>({
    load: () => client.health(deps.now()),
    everyMs: healthEveryMs,
    now: deps.now,
    background: deps.background,
  })
  let last: { inputs: string; answer: Promise<Prepared> } | null = null

  async function prepareStatus(): Promise<Prepared> {
    const list = await tunnels.list.read()
    const now = deps.now()
    const samples = health.peek()
    const isBelievable = samples !== null && now.getTime() - samples.at <= 3 * healthEveryMs
    const answer: StatusAnswer = {
      statuses: Object.fromEntries(
        list.value.tunnels.map((tunnel) => {
          const sample = isBelievable ? (samples.value.get(tunnel.name) ?? null) : null
          return [tunnel.id, tunnelStatus(tunnel, sample, now)]
        }),
      ),
      sources: {
        tunnels: { at: new Date(list.at).toISOString(), ok: !tunnels.list.isStale(), failure: null },
        health: { at: samples && new Date(samples.at).toISOString(), ok: samples !== null && !health.isStale(), failure: null },
      },
    }
    const { statuses, sources } = answer
    const hashed = JSON.stringify([statuses, sources.health, sources.tunnels.ok])
    return prepare(JSON.stringify(answer), hashed, new Date(list.at).toISOString())
  }

  return {
    health,

    /** Every tunnel's status, ready to send. The same for every role: it holds nothing that support may not see. */
    async view(): Promise<Prepared> {
      const list = await tunnels.list.read()
      await health.readSoon()
      const quarter = Math.floor(deps.now().getTime() / 15_000)
      const inputs = [list.sequence, health.peek()?.sequence, quarter, tunnels.list.isStale(), health.isStale()].join(
        ' ',
      )
      if (last?.inputs !== inputs) last = { inputs, answer: prepareStatus() }
      return last.answer
    },
  }
}
