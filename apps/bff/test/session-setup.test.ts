import { expect, test } from 'vitest'
import { ensureFirstAdmin } from '../src/session/first-admin.ts'
import { setupLink } from '../src/storage/schema.ts'
import { ada, cookieOf, startSessions } from './session-world.ts'

async function startWithLink() {
  const sessions = await startSessions()
  const link = (await ensureFirstAdmin(sessions.deps, sessions.auth, {})) ?? ''
  const token = new URL(link).searchParams.get('token') ?? ''
  const setUp = (changes = {}) => sessions.post('/setup', { token, ...ada, ...changes })
  return { ...sessions, link, token, setUp }
}

test('S38 the set-up link makes the first administrator, once', async () => {
  const { setUp, signIn, get, auditLines, link, token, deps } = await startWithLink()
  expect(link).toMatch(/^http:\/\/localhost:8787\/setup\?token=[\w-]{43}$/)
  expect(JSON.stringify(await deps.db.select().from(setupLink))).not.toContain(token)
  expect(await (await get('/sign-in-options')).json()).toEqual({ mode: 'live', setupNeeded: true })

  expect((await setUp()).status).toBe(201)
  expect(await (await get('/sign-in-options')).json()).toEqual({ mode: 'live', setupNeeded: false })
  const answer = await get('/session', cookieOf(await signIn()))
  expect(await answer.json()).toMatchObject({ user: { name: 'Ada', role: 'admin' } })

  const again = await setUp({ email: 'eve@example.com' })
  expect(again.status).toBe(410)
  expect(await again.json()).toMatchObject({ code: 'gone' })
  expect((await auditLines()).map(({ action }) => action)).toEqual(['session.signIn', 'user.setUp'])
})

test('S38 of two who use the link at once, one wins', async () => {
  const { setUp } = await startWithLink()
  const answers = await Promise.all([setUp(), setUp({ email: 'eve@example.com' }), setUp()])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410])
})

test('S38 a link ends after a day, and at the next start', async () => {
  const { setUp, world, deps, auth } = await startWithLink()
  const started = world.now.getTime()
  world.now = new Date(started + 24 * 3600_000)
  expect((await setUp()).status).toBe(410)
  world.now = new Date(started + 24 * 3600_000 - 1)
  const second = await ensureFirstAdmin(deps, auth, {})
  expect(second).toMatch(/\/setup\?token=/)
  expect((await setUp()).status).toBe(410)
  expect((await setUp({ token: new URL(second ?? '').searchParams.get('token') })).status).toBe(201)
})

test('S38 the link is worth nothing once somebody exists', async () => {
  const { setUp, addAda, deps, auth } = await startWithLink()
  await addAda()
  expect((await setUp({ email: 'eve@example.com' })).status).toBe(410)
  expect(await ensureFirstAdmin(deps, auth, {})).toBeNull()
})

test('the link stays good when the account cannot be written', async () => {
  const { setUp, deps } = await startWithLink()
  await deps.db.run('ALTER TABLE user_role RENAME TO user_role_gone')
  expect((await setUp()).status).toBe(500)
  await deps.db.run('ALTER TABLE user_role_gone RENAME TO user_role')
  expect((await setUp()).status).toBe(201)
})

test.each([
  ['a short password', { password: 'fourteen chars' }, '/password'],
  ['too long a password', { password: 'é'.repeat(129) }, '/password'],
  ['no address', { email: 'ada' }, '/email'],
  ['no name', { name: '  ' }, '/name'],
])('S36 %s is refused and does not use up the link', async (_name, changes, pointer) => {
  const { setUp } = await startWithLink()
  const refused = await setUp(changes)
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ code: 'invalid', errors: [{ pointer, source: 'console' }] })
  expect((await setUp()).status).toBe(201)
})

/** Each takes two units of UTF-16, and four bytes. */
const emoji = String.fromCodePoint(...Array.from({ length: 128 }, (_, index) => 0x1f400 + ((index * 53) % 128)))

test.each(['fifteen letters', emoji, 'пароль длиною в жизнь', ' spaces count too '])(
  'S36 the password %j is accepted and works',
  async (password) => {
    const { setUp, signIn } = await startWithLink()
    expect((await setUp({ password })).status).toBe(201)
    expect((await signIn(ada.email, password)).status).toBe(200)
  },
)

test('ADMIN_EMAIL and ADMIN_PASSWORD make the first administrator, and only the first', async () => {
  const { deps, auth, signIn } = await startSessions()
  expect(await ensureFirstAdmin(deps, auth, ada)).toBeNull()
  expect((await signIn('Ada@Example.com')).status).toBe(200)
  expect(await ensureFirstAdmin(deps, auth, { email: 'eve@example.com', password: ada.password })).toBeNull()
  expect((await signIn('eve@example.com')).status).toBe(401)
})

test.each([
  [{ email: ada.email, password: 'too short' }, /^ADMIN_PASSWORD: use at least 15 characters$/],
  [{ email: ada.email }, /^ADMIN_PASSWORD: /],
  [{ password: ada.password }, /^ADMIN_EMAIL: /],
  [{ email: 'root', password: ada.password }, /^ADMIN_EMAIL: /],
])('wrong settings for the first administrator stop the start: %j', async (settings, message) => {
  const { deps, auth } = await startSessions()
  await expect(ensureFirstAdmin(deps, auth, settings)).rejects.toThrow(message)
})

test('the sandbox needs no first administrator', async () => {
  const { deps, auth, get } = await startSessions({ mode: 'sandbox' })
  expect(await ensureFirstAdmin(deps, auth, {})).toBeNull()
  expect(await (await get('/sign-in-options')).json()).toEqual({ mode: 'sandbox', setupNeeded: false })
})
