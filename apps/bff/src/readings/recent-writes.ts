import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { versionOf } from '../changes/version.ts'
import type { Deps } from '../deps.ts'

/** How long after a write a read may still come from a replica that has not heard of it. */
const lagMs = 15_000
/** How long a write may stay open before its end is known. */
const openMs = 10 * 60_000

interface Recent {
  /** The versions that our latest writes have replaced. */
  replaced: Set<string>
  /** As the latest write left it; `null`: deleted; `'elsewhere'`: written by a former process. */
  after: Tunnel | null | 'elsewhere'
  isCreated: boolean
  /** Monotonic milliseconds until which it counts. */
  until: number
}

export type RecentWrites = ReturnType<typeof createRecentWrites>

/**
 * Holds reads against our own latest writes. One that shows a tunnel at a version that we have replaced comes from a
 * replica that lags: believed, it would let a colleague's change pass the version check and overwrite ours, and make the
 * page flip back and forth (U23). Any other version is somebody else's and counts.
 */
export function createRecentWrites({ monotonic }: Pick<Deps, 'monotonic'>) {
  const writes = new Map<string, Recent>()
  /** Versions that writes under way mean to replace: as good as any until their end is known. */
  const pending = new Map<string, { versions: Set<string>; until: number }>()

  function forgetOld(): void {
    const now = monotonic()
    for (const all of [writes, pending]) for (const [id, { until }] of all) if (until < now) all.delete(id)
  }

  async function isOld(tunnel: Tunnel): Promise<boolean> {
    const write = writes.get(tunnel.id)
    if (!write || write.until < monotonic()) return false
    const version = await versionOf(tunnel)
    // Two changes within one tick of Cloudflare's clock may lead back to a version: the newest is never old.
    const isNewest = write.after !== null && write.after !== 'elsewhere' && version === (await versionOf(write.after))
    return !isNewest && write.replaced.has(version)
  }

  return {
    /** A write that means to replace this version is about to leave. */
    sends(id: string, version: string): void {
      forgetOld()
      const versions = pending.get(id)?.versions ?? new Set()
      pending.set(id, { versions: versions.add(version), until: monotonic() + openMs })
    },

    /** A write has left the tunnel like this; `null`: it is gone; `'elsewhere'`: a former process knows how. */
    wrote(id: string, after: Recent['after']): void {
      forgetOld()
      const former = writes.get(id)
      const replaced = new Set([...(former?.replaced ?? []), ...(pending.get(id)?.versions ?? [])])
      const isCreated = former?.isCreated ?? replaced.size === 0
      pending.delete(id)
      writes.set(id, { replaced, after, isCreated, until: monotonic() + lagMs })
    },

    isOld,

    /** Whether we have just created this tunnel: then "it does not exist" may come from a replica that lags. */
    isThere(id: string): boolean {
      const write = writes.get(id)
      return (write?.isCreated && write.until >= monotonic() && write.after !== null) ?? false
    },

    /** The tunnel as our latest write left it, if this reading of it is older than that. */
    async newest(tunnel: Tunnel): Promise<Tunnel | null> {
      const after = (await isOld(tunnel)) ? writes.get(tunnel.id)?.after : null
      return after && after !== 'elsewhere' ? after : null
    },

    /** A list as it is once our latest writes are upheld against a replica that lags. */
    async upheld(list: Tunnel[]): Promise<Tunnel[]> {
      const now = monotonic()
      const recent = [...writes].filter(([, { until }]) => until >= now)
      if (recent.length === 0) return list
      const byId = new Map(list.map((tunnel) => [tunnel.id, tunnel]))
      for (const [id, { after, isCreated }] of recent) {
        if (after === 'elsewhere') continue
        const listed = byId.get(id)
        if (listed ? await isOld(listed) : isCreated && after) {
          if (after) byId.set(id, after)
          else byId.delete(id)
        }
      }
      return [...byId.values()]
    },
  }
}
