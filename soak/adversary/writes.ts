import type { Fault } from './fault.ts'
import type { LedgerEntry } from './ledger.ts'
import { type Commit, digest, type Store, type Write } from './store.ts'
import { type Json, seen } from './tunnel.ts'

/** Carries writes out, at once or late, whatever has become of those who sent them. */
export function createWrites(store: Store, onKey: (psk: string) => void) {
  const pending = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()

  function carryOut(entry: LedgerEntry, write: Write, staleMs: number): Commit {
    const commit = store.commit(write)
    if (!commit.ok) {
      entry.refusal = `${commit.refusal.status} ${commit.refusal.code}`
      return commit
    }
    const { before, after, psk } = commit
    entry.committedAt = Date.now()
    entry.before = before && seen(before)
    if (write.kind === 'create') entry.createdId = after?.id ?? null
    if (psk !== null) {
      entry.keyHash = digest(psk)
      onKey(psk)
    }
    const id = after?.id ?? before?.id
    if (staleMs > 0 && id !== undefined) store.shadow(id, before, staleMs)
    return commit
  }

  return {
    carryOut,

    /** Later, and not to be stopped by the answer that went out meanwhile. */
    later(entry: LedgerEntry, write: Write, fault: Fault, tell: (commit: Commit) => void): void {
      const done = new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          timers.delete(timer)
          tell(carryOut(entry, write, fault.staleMs))
          resolve()
        }, fault.commitAfterMs ?? 0)
        timers.add(timer)
      })
      pending.add(done)
      void done.then(() => pending.delete(done))
    },

    /** Every late write has been carried out. */
    async landed(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending)
    },

    stop(): void {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

export type Writes = ReturnType<typeof createWrites>

/** The write that a request asks for; `null` for a read. */
export function writeOf(entry: LedgerEntry, body: Json): Write | null {
  const { kind, tunnelId: id } = entry
  if (kind === 'create') return { kind, body }
  if (id === null) return null
  if (kind === 'update') return { kind, id, body }
  return kind === 'delete' || kind === 'psk' ? { kind, id } : null
}

/** The `result` of Cloudflare's envelope after a write. */
export function resultOf(write: Write, commit: Extract<Commit, { ok: true }>): unknown {
  const { before, after, psk } = commit
  switch (write.kind) {
    case 'create':
      return after
    case 'update':
      return { modified: true, modified_ipsec_tunnel: after }
    case 'delete':
      return { deleted: true, deleted_ipsec_tunnel: before }
    case 'psk':
      return {
        ipsec_tunnel_id: write.id,
        ipsec_id: `33145236_${write.id}`,
        psk,
        psk_metadata: after?.psk_metadata,
      }
  }
}
