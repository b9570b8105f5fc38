import type { LedgerEntry } from '../adversary/ledger.ts'
import type { AuditEntry } from '../history.ts'
import type { Evidence } from './evidence.ts'
import { untoldEdits } from './untold.ts'
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

/** What others did stands in nobody's name, what we did is not called theirs, and theirs is told. */
export function outsideEntries({ history, entries }: Evidence): Violation[] {
  const { counters, audit } = history
  const isCounter = (entry: AuditEntry) => counters.some(({ id }) => id === entry.target?.id)
  const taken = entries
    .filter(({ action, outcome }) => action === 'tunnel.update' && outcome === 'applied')
    .filter((entry) => isCounter(entry) && entry.changes.some(({ path }) => path !== 'description'))
    .map((entry) => aboutEntry('outside-as-ours', entry, 'says that its person changed what somebody outside did'))
  const given = audit
    .filter((entry) => entry.action === 'tunnel.changedOutside' && isCounter(entry))
    .filter(({ changes }) => changes.some(({ path }) => path === 'description'))
    .map((entry) =>
      aboutEntry('ours-as-outside', entry, 'tells as somebody else’s what was written through the console'),
    )
  return [...taken, ...given, ...untoldEdits(history)]
}

function aboutEntry(rule: string, entry: AuditEntry, what: string): Violation {
  const says = `entry ${entry.seq} ${what}: ${entry.changes.map(({ path }) => path).join(', ')}`
  return { rule, at: Date.parse(entry.at), says, entry, tunnelId: entry.target?.id }
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
