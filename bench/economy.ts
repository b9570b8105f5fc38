import { setTimeout as sleep } from 'node:timers/promises'
import { Asker, once, requestOf } from './load.ts'
import type { Console, Running } from './processes.ts'

/**
 * How many calls to Cloudflare so many seconds may cost, whoever looks: one at each refresh, of which a span of 15 s that
 * begins anywhere holds up to four at intervals of five, and a twentieth more (T6).
 */
export const mostCalls = (seconds: number, everySeconds: number): number =>
  1.05 * (Math.floor(seconds / everySeconds) + 1)

/** What so many people cost Cloudflare within so many seconds, each of whom looks at that interval, at moments of their own. */
export async function callsFor(
  console: Console,
  upstream: Running,
  { viewers, seconds, everySeconds }: { viewers: number; seconds: number; everySeconds: number },
): Promise<{ calls: number; looks: number }> {
  const calls = async () => Number((await once({ port: upstream.port, path: '/calls', headers: {} })).body.toString())
  const request = requestOf({ port: console.port, path: '/api/tunnels', headers: { cookie: console.cookie } })
  // More viewers than connections change nothing for Cloudflare, and would only cost this machine sockets.
  const askers = await Promise.all(Array.from({ length: Math.min(viewers, 50) }, () => Asker.open(console.port)))
  const before = await calls()
  let looks = 0
  const look = async (asker: Asker, mine: number) => {
    const pause = ((everySeconds * 1000) / mine) | 0
    await sleep(Math.random() * pause)
    for (let left = Math.floor((seconds * 1000) / pause); left > 0; left--) {
      await asker.ask(request)
      looks++
      await sleep(pause)
    }
  }
  await Promise.all(askers.map((asker) => look(asker, viewers / askers.length)))
  for (const asker of askers) asker.close()
  return { calls: (await calls()) - before, looks }
}
