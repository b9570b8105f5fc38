import { getTableColumns, type InferSelectModel } from 'drizzle-orm'
import { sha256 } from '../readings/prepared.ts'
import { auditEvent } from '../storage/schema.ts'

export type AuditRow = InferSelectModel<typeof auditEvent>

/** A row as the database holds it, by the names of its columns: text, number or `null`. */
export type ChainRow = Readonly<Record<string, unknown>>

/** What the first row of all follows. */
export const genesis = 'genesis'

/** How far the chain reaches: the last row's place and hash. */
export interface Head {
  seq: number
  hash: string
}

/**
 * The hash of a row that follows the row with the hash `prev`: SHA-256, base64url, over every column with a value, by name.
 * What is `null` is left out, so that a column added later does not change the hash of older rows.
 *
 * A row from before the chain has neither `prev` nor `hash`, and is hashed as if it had been chained: so the first chained
 * row vouches for all that stood before it.
 */
export function hashOf(row: ChainRow, prev: string): Promise<string> {
  const cells = Object.entries({ ...row, prev })
    .filter(([name, value]) => name !== 'hash' && value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify(cells))
}

/** A row of ours as the database will hold it. */
export function columnsOf(row: AuditRow): ChainRow {
  const columns = Object.entries(getTableColumns(auditEvent))
  return Object.fromEntries(
    columns.map(([key, column]) => {
      const value = row[key as keyof AuditRow]
      return [column.name, value === null ? null : column.mapToDriverValue(value)]
    }),
  )
}

/**
 * Text that every database gives back as it was given: half of a surrogate pair is not UTF-8, and what follows a NUL is lost
 * to some. Stored otherwise than hashed, a name from outside could break the chain.
 */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
