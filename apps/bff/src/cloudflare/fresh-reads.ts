import { ProblemError } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Deps } from '../deps.ts'
import type { RecentWrites } from '../readings/recent-writes.ts'
import type { CloudflareClient, WireTunnel } from './client.ts'
import { isGone } from './gone.ts'

/** Pauses before each reading, in milliseconds (U23). */
const pauses = [0, 500, 1000, 2000]

type Known = Pick<RecentWrites, 'isOld' | 'isThere'>

/**
 * The client for looks: a reading from a replica that has not heard of our own latest write shows nothing. Throws `busy`
 * for it, and for a "does not exist" of a tunnel that we have just written.
 */
export function withHonestReads(client: CloudflareClient, { isOld, isThere }: Known): CloudflareClient {
  return {
    ...client,
    async getTunnel(id) {
      const wire = await client.getTunnel(id).catch((error: unknown) => {
        throw isGone(error) && isThere(id) ? lags() : error
      })
      if (await isOld(Tunnel.parse(wire))) throw lags()
      return wire
    },
  }
}

/**
 * The client for writes: a tunnel is read again while a replica that lags answers. A version check against such a reading
 * would pass what must not pass. Throws `busy` when no other answers.
 */
export function withFreshReads(honest: CloudflareClient, { pause }: Pick<Deps, 'pause'>): CloudflareClient {
  return {
    ...honest,
    async getTunnel(id) {
      for (const ms of pauses.slice(0, -1)) {
        if (ms > 0) await pause(ms)
        try {
          return await honest.getTunnel(id)
        } catch (error) {
          if (!(error instanceof ProblemError) || error.problem.code !== 'busy') throw error
        }
      }
      await pause(pauses.at(-1) ?? 0)
      return honest.getTunnel(id)
    },
  }
}

/**
 * The client for the reads of many changes: one list in place of a reading of each. A tunnel that the list lacks, or shows
 * as it was before our own latest write, is read by itself: a list alone proves neither.
 */
export function withOneList(fresh: CloudflareClient, { isOld }: Pick<RecentWrites, 'isOld'>): CloudflareClient {
  let listed: Promise<Map<string, WireTunnel>> | undefined
  const read = async () => new Map((await fresh.listWires()).map((wire) => [wire.id, wire]))
  return {
    ...fresh,
    async listTunnels() {
      listed ??= read()
      return { tunnels: [...(await listed).values()].map((wire) => Tunnel.parse(wire)), unreadable: 0 }
    },
    async getTunnel(id) {
      listed ??= read()
      const wire = (await listed).get(id)
      return wire && !(await isOld(Tunnel.parse(wire))) ? wire : fresh.getTunnel(id)
    },
  }
}

function lags(): ProblemError {
  const detail = 'Cloudflare still shows this tunnel as it was before the last change. Nothing was sent.'
  return ProblemError.of('busy', { retryAfter: 3, detail })
}
