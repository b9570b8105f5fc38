import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { causesOf } from '../src/cloudflare/causes.ts'
import { toProblemError } from '../src/http/on-error.ts'
import { userRole } from '../src/storage/schema.ts'
import { isStorageUnavailable, StorageUnavailable } from '../src/storage/unavailable.ts'
import { timed } from './timed.ts'
import { failureOf } from './upstream-world.ts'
import { startWorld } from './world.ts'

/** A console whose database is a file, and another program that can hold it. */
async function startWithFile() {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'storage-')), 'console.db')
  const { db, close } = await openDatabase(file)
  onTestFinished(close)
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  return { ...(await startWorld({ deps: { db } })), db, other }
}

const row = (userId: string) => ({ userId, role: 'admin' as const, grantedAt: '2026-01-01T00:00:00Z' })

test('L2 while another program holds the database, reads go on and everything else is 503 with a time to come back', async () => {
  const { as, sandbox, other } = await startWithFile()
  const admin = await as('admin')
  other.exec('BEGIN EXCLUSIVE')
  for (const page of ['/api/session', '/api/tunnels', '/api/status', '/api/audit', '/readyz']) {
    const start = performance.now()
    expect([page, (await admin.get(page)).status]).toEqual([page, 200])
    expect(performance.now() - start).toBeLessThan(1000)
  }
  const answer = await admin.send('POST', '/api/sandbox/reset')
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(sandbox.ledger.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([])
  other.exec('ROLLBACK')
  expect((await admin.send('POST', '/api/sandbox/reset')).status).toBe(200)
})

test('L2 however many wait for a locked database, the process goes on', timed, async () => {
  const { db, other } = await startWithFile()
  other.exec('BEGIN EXCLUSIVE')
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const waiting = Array.from({ length: 30 }, (_, index) =>
    failureOf(
      db
        .insert(userRole)
        .values(row(`${index}`))
        .run(),
    ),
  )
  let isOver = false
  const failures = Promise.all(waiting).finally(() => {
    isOver = true
  })
  const reads: number[] = []
  while (!isOver) {
    const start = performance.now()
    await db.select().from(userRole)
    reads.push(performance.now() - start)
    await setImmediate()
  }
  delay.disable()
  expect(delay.percentile(99) / 1e6).toBeLessThan(50)
  expect(reads.length).toBeGreaterThanOrEqual(50)
  expect(reads.toSorted((one, other) => one - other)[Math.floor(reads.length * 0.9)]).toBeLessThan(50)
  for (const failure of await failures) expect(causesOf(failure)).toEqual(['SQLITE_BUSY'])
})

test('L1 on a full disk reads go on, writes are 503, and all is well once there is space', async () => {
  const { as, db } = await startWithFile()
  const admin = await as('admin')
  await db.run(sql`PRAGMA max_page_count = 1`)
  const full = async () => {
    await db.run(sql`CREATE TABLE filler AS SELECT zeroblob(100000) AS bytes`)
  }
  expect(causesOf(await failureOf(full()))).toEqual(['SQLITE_FULL'])
  const problem = toProblemError(await failureOf(full())).problem
  expect(problem).toMatchObject({ code: 'storage-unavailable', status: 503, retryAfter: expect.any(Number) })
  expect((await admin.get('/api/session')).status).toBe(200)
  expect((await admin.get('/api/audit')).status).toBe(200)
  await db.run(sql`PRAGMA max_page_count = 100000`)
  await full()
})

test.each([
  ['PRAGMA query_only = 1', 'SQLITE_READONLY'],
  ['PRAGMA max_page_count = 1', 'SQLITE_FULL'],
])('L1 after %s a statement, or a batch, is told by its code and never by its words', async (pragma, code) => {
  const { db } = await startWithFile()
  await db.run(pragma)
  const fill = db.run(sql`CREATE TABLE filler AS SELECT zeroblob(100000) AS bytes`)
  for (const failure of [await failureOf(Promise.resolve(fill)), await failureOf(db.batch([fill]))]) {
    expect(isStorageUnavailable(failure)).toBe(true)
    expect(causesOf(failure)).toEqual([code])
  }
})

test('a mistake of ours is not taken for a database that cannot be used', async () => {
  const { db } = await startWithFile()
  await db.insert(userRole).values(row('ada'))
  const twice = await failureOf(Promise.resolve(db.insert(userRole).values(row('ada'))))
  const nonsense = await failureOf(Promise.resolve(db.run(sql`SELECT database is locked`)))
  for (const failure of [twice, nonsense, new Error('database is locked: SQLITE_BUSY'), null]) {
    expect(isStorageUnavailable(failure)).toBe(false)
    expect(toProblemError(failure).problem.code).toBe('internal')
  }
})

test('what the Workers runtime marks as overloaded, or as worth trying again, is not our mistake either', () => {
  for (const mark of ['retryable', 'overloaded']) {
    const failure = new Error('canary', { cause: Object.assign(new Error('canary'), { [mark]: true }) })
    expect(toProblemError(failure).problem.code).toBe('storage-unavailable')
    expect(toProblemError(Object.assign(new Error('canary'), { [mark]: false })).problem.code).toBe('internal')
  }
})

test('what is told outside of a database that cannot be used holds none of its words', () => {
  const failure = new StorageUnavailable('SQLITE_IOERR', { cause: new Error('canary') })
  expect(JSON.stringify(toProblemError(new Error('canary', { cause: failure })).problem)).not.toContain('canary')
})
