import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { session, userRole } from '../src/storage/schema.ts'
import { ada, adminId, cookieOf, startSessions, tokenOf } from './session-world.ts'

test('S28 over https the cookie is exactly the __Host- one', async () => {
  const { addAda, signIn } = await startSessions({ publicUrl: 'https://tunnels.example.com' })
  await addAda()
  const cookies = (await signIn()).headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  const [cookie = ''] = cookies
  const [value = ''] = cookie.split(';')
  expect(cookie).toBe(`${value}; Path=/; Secure; HttpOnly; SameSite=Strict`)
  expect(value).toMatch(/^__Host-tunnel-console=[\w.%-]+$/)
  expect(cookie.length).toBeLessThan(4096)
})

test('S28 on http://localhost the cookie goes without prefix and Secure', async () => {
  const { addAda, signIn, get } = await startSessions()
  await addAda()
  const answer = await signIn()
  const cookie = cookieOf(answer)
  expect(answer.headers.getSetCookie()).toEqual([`${cookie}; Path=/; HttpOnly; SameSite=Strict`])
  expect(cookie).toMatch(/^tunnel-console=/)
  expect((await get('/session', cookie)).status).toBe(200)
})

test('S29 the database file holds the SHA-256 of the token and never the token', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'session-'))
  const { addAda, signIn, get, auth, logged, deps } = await startSessions({ file: path.join(directory, 'console.db') })
  await addAda()
  const cookie = cookieOf(await signIn())
  const token = tokenOf(cookie)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect((await get('/session', cookie)).status).toBe(200)

  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('hex')
  const disk = readdirSync(directory).map((file) => readFileSync(path.join(directory, file), 'latin1'))
  expect(disk.length).toBeGreaterThan(1)
  expect(disk.some((content) => content.includes(digest))).toBe(true)
  expect(disk.some((content) => content.includes(token))).toBe(false)
  expect(disk.some((content) => content.includes(ada.password))).toBe(false)
  expect(JSON.stringify(logged)).not.toContain(token)

  // A thief of the database cannot use what stands there, signed or not.
  const [row] = await deps.db.select().from(session)
  const stolen = cookie.replace(token, row?.token ?? '')
  expect(await auth.sessionOf(new Request('http://localhost:8787', { headers: { cookie: stolen } }))).toBeNull()
})

test('S30 signing in again brings a new token and ends the old session', async () => {
  const { addAda, signIn, get } = await startSessions()
  await addAda()
  const first = cookieOf(await signIn())
  const second = cookieOf(await signIn(ada.email, ada.password, { cookie: first }))
  expect(tokenOf(second)).not.toBe(tokenOf(first))
  expect((await get('/session', first)).status).toBe(401)
  expect((await get('/session', second)).status).toBe(200)
})

test('S30 a token that somebody planted is never taken over', async () => {
  const { addAda, signIn } = await startSessions()
  await addAda()
  const answer = await signIn(ada.email, ada.password, { cookie: 'tunnel-console=planted.c2lnbmF0dXJl' })
  expect(answer.status).toBe(200)
  expect(tokenOf(cookieOf(answer))).not.toContain('planted')
})

test('S31 signing out ends the session on the server and clears the browser', async () => {
  const { addAda, signIn, get, post, auditLines } = await startSessions()
  await addAda()
  const cookie = cookieOf(await signIn())
  const answer = await post('/auth/sign-out', {}, { cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(answer.headers.getSetCookie()).toEqual(['tunnel-console=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0'])
  expect((await get('/session', cookie)).status).toBe(401)
  expect((await auditLines()).map(({ action, outcome }) => [action, outcome])).toEqual([
    ['session.signOut', 'applied'],
    ['session.signIn', 'applied'],
  ])
})

test('S31 signing out without a session is answered alike and recorded nowhere', async () => {
  const { post, auditLines } = await startSessions()
  expect((await post('/auth/sign-out', {})).status).toBe(200)
  expect(await auditLines()).toEqual([])
})

test('S32 a session ends after twelve hours, however busy it was', async () => {
  const { addAda, signIn, get, post, world } = await startSessions()
  await addAda()
  const started = world.now.getTime()
  const cookie = cookieOf(await signIn())
  const answer = await (await get('/session', cookie)).json()
  expect(answer).toMatchObject({ expiresAt: new Date(started + 12 * 3600_000).toISOString() })
  for (const hours of Array.from({ length: 26 }, (_, step) => (step + 1) * 0.45)) {
    world.now = new Date(started + hours * 3600_000)
    expect((await post('/session/activity', undefined, { cookie })).status).toBe(200)
  }
  world.now = new Date(started + 12 * 3600_000 - 1000)
  expect((await get('/session', cookie)).status).toBe(200)
  world.now = new Date(started + 12 * 3600_000)
  expect((await get('/session', cookie)).status).toBe(401)
})

test('S33 a new role acts on the next request, and no role is the same as signed out', async () => {
  const { addAda, signIn, get, deps } = await startSessions()
  const { id } = await addAda()
  const cookie = cookieOf(await signIn())
  await deps.db.update(userRole).set({ role: 'support' }).where(eq(userRole.userId, id))
  expect(await (await get('/session', cookie)).json()).toMatchObject({
    user: { id, email: ada.email, name: 'Ada', role: 'support' },
    account: { id: adminId },
    mode: 'live',
    permissions: ['status.read'],
  })
  await deps.db.delete(userRole)
  expect((await get('/session', cookie)).status).toBe(401)
  expect((await signIn()).status).toBe(403)
  expect(await deps.db.select().from(session)).toHaveLength(1)
})

test.each([
  ['no cookie', undefined],
  ['an unsigned token', 'tunnel-console=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['a wrong signature', `tunnel-console=AAAA.${encodeURIComponent(btoa('x'.repeat(32)))}`],
  ['broken escapes', 'tunnel-console=%E0%A4%A'],
  ['a cookie of another name', 'x-tunnel-console=AAAA'],
])('S40 %s is nobody, whatever headers say otherwise', async (_name, cookie) => {
  const { addAda, auth } = await startSessions()
  await addAda()
  const headers = new Headers({ 'x-forwarded-user': ada.email, 'cf-access-authenticated-user-email': ada.email })
  if (cookie !== undefined) headers.set('cookie', cookie)
  expect(await auth.sessionOf(new Request('http://localhost:8787', { headers }))).toBeNull()
})
