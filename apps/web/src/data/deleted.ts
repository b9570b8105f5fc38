import { queryOptions } from '@tanstack/react-query'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { createStore } from '../lib/store.ts'
import { lastEntriesQuery } from './audit.ts'

/** Tunnels that this page has deleted, by id, with the moment in ISO 8601. What a cache still holds of them is past. */
export const deletedHere = createStore<Readonly<Record<string, { name: string; at: string }>>>({})

export const noteDeleted = (id: string, name: string): void =>
  deletedHere.set((all) => ({ ...all, [id]: { name, at: new Date().toISOString() } }))

/** Who deleted a tunnel and when, as the log has it; `null` where the log says nothing of it. */
export const deletionQuery = (id: string) =>
  queryOptions({
    ...lastEntriesQuery(id),
    select: ({ entries }) => {
      const entry = entries.find(isDeletion)
      return entry ? { by: entry.actor, at: entry.at } : null
    },
  })

function isDeletion({ action, outcome, validateOnly }: AuditEntry): boolean {
  if (action === 'tunnel.deletedOutside') return true
  return action === 'tunnel.delete' && outcome === 'applied' && !validateOnly
}
