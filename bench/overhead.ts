import { type Asked, load, once } from './load.ts'
import type { Console, Running } from './processes.ts'
import { type Estimate, estimate, median, orderOf, ratios } from './statistics.ts'

type Arm = 'direct' | 'nginx' | 'list' | '304'

interface Options {
  upstream: Running
  nginx: Running | null
  console: Console
  connections: number
  rounds: number
}

const upstreamList = `/client/v4/accounts/${'b'.repeat(32)}/magic/ipsec_tunnels`

/** Median times of each arm, round by round, in milliseconds, and one arm's in units of another's. */
export async function overhead({ upstream, nginx, console, connections, rounds }: Options) {
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
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [arm, asked] of orderOf(arms, round)) {
      const took = median(await load(asked, connections, connections === 1 ? 200 : 800))
      if (round > 0) raw[arm].push(took)
    }
  }
  const inUnitsOf = (one: Arm, other: Arm): Estimate => estimate(ratios(raw[one], raw[other]))
  return { raw, inUnitsOf }
}
