import type { OwnSession } from '@tunnel-console/shared/api'
import { describe, expect, test } from 'vitest'
import { deviceOf } from '../src/session/device.ts'
import { session } from '../src/storage/schema.ts'
import { goodPassword, startPeople } from './people-world.ts'
import { ada, cookieOf, tokenOf } from './session-world.ts'

const minute = 60_000
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** Ada on her laptop, then on her phone. */
async function startTwo() {
  const people = await startPeople()
  const { world, signedIn } = people
  const start = world.now.getTime()
  const laptop = await signedIn(ada.email, ada.password, { 'user-agent': firefox })
  world.now = new Date(start + 5 * minute)
  world.address = '2001:db8::7'
  const phone = await signedIn(ada.email, ada.password, { 'user-agent': safari })
  const list = async (from = laptop) =>
    ((await (await from.get('/session/sessions')).json()) as { sessions: OwnSession[] }).sessions
  return { ...people, start, laptop, phone, list }
}

describe('one’s own sessions', () => {
  test('are told by device, place and time, the one that asks marked, and nothing opens one', async () => {
    const { list, laptop, phone, start, world, deps } = await startTwo()
    world.now = new Date(start + 10 * minute)
    await laptop.send('POST', '/session/activity')
    const iso = (minutes: number) => new Date(start + minutes * minute).toISOString()
    const sessions = await list()
    const id = expect.stringMatching(/^[A-Za-z0-9]{32}$/)
    expect(sessions).toEqual([
      { id, isCurrent: true, device: 'Firefox on Linux', place: '192.0.2.1', startedAt: iso(0), lastUsedAt: iso(10) },
      { id, isCurrent: false, device: 'Safari on iOS', place: '2001:db8::7', startedAt: iso(5), lastUsedAt: iso(5) },
      { id, isCurrent: false, device: 'Unknown browser', place: '192.0.2.1', startedAt: iso(0), lastUsedAt: iso(0) },
    ])
    const told = JSON.stringify(sessions)
    const rows = await deps.db.select().from(session)
    for (const secret of [...rows.map(({ token }) => token), tokenOf(laptop.cookie), tokenOf(phone.cookie)]) {
      expect(told).not.toContain(secret)
    }
    expect(JSON.stringify(rows)).not.toContain('Mozilla')
  })

  test('leave out what has run out and what is somebody else’s', async () => {
    const { list, join, start, world } = await startTwo()
    const sue = await join('Sue', 'support')
    expect(await list(sue)).toHaveLength(1)
    world.now = new Date(start + 31 * minute)
    expect(await list(sue)).toHaveLength(1)
  })

  test('can be ended one by one, the own one too', async () => {
    const { list, laptop, phone, auditLines, adaId } = await startTwo()
    const current = (await list(laptop)).find(({ isCurrent }) => isCurrent)
    const ended = (await list(laptop)).find(({ device }) => device === 'Safari on iOS')
    expect((await laptop.send('DELETE', `/session/sessions/${ended?.id}`)).status).toBe(200)
    expect((await phone.get('/session')).status).toBe(401)
    expect((await laptop.get('/session')).status).toBe(200)
    expect((await auditLines())[0]).toMatchObject({
      action: 'user.endSessions',
      actor: { id: adaId },
      target: { id: adaId, name: ada.email },
    })
    expect((await laptop.send('DELETE', `/session/sessions/${current?.id}`)).status).toBe(200)
    expect((await laptop.get('/session')).status).toBe(401)
  })

  test('are the only ones that one can end', async () => {
    const { list, laptop, join, auditLines } = await startTwo()
    const sue = await join('Sue', 'support')
    const before = (await auditLines()).length
    const [hers] = await list(laptop)
    const answer = await sue.send('DELETE', `/session/sessions/${hers?.id}`)
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not-found' }])
    expect((await laptop.get('/session')).status).toBe(200)
    expect(await auditLines()).toHaveLength(before)
  })
})

describe('a new password of one’s own', () => {
  test('S30 ends every other session, and gives this one a new token', async () => {
    const { laptop, phone, withCookie, signIn, auditLines, list } = await startTwo()
    const answer = await laptop.send('POST', '/session/password', { current: ada.password, password: goodPassword })
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }])
    const cookies = answer.headers.getSetCookie()
    expect(cookies).toEqual([expect.stringMatching(/^tunnel-console=[\w.%-]+; Path=\/; HttpOnly; SameSite=Strict$/)])
    const now = withCookie(cookieOf(answer))
    expect(tokenOf(now.cookie)).not.toBe(tokenOf(laptop.cookie))
    const statuses = await Promise.all([laptop, phone, now].map((one) => one.get('/session')))
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 200])
    expect(await list(now)).toMatchObject([{ isCurrent: true, device: 'Firefox on Linux' }])
    expect((await signIn(ada.email, ada.password)).status).toBe(401)
    expect((await signIn(ada.email, goodPassword)).status).toBe(200)
    const [, , changed] = await auditLines()
    expect(changed).toMatchObject({ action: 'user.changePassword', outcome: 'applied', changes: [] })
  })

  test.each([
    [{ current: 'not my password at all', password: goodPassword }, '/current'],
    [{ current: ada.password, password: 'too short' }, '/password'],
    [{ current: ada.password, password: 'ada@example.com!!' }, '/password'],
    [{ current: ada.password, password: ada.password }, '/password'],
  ])('%j is refused, and nothing ends', async (passwords, pointer) => {
    const { laptop, phone, signIn } = await startTwo()
    const answer = await laptop.send('POST', '/session/password', passwords)
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer, source: 'console' }] }])
    expect((await phone.get('/session')).status).toBe(200)
    expect((await signIn()).status).toBe(200)
  })

  test('S34 cannot be used to guess the present one', async () => {
    const { laptop } = await startTwo()
    const guess = (current: string) => laptop.send('POST', '/session/password', { current, password: goodPassword })
    const statuses: number[] = []
    for (let turn = 0; turn < 12; turn++) statuses.push((await guess(`wrong number ${turn}`)).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    expect((await guess(ada.password)).status).toBe(429)
  })

  test('needs a password to begin with', async () => {
    const { post } = await startPeople({ mode: 'sandbox' })
    const cookie = cookieOf(await post('/sandbox/sign-in', { role: 'support' }))
    const answer = await post('/session/password', { current: 'x', password: goodPassword }, { cookie })
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/current' }] }])
  })

  test('is not set when it cannot be recorded', async () => {
    const { laptop, signIn, deps } = await startTwo()
    await deps.db.run("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END")
    const answer = await laptop.send('POST', '/session/password', { current: ada.password, password: goodPassword })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []])
    expect((await laptop.get('/session')).status).toBe(200)
    expect((await signIn()).status).toBe(200)
  })
})

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0'
test.each([
  [firefox, 'Firefox on Linux'],
  [safari, 'Safari on iOS'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, 'Chrome on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/140.0.0.0`, 'Edge on Windows'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome} Safari/537.36 OPR/120.0`, 'Opera on macOS'],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome} Mobile Safari/537.36`, 'Chrome on Android'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome} Safari/537.36`, 'Chrome on ChromeOS'],
  ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/140.0 Mobile/15E148 Safari/604.1', 'Chrome on iOS'],
  ['Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0 Safari/537.36', 'Chrome on Linux'],
  ['curl/8.5.0', 'curl'],
  ['<script>alert(1)</script>', 'Unknown browser'],
  [`${'x'.repeat(600)} Firefox/1`, 'Unknown browser'],
  ['', 'Unknown browser'],
  [null, 'Unknown browser'],
])('%j is %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device)
})
