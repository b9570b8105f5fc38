import type { LedgerEntry } from '../adversary/ledger.ts'
import type { AuditEntry } from '../history.ts'
import { claimOfOutcome, type Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

/** Every write has one intent in the audit log, written before it went out. */
export function withoutIntent({ writes, entryOf, opOf }: Evidence): Violation[] {
  return writes
    .filter((write) => !entryOf.has(write))
    .map((write) => ({
      rule: 'no-intent',
      at: write.at,
      says: `${write.method} ${write.path} (#${write.n}) has no entry of its own in the audit log`,
      write,
      op: opOf.get(write),
      tunnelId: write.tunnelId,
    }))
}

/** Each entry tells what happened, or at the worst that nobody knows; none is left without an end. */
export function falseEntries(evidence: Evidence): Violation[] {
  const { entries, history, writeOf, opOf } = evidence
  return entries.flatMap((entry): Violation[] => {
    const write = writeOf.get(entry)
    const found = complaint(evidence, entry, write)
    if (!found) return []
    const [rule, what] = found
    const says = `entry ${entry.seq} (${entry.action}, ${entry.outcome}) ${what}`
    const at = Math.min(Date.parse(entry.settledAt ?? entry.at), history.endedAt)
    return [{ rule, at, says, entry, write, op: write && opOf.get(write), tunnelId: entry.target?.id }]
  })
}

function complaint(evidence: Evidence, entry: AuditEntry, write: LedgerEntry | undefined): [string, string] | null {
  const claim = claimOfOutcome(entry.outcome)
  const isDone = write !== undefined && write.committedAt !== null
  if (entry.outcome === 'pending') return ['pending', 'is still pending']
  if (claim === 'not-applied' && isDone) return ['entry-denies', 'denies what took effect']
  if (claim === 'applied' && !isDone && !isNothingToDo(evidence, entry)) {
    return ['entry-invents', 'tells of what never took effect']
  }
  if (claim === 'unknown' && isDone && isPlain(evidence, write))
    return ['entry-open', 'is open, and what happened is plain to see']
  return null
}

/** Applied without a write: nothing was to be changed, or the tunnel was gone already. */
function isNothingToDo({ writes }: Evidence, { action, changes, target }: AuditEntry): boolean {
  if (action === 'tunnel.update') return changes.length === 0
  const isGone = writes.some(
    ({ kind, tunnelId, committedAt }) => kind === 'delete' && tunnelId === target?.id && committedAt !== null,
  )
  return action === 'tunnel.delete' && isGone
}

/** Whether a look at the tunnels as they are at the end shows that a write took effect. */
function isPlain({ history }: Evidence, write: LedgerEntry): boolean {
  const find = (id: string | null) => history.tunnels.find((tunnel) => tunnel.id === id)
  if (write.kind === 'create') return find(write.createdId) !== undefined
  if (write.kind === 'delete') return find(write.tunnelId) === undefined
  const text = write.wanted?.description
  return write.kind === 'update' && text !== undefined && find(write.tunnelId)?.description === text
}
