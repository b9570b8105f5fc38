import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eq, sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { session, userRole } from '../src/storage/schema.ts'
import { StorageUnavailable } from '../src/storage/unavailable.ts'
import { ada, cookieOf, startSessions, tokenOf } from './session-world.ts'
import { timed } from './timed.ts'

type Sessions = Awaited<ReturnType<typeof start>>

/** Sessions over a database file, and another program that can hold it. */
async function start() {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'sessions-')), 'console.db')
  const sessions = await startSessions({ file })
  onTestFinished(sessions.close)
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  await sessions.addAda()
  // Every write takes new pages, so that a limit on their number is a full disk at once.
  await sessions.deps.db.run(sql`CREATE TABLE filler (bytes)`)
  for (const write of ['INSERT ON session', 'DELETE ON session', 'INSERT ON rate_limit', 'INSERT ON audit_event']) {
    const fill = 'BEGIN INSERT INTO filler VALUES (zeroblob(100000)); END'
    await sessions.deps.db.run(sql.raw(`CREATE TRIGGER "fill ${write}" BEFORE ${write} ${fill}`))
  }
  return { ...sessions, other }
}

const full = () => Promise.reject(new StorageUnavailable('SQLITE_FULL'))

/** What can be wrong with a database, and how it is mended. */
const troubles: [string, (world: Sessions) => Promise<() => Promise<unknown>>][] = [
  [
    'is locked',
    async ({ other }) => {
      other.exec('BEGIN EXCLUSIVE')
      return async () => other.exec('ROLLBACK')
    },
  ],
  [
    'may only be read',
    async ({ deps }) => {
      await deps.db.run(sql`PRAGMA query_only = 1`)
      return async () => deps.db.run(sql`PRAGMA query_only = 0`)
    },
  ],
  [
    'is full',
    async ({ deps: { db } }) => {
      await db.run(sql`PRAGMA max_page_count = 1`)
      return async () => db.run(sql`PRAGMA max_page_count = 1000000`)
    },
  ],
]

const headers: Record<string, string>[] = [
  {},
  { 'idempotency-key': 'sign-out-of-a-form' },
  { 'idempotency-key': '!' },
  { 'if-match': '"x"', 'user-agent': '' },
]

test.each(troubles)(
  'S31 L1 L2 signing out ends the session while the database %s, with any headers',
  async (_how, breakIt) => {
    const world = await start()
    for (const more of headers) {
      const cookie = cookieOf(await world.signIn())
      const mend = await breakIt(world)
      const answer = await world.post('/auth/sign-out', {}, { cookie, ...more })
      expect([answer.status, await answer.json()]).toEqual([200, { ok: true }])
      expect(answer.headers.getSetCookie()).toEqual([world.auth.expiredCookie])
      expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
      expect((await world.get('/session', cookie)).status).toBe(401)
      await mend()
      expect((await world.get('/session', cookie)).status).toBe(401)
    }
    expect(await world.deps.db.select().from(session)).toHaveLength(headers.length)
    await world.auth.retry()
    expect(await world.deps.db.select().from(session)).toEqual([])
    const unrecorded = world.logged.filter(({ event }) => event === 'audit.unrecorded')
    expect(unrecorded).toHaveLength(headers.length)
    expect(unrecorded[0]).toMatchObject({
      action: 'session.signOut',
      causes: [expect.any(String), expect.stringMatching(/^SQLITE_/)],
    })
  },
  // Each call waits as long as the console waits for a locked database.
  60_000,
)

test('S31 a session that ended is tried to be removed until that works, and others stay', async () => {
  const world = await start()
  const [mine, another] = [cookieOf(await world.signIn()), cookieOf(await world.signIn())]
  await world.deps.db.run(sql`PRAGMA query_only = 1`)
  await world.post('/auth/sign-out', {}, { cookie: mine })
  await world.auth.retry()
  expect((await world.get('/session', mine)).status).toBe(401)
  await world.deps.db.run(sql`PRAGMA query_only = 0`)
  await world.auth.retry()
  await world.auth.retry()
  expect(await world.deps.db.select().from(session)).toHaveLength(1)
  expect((await world.get('/session', another)).status).toBe(200)
})

test('S31 a sign-out that comes while the session is being looked up counts', async () => {
  const world = await start()
  const cookie = cookieOf(await world.signIn())
  const [during] = await Promise.all([world.get('/session', cookie), world.post('/auth/sign-out', {}, { cookie })])
  expect([200, 401]).toContain(during.status)
  expect((await world.get('/session', cookie)).status).toBe(401)
})

test('S31 signing out when not even reading works ends the session all the same', async () => {
  const world = await start()
  const cookie = cookieOf(await world.signIn())
  const { select, delete: remove } = world.deps.db
  const failing = { from: () => failing, innerJoin: () => failing, leftJoin: () => failing, where: full }
  Object.assign(world.deps.db, { select: () => failing, delete: () => ({ where: full }) })
  const answer = await world.post('/auth/sign-out', {}, { cookie })
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, [world.auth.expiredCookie]])
  Object.assign(world.deps.db, { select, delete: remove })
  expect((await world.get('/session', cookie)).status).toBe(401)
})

test.each(troubles)('L1 L2 a right password is 503 and never 401 while the database %s', async (_how, breakIt) => {
  const world = await start()
  const mend = await breakIt(world)
  const answer = await world.signIn()
  expect(await answer.json()).toMatchObject({ status: 503, code: 'storage-unavailable' })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.headers.getSetCookie()).toEqual([])
  await mend()
  expect((await world.signIn()).status).toBe(200)
})

test.each([
  ['session', 'BEFORE INSERT ON session'],
  ['attempt', 'BEFORE INSERT ON rate_limit'],
])('a right password is 503 when the %s cannot be written for whatever reason', async (_what, when) => {
  const world = await start()
  await world.deps.db.run(sql.raw(`CREATE TRIGGER broken ${when} BEGIN SELECT RAISE(ABORT, 'canary'); END`))
  const answer = await world.signIn()
  expect(await answer.json()).toMatchObject({ status: 503, code: 'storage-unavailable' })
  expect(JSON.stringify(world.logged)).not.toContain('canary')
  expect(world.logged.filter(({ event }) => event === 'request.failed')).toHaveLength(1)
  await world.deps.db.run(sql`DROP TRIGGER broken`)
  expect((await world.signIn()).status).toBe(200)
})

test('a right password of somebody without a role is 403 and says so', async () => {
  const world = await start()
  await world.deps.db.delete(userRole)
  const answer = await world.signIn()
  expect(await answer.json()).toMatchObject({
    status: 403,
    code: 'forbidden',
    detail: expect.stringContaining('no role'),
  })
  expect(answer.headers.getSetCookie()).toEqual([])
  expect(await world.deps.db.select().from(session)).toEqual([])
  expect(await world.auditLines()).toMatchObject([
    { action: 'session.signIn', outcome: 'denied', actor: { email: ada.email } },
  ])
  expect((await world.signIn(ada.email, 'not the password at all')).status).toBe(401)
})

test('a right password whose session is gone at once is 503, and may be tried again', async () => {
  const world = await start()
  const trigger = 'CREATE TRIGGER race AFTER INSERT ON session BEGIN DELETE FROM session WHERE id = new.id; END'
  await world.deps.db.run(sql.raw(trigger))
  const answer = await world.signIn()
  expect(await answer.json()).toMatchObject({ status: 503, code: 'storage-unavailable', retryAfter: 1 })
  await world.deps.db.run(sql`DROP TRIGGER race`)
  expect((await world.signIn()).status).toBe(200)
})

test('S67 people come and go while the audit log cannot be written, and the log says so', async () => {
  const world = await start()
  await world.deps.db.run(
    sql`CREATE TRIGGER broken BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'canary'); END`,
  )
  const answer = await world.signIn()
  expect(answer.status).toBe(200)
  const cookie = cookieOf(answer)
  expect((await world.get('/session', cookie)).status).toBe(200)
  expect((await world.signIn(ada.email, 'not the password at all')).status).toBe(401)
  expect((await world.post('/auth/sign-out', {}, { cookie })).status).toBe(200)
  expect(await world.auditLines()).toEqual([])
  const unrecorded = world.logged.filter(({ event }) => event === 'audit.unrecorded')
  expect(unrecorded.map(({ action, outcome, level }) => [level, action, outcome])).toEqual([
    ['error', 'session.signIn', 'applied'],
    ['error', 'session.signIn', 'rejected'],
    ['error', 'session.signOut', 'applied'],
  ])
  expect(JSON.stringify(world.logged)).not.toMatch(/canary|password at all|ada@/)
  expect(JSON.stringify(world.logged)).not.toContain(tokenOf(cookie))
})

test(
  'L2 who is signed in stays so while another program holds the database, by one statement a request',
  timed,
  async () => {
    const world = await start()
    const cookie = cookieOf(await world.signIn())
    world.other.exec('BEGIN EXCLUSIVE')
    const { select } = world.deps.db
    let asked = 0
    Object.assign(world.deps.db, {
      select: (...fields: Parameters<typeof select>) => {
        asked++
        return select.apply(world.deps.db, fields)
      },
    })
    const begin = performance.now()
    const request = new Request('http://localhost:8787', { headers: { cookie } })
    expect(await world.auth.sessionOf(request)).toMatchObject({ actor: { email: ada.email } })
    expect(performance.now() - begin).toBeLessThan(500)
    expect(asked).toBe(1)
    expect((await world.get('/session', cookie)).status).toBe(200)
    world.other.exec('ROLLBACK')
  },
)

test('S33 a role that is taken away ends access and not the session', async () => {
  const world = await start()
  const cookie = cookieOf(await world.signIn())
  const [row] = await world.deps.db.select().from(userRole)
  await world.deps.db.delete(userRole)
  expect((await world.get('/session', cookie)).status).toBe(401)
  await world.deps.db.insert(userRole).values(row ?? { userId: '', role: 'admin', grantedAt: '' })
  expect((await world.get('/session', cookie)).status).toBe(200)
  expect(await world.deps.db.select().from(userRole).where(eq(userRole.role, 'admin'))).toHaveLength(1)
})
