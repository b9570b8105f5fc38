import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { genesis, hashOf } from '../src/audit/chain.ts'
import { intent, openAudit, tampered, temporaryFolder, verdictOf } from './audit-world.ts'

interface Journal {
  entries: object[]
}

/** A database as a build with only the first migrations left it. */
async function databaseOf(migrationsSoFar: number) {
  const folder = temporaryFolder()
  const migrations = path.join(folder, 'migrations')
  cpSync(path.join(import.meta.dirname, '../migrations'), migrations, { recursive: true })
  const file = path.join(migrations, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, migrationsSoFar) }))

  const log = path.join(folder, 'console.db')
  const { close } = await openDatabase(log, migrations)
  close()
  return { log, sqlite: new DatabaseSync(log) }
}

/** A database as the build before the chain left it: an applied change, a refused one, and an intent of a process that died. */
async function oldLog(): Promise<string> {
  const { log, sqlite } = await databaseOf(1)
  sqlite.exec(`INSERT INTO audit_event VALUES
    (1, 'one', '2026-11-01T00:00:01Z', '2026-11-01T00:00:02Z', 'ada', 'ada@example.com', 'admin', 'tunnel.update', 't', 'paris', 0,
      'applied', '[]', NULL, NULL, '8f1-CDG', 'r1'),
    (2, 'two', '2026-11-02T00:00:01Z', '2026-11-02T00:00:01Z', 'bob', 'bob@example.com', 'support', 'tunnel.delete', 't', 'paris', 0,
      'denied', '[]', NULL, NULL, NULL, 'r2'),
    (4, 'four', '2026-11-03T00:00:01Z', NULL, 'ada', 'ada@example.com', 'admin', 'tunnel.create', NULL, 'rome', 0,
      'pending', '[]', NULL, NULL, NULL, 'r3')`)
  sqlite.close()
  return log
}

test('entries from before the chain are carried over whole, and those that were open can be settled', async () => {
  const { audit, close, file } = await openAudit(await oldLog())
  const { entries } = await audit.list({ limit: 10 })
  expect(entries).toMatchObject([
    { seq: 4, id: 'four', outcome: 'pending', settledAt: null, turns: [], times: 1 },
    { seq: 2, id: 'two', outcome: 'denied', turns: [{ at: '2026-11-02T00:00:01Z', outcome: 'denied' }] },
    {
      seq: 1,
      id: 'one',
      at: '2026-11-01T00:00:01Z',
      settledAt: '2026-11-01T00:00:02Z',
      ray: '8f1-CDG',
      turns: [{ at: '2026-11-01T00:00:02Z', outcome: 'applied' }],
    },
  ])
  expect(await audit.head()).toBeNull()
  expect(await verdictOf(file)).toEqual({ rows: 3, before: 3, head: null })

  await audit.settle('four', { outcome: 'failed', target: { id: null, name: 'rome' } })
  await audit.settle('one', { outcome: 'unknown' })
  expect((await audit.list({ limit: 10 })).entries.map(({ seq, outcome }) => [seq, outcome])).toEqual([
    [4, 'failed'],
    [2, 'denied'],
    [1, 'unknown'],
  ])
  expect(await verdictOf(file)).toEqual({ rows: 5, before: 3, head: await audit.head() })
  close()
})

test.each([
  "UPDATE audit_event SET outcome = 'failed' WHERE seq = 1",
  'DELETE FROM audit_event WHERE seq = 2',
  'UPDATE audit_event SET seq = 3 WHERE seq = 2',
])('S65 the first row of the chain vouches for those before it: %s', async (blow) => {
  const { audit, close, file } = await openAudit(await oldLog())
  await audit.settle('four', { outcome: 'failed' })
  close()
  expect(await verdictOf(tampered(file, (sqlite) => sqlite.exec(blow)))).toEqual({
    broken: {
      seq: 5,
      id: expect.any(String),
      why: 'is the first of the chain, and the rows before it are not those that it was written after',
    },
  })
})

test('S65 rows from before there were reasons keep their hashes, and the chain goes on after them', async () => {
  const { log, sqlite } = await databaseOf(4)
  const row = {
    seq: 1,
    id: 'one',
    entry_seq: 1,
    at: '2026-11-01T00:00:01Z',
    action: 'tunnel.update',
    outcome: 'applied',
  }
  const rest = {
    actor_id: 'ada',
    actor_email: 'ada@example.com',
    validate_only: 0,
    changes: '[]',
    request_id: 'r1',
    times: 1,
  }
  const linked = { ...row, ...rest, prev: genesis, hash: await hashOf({ ...row, ...rest }, genesis) }
  const names = Object.keys(linked)
  sqlite
    .prepare(`INSERT INTO audit_event (${names.join()}) VALUES (${names.map(() => '?').join()})`)
    .run(...Object.values(linked))
  sqlite.close()

  const { audit, close, file } = await openAudit(log)
  expect(await verdictOf(file)).toEqual({ rows: 1, before: 0, head: { seq: 1, hash: linked.hash } })
  await audit.settle('one', { outcome: 'unknown' })
  await audit.begin({ ...intent, reason: 'New router' })
  expect((await audit.list({ limit: 10 })).entries.map(({ reason }) => reason)).toEqual(['New router', undefined])
  expect(await verdictOf(file)).toEqual({ rows: 3, before: 0, head: await audit.head() })
  close()
})
