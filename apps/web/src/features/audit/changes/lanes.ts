import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { AuditOutcome } from '@tunnel-console/shared/audit-outcome'
import type { StateFold } from '@tunnel-console/shared/state-folds'

/** Where something stands on the time axis: a tunnel did it, it was made by this console, or past it. */
export type Lane = LaneItem['lane']

export interface LaneEntry {
  lane: 'ours' | 'outside'
  id: string
  /** Milliseconds. */
  at: number
  entry: AuditEntry
}

export interface LaneFold {
  lane: 'status'
  id: string
  /** Milliseconds. */
  at: number
  fold: StateFold
}

export type LaneItem = LaneEntry | LaneFold

const outside: ReadonlySet<string> = new Set([
  'tunnel.createdOutside',
  'tunnel.changedOutside',
  'tunnel.deletedOutside',
])

/** It happened, or may have. */
const mayHaveHappened: ReadonlySet<AuditOutcome> = new Set(['applied', 'unknown', 'pending'])

/**
 * What of the log changed the network, or may have, in the order of the log: tunnels and their keys. What was refused,
 * tried or only read changed nothing.
 */
export function laneEntriesOf(entries: readonly AuditEntry[]): LaneEntry[] {
  return entries.flatMap((entry): LaneEntry[] => {
    const { action, outcome, validateOnly, id } = entry
    const item = { id, at: Date.parse(entry.at), entry }
    if (outside.has(action)) return [{ ...item, lane: 'outside' }]
    const isOurs = /^(tunnel|psk)\./.test(action) || action === 'sandbox.reset'
    return isOurs && !validateOnly && mayHaveHappened.has(outcome) ? [{ ...item, lane: 'ours' }] : []
  })
}

/** Both on one axis, the newest first; of one moment the change stands below what it may have caused. */
export function laneItemsOf(entries: readonly LaneEntry[], folds: readonly StateFold[]): LaneItem[] {
  const states = folds.map((fold): LaneFold => ({ lane: 'status', id: fold.id, at: Date.parse(fold.at), fold }))
  return [...states, ...entries].sort((one, other) => other.at - one.at)
}
