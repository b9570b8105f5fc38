import type { TunnelVersion } from '@tunnel-console/shared/api'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { TunnelReadings } from '../readings/tunnels.ts'
import type { Versions } from './versions.ts'

interface VersionServices {
  versions: Pick<Versions, 'list'>
  tunnels: Pick<TunnelReadings, 'nameOf'>
  client: Pick<CloudflareClient, 'getTunnel'>
}

/** The versions of a tunnel, newest first. Throws `not-found` for one that never was. */
export async function versionsOf({ versions, tunnels, client }: VersionServices, id: string): Promise<TunnelVersion[]> {
  const known = await versions.list(id)
  // Of a tunnel that nobody has changed yet there are none; of one that never was there is nothing to tell.
  if (known.length === 0 && tunnels.nameOf(id) === '') await client.getTunnel(id)
  return known
}
