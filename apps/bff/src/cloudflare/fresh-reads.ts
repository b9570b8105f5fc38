import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Deps } from '../deps.ts'
import type { CloudflareClient } from './client.ts'

/** Pauses before each reading, in milliseconds (U23). */
const pauses = [0, 500, 1000, 2000]

/**
 * The client for writes: a tunnel is read again while a replica answers that has not heard of our own latest write. A
 * version check against such a reading would pass what must not pass. Throws `busy` when none answers that has.
 */
export function withFreshReads(
  client: CloudflareClient,
  isOld: (tunnel: Tunnel) => Promise<boolean>,
  { pause }: Pick<Deps, 'pause'>,
): CloudflareClient {
  return {
    ...client,
    async getTunnel(id) {
      for (const ms of pauses) {
        if (ms > 0) await pause(ms)
        const wire = await client.getTunnel(id)
        if (!(await isOld(Tunnel.parse(wire)))) return wire
      }
      const detail = 'Cloudflare still shows this tunnel as it was before the last change. Nothing was sent.'
      throw ProblemError.of('busy', { retryAfter: 3, detail })
    },
  }
}
