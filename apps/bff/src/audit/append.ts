import { asc, desc, eq, gt, isNotNull } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Database } from '../storage/database.ts'
import { auditEvent } from '../storage/schema.ts'
import { type AuditRow, columnsOf, genesis, type Head, hashOf, storable } from './chain.ts'

/** Further statements that are committed together with a row of the log, or not at all. */
export type Also = readonly BatchItem<'sqlite'>[]

/** A row without what the chain gives it. */
export type NewRow = Omit<AuditRow, 'seq' | 'entrySeq' | 'prev' | 'hash'> & { entrySeq: number | null }

export interface Appender {
  /**
   * Adds the row that `build` makes, or none when it makes none; `also` is committed either way. Throws what the database
   * says when nothing was committed.
   */
  append(build: () => Promise<NewRow | null>, also?: Also): Promise<void>
  /** The last row of the chain; `null` while there is none. */
  head(): Promise<Head | null>
}

/** Between processes or Workers each round of a race lets one of them through, so this is how many may write at once. */
const attempts = 20
const pageSize = 1000

/** Where the next row goes. `isChained` is false when only rows from before the chain are there, or none. */
interface End extends Head {
  isChained: boolean
}

/**
 * The only writer of the audit log. Within a process rows are added one after another and the end of the chain is kept in
 * memory. Others may write to the same database: the unique `prev` and `seq` then refuse the row, the end is read
 * again, and the row is made anew to follow it.
 */
export function createAppender(db: Database): Appender {
  let end: End | undefined
  let queue: Promise<unknown> = Promise.resolve()

  async function append(build: () => Promise<NewRow | null>, also: Also): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const follows: End = end ?? (await readEnd(db))
      const row = await build()
      if (row === null) return commit(db, also)
      const linked = await link(row, follows)
      try {
        await commit(db, [db.insert(auditEvent).values(linked), ...also])
        end = { seq: linked.seq, hash: linked.hash, isChained: true }
        return
      } catch (error) {
        end = undefined
        if (await isWritten(db, linked)) return
        end = await readEnd(db)
        // Nobody was faster, so the row was refused for another reason, and would be again.
        if (end.hash === follows.hash || attempt >= attempts) throw error
      }
    }
  }

  return {
    append(build, also = []) {
      const added = queue.then(() => append(build, also))
      queue = added.catch(() => undefined)
      return added
    },
    async head() {
      end ??= await readEnd(db)
      return end.isChained ? { seq: end.seq, hash: end.hash } : null
    },
  }
}

async function commit(db: Database, [first, ...rest]: Also): Promise<void> {
  if (first) await db.batch([first, ...rest])
}

/** A database beyond a network may fail to say that it did what it was told. */
async function isWritten(db: Database, { id, hash }: Pick<AuditRow, 'id' | 'hash'>): Promise<boolean> {
  const rows = await db.select({ hash: auditEvent.hash }).from(auditEvent).where(eq(auditEvent.id, id))
  return rows[0]?.hash === hash
}

async function link(row: NewRow, { seq: lastSeq, hash: prev }: End) {
  const seq = lastSeq + 1
  const cells = Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value])
  const whole = { ...(Object.fromEntries(cells) as NewRow), seq, entrySeq: row.entrySeq ?? seq, prev, hash: null }
  return { ...whole, hash: await hashOf(columnsOf(whole), prev) }
}

async function readEnd(db: Database): Promise<End> {
  const newest = await db.select({ seq: auditEvent.seq }).from(auditEvent).orderBy(desc(auditEvent.seq)).limit(1)
  const [head] = await db
    .select({ seq: auditEvent.seq, hash: auditEvent.hash })
    .from(auditEvent)
    .where(isNotNull(auditEvent.hash))
    .orderBy(desc(auditEvent.seq))
    .limit(1)
  if (head?.hash) return { seq: newest[0]?.seq ?? head.seq, hash: head.hash, isChained: true }
  return followOld(db)
}

/** The hash that the first row of the chain follows: that of every row before it, as if they were chained. */
async function followOld(db: Database): Promise<End> {
  let end: End = { seq: 0, hash: genesis, isChained: false }
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, end.seq))
      .orderBy(asc(auditEvent.seq))
      .limit(pageSize)
    for (const row of rows) end = { seq: row.seq, hash: await hashOf(columnsOf(row), end.hash), isChained: false }
    if (rows.length < pageSize) return end
  }
}
