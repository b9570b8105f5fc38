import { jobStates } from '@tunnel-console/shared/jobs'
import { tunnelStates } from '@tunnel-console/shared/status'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { count, sql } from 'drizzle-orm'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Deps } from '../deps.ts'
import type { Polled } from '../readings/polled.ts'
import type { StatusReadings } from '../readings/status.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import { isAlive } from '../session/acts.ts'
import { job, session } from '../storage/schema.ts'
import type { CallCounts } from './calls.ts'
import { type FamilyName, headOf, lineOf, type Sample } from './families.ts'

export interface MeasureServices {
  tunnels: Pick<TunnelReadings, 'list'>
  status: Pick<StatusReadings, 'of' | 'health'>
  client: Pick<CloudflareClient, 'budget'>
  calls: CallCounts
  deps: Pick<Deps, 'db' | 'now' | 'mode' | 'processFacts'>
}

/** So many tunnels are written before others get their turn: about two milliseconds of work. */
const atOnce = 500

/** Tells everything that `/metrics` has, piece by piece, each no more than a moment's work. Asks nothing of Cloudflare. */
export function createMeasure({ tunnels, status, client, calls, deps }: MeasureServices) {
  async function* ofTunnels(): AsyncGenerator<string> {
    const known = tunnels.list.peek()?.value.tunnels ?? []
    const counts = new Map<string, number>(tunnelStates.map((state) => [state, 0]))
    const now = deps.now().getTime()
    yield headOf('tunnel_console_tunnel_state')
    yield* inSlices(known, (tunnel) => {
      const { state } = status.of(tunnel)
      counts.set(state, (counts.get(state) ?? 0) + 1)
      return lineOf('tunnel_console_tunnel_state', { labels: { ...namesOf(tunnel), state }, value: 1 })
    })
    yield headOf('tunnel_console_tunnel_bgp_state')
    yield* inSlices(known, (tunnel) => {
      const { bgp } = status.of(tunnel)
      if (!bgp) return ''
      return lineOf('tunnel_console_tunnel_bgp_state', { labels: { ...namesOf(tunnel), state: bgp.state }, value: 1 })
    })
    yield headOf('tunnel_console_tunnel_key_age_seconds')
    yield* inSlices(known, (tunnel) => {
      const age = (now - Date.parse(tunnel.psk_metadata?.last_generated_on ?? '')) / 1000
      if (Number.isNaN(age)) return ''
      return lineOf('tunnel_console_tunnel_key_age_seconds', { labels: namesOf(tunnel), value: Math.max(0, age) })
    })
    const samples = [...counts].map(([state, value]) => ({ labels: { state }, value }))
    yield family('tunnel_console_tunnels', samples)
  }

  function ofSources(): string {
    const sources: [string, Pick<Polled<unknown>, 'peek' | 'age' | 'isStale'>][] = [
      ['tunnels', tunnels.list],
      ['health', status.health],
    ]
    const ages = sources.flatMap(([source, polled]) =>
      polled.peek() ? [{ labels: { source }, value: polled.age() / 1000 }] : [],
    )
    const fresh = sources.map(([source, polled]) => ({ labels: { source }, value: polled.isStale() ? 0 : 1 }))
    return family('tunnel_console_source_age_seconds', ages) + family('tunnel_console_source_ok', fresh)
  }

  function ofUpstream(): string {
    const budget = client.budget()
    const requests = calls.list().map(({ kind, result, times }) => ({ labels: { kind, result }, value: times }))
    return [
      family('tunnel_console_upstream_requests_total', requests),
      family('tunnel_console_upstream_ratelimit_remaining', budget && [{ value: budget.remaining }]),
      family('tunnel_console_upstream_ratelimit_reset_seconds', budget && [{ value: budget.resetAfterMs / 1000 }]),
    ].join('')
  }

  async function ofDatabase(): Promise<string> {
    const [jobs, sessions, up] = await Promise.all([
      deps.db.select({ state: job.state, value: count() }).from(job).groupBy(job.state),
      deps.db.select({ value: count() }).from(session).where(isAlive(deps.now())),
      deps.db.run(sql`SELECT 1`),
    ]).catch(() => [null, null, null])
    const byState = new Map(jobs?.map(({ state, value }) => [state, value]))
    return [
      family('tunnel_console_database_up', [{ value: up ? 1 : 0 }]),
      family(
        'tunnel_console_jobs',
        jobs && jobStates.map((state) => ({ labels: { state }, value: byState.get(state) ?? 0 })),
      ),
      family('tunnel_console_sessions', sessions),
    ].join('')
  }

  function ofProcess(): string {
    const facts = deps.processFacts?.()
    return [
      family('tunnel_console_info', [{ labels: { mode: deps.mode }, value: 1 }]),
      family('process_cpu_seconds_total', facts && [{ value: facts.cpuSeconds }]),
      family('process_resident_memory_bytes', facts && [{ value: facts.residentBytes }]),
      family('process_start_time_seconds', facts && [{ value: facts.startedAtSeconds }]),
      family('nodejs_eventloop_delay_p99_seconds', facts && [{ value: facts.loopDelaySeconds }]),
    ].join('')
  }

  return async function* measure(): AsyncGenerator<string> {
    yield ofSources() + ofUpstream() + (await ofDatabase()) + ofProcess()
    yield* ofTunnels()
  }
}

const namesOf = ({ id, name }: Tunnel) => ({ id, name })

function family(name: FamilyName, samples: readonly Sample[] | null | undefined): string {
  if (!samples || samples.length === 0) return ''
  return headOf(name) + samples.map((sample) => lineOf(name, sample)).join('')
}

/** The lines of many, with a pause after each slice in which others are served. */
async function* inSlices<T>(items: readonly T[], write: (item: T) => string): AsyncGenerator<string> {
  for (let from = 0; from < items.length; from += atOnce) {
    yield items
      .slice(from, from + atOnce)
      .map(write)
      .join('')
    await new Promise((resolve) => setTimeout(resolve))
  }
}
