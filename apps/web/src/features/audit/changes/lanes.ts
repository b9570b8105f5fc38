import type { AuditEntry } from '@tunnel-console/shared/audit'
import type { AuditOutcome } from '@tunnel-console/shared/audit-outcome'

/** Where a change stands on the time axis: made by this console, or past it. */
export type Lane = 'ours' | 'outside'

export interface LaneEntry {
  entry: AuditEntry
  lane: Lane
}

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
    const { action, outcome, validateOnly } = entry
    if (outside.has(action)) return [{ entry, lane: 'outside' }]
    const isOurs = /^(tunnel|psk)\./.test(action) || action === 'sandbox.reset'
    return isOurs && !validateOnly && mayHaveHappened.has(outcome) ? [{ entry, lane: 'ours' }] : []
  })
}
