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
   * Adds the rows that `build` makes, one after the other in one commit, or none when it makes none; `also` is committed
   * either way. Throws what the database says when nothing was committed.
   */
  append(build: () => Promise<readonly NewRow[]>, also?: Also): Promise<void>
  /** The last row of the chain; `null` while there is none. */
  head(): Promise<Head | null>
}

/** Each round of a race between processes or Workers lets one of them through. */
const attempts = 30
/** Grows with each lost round, and by chance, so that nobody loses every one. About a second in all. */
const pauseMs = 5
const pageSize = 1000

/**
 * The only writer of the audit log. Within a process rows are added one after another and the end of the chain is kept in
 * memory. Others may write to the same database: the unique `prev` and `seq` then refuse the row, the end is read
 * again, and the row is made anew to follow it.
 */
export function createAppender(db: Database): Appender {
  let end: Head | undefined
  let queue: Promise<unknown> = Promise.resolve()

  async function append(build: () => Promise<readonly NewRow[]>, also: Also): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const follows: Head = end ?? (await readEnd(db))
      const linked = await linkAll(await build(), follows)
      const last = linked.at(-1)
      if (!last) return commit(db, also)
      try {
        await commit(db, [...inserts(db, linked), ...also])
        end = { seq: last.seq, hash: last.hash }
        return
      } catch (error) {
        end = undefined
        if (await isWritten(db, last)) return
        // Nobody was faster, so the row was refused for another reason, and would be again.
        if ((await readEnd(db)).hash === follows.hash || attempt >= attempts) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs * attempt))
      }
    }
  }

  return {
    append(build, also = []) {
      const added = queue.then(() => append(build, also))
      queue = added.catch(() => undefined)
      return added
    },
    head: () => readHead(db),
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

type Linked = Awaited<ReturnType<typeof link>>

/** D1 takes 100 bound parameters a statement, and a row of the log has more than twenty. */
const rowsPerInsert = 4

function inserts(db: Database, rows: readonly Linked[]): BatchItem<'sqlite'>[] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerInsert) }, (_, index) =>
    db.insert(auditEvent).values(rows.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert)),
  )
}

/** Each row follows the one before it. */
async function linkAll(rows: readonly NewRow[], follows: Head): Promise<Linked[]> {
  const linked: Linked[] = []
  for (const row of rows) linked.push(await link(row, linked.at(-1) ?? follows))
  return linked
}

async function link(row: NewRow, { seq: lastSeq, hash: prev }: Head) {
  const seq = lastSeq + 1
  const cells = Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value])
  const whole = { ...(Object.fromEntries(cells) as NewRow), seq, entrySeq: row.entrySeq ?? seq, prev, hash: null }
  return { ...whole, hash: await hashOf(columnsOf(whole), prev) }
}

async function readHead(db: Database): Promise<Head | null> {
  const [row] = await db
    .select({ seq: auditEvent.seq, hash: auditEvent.hash })
    .from(auditEvent)
    .where(isNotNull(auditEvent.hash))
    .orderBy(desc(auditEvent.seq))
    .limit(1)
  return row?.hash ? { seq: row.seq, hash: row.hash } : null
}

/** What the next row follows: the last row of the chain, or the rows from before it. */
async function readEnd(db: Database): Promise<Head> {
  const head = await readHead(db)
  if (!head) return followOld(db)
  // A row that somebody put in past the chain must not be able to stop the console: the place after it is free.
  const [last] = await db.select({ seq: auditEvent.seq }).from(auditEvent).orderBy(desc(auditEvent.seq)).limit(1)
  return { seq: last?.seq ?? head.seq, hash: head.hash }
}

/** The hash that the first row of the chain follows: that of every row before it, as if they were chained. */
async function followOld(db: Database): Promise<Head> {
  let end: Head = { seq: 0, hash: genesis }
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, end.seq))
      .orderBy(asc(auditEvent.seq))
      .limit(pageSize)
    for (const row of rows) end = { seq: row.seq, hash: await hashOf(columnsOf(row), end.hash) }
    if (rows.length < pageSize) return end
  }
}
