import { setTimeout as sleep } from 'node:timers/promises'
import { load, once } from './load.ts'
import type { Console, Running } from './processes.ts'
import { type Estimate, estimate, quantile } from './statistics.ts'

/**
 * While the console reads ten thousand tunnels of which one has changed: the longest that an answer takes for which nothing
 * needs to be known, which is how long the loop was held up, and what people wait for who look at the list meanwhile.
 */
export async function refreshes(
  console: Console,
  upstream: Running,
  { rounds, pollSeconds }: { rounds: number; pollSeconds: number },
): Promise<{ longest: Estimate; p99: Estimate }> {
  const headers = { cookie: console.cookie, 'accept-encoding': 'gzip' }
  const [longest, p99]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const asked = { port: console.port, path: '/api/status', headers }
    const etagNow = async () => (await once({ ...asked, path: '/api/tunnels' })).headers.get('etag') ?? ''
    const etag = await etagNow()
    const polled = { ...asked, path: '/api/tunnels', headers: { ...headers, 'if-none-match': etag } }
    await once({ port: upstream.port, path: '/move', headers: {} })
    // Past the interval, the first of these is answered by a new reading.
    await sleep(pollSeconds * 1000 + 100)
    const others = { port: console.port, path: '/healthz', headers: {} }
    const [took, waited] = await Promise.all([load(polled, 1, 400), load(others, 1, 1000)])
    if ((await etagNow()) === etag) throw new Error('The list is what it was: no refresh was measured')
    longest.push(Math.max(...waited))
    p99.push(quantile(took, 0.99))
  }
  return { longest: estimate(longest), p99: estimate(p99) }
}
