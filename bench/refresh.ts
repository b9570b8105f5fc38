import { setTimeout as sleep } from 'node:timers/promises'
import { type Asked, Asker, load, once, parseAnswer, requestOf } from './load.ts'
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
    const asked = { port: console.port, path: '/api/tunnels', headers }
    const etag = (await once(asked)).headers.get('etag') ?? ''
    await once({ port: upstream.port, path: '/move', headers: {} })
    // Past the interval, the first of these is answered by a new reading.
    await sleep(pollSeconds * 1000 + 100)
    const others = { port: console.port, path: '/healthz', headers: {} }
    const [looks, waited] = await Promise.all([looksAt(asked, etag), load(others, 1, 1000)])
    if (looks.etag === etag) throw new Error('The list is what it was: no refresh was measured')
    longest.push(Math.max(...waited))
    p99.push(quantile(looks.took, 0.99))
  }
  return { longest: estimate(longest), p99: estimate(p99) }
}

const lookEveryMs = 3
const looksInAll = 400

/** How long each look at the list took, in milliseconds, by a page that has it as of `etag`; and which it has in the end. */
async function looksAt({ port, path, headers }: Asked, etag: string): Promise<{ took: number[]; etag: string }> {
  const asker = await Asker.open(port)
  const took: number[] = []
  let known = etag
  while (took.length < looksInAll) {
    const request = requestOf({ port, path, headers: { ...headers, 'if-none-match': known } })
    const start = performance.now()
    const { headers: told } = parseAnswer(await asker.ask(request))
    took.push(performance.now() - start)
    known = told.get('etag') ?? known
    await sleep(lookEveryMs)
  }
  asker.close()
  return { took, etag: known }
}
