import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { versionOf } from '../changes/version.ts'
import type { Deps } from '../deps.ts'

/** How long after a write a read may still come from a replica that has not heard of it. */
const lagMs = 15_000
/** How long a write may stay open before its end is known. */
const openMs = 10 * 60_000

interface Recent {
  /** The versions that this console has written over lately. */
  before: Set<string>
  /** As the latest write left it; `null`: deleted; `'elsewhere'`: written by a former process; `undefined`: not yet known. */
  after: Tunnel | null | 'elsewhere' | undefined
  isCreated: boolean
  /** Monotonic milliseconds until which it counts. */
  until: number
}

export type RecentWrites = ReturnType<typeof createRecentWrites>

/**
 * Holds reads against our own latest writes. One that shows a tunnel at a version that we have written over comes from a
 * replica that lags: believed, it would let a colleague's change pass the version check and overwrite ours, and make the
 * page flip back and forth (U23). Any other version is somebody else's and counts.
 */
export function createRecentWrites({ monotonic }: Pick<Deps, 'monotonic'>) {
  const writes = new Map<string, Recent>()

  function entryOf(id: string): Recent {
    const now = monotonic()
    for (const [known, { until }] of writes) if (until < now) writes.delete(known)
    const entry = writes.get(id) ?? { before: new Set(), after: undefined, isCreated: false, until: 0 }
    writes.set(id, entry)
    return entry
  }

  async function isOld(tunnel: Tunnel): Promise<boolean> {
    const write = writes.get(tunnel.id)
    if (!write || write.until < monotonic() || write.before.size === 0) return false
    // Before its end is known, the version that a write wants to replace is as good as any.
    return write.after !== undefined && write.before.has(await versionOf(tunnel))
  }

  return {
    /** A write that means to replace this version is about to leave. */
    sends(id: string, version: string): void {
      const entry = entryOf(id)
      entry.before.add(version)
      entry.until = Math.max(entry.until, monotonic() + openMs)
    },

    /** A write has left the tunnel like this; `null`: it is gone; `'elsewhere'`: a former process knows how. */
    wrote(id: string, after: Tunnel | null | 'elsewhere'): void {
      const entry = entryOf(id)
      entry.isCreated ||= entry.before.size === 0
      entry.after = after
      entry.until = monotonic() + lagMs
    },

    isOld,

    /** The tunnel as our latest write left it, if this reading of it is older than that. */
    async newest(tunnel: Tunnel): Promise<Tunnel | null> {
      const after = (await isOld(tunnel)) ? writes.get(tunnel.id)?.after : null
      return after && after !== 'elsewhere' ? after : null
    },

    /** A list as it is once our latest writes are upheld against a replica that lags. */
    async upheld(list: Tunnel[]): Promise<Tunnel[]> {
      const now = monotonic()
      const recent = [...writes].filter(([, { until, after }]) => until >= now && after !== undefined)
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
