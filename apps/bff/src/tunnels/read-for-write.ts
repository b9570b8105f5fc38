import { ProblemError } from '@tunnel-console/shared/problem'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient, WireTunnel } from '../cloudflare/client.ts'
import { writtenTunnel } from './answers.ts'

/**
 * The tunnel as it is this moment, if it is still the version that the person saw. Throws `conflict` with what is there
 * now otherwise, and `not-found` when it was deleted meanwhile. Writers outside this console can still slip in between
 * this read and the write: conflicts are detected, not prevented.
 */
export async function readForWrite(
  client: CloudflareClient,
  id: string,
  version: string,
): Promise<{ wire: WireTunnel; tunnel: Tunnel }> {
  const wire = await client.getTunnel(id)
  const now = await writtenTunnel(wire)
  if (now.version !== version) throw ProblemError.of('conflict', { current: now.tunnel, version: now.version })
  return { wire, tunnel: now.tunnel }
}
