import { chmodSync, closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database } from '../src/storage/database.ts'
import * as schema from '../src/storage/schema.ts'
import { type StorageCode, StorageUnavailable } from '../src/storage/unavailable.ts'
import { asStorageError, isSqliteError, storageCodeOf } from './sqlite-errors.ts'

/** How long a statement waits for another process before it gives up. */
const giveUpMs = 2000

/** A database file that must not be used as it is. The message is one line for the person who starts the program. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'
}

export interface OpenDatabase {
  db: Database
  /** Another number once anything may have been written: by this process at once, by another within 100 ms. Throws what a read would. */
  version(): number
  close(): void
}

/**
 * The database in one SQLite file (or `:memory:`), brought up to the schema of this build.
 *
 * A file that is damaged, or written by a newer build, is refused and left as it is: it holds the audit trail, so only a
 * person may move it away. `synchronous=FULL`, since an audit line must survive a power cut once it has been promised.
 */
export async function openDatabase(file: string, migrations = defaultMigrations): Promise<OpenDatabase> {
  const sqlite = open(file)
  try {
    await whenFree(() => prepare(sqlite, file))
    await whenFree(() => migrate(sqlite, file, migrations))
    sqlite.exec('PRAGMA foreign_keys = ON')
  } catch (error) {
    sqlite.close()
    throw refusalOf(error, file)
  }

  const statements = createStatements(sqlite)
  const { counted, version } = createVersion(sqlite)
  const execute = (query: Query) => counted(query.sql, () => executed(statements.of(query), query))
  const db = drizzle(
    (sql, params, method) => whenFree(() => execute({ sql, params, method })),
    (queries) => whenFree(() => inTransaction(sqlite, () => queries.map(execute))),
    { schema },
  )
  return { db, version, close: () => sqlite.isOpen && sqlite.close() }
}

/** Few statements are in use, so what is not among so many is not worth keeping. */
const mostStatements = 300

/** Statements that are prepared once: to prepare one takes longer than to carry it out. */
function createStatements(sqlite: DatabaseSync) {
  const kept = new Map<string, StatementSync>()
  return {
    of({ sql, method }: Query): StatementSync {
      const key = method === 'run' ? `run ${sql}` : sql
      const known = kept.get(key)
      if (known) return known
      // One connection serves every request, so a transaction left open across an await would take in strangers' writes.
      if (/^\s*(begin|savepoint)\b/i.test(sql)) throw new Error('Use db.batch: there are no interactive transactions')
      const statement = sqlite.prepare(sql)
      if (method !== 'run') statement.setReturnArrays(true)
      if (kept.size >= mostStatements) kept.clear()
      kept.set(key, statement)
      return statement
    },
  }
}

/** How old, in milliseconds, what SQLite said of others' commits may be. Asking costs as much as an answer from memory does. */
const othersFreshMs = 100

/** Counts what this connection writes; of commits by others SQLite tells (sqlite.org/pragma.html#pragma_data_version). */
function createVersion(sqlite: DatabaseSync) {
  const others = sqlite.prepare('PRAGMA data_version')
  others.setReturnArrays(true)
  let [seen, count, asked]: [unknown, number, number] = [undefined, 0, Number.NEGATIVE_INFINITY]
  return {
    counted<T>(sql: string, work: () => T): T {
      try {
        return work()
      } finally {
        if (!/^\s*select\b/i.test(sql)) count++
      }
    },
    version(): number {
      const now = performance.now()
      if (now - asked < othersFreshMs) return count
      asked = now
      const is = Object.values(others.get() ?? {})[0]
      if (is !== seen) count++
      seen = is
      return count
    },
  }
}

const defaultMigrations = path.join(import.meta.dirname, '../migrations')

/** The file is ours alone (0600) before SQLite sees it; the -wal and -shm files take over its mode. */
function open(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') {
      closeSync(openSync(file, 'a', 0o600))
      chmodSync(file, 0o600)
    }
    // No waiting inside SQLite: it would hold up the whole process, once for each statement that waits (L2).
    return new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: false })
  } catch (error) {
    throw refused(file, error instanceof Error ? error.message : String(error))
  }
}

function prepare(sqlite: DatabaseSync, file: string): void {
  const inMemory = file === ':memory:'
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  if (pragma(sqlite, 'journal_mode') !== (inMemory ? 'memory' : 'wal')) throw refused(file, 'WAL is not possible there')
  if (pragma(sqlite, 'synchronous') !== 2) throw refused(file, 'synchronous=FULL is not possible there')
  const check = pragma(sqlite, 'quick_check(1)')
  if (check !== 'ok') throw refused(file, String(check).split('\n')[0] ?? 'damaged')
}

/**
 * Applies what is missing, all or nothing. Same table as drizzle's own migrator, which is not used because it reads before
 * it locks: of two processes that start together, one would fail. Foreign keys are off meanwhile (rebuilding a table would
 * delete its children) and checked before the commit.
 */
function migrate(sqlite: DatabaseSync, file: string, folder: string): void {
  const known = readMigrationFiles({ migrationsFolder: folder })
  inTransaction(sqlite, () => {
    sqlite.exec(
      'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    )
    const rows = sqlite.prepare('SELECT created_at FROM __drizzle_migrations').all()
    const applied = new Set(rows.map((row) => Number(row['created_at'])))
    const strange = [...applied].some((at) => !known.some((migration) => migration.folderMillis === at))
    if (strange) throw refused(file, 'a newer Tunnel Console wrote it')

    for (const { sql, hash, folderMillis } of known) {
      if (applied.has(folderMillis)) continue
      for (const statement of sql) sqlite.exec(statement)
      sqlite.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(hash, folderMillis)
    }
    if (sqlite.prepare('PRAGMA foreign_key_check').get()) throw refused(file, 'rows refer to rows that are not there')
  })
}

interface Query {
  sql: string
  params: unknown[]
  method: 'run' | 'all' | 'values' | 'get'
}

/** `changes` beside `rows` is what better-auth's adapter reads as the number of affected rows. */
function executed(statement: StatementSync, { params, method }: Query): { rows: unknown[]; changes?: number } {
  const values = params as SQLInputValue[]
  if (method === 'run') return { rows: [], changes: Number(statement.run(...values).changes) }
  if (method === 'get') return { rows: statement.get(...values) as unknown as unknown[] }
  return { rows: statement.all(...values) }
}

/** Synchronous on purpose: nothing else can run between BEGIN and COMMIT. */
function inTransaction<T>(sqlite: DatabaseSync, work: () => T): T {
  sqlite.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    sqlite.exec('COMMIT')
    return result
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('ROLLBACK')
    throw error
  }
}

/**
 * Tries again while another process holds the database, without holding up ours. Throws `StorageUnavailable` when that
 * takes too long, and at once when the database cannot be used for another reason.
 */
async function whenFree<T>(work: () => T): Promise<T> {
  const deadline = performance.now() + giveUpMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (storageCodeOf(error) !== 'SQLITE_BUSY' || performance.now() >= deadline) throw asStorageError(error)
    }
    await sleep(10 + Math.random() * 30)
  }
}

const pragma = (sqlite: DatabaseSync, name: string) => Object.values(sqlite.prepare(`PRAGMA ${name}`).get() ?? {})[0]

/** Why the program cannot start with this file, in one line that says how to mend it. Anything unforeseen stays as it is. */
function refusalOf(error: unknown, file: string): unknown {
  if (error instanceof DatabaseRefused) return error
  if (!(error instanceof StorageUnavailable)) return isSqliteError(error) ? refused(file, error.message) : error
  const mend = mends[error.code]
  const words = error.cause instanceof Error ? error.cause.message : error.code
  return mend === undefined ? refused(file, words) : new DatabaseRefused(`DATA_DIR: ${file} ${mend}`)
}

const mends: Partial<Record<StorageCode, string>> = {
  SQLITE_BUSY: 'is locked by another program; close that program and start again',
  SQLITE_LOCKED: 'is locked by another program; close that program and start again',
  SQLITE_FULL: 'cannot be written: the disk is full; free some space and start again',
  SQLITE_IOERR: 'cannot be read or written: the disk is full or failing; mend that and start again',
  SQLITE_READONLY: 'may only be read; make it writable for this user and start again',
}

const refused = (file: string, reason: string) =>
  new DatabaseRefused(
    `DATA_DIR: ${file} cannot be used (${reason}). Nothing was changed; move it away or restore a backup.`,
  )
