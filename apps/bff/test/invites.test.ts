import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { invitePerson } from '../src/people/invite.ts'
import { account, session, userLink, userRole } from '../src/storage/schema.ts'
import { goodPassword, startPeople, tokenIn } from './people-world.ts'
import { leaksOf } from './security-world.ts'
import { ada, tokenOf } from './session-world.ts'

const hour = 3600_000
const sue = { email: 'sue@example.com', name: 'Sue', role: 'support' as const }

describe('an invitation', () => {
  test('is a link that sets a password once and lets the person in', async () => {
    const { invite, post, signIn, auditLines, users, adaId } = await startPeople()
    const invited = await invite('Sue', 'support')
    expect(invited.answer.inviteUrl).toMatch(/^http:\/\/localhost:8787\/invite\?token=[\w-]{43}$/)
    const look = await post('/invite/look', { token: invited.token })
    expect([look.status, await look.json()]).toEqual([200, { kind: 'invite', email: sue.email, name: 'Sue' }])
    expect((await signIn(sue.email, goodPassword)).status).toBe(401)

    const used = await post('/invite', { token: invited.token, password: goodPassword })
    expect([used.status, await used.json(), used.headers.getSetCookie()]).toEqual([200, { ok: true }, []])
    expect((await signIn(sue.email, goodPassword)).status).toBe(200)
    expect((await users()).find(({ id }) => id === invited.id)).toMatchObject({ role: 'support', invitedUntil: null })
    expect(await auditLines()).toMatchObject([
      { action: 'session.signIn', outcome: 'applied', actor: { id: invited.id } },
      {
        action: 'user.join',
        outcome: 'applied',
        actor: { id: invited.id, email: sue.email, role: 'support' },
        target: { id: invited.id, name: sue.email },
      },
      { action: 'session.signIn', outcome: 'rejected' },
      {
        action: 'user.invite',
        actor: { id: adaId },
        target: { id: invited.id, name: sue.email },
        changes: [
          { path: 'name', before: null, after: 'Sue' },
          { path: 'role', before: null, after: 'support' },
        ],
      },
      { action: 'session.signIn', actor: { id: adaId } },
    ])
    const again = [
      await post('/invite/look', { token: invited.token }),
      await post('/invite', { token: invited.token, password: goodPassword }),
    ]
    expect(again.map(({ status }) => status)).toEqual([410, 410])
    expect(await again[0]?.json()).toMatchObject({ code: 'gone' })
  })

  test('counts for 72 hours, and shows until when, also when it has run out', async () => {
    const { invite, post, users, world, admin } = await startPeople()
    const started = world.now.getTime()
    const { id, token } = await invite('Sue', 'support')
    const until = new Date(started + 72 * hour).toISOString()
    expect((await users()).find((user) => user.id === id)?.invitedUntil).toBe(until)
    world.now = new Date(started + 72 * hour - 1)
    expect((await post('/invite/look', { token })).status).toBe(200)
    world.now = new Date(started + 72 * hour)
    expect((await post('/invite/look', { token })).status).toBe(410)
    expect((await post('/invite', { token, password: goodPassword })).status).toBe(410)
    world.now = new Date(started)
    expect((await admin.get('/users')).status).toBe(200)
    expect((await users()).find((user) => user.id === id)?.invitedUntil).toBe(until)
  })

  test('made anew for the same address takes the place of the old one, with the name and role of now', async () => {
    const { admin, invite, post, users, auditLines } = await startPeople()
    const first = await invite('Sue', 'support')
    await admin.send('PATCH', `/users/${first.id}`, { disabled: true })
    const answer = await admin.send('POST', '/users', { email: ' SUE@Example.com', name: 'Susan', role: 'operator' })
    expect(answer.status).toBe(201)
    const { user, inviteUrl } = (await answer.json()) as typeof first.answer
    expect(user).toMatchObject({ id: first.id, email: sue.email, name: 'Susan', role: 'operator', disabled: false })
    expect((await users()).find(({ id }) => id === first.id)).toEqual(user)
    expect((await auditLines())[0]?.changes).toMatchObject([
      { path: 'name', before: 'Sue', after: 'Susan' },
      { path: 'role', before: 'support', after: 'operator' },
      { path: 'disabled', before: true, after: false },
    ])
    expect((await post('/invite', { token: first.token, password: goodPassword })).status).toBe(410)
    expect((await post('/invite', { token: tokenIn(inviteUrl), password: goodPassword })).status).toBe(200)
  })

  test('used by two at once lets one of them in', async () => {
    const { invite, post, signIn, deps, auditLines } = await startPeople()
    const { id, email, token } = await invite('Sue', 'support')
    const passwords = ['one of two good passwords', 'other of two good passwords', 'third of two good passwords']
    const answers = await Promise.all(passwords.map((password) => post('/invite', { token, password })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410])
    const signedIn = await Promise.all(passwords.map((password) => signIn(email, password)))
    expect(signedIn.map(({ status }) => status)).toEqual(answers.map(({ status }) => (status === 200 ? 200 : 401)))
    expect(await deps.db.select().from(account).where(eq(account.userId, id))).toHaveLength(1)
    expect((await auditLines()).filter(({ action }) => action === 'user.join')).toHaveLength(1)
  })

  test('of a person who is disabled does not count', async () => {
    const { admin, invite, post } = await startPeople()
    const { id, token } = await invite('Sue', 'support')
    await admin.send('PATCH', `/users/${id}`, { disabled: true })
    expect((await post('/invite/look', { token })).status).toBe(410)
    await admin.send('PATCH', `/users/${id}`, { disabled: false })
    expect((await post('/invite/look', { token })).status).toBe(410)
  })

  test('that is made anew at the moment when the person comes gives nobody a way into their account', async () => {
    const { invite, post, deps, auth, audit, adaId } = await startPeople()
    const invited = await invite('Sue', 'support')
    const record: typeof audit.record = async (...entry) => {
      expect((await post('/invite', { token: invited.token, password: goodPassword })).status).toBe(200)
      return audit.record(...entry)
    }
    const by = { actor: { id: adaId, email: ada.email, role: 'admin' as const }, requestId: 'r' }
    await expect(invitePerson({ deps, auth, audit: { record } }, by, { ...sue, role: 'admin' })).rejects.toMatchObject({
      problem: { code: 'invalid' },
    })
    expect(await deps.db.select().from(userLink)).toEqual([])
    expect(await deps.db.select().from(userRole).where(eq(userRole.userId, invited.id))).toMatchObject([
      { role: 'support' },
    ])
  })

  test.each([ada.email, 'ADA@example.COM '])('for the address %j that somebody has is refused there', async (email) => {
    const { admin, auditLines } = await startPeople()
    const answer = await admin.send('POST', '/users', { ...sue, email })
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { code: 'invalid', errors: [{ pointer: '/email', source: 'console' }] },
    ])
    expect(await auditLines()).toHaveLength(1)
  })

  test('of one address by two at once makes one person', async () => {
    const { admin, users } = await startPeople()
    const answers = await Promise.all([1, 2, 3].map(() => admin.send('POST', '/users', sue)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    expect(statuses.every((status) => status === 201 || status === 422)).toBe(true)
    expect(await users()).toHaveLength(2)
  })

  test.each([
    [{ ...sue, email: 'sue' }, '/email'],
    [{ ...sue, name: ' ' }, '/name'],
    [{ ...sue, role: 'owner' }, '/role'],
  ])('%j is refused', async (person, pointer) => {
    const { admin } = await startPeople()
    const answer = await admin.send('POST', '/users', person)
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer }] }])
  })

  test('S36 is not used up by a password that will not do', async () => {
    const { invite, post } = await startPeople()
    const { token } = await invite('Sue', 'support')
    for (const password of ['fourteen chars', 'sue@example.com!!', 'x'.repeat(200)]) {
      const answer = await post('/invite', { token, password })
      expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer: '/password' }] }])
    }
    expect((await post('/invite', { token, password: goodPassword })).status).toBe(200)
  })

  test('is not used up when the audit log cannot be written', async () => {
    const { invite, post, deps, signIn } = await startPeople()
    const { token, email } = await invite('Sue', 'support')
    await deps.db.run("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END")
    expect((await post('/invite', { token, password: goodPassword })).status).toBe(503)
    expect((await signIn(email, goodPassword)).status).toBe(401)
    await deps.db.run('DROP TRIGGER full')
    expect((await post('/invite', { token, password: goodPassword })).status).toBe(200)
  })
})

describe('a link for a new password', () => {
  test('leaves password and sessions alone until it is used, and ends them then', async () => {
    const { admin, join, post, signIn, auditLines } = await startPeople()
    const person = await join('Sue', 'support')
    const answer = await admin.send('POST', `/users/${person.id}/reset`)
    const { resetUrl } = (await answer.json()) as { resetUrl: string }
    const token = tokenIn(resetUrl)
    expect([answer.status, resetUrl]).toEqual([200, expect.stringMatching(/\/invite\?token=[\w-]{43}$/)])
    expect((await person.get('/session')).status).toBe(200)
    expect((await signIn(person.email, goodPassword)).status).toBe(200)
    expect(await (await post('/invite/look', { token })).json()).toMatchObject({ kind: 'reset', email: person.email })

    expect((await post('/invite', { token, password: 'another long enough one' })).status).toBe(200)
    expect((await person.get('/session')).status).toBe(401)
    expect((await signIn(person.email, goodPassword)).status).toBe(401)
    expect((await signIn(person.email, 'another long enough one')).status).toBe(200)
    const resets = (await auditLines()).filter(({ action }) => action === 'user.reset')
    expect(resets).toMatchObject([
      { actor: { id: person.id }, target: { id: person.id } },
      { actor: { email: ada.email }, target: { id: person.id } },
    ])
  })

  test('counts for a day, and only the newest', async () => {
    const { admin, join, post, world } = await startPeople()
    const { id } = await join('Sue', 'support')
    const made = async () => {
      const answer = (await (await admin.send('POST', `/users/${id}/reset`)).json()) as { resetUrl: string }
      return tokenIn(answer.resetUrl)
    }
    const [first, second] = [await made(), await made()]
    expect((await post('/invite/look', { token: first })).status).toBe(410)
    expect((await post('/invite/look', { token: second })).status).toBe(200)
    world.now = new Date(world.now.getTime() + 24 * hour)
    expect((await post('/invite/look', { token: second })).status).toBe(410)
  })

  test('for somebody who has not come yet is an invitation anew', async () => {
    const { admin, invite, post } = await startPeople()
    const { id, token } = await invite('Sue', 'support')
    const answer = await admin.send('POST', `/users/${id}/reset`)
    const { resetUrl } = (await answer.json()) as { resetUrl: string }
    expect((await post('/invite/look', { token })).status).toBe(410)
    const look = await post('/invite/look', { token: tokenIn(resetUrl) })
    expect(await look.json()).toMatchObject({ kind: 'invite' })
  })

  test('is not made for a disabled person', async () => {
    const { admin, join } = await startPeople()
    const { id } = await join('Sue', 'support')
    await admin.send('PATCH', `/users/${id}`, { disabled: true })
    expect((await admin.send('POST', `/users/${id}/reset`)).status).toBe(422)
  })
})

test('links may not be guessed at will from one address', async () => {
  const { post, world } = await startPeople()
  const statuses: number[] = []
  for (let turn = 0; turn < 32; turn++) statuses.push((await post('/invite/look', { token: `guess${turn}` })).status)
  expect(statuses).toEqual([...Array(30).fill(410), 429, 429])
  const refused = await post('/invite', { token: 'guess', password: goodPassword })
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  world.address = '192.0.2.2'
  expect((await post('/invite/look', { token: 'guess' })).status).toBe(410)
  world.address = '192.0.2.1'
  world.now = new Date(world.now.getTime() + 5 * 60_000)
  expect((await post('/invite/look', { token: 'guess' })).status).toBe(410)
})

test('S13 S15 S29 no token, password or cookie rests in the database, the log or the audit log', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'people-'))
  const people = await startPeople({ file: path.join(folder, 'console.db') })
  const { admin, invite, join, post, logged, auditLines, deps, users } = people
  const [pending, sue] = [await invite('Ann', 'operator'), await join('Sue', 'support')]
  const { resetUrl } = (await (await admin.send('POST', `/users/${sue.id}/reset`)).json()) as { resetUrl: string }
  const changed = await sue.send('POST', '/session/password', {
    current: goodPassword,
    password: 'brand new secret words',
  })
  const wrong = 'mistyped but nearly right'
  await post('/invite', { token: tokenIn(resetUrl), password: 'sue sue sue sue sue' })
  await post('/auth/sign-in/email', { email: wrong, password: wrong })
  expect(await deps.db.select().from(userLink)).toHaveLength(2)
  expect((await deps.db.select().from(session)).length).toBeGreaterThan(0)

  const disk = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'latin1'))
  const traces = [...disk, JSON.stringify([logged, await auditLines(), await users()])].join('\n')
  const cookie = changed.headers.get('set-cookie') ?? ''
  const secrets = [pending.token, sue.token, tokenIn(resetUrl), tokenOf(sue.cookie), tokenOf(admin.cookie)]
  for (const secret of [...secrets, tokenOf(cookie), goodPassword, 'brand new secret words', wrong]) {
    expect(secret.length).toBeGreaterThan(14)
    expect(leaksOf(secret, traces)).toEqual([])
  }
  expect(traces).toContain(sue.email)
})
