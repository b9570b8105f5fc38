import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { account, userRole } from '../src/storage/schema.ts'

let file = ''
beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(os.tmpdir(), 'database-')), 'console.db')
})

const role = (userId: string) => ({ userId, role: 'admin' as const, grantedAt: '2026-01-01T00:00:00Z' })

test('what was written is there at the next start, in a file for its owner only', async () => {
  const first = await openDatabase(file)
  await first.db.insert(userRole).values(role('ada'))
  for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600)
  first.close()
  const second = await openDatabase(file)
  expect(await second.db.select().from(userRole)).toMatchObject([role('ada')])
  second.close()
  second.close()
})

test('a batch happens as a whole or not at all', async () => {
  const { db } = await openDatabase(':memory:')
  await expect(
    db.batch([db.insert(userRole).values(role('ada')), db.insert(userRole).values(role('ada'))]),
  ).rejects.toThrow(/UNIQUE/)
  expect(await db.select().from(userRole)).toEqual([])
})

test('a transaction that would stay open across an await is refused', async () => {
  const { db } = await openDatabase(':memory:')
  await expect(db.transaction(async () => undefined)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('db.batch') },
  })
})

test('foreign keys are enforced', async () => {
  const { db } = await openDatabase(':memory:')
  const at = new Date()
  const orphan = { id: 'a', accountId: 'a', providerId: 'credential', userId: 'nobody', createdAt: at, updatedAt: at }
  await expect(db.insert(account).values(orphan)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('FOREIGN KEY') },
  })
})

test('a busy database is waited for, without holding up the process, and then given up', async () => {
  const { db, close } = await openDatabase(file)
  const other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  setTimeout(() => other.exec('COMMIT'), 300)
  await db.insert(userRole).values(role('ada'))

  other.exec('BEGIN IMMEDIATE')
  const start = performance.now()
  await expect(db.batch([db.delete(userRole)])).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  expect(performance.now() - start).toBeGreaterThan(1900)
  other.exec('ROLLBACK')
  other.close()
  close()
})

test('two processes can start at once', async () => {
  const opened = await Promise.all([openDatabase(file), openDatabase(file)])
  for (const { close } of opened) close()
})

test('a database of a newer build is refused and stays as it is', async () => {
  const { close } = await openDatabase(file)
  close()
  const newer = new DatabaseSync(file)
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('newer', 99999999999999)")
  newer.close()
  const before = readFileSync(file)
  await expect(openDatabase(file)).rejects.toThrow(/^DATA_DIR: .*a newer Tunnel Console wrote it/)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test.each([
  ['no database at all', (content: Buffer) => Buffer.alloc(content.length, 'not a database ')],
  ['a damaged one', (content: Buffer) => content.fill(0xff, 4096, 3 * 4096)],
])('%s is refused with one line and stays as it is', async (_name, damage) => {
  const { close } = await openDatabase(file)
  close()
  writeFileSync(file, damage(readFileSync(file)))
  const before = readFileSync(file)
  const refusal = await openDatabase(file).catch((error: Error) => error)
  expect(refusal).toMatchObject({ name: 'DatabaseRefused', message: expect.stringMatching(/^DATA_DIR: [^\n]+$/) })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a migration that rebuilds a table keeps the rows that refer to it', async () => {
  const { db, close } = await openDatabase(file)
  await db.run("INSERT INTO user VALUES ('u', 'Ada', 'ada@example.com', 1, NULL, 0, 0)")
  await db.run(
    "INSERT INTO account (id, account_id, provider_id, user_id, created_at, updated_at) VALUES ('a', 'u', 'credential', 'u', 0, 0)",
  )
  close()

  const migrations = path.join(path.dirname(file), 'migrations')
  cpSync(path.join(import.meta.dirname, '../migrations'), migrations, { recursive: true })
  const journalFile = path.join(migrations, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'))
  journal.entries.push({ idx: 99, version: '6', when: 99999999999999, tag: '0099_rebuild', breakpoints: true })
  writeFileSync(journalFile, JSON.stringify(journal))
  const rebuild = ['CREATE TABLE fresh AS SELECT * FROM user', 'DROP TABLE user', 'ALTER TABLE fresh RENAME TO user']
  // A parent needs a unique key, as drizzle-kit's own rebuild would give it.
  rebuild.push('CREATE UNIQUE INDEX user_id ON user (id)')
  writeFileSync(path.join(migrations, '0099_rebuild.sql'), rebuild.join(';\n--> statement-breakpoint\n'))

  const rebuilt = await openDatabase(file, migrations)
  expect(await rebuilt.db.select({ id: account.id }).from(account)).toEqual([{ id: 'a' }])
  rebuilt.close()
})
