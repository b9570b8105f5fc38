import { type Json, malformed } from './body.ts'
import type { Deps } from './context.ts'
import { refuseIfAny } from './errors.ts'
import { digestKey, generateKey } from './keys.ts'
import { ipsecId } from './present.ts'
import type { StoredTunnel } from './state.ts'
import { findTunnel, keyedTunnel, type WriteOptions } from './tunnel-writes.ts'

type AppliedKey = { ipsec_tunnel_id: string; ipsec_id: string; psk: string; psk_metadata: object }

/** A dry run answers an empty key: one that was never applied must not be copied to a device. */
export async function generatePsk(deps: Deps, id: string, options: WriteOptions): Promise<AppliedKey> {
  const before = findTunnel(deps, id)
  if (options.validateOnly) return appliedKey(deps, before, '')
  const psk = generateKey(deps.random)
  const digest = await digestKey(psk)
  applyKeys(deps, new Map([[id, digest]]), deps.now().toISOString(), options)
  return appliedKey(deps, findTunnel(deps, id), psk)
}

export interface BulkKeys {
  successfully_applied_psks: Record<string, AppliedKey>
  unapplied_psks: Record<string, string>
}

/** Each key on its own: what cannot be applied is named with its reason, the rest is. Moves `last_generated_on`. */
export async function setPsks(deps: Deps, entries: Json[], options: WriteOptions): Promise<BulkKeys> {
  refuseIfAny(
    entries.flatMap((entry, index) =>
      ['id', 'psk']
        .filter((key) => typeof entry[key] !== 'string')
        .map((key) => malformed('setting PSKs', `field "${key}" must be a string`, `/psks/${index}/${key}`)),
    ),
  )
  const keys = await Promise.all(
    entries.map(async (entry) => {
      const psk = String(entry['psk'])
      return { id: String(entry['id']), psk, digest: await digestKey(psk) }
    }),
  )
  const now = deps.now().toISOString()
  const result: BulkKeys = { successfully_applied_psks: {}, unapplied_psks: {} }
  const digests = new Map<string, string>()
  for (const { id, psk, digest } of keys) {
    const tunnel = deps.store.current.tunnels.find((candidate) => candidate.id === id)
    if (!tunnel || psk === '') {
      result.unapplied_psks[id] = tunnel ? 'psk must not be empty' : 'IPsec tunnel not found'
    } else if (options.validateOnly) {
      result.successfully_applied_psks[id] = appliedKey(deps, tunnel, '')
    } else {
      digests.set(id, digest)
      result.successfully_applied_psks[id] = appliedKey(deps, keyedTunnel(tunnel, now), psk)
    }
  }
  applyKeys(deps, digests, now, options)
  return result
}

function applyKeys(deps: Deps, digests: ReadonlyMap<string, string>, now: string, options: WriteOptions): void {
  if (digests.size === 0) return
  for (const [id, digest] of digests) deps.keys.set(id, digest)
  deps.store.commit(
    deps.store.current.tunnels.map((tunnel) =>
      digests.has(tunnel.id) ? { ...keyedTunnel(tunnel, now), modified_on: now } : tunnel,
    ),
  )
  options.committed()
}

function appliedKey(deps: Deps, tunnel: StoredTunnel, psk: string): AppliedKey {
  return {
    ipsec_tunnel_id: tunnel.id,
    ipsec_id: ipsecId(tunnel, deps.accountNumber),
    psk,
    psk_metadata: tunnel.psk_metadata,
  }
}
