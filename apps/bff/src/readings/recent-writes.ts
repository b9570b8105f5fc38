import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Deps } from '../deps.ts'

/** How long after a write a list may still come from a replica that has not heard of it. */
const lagMs = 15_000

interface Write {
  /** As it was before, by what moves with every change; `null` for a tunnel that was not there. */
  before: string | null
  after: Tunnel | null
  at: number
}

/**
 * Holds lists against our own latest writes: one that shows a tunnel as it was before a write comes from a replica that
 * lags, and must not make the page flip back and forth (U23). Any third state is somebody else's and counts.
 */
export function createRecentWrites({ monotonic }: Pick<Deps, 'monotonic'>) {
  const writes = new Map<string, Write>()

  return {
    add(id: string, before: Tunnel | undefined, after: Tunnel | null): void {
      writes.set(id, { before: before ? markOf(before) : null, after, at: monotonic() })
    },

    /** The list as it is once our latest writes are upheld against a replica that lags. */
    upheld(list: Tunnel[]): Tunnel[] {
      for (const [id, { at }] of writes) if (monotonic() - at > lagMs) writes.delete(id)
      if (writes.size === 0) return list
      const ids = new Set(list.map(({ id }) => id))
      const added = [...writes].flatMap(([id, { before, after }]) =>
        !ids.has(id) && before === null && after ? [after] : [],
      )
      const kept = list.flatMap((tunnel) => {
        const write = writes.get(tunnel.id)
        if (!write || write.before !== markOf(tunnel)) return [tunnel]
        return write.after ? [write.after] : []
      })
      return [...kept, ...added]
    },
  }
}

/** What moves with every change of a tunnel: enough to tell one state from another. */
function markOf({ bgp_status: _, ...tunnel }: Tunnel): string {
  return JSON.stringify(tunnel)
}
