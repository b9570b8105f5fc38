import { applyD1Migrations, type D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { beforeAll, expect, test } from 'vitest'
import { createAuditStore, type Intent } from '../../src/audit/store.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import type { Database } from '../../src/storage/database.ts'
import * as schema from '../../src/storage/schema.ts'

const bindings = env as unknown as { DB: D1Database; TEST_MIGRATIONS: D1Migration[] }
const db = drizzle(bindings.DB, { schema }) as unknown as Database

const intent: Intent = {
  actor: { id: 'ada', email: 'ada@example.com', role: 'admin' },
  action: 'tunnel.update',
  target: { id: '0'.repeat(32), name: 'half \ud800 a\0b' },
  validateOnly: false,
  changes: [{ path: 'description', label: 'Description', before: '', after: 'Paris' }],
  requestId: 'request-1',
}

const stored = async () => (await bindings.DB.prepare('SELECT * FROM audit_event ORDER BY seq').all()).results
const openStore = () => createAuditStore({ db, now: () => new Date() })

beforeAll(() => applyD1Migrations(bindings.DB, bindings.TEST_MIGRATIONS))

test('S65 on D1 the chain does not fork when several Workers write at once, and proves itself', async () => {
  await Promise.all(
    [openStore(), openStore(), openStore()].map(async (audit) => {
      await audit.settle(await audit.begin(intent), { outcome: 'unknown' })
      await audit.record({ ...intent, outcome: 'denied' })
    }),
  )
  const rows = await stored()
  expect(await verifyChain(rows)).toEqual({ rows: 9, before: 0, head: await openStore().head() })
  const changed = rows.map((row) => (row['seq'] === 5 ? { ...row, actor_email: 'bob@example.com' } : row))
  expect(await verifyChain(changed)).toMatchObject({ broken: { seq: 5, why: 'was changed after it was written' } })
})

test.each([
  "UPDATE audit_event SET outcome = 'applied'",
  'DELETE FROM audit_event WHERE seq = 1',
  'REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1',
])('S65 on D1 the log refuses %s', async (statement) => {
  const audit = openStore()
  await audit.record({ ...intent, outcome: 'applied' })
  const before = await stored()
  await expect(bindings.DB.prepare(statement).run()).rejects.toThrow('the audit log is append-only')
  expect(await stored()).toEqual(before)
})

test('on D1 a row and what belongs to it are committed together or not at all', async () => {
  const audit = openStore()
  const also = () => db.insert(schema.setupLink).values({ tokenHash: 'together', expiresAt: 1 })
  const id = await audit.begin(intent, [also()])
  const rows = await stored()
  await expect(audit.settle(id, { outcome: 'applied' }, [also()])).rejects.toMatchObject({
    problem: { code: 'audit-unavailable' },
  })
  expect(await stored()).toEqual(rows)
  expect((await audit.list({ entry: id, limit: 9 })).entries).toMatchObject([{ id, outcome: 'pending' }])
})
