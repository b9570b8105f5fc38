import { type Asked, load, once } from './load.ts'
import type { Console, Running } from './processes.ts'
import { type Estimate, estimate, median, orderOf, quantile, ratios } from './statistics.ts'

type Arm = 'direct' | 'nginx' | 'list' | '304'

interface Options {
  upstream: Running
  nginx: Running | null
  console: Console
  connections: number
  rounds: number
  /** How many questions a round asks of each arm. */
  questions?: number
}

const upstreamList = `/client/v4/accounts/${'b'.repeat(32)}/magic/ipsec_tunnels`

/**
 * Median times of each arm, round by round, in milliseconds (`raw`); one arm's in units of another's, or of so many
 * milliseconds (`inUnitsOf`); and the time that 99 of 100 answers took at most, in milliseconds (`p99Of`).
 */
export async function overhead({ upstream, nginx, console, connections, rounds, questions }: Options) {
  const each = questions ?? (connections === 1 ? 200 : 800)
  const gzip = { 'accept-encoding': 'gzip' }
  const ours = { port: console.port, path: '/api/tunnels', headers: { ...gzip, cookie: console.cookie } }
  const etag = (await once(ours)).headers.get('etag') ?? ''
  const arms: [Arm, Asked][] = [
    ['direct', { port: upstream.port, path: upstreamList, headers: gzip }],
    ...(nginx ? [['nginx', { port: nginx.port, path: upstreamList, headers: gzip }] satisfies [Arm, Asked]] : []),
    ['list', ours],
    ['304', { ...ours, headers: { ...ours.headers, 'if-none-match': etag } }],
  ]
  const raw: Record<Arm, number[]> = { direct: [], nginx: [], list: [], '304': [] }
  const slowest: Record<Arm, number[]> = { direct: [], nginx: [], list: [], '304': [] }
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [arm, asked] of orderOf(arms, round)) {
      const took = await load(asked, connections, each)
      if (round === 0) continue
      raw[arm].push(median(took))
      slowest[arm].push(quantile(took, 0.99))
    }
  }
  const inUnitsOf = (one: Arm, other: Arm | number): Estimate =>
    estimate(ratios(raw[one], typeof other === 'number' ? raw[one].map(() => other) : raw[other]))
  return { raw, inUnitsOf, p99Of: (arm: Arm): Estimate => estimate(slowest[arm]) }
}
