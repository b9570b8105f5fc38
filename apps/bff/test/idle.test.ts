import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { session } from '../src/storage/schema.ts'
import { startPeople } from './people-world.ts'
import { startSessions } from './session-world.ts'
import { createClock, idOf, opened } from './steps.ts'
import { startWorld } from './world.ts'

const minute = 60_000

/** A console whose clock stands still until it is told to move. */
async function startIdle() {
  const people = await startPeople()
  const { world } = people
  const start = world.now.getTime()
  return {
    ...people,
    start,
    at: (ms: number) => {
      world.now = new Date(start + ms)
    },
    iso: (ms: number) => new Date(start + ms).toISOString(),
    sessionOf: async (cookie: string) => (await (await people.get('/session', cookie)).json()) as SessionAnswer,
  }
}

test('S32 polls every five seconds do not keep a session alive: it ends after 30 minutes', async () => {
  const { admin, at, get } = await startIdle()
  for (let ms = 0; ms < 30 * minute; ms += 5000) {
    at(ms)
    expect((await get('/session', admin.cookie)).status, `${ms / minute} min`).toBe(200)
  }
  for (let ms = 30 * minute; ms < 31 * minute; ms += 5000) {
    at(ms)
    const answer = await get('/session', admin.cookie)
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unauthenticated' }])
  }
})

test('S32 every kind of polling counts for nothing, the question after a lost answer too', async () => {
  const clock = createClock()
  const world = await startWorld({ sandbox: { now: clock.now }, deps: { now: clock.now } })
  const operator = await world.as('operator')
  const ends = async () => ((await (await operator.get('/api/session')).json()) as SessionAnswer).idleEndsAt
  const before = await ends()
  clock.advance(10 * minute)
  const polled = ['/api/tunnels', '/api/status', '/api/session', '/api/audit', '/api/session/sessions']
  for (const one of polled) expect((await operator.get(one)).status).toBe(200)
  expect((await operator.send('HEAD', '/api/status')).status).toBe(200)
  expect((await operator.send('POST', '/api/changes/outcome', { key: 'never-used' })).status).toBe(200)
  expect(await ends()).toBe(before)

  const { ifMatch } = await opened(operator, idOf(world, 'fra-dc1-a'))
  const url = `/api/tunnels/${idOf(world, 'fra-dc1-a')}?validate_only=true`
  expect((await operator.send('PUT', url, { description: 'x' }, ifMatch)).status).toBe(200)
  expect(await ends()).toBe(new Date(clock.now().getTime() + 30 * minute).toISOString())
})

test('S32 "Stay signed in" begins the 30 minutes anew, and says until when', async () => {
  const { admin, at, iso, sessionOf } = await startIdle()
  expect(await sessionOf(admin.cookie)).toMatchObject({ idleEndsAt: iso(30 * minute), expiresAt: iso(720 * minute) })
  at(29 * minute)
  const stayed = await admin.send('POST', '/session/activity')
  expect(await stayed.json()).toEqual({ idleEndsAt: iso(59 * minute), expiresAt: iso(720 * minute) })
  at(58 * minute)
  expect(await sessionOf(admin.cookie)).toMatchObject({ idleEndsAt: iso(59 * minute) })
  at(59 * minute)
  expect((await admin.send('POST', '/session/activity')).status).toBe(401)
})

test('S32 a refused write is an act of a person all the same', async () => {
  const { admin, at, iso, sessionOf } = await startIdle()
  at(20 * minute)
  expect((await admin.send('PATCH', `/users/${crypto.randomUUID()}`, { role: 'admin' })).status).toBe(404)
  expect(await sessionOf(admin.cookie)).toMatchObject({ idleEndsAt: iso(50 * minute) })
})

test('S32 the end is never later than twelve hours after the sign-in', async () => {
  const { admin, at, iso, sessionOf } = await startIdle()
  for (let ms = 20 * minute; ms <= 700 * minute; ms += 20 * minute) {
    at(ms)
    await admin.send('POST', '/session/activity')
  }
  expect(await sessionOf(admin.cookie)).toMatchObject({ idleEndsAt: iso(720 * minute), expiresAt: iso(720 * minute) })
})

test('S32 acts are written at most once a minute, and the answer promises only what is written', async () => {
  const { admin, at, iso, deps } = await startIdle()
  let writes = 0
  const { batch } = deps.db
  Object.assign(deps.db, {
    batch: (...items: Parameters<typeof batch>) => {
      writes++
      return batch.apply(deps.db, items)
    },
  })
  const promised: unknown[] = []
  for (let seconds = 0; seconds < 300; seconds += 5) {
    at(seconds * 1000)
    promised.push(await (await admin.send('POST', '/session/activity')).json())
  }
  expect(writes).toBe(4)
  expect(promised.at(11)).toMatchObject({ idleEndsAt: iso(30 * minute) })
  expect(promised.at(-1)).toMatchObject({ idleEndsAt: iso(34 * minute) })
})

test('S32 an act survives a restart, and a session that was idle meanwhile does not', async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'idle-')), 'console.db')
  const first = await startPeople({ file })
  const start = first.world.now.getTime()
  first.world.now = new Date(start + 20 * minute)
  await first.admin.send('POST', '/session/activity')
  first.close()
  const second = await startSessions({ file })
  second.world.now = new Date(start + 49 * minute)
  expect((await second.get('/session', first.admin.cookie)).status).toBe(200)
  second.world.now = new Date(start + 50 * minute)
  expect((await second.get('/session', first.admin.cookie)).status).toBe(401)
  second.close()
})

test('S32 "Stay signed in" that cannot be written is no promise', async () => {
  const { admin, at, deps, sessionOf, iso } = await startIdle()
  at(10 * minute)
  await deps.db.run("CREATE TRIGGER full BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'full'); END")
  expect((await admin.send('POST', '/session/activity')).status).toBeGreaterThanOrEqual(500)
  // A write goes on without it.
  expect((await admin.send('PATCH', `/users/${crypto.randomUUID()}`, { role: 'admin' })).status).toBe(404)
  expect(await sessionOf(admin.cookie)).toMatchObject({ idleEndsAt: iso(30 * minute) })
})

test('S32 sessions that have run out, by either time, are gone at the next sign-in', async () => {
  const { signIn, at, deps, adaId } = await startIdle()
  await signIn()
  at(30 * minute)
  await signIn()
  const rows = await deps.db.select().from(session).where(eq(session.userId, adaId))
  expect(rows).toHaveLength(1)
})
