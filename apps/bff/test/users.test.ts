import type { Role } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { session, userRole } from '../src/storage/schema.ts'
import { goodPassword, startPeople } from './people-world.ts'
import { startWorld } from './world.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

describe('the list', () => {
  test('tells who is there, in what role, when they were last here, and who has not come yet', async () => {
    const { join, invite, users, world } = await startPeople()
    await join('Sue', 'support')
    await invite('Omar', 'operator')
    const at = world.now.toISOString()
    expect(await users()).toEqual([
      {
        id: expect.stringMatching(uuid),
        email: 'ada@example.com',
        name: 'Ada',
        role: 'admin',
        disabled: false,
        lastUsedAt: at,
        invitedUntil: null,
      },
      expect.objectContaining({ name: 'Omar', role: 'operator', lastUsedAt: null, invitedUntil: expect.any(String) }),
      expect.objectContaining({ name: 'Sue', role: 'support', lastUsedAt: at, invitedUntil: null }),
    ])
  })

  test('shows the last use of somebody who has signed out since', async () => {
    const { join, users, world, post } = await startPeople()
    const { cookie } = await join('Sue', 'support')
    const at = world.now.toISOString()
    world.now = new Date(world.now.getTime() + 60_000)
    await post('/auth/sign-out', undefined, { cookie })
    expect((await users()).find(({ name }) => name === 'Sue')?.lastUsedAt).toBe(at)
  })

  test('has the three people of the sandbox, in sandbox mode alone', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const { users } = (await (await admin.get('/api/users')).json()) as { users: { id: string; role: Role }[] }
    expect(users.map(({ id, role }) => [id, role])).toEqual([
      ['sandbox-admin', 'admin'],
      ['sandbox-operator', 'operator'],
      ['sandbox-support', 'support'],
    ])
    const live = await startPeople()
    await live.deps.db.run("INSERT INTO user VALUES ('sandbox-admin', 'X', 'x@example.com', 1, NULL, 0, 0)")
    await live.deps.db.run("INSERT INTO user_role (user_id, role, granted_at) VALUES ('sandbox-admin', 'admin', '')")
    expect(await live.users()).toHaveLength(1)
    expect((await live.admin.send('PATCH', '/users/sandbox-admin', { role: 'support' })).status).toBe(404)
  })
})

describe('a changed role', () => {
  test('S33 H10 acts on the next request, says what it needs and whom to ask, and is in the audit log', async () => {
    const { admin, join, auditLines, adaId } = await startPeople()
    const omar = await join('Omar', 'operator')
    expect((await omar.get('/audit')).status).toBe(200)
    const answer = await admin.send('PATCH', `/users/${omar.id}`, { role: 'support' })
    expect([answer.status, await answer.json()]).toMatchObject([200, { user: { id: omar.id, role: 'support' } }])

    const refused = await omar.send('PUT', `/tunnels/${'0'.repeat(32)}`, { description: 'typed before' })
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      {
        code: 'forbidden',
        detail: 'This needs the role Operator, and yours is Support. Ask: Ada (ada@example.com).',
      },
    ])
    const session = (await (await omar.get('/session')).json()) as SessionAnswer
    expect(session).toMatchObject({
      user: { role: 'support' },
      permissions: ['status.read'],
      administrators: [{ name: 'Ada', email: 'ada@example.com' }],
    })
    expect(await auditLines()).toMatchObject([
      { action: 'tunnel.update', outcome: 'denied', actor: { id: omar.id, role: 'support' } },
      {
        action: 'user.changeRole',
        outcome: 'applied',
        actor: { id: adaId, role: 'admin' },
        target: { id: omar.id, name: omar.email },
        changes: [{ path: 'role', label: 'Role', before: 'operator', after: 'support' }],
      },
      { action: 'session.signIn' },
      { action: 'user.join' },
      { action: 'user.invite' },
      { action: 'session.signIn' },
    ])
  })

  test('that is none is neither written nor recorded', async () => {
    const { admin, join, auditLines } = await startPeople()
    const sue = await join('Sue', 'support')
    const before = (await auditLines()).length
    expect((await admin.send('PATCH', `/users/${sue.id}`, { role: 'support', disabled: false })).status).toBe(200)
    expect(await auditLines()).toHaveLength(before)
  })

  test.each([
    [{}, 422],
    [{ role: 'owner' }, 422],
    [{ disabled: 'yes' }, 422],
    [{ role: 'support', email: 'eve@example.com' }, 400],
  ])('is refused as %j', async (change, status) => {
    const { admin, adaId } = await startPeople()
    expect((await admin.send('PATCH', `/users/${adaId}`, change)).status).toBe(status)
  })

  test('of nobody is not found', async () => {
    const { admin } = await startPeople()
    const nobody = `/users/${crypto.randomUUID()}`
    expect((await admin.send('PATCH', nobody, { disabled: true })).status).toBe(404)
    expect((await admin.send('DELETE', `${nobody}/sessions`)).status).toBe(404)
    expect((await admin.send('POST', `${nobody}/reset`)).status).toBe(404)
  })

  test('is not made when it cannot be recorded', async () => {
    const { admin, join, users, deps } = await startPeople()
    const sue = await join('Sue', 'support')
    await deps.db.run("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END")
    const answer = await admin.send('PATCH', `/users/${sue.id}`, { role: 'admin' })
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'audit-unavailable' }])
    expect((await users()).find(({ id }) => id === sue.id)?.role).toBe('support')
  })
})

describe('a disabled person', () => {
  test('S33 is out at once with every session, cannot come back, and is let in again', async () => {
    const { admin, join, signIn, auditLines, deps } = await startPeople()
    const sue = await join('Sue', 'support')
    await signIn(sue.email, goodPassword)
    const answer = await admin.send('PATCH', `/users/${sue.id}`, { disabled: true })
    expect(await answer.json()).toMatchObject({ user: { disabled: true } })
    expect((await sue.get('/session')).status).toBe(401)
    expect(await deps.db.select().from(session).where(eq(session.userId, sue.id))).toEqual([])
    const refused = await signIn(sue.email, goodPassword)
    expect([refused.status, await refused.json()]).toMatchObject([403, { detail: /disabled/ }])
    expect((await signIn(sue.email, 'not the password at all')).status).toBe(401)
    expect(await deps.db.select().from(session).where(eq(session.userId, sue.id))).toEqual([])

    await admin.send('PATCH', `/users/${sue.id}`, { disabled: false })
    expect((await signIn(sue.email, goodPassword)).status).toBe(200)
    const actions = (await auditLines()).filter(({ action }) => /able$/.test(action))
    expect(actions).toMatchObject([
      { action: 'user.enable', changes: [{ path: 'disabled', before: true, after: false }] },
      { action: 'user.disable', changes: [{ path: 'disabled', before: false, after: true }] },
    ])
  })

  test('S33 whose session is made at that very moment is out all the same', async () => {
    const { join, signedIn, deps } = await startPeople()
    const sue = await join('Sue', 'support')
    const late = await signedIn(sue.email, goodPassword)
    await deps.db.update(userRole).set({ disabledAt: 'now' }).where(eq(userRole.userId, sue.id))
    expect((await late.get('/session')).status).toBe(401)
  })

  test('S33 whose sessions are ended signs in again', async () => {
    const { admin, join, signIn, auditLines } = await startPeople()
    const sue = await join('Sue', 'support')
    expect((await admin.send('DELETE', `/users/${sue.id}/sessions`)).status).toBe(200)
    expect((await sue.get('/session')).status).toBe(401)
    expect((await signIn(sue.email, goodPassword)).status).toBe(200)
    expect((await auditLines())[1]).toMatchObject({ action: 'user.endSessions', target: { id: sue.id } })
  })
})

describe('S48 the last administrator', () => {
  test.each([{ role: 'operator' }, { disabled: true }, { role: 'support', disabled: true }])(
    'stays, also against %j',
    async (change) => {
      const { admin, adaId, auditLines, users } = await startPeople()
      const answer = await admin.send('PATCH', `/users/${adaId}`, change)
      expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'last-administrator' }])
      expect((await users())[0]).toMatchObject({ role: 'admin', disabled: false })
      expect((await auditLines())[0]).toMatchObject({
        outcome: 'rejected',
        problem: { code: 'last-administrator' },
        target: { id: adaId },
      })
    },
  )

  test('is not anybody who cannot come in: an invited, a disabled one, or one of the sandbox', async () => {
    const { admin, adaId, invite, join, deps } = await startPeople()
    await invite('Ann', 'admin')
    const bob = await join('Bob', 'admin')
    await admin.send('PATCH', `/users/${bob.id}`, { disabled: true })
    await deps.db.run("INSERT INTO user VALUES ('sandbox-admin', 'X', 'x@example.com', 1, NULL, 0, 0)")
    await deps.db.run("INSERT INTO user_role (user_id, role, granted_at) VALUES ('sandbox-admin', 'admin', '')")
    expect((await admin.send('PATCH', `/users/${adaId}`, { role: 'support' })).status).toBe(409)
    await admin.send('PATCH', `/users/${bob.id}`, { disabled: false })
    expect((await admin.send('PATCH', `/users/${adaId}`, { role: 'support' })).status).toBe(200)
  })

  test('an invited or disabled administrator may always be changed', async () => {
    const { admin, invite } = await startPeople()
    const ann = await invite('Ann', 'admin')
    expect((await admin.send('PATCH', `/users/${ann.id}`, { role: 'support' })).status).toBe(200)
    expect((await admin.send('PATCH', `/users/${ann.id}`, { role: 'admin', disabled: true })).status).toBe(200)
    expect((await admin.send('PATCH', `/users/${ann.id}`, { role: 'support' })).status).toBe(200)
  })

  test('of two who demote or disable each other at once one stays, whoever is first', async () => {
    for (const change of [{ role: 'support' }, { disabled: true }]) {
      const { admin, adaId, join, deps } = await startPeople()
      const bob = await join('Bob', 'admin')
      const answers = await Promise.all([
        admin.send('PATCH', `/users/${bob.id}`, change),
        bob.send('PATCH', `/users/${adaId}`, change),
      ])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
      const rows = await deps.db.select().from(userRole)
      expect(rows.filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null)).toHaveLength(1)
    }
  })

  test('of four who demote one another at once one stays', async () => {
    const { admin, adaId, join, deps } = await startPeople()
    const others = [await join('Bob', 'admin'), await join('Cat', 'admin'), await join('Dan', 'admin')]
    const all = [{ ...admin, id: adaId }, ...others]
    const answers = await Promise.all(
      all.map((one, index) => one.send('PATCH', `/users/${all[(index + 1) % all.length]?.id}`, { role: 'support' })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 409])
    const rows = await deps.db.select().from(userRole)
    expect(rows.filter(({ role }) => role === 'admin')).toHaveLength(1)
  })

  test('in the sandbox is its own administrator, whom signing in restores', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    expect((await admin.send('PATCH', '/api/users/sandbox-admin', { disabled: true })).status).toBe(409)
    expect((await admin.send('PATCH', '/api/users/sandbox-support', { disabled: true })).status).toBe(200)
    const support = await world.as('support')
    expect((await support.get('/api/session')).status).toBe(200)
  })
})

test('S46 a refused deed of somebody who is no administrator is recorded as what it was', async () => {
  const { join, invite, auditLines, services } = await startPeople()
  const omar = await join('Omar', 'operator')
  const { id } = await invite('Ann', 'support')
  const answers = [
    await omar.get('/users'),
    await omar.send('POST', '/users', { email: 'eve@example.com', name: 'Eve', role: 'admin' }),
    await omar.send('PATCH', `/users/${omar.id}`, { role: 'admin' }),
    await omar.send('POST', `/users/${id}/reset`),
    await omar.send('DELETE', `/users/${id}/sessions`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  await services.owner.refusals.flush({ isStopping: true })
  const denied = (await auditLines()).filter(({ outcome }) => outcome === 'denied')
  expect(denied.map(({ action }) => action)).toEqual([
    'user.endSessions',
    'user.reset',
    'user.changeRole',
    'user.invite',
  ])
})
