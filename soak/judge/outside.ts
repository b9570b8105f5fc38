import type { LedgerEntry, OutsideEdit } from '../adversary/ledger.ts'
import type { Evidence } from './evidence.ts'
import type { Violation } from './violation.ts'

const paths = ['customer_endpoint', 'rate'] as const

/** How old a reading may be that a change is laid over. Milliseconds. */
const freshMs = 3000

/**
 * A write of the console leaves alone what it does not mean: every other field goes along as it was just read. Where
 * somebody changed it between that reading and the write, nobody can help it (`raced` counts those).
 */
export function overwritten({ writes, history }: Evidence): Violation[] {
  return writes.flatMap((write): Violation[] => {
    if (write.kind !== 'update' || write.wanted === null) return []
    const shown = readingsBefore(write, history.ledger)
    return paths.flatMap((path): Violation[] => {
      const value = write.wanted?.[path]
      if (value === undefined || shown.some(({ served }) => served?.[path] === value)) return []
      const says = `${path} went along as ${value}, which no reading before it showed`
      return [{ rule: 'overwritten', at: write.at, says, write, tunnelId: write.tunnelId }]
    })
  })
}

/** Writes that undid an outside edit which came between their reading and them: measured, not forbidden. */
export function raced({ writes }: Evidence): number {
  return writes.filter(
    ({ committedAt, before, wanted }) =>
      committedAt !== null &&
      before !== null &&
      paths.some((path) => wanted?.[path] !== undefined && wanted[path] !== before[path]),
  ).length
}

/** What others did stands in nobody's name, and stands there. */
export function outsideEntries({ history, entries }: Evidence): Violation[] {
  const counters = history.counters.map(({ id }) => id)
  const ours = entries.flatMap((entry): Violation[] => {
    const { action, outcome, changes, target } = entry
    if (action !== 'tunnel.update' || outcome !== 'applied' || !counters.includes(target?.id ?? '')) return []
    const foreign = changes.find(({ path }) => path !== 'description')
    if (!foreign) return []
    const says = `entry ${entry.seq} says that its person changed ${foreign.path}`
    return [{ rule: 'outside-as-ours', at: Date.parse(entry.at), says, entry, tunnelId: target?.id }]
  })
  return [...ours, ...untold(history.outside, history.audit, history.endedAt)]
}

function untold(
  outside: readonly OutsideEdit[],
  audit: readonly { action: string; target: { id: string | null } | null }[],
  at: number,
): Violation[] {
  const edited = [...new Set(outside.map(({ tunnelId }) => tunnelId))]
  return edited
    .filter((id) => !audit.some(({ action, target }) => action === 'tunnel.changedOutside' && target?.id === id))
    .map((tunnelId) => ({ rule: 'outside-untold', at, says: 'outside edits left no line in the audit log', tunnelId }))
}

function readingsBefore(write: LedgerEntry, ledger: readonly LedgerEntry[]): LedgerEntry[] {
  const readings = ledger.filter(
    ({ kind, tunnelId, served, answeredAt }) =>
      kind === 'get' && tunnelId === write.tunnelId && served !== null && answeredAt !== null && answeredAt <= write.at,
  )
  return readings.filter(
    ({ answeredAt }, index) => index === readings.length - 1 || (answeredAt ?? 0) >= write.at - freshMs,
  )
}
