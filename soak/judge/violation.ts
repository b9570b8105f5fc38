import type { LedgerEntry } from '../adversary/ledger.ts'
import type { AuditEntry, Op } from '../history.ts'

/** Something that must never be, and what it is about: enough to tell its story. */
export interface Violation {
  rule: string
  /** When it showed. Milliseconds since 1970. */
  at: number
  says: string
  op?: Op | undefined
  write?: LedgerEntry | undefined
  entry?: AuditEntry | undefined
  tunnelId?: string | null | undefined
}
