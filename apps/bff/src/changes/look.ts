import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient } from '../cloudflare/client.ts'
import { isGone } from '../cloudflare/gone.ts'
import { writtenTunnel } from './answers.ts'
import type { Change, Facts } from './change.ts'
import type { Done, Finding } from './kind.ts'
import { kindOf } from './kinds.ts'
import type { Seal } from './seal.ts'
import { versionOf } from './version.ts'

/** Pauses before each look while somebody waits for the answer, in milliseconds (U23). */
export const lookPauses = [0, 500, 1000, 2000]

/** What a look at Cloudflare showed: the finding, and the tunnel as it is now. */
export interface Look {
  finding: Finding
  tunnel: Tunnel | null
}

/**
 * Looks whether a change has happened, from its stored facts and one read of Cloudflare. Throws when Cloudflare does not
 * answer: then nothing is known.
 */
export async function lookAtCloudflare(client: CloudflareClient, seal: Seal, change: Change, facts: Facts) {
  return judge(seal, change, facts, await tunnelOf(client, change, facts))
}

/** The same from a list that has been read anyway. `null`: the list alone cannot tell. */
export async function lookAtList(
  list: readonly Tunnel[],
  seal: Seal,
  change: Change,
  facts: Facts,
): Promise<Look | null> {
  const tunnel = change.kind === 'create' ? candidate(list, facts) : list.find(({ id }) => id === facts.tunnelId)
  // That a tunnel is missing from a list proves nothing: only Cloudflare's own "does not exist" says that it is deleted.
  if (!tunnel && change.kind !== 'create') return null
  return judge(seal, change, facts, tunnel ?? null)
}

async function tunnelOf(client: CloudflareClient, change: Change, facts: Facts): Promise<Tunnel | null> {
  if (change.kind === 'create') return candidate((await client.listTunnels()).tunnels, facts)
  try {
    return Tunnel.parse(await client.getTunnel(change.tunnelId))
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

/** Names are unique: the tunnel of this name that was not there before; or one that somebody may have renamed since. */
function candidate(list: readonly Tunnel[], { name, known, goal }: Facts): Tunnel | null {
  const isNew = ({ id }: Tunnel) => !known.includes(id)
  const named = list.find((tunnel) => tunnel.name === name && isNew(tunnel))
  const renamed = list.find((tunnel) => tunnel.interface_address === goal?.interface_address && isNew(tunnel))
  return named ?? renamed ?? null
}

async function judge(seal: Seal, change: Change, facts: Facts, tunnel: Tunnel | null): Promise<Look> {
  const seen = { tunnel: tunnel && (await seal.tunnel(tunnel)), version: tunnel && (await versionOf(tunnel)) }
  return { finding: kindOf(change).look(change, facts, seen), tunnel }
}

/** What an applied change that was found by looking tells: as much as its own answer would have. */
export async function doneOf(
  facts: Facts,
  { finding, tunnel }: Look & { finding: { fate: 'applied' } },
): Promise<Done> {
  const { ours, outside } = finding
  const answer = tunnel ? await writtenTunnel(tunnel) : { deleted: true as const }
  const target = { id: tunnel?.id ?? facts.tunnelId, name: facts.name }
  return { target, answer, ours, outside, tunnel, ray: undefined }
}
