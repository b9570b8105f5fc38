import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { describe, expect, test } from 'vitest'
import { listEntries } from '../src/audit/list.ts'
import { createAuditStore } from '../src/audit/store.ts'
import type { Database } from '../src/storage/database.ts'
import * as schema from '../src/storage/schema.ts'
import { setupLink } from '../src/storage/schema.ts'
import { ada, fillLog, intent, openAudit, verdictOf } from './audit-world.ts'

type Audit = Awaited<ReturnType<typeof openAudit>>

const all = { limit: 200 }
const rowsIn = async ({ db }: Audit) => (await db.all<number[]>(sql`SELECT count(*) FROM audit_event`)).flat()[0]

/** A statement that belongs to the row, and one that cannot be carried out. */
const also = ({ db }: Pick<Audit, 'db'>) => db.insert(setupLink).values({ tokenHash: 'together', expiresAt: 1 })
const impossible = ({ db }: Pick<Audit, 'db'>) => db.insert(setupLink).values({ tokenHash: 'taken', expiresAt: 1 })
const linksIn = async ({ db }: Audit) => (await db.select().from(setupLink)).map(({ tokenHash }) => tokenHash)

describe('S65 the table', () => {
  test.each([
    "UPDATE audit_event SET actor_email = 'nobody'",
    'UPDATE audit_event SET outcome = outcome WHERE seq = 1',
    'DELETE FROM audit_event',
    'DELETE FROM audit_event WHERE seq = 6',
    'REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2',
    "INSERT OR REPLACE INTO audit_event (seq, id, at, actor_id, actor_email, action, validate_only, outcome, changes, request_id, prev, hash) SELECT 7, id, at, actor_id, actor_email, action, validate_only, outcome, changes, request_id, 'p', 'h' FROM audit_event WHERE seq = 2",
    "INSERT OR REPLACE INTO audit_event (seq, id, at, actor_id, actor_email, action, validate_only, outcome, changes, request_id, prev, hash) SELECT 7, 'new', at, actor_id, actor_email, action, validate_only, outcome, changes, request_id, prev, 'h' FROM audit_event WHERE seq = 2",
    "INSERT INTO audit_event (seq, id, at, actor_id, actor_email, action, validate_only, outcome, changes, request_id) SELECT 7, 'new', at, actor_id, actor_email, action, validate_only, outcome, changes, request_id FROM audit_event WHERE seq = 2",
  ])('refuses %s', async (statement) => {
    const log = await openAudit()
    await fillLog(log.audit)
    const before = await log.db.all(sql`SELECT * FROM audit_event`)
    await expect(log.db.run(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: 'the audit log is append-only' },
    })
    expect(await log.db.all(sql`SELECT * FROM audit_event`)).toEqual(before)
  })
})

describe('an entry', () => {
  test('S64 that was unknown turns when it is known, and keeps how it came', async () => {
    const { audit } = await openAudit()
    const id = await audit.begin(intent)
    const [pending] = (await audit.list(all)).entries
    expect(pending).toMatchObject({ id, outcome: 'pending', settledAt: null, problem: null, turns: [], times: 1 })

    const problem = { code: 'outcome-unknown', detail: 'No answer', causes: ['outcome-unknown', 'upstream-timeout'] }
    await audit.settle(id, { outcome: 'unknown', problem, ray: '8f1-CDG' })
    const [unknown] = (await audit.list(all)).entries
    expect(unknown).toMatchObject({ seq: 1, outcome: 'unknown', problem, ray: '8f1-CDG', changes: intent.changes })

    const changes = [{ path: 'name', label: 'Name', before: 'paris-b', after: 'paris-c' }]
    await audit.settle(id, { outcome: 'applied', changes, target: { id: '0'.repeat(32), name: 'paris-c' } })
    const { entries } = await audit.list(all)
    const [unknownAt, appliedAt] = ['2026-11-22T14:02:13.000Z', '2026-11-22T14:02:14.000Z']
    expect(entries).toEqual([
      {
        ...unknown,
        outcome: 'applied',
        problem: null,
        changes,
        target: { id: '0'.repeat(32), name: 'paris-c' },
        settledAt: appliedAt,
        turns: [
          { at: unknownAt, outcome: 'unknown' },
          { at: appliedAt, outcome: 'applied' },
        ],
      },
    ])
  })

  test('is found by how it stands now, by who, what, where and its id, a page at a time', async () => {
    const { audit } = await openAudit()
    await fillLog(audit)
    const id = await audit.begin({
      ...intent,
      actor: { ...ada, id: 'bob', email: 'bob@example.com' },
      target: { id: null, name: 'new' },
    })
    await audit.settle(id, { outcome: 'applied', target: { id: 'f'.repeat(32), name: 'new' } })
    const found = async (filter: object) => (await audit.list({ ...all, ...filter })).entries.map(({ seq }) => seq)
    expect(await found({})).toEqual([7, 6, 5, 2, 1])
    expect(await found({ outcome: 'unknown' })).toEqual([])
    expect(await found({ outcome: 'pending' })).toEqual([6])
    expect(await found({ outcome: 'applied' })).toEqual([7, 2, 1])
    expect(await found({ target: 'f'.repeat(32) })).toEqual([7])
    expect(await found({ actor: 'bob@example.com' })).toEqual([7])
    expect(await found({ action: 'tunnel.update', outcome: 'applied', actor: ada.email })).toEqual([2])
    expect(await found({ entry: id })).toEqual([7])
    expect(await found({ entry: crypto.randomUUID() })).toEqual([])
    expect(await found({ cursor: 6 })).toEqual([5, 2, 1])
    expect((await audit.list({ limit: 2 })).nextCursor).toBe('6')
    expect((await audit.list({ limit: 5 })).nextCursor).toBeNull()
    expect(await audit.actors()).toEqual([ada.email, 'bob@example.com'])
  })

  test('of what is over stands in one row, with its fields, its reason and its ray', async () => {
    const log = await openAudit()
    const outside = { id: 'outside', email: 'outside this console', role: null }
    const id = await log.audit.record({
      ...intent,
      actor: outside,
      action: 'tunnel.changedOutside',
      outcome: 'applied',
      ray: '8f1-CDG',
    })
    const { entries } = await log.audit.list(all)
    const at = '2026-11-22T14:02:12.000Z'
    expect(entries).toMatchObject([
      {
        id,
        at,
        settledAt: at,
        actor: outside,
        changes: intent.changes,
        ray: '8f1-CDG',
        turns: [{ at, outcome: 'applied' }],
      },
    ])
    expect(await rowsIn(log)).toBe(1)
  })

  test('S64 shows of a masked field only that it was set, whoever hands it in', async () => {
    const log = await openAudit()
    const changes = [{ path: 'bgp.md5_key', label: 'MD5 key', before: '', after: 'hunter2' }]
    const id = await log.audit.begin({ ...intent, changes })
    await log.audit.settle(id, { outcome: 'applied', changes })
    await log.audit.record({ ...intent, changes, outcome: 'applied' })
    expect(JSON.stringify(await log.db.all(sql`SELECT * FROM audit_event`))).not.toContain('hunter2')
  })

  test('that is settled twice with the same words has one settlement', async () => {
    const log = await openAudit()
    const id = await log.audit.begin(intent)
    const unknown = { outcome: 'unknown', problem: { code: 'outcome-unknown', detail: '', causes: ['a'] } } as const
    await log.audit.settle(id, unknown)
    await log.audit.settle(id, unknown, [also(log)])
    expect([await rowsIn(log), await linksIn(log)]).toEqual([2, ['together']])
    await log.audit.settle(id, { ...unknown, problem: { ...unknown.problem, causes: ['a', 'b'] } })
    expect(await rowsIn(log)).toBe(3)
  })

  test('that does not exist cannot be settled', async () => {
    const { audit } = await openAudit()
    await expect(audit.settle(crypto.randomUUID(), { outcome: 'applied' })).rejects.toMatchObject({
      problem: { code: 'audit-unavailable' },
    })
  })
})

describe('S67 a row and what belongs to it', () => {
  test('are committed together', async () => {
    const log = await openAudit()
    const id = await log.audit.begin(intent, [also(log)])
    expect(await linksIn(log)).toEqual(['together'])
    await log.audit.settle(id, { outcome: 'applied' }, [log.db.delete(setupLink)])
    expect([await rowsIn(log), await linksIn(log)]).toEqual([2, []])
  })

  test('are refused together, and the next row is chained as if nothing had been', async () => {
    const log = await openAudit()
    await impossible(log)
    const refused = { problem: { code: 'audit-unavailable' } }
    await expect(log.audit.begin(intent, [also(log), impossible(log)])).rejects.toMatchObject(refused)
    expect([await rowsIn(log), await linksIn(log)]).toEqual([0, ['taken']])
    const id = await log.audit.begin(intent)
    await expect(log.audit.settle(id, { outcome: 'applied' }, [impossible(log)])).rejects.toMatchObject(refused)
    expect((await log.audit.list(all)).entries).toMatchObject([{ seq: 1, outcome: 'pending' }])
    expect(await verdictOf(log.file)).toMatchObject({ rows: 1 })
  })
})

describe('S65 the chain', () => {
  test('does not fork when several write at once, in one process and in several', async () => {
    const first = await openAudit()
    const second = await openAudit(first.file)
    const stores = [first.audit, second.audit, createAuditStore(first)]
    await Promise.all(
      stores.flatMap((audit) =>
        Array.from({ length: 15 }, async () => audit.settle(await audit.begin(intent), { outcome: 'applied' })),
      ),
    )
    expect(await verdictOf(first.file)).toMatchObject({ rows: 90, head: await first.audit.head() })
    expect((await first.audit.list(all)).entries.map(({ outcome }) => outcome)).toEqual(Array(45).fill('applied'))
  })

  test('goes on after a row that was committed although the database failed to say so', async () => {
    const log = await openAudit()
    let silent = 1
    const deaf = new Proxy(log.db, {
      get: (db, name, self) =>
        name !== 'batch'
          ? Reflect.get(db, name, self)
          : async (items: Parameters<Database['batch']>[0]) => {
              const answer = await db.batch(items)
              if (silent-- > 0) throw new Error('The connection was lost')
              return answer
            },
    })
    const audit = createAuditStore({ ...log, db: deaf })
    const id = await audit.begin(intent)
    await audit.settle(id, { outcome: 'applied' })
    expect((await audit.list(all)).entries).toMatchObject([{ id, outcome: 'applied' }])
    expect(await verdictOf(log.file)).toMatchObject({ rows: 2 })
  })

  test('S66 holds whatever a name is made of', async () => {
    const log = await openAudit()
    const names = ['a\0b', 'half \ud800', '\udc00', 'a\r\nb\u001b[31m', '\u202etxt', '']
    for (const name of names) {
      await log.audit.record({
        ...intent,
        target: { id: null, name },
        changes: [{ path: 'name', label: 'Name', before: name, after: '' }],
        outcome: 'applied',
      })
    }
    expect(await verdictOf(log.file)).toMatchObject({ rows: names.length })
    const { entries } = await log.audit.list(all)
    expect(entries.map(({ changes }) => changes[0]?.before)).toEqual(names.toReversed())
  })
})

describe('with a hundred thousand rows', () => {
  const filters = [
    {},
    { actor: 'a' },
    { target: 't' },
    { action: 'x' },
    { outcome: 'unknown' },
    { entry: 'e' },
    { cursor: 9 },
    { from: '2026-11-01' },
    { to: '2026-11-24T08:00:00Z' },
    { from: '2026-11-01', to: '2026-11-24', target: 't' },
    { text: 'paris' },
    { validate_only: 'false' },
    { from: '2026-11-01', text: 'paris', validate_only: 'true', actor: 'a', outcome: 'valid' },
  ] as const

  test.each(filters)('the query for %j walks an index and sorts no more than a page', async (filter) => {
    const { file } = await openAudit()
    const sqlite = new DatabaseSync(file, { readOnly: true })
    const plan: string[] = []
    const explaining = drizzle(
      async (query, params) => {
        const rows = sqlite.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...(params as SQLInputValue[]))
        plan.push(...rows.map((row) => String(row['detail'])))
        return { rows: [] }
      },
      { schema },
    )
    await listEntries(explaining as unknown as Database, { ...filter, limit: 50 })
    sqlite.close()
    expect(plan.length).toBeGreaterThan(2)
    // The index of entries is walked from its end until the page is full; the changes of one entry are a short table.
    const isShort = /USING (COVERING INDEX|INDEX audit_event_entry$)|^SCAN part VIRTUAL TABLE/
    expect(plan.filter((step) => step.startsWith('SCAN') && !isShort.test(step))).toEqual([])
    expect(plan.filter((step) => step.includes('TEMP B-TREE') && !step.includes('LAST TERM'))).toEqual([])
  })
})
