import type { SessionAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { startPeople } from './people-world.ts'
import { auditOf, create, idOf, opened, problemIn } from './steps.ts'
import { type Person, startWorld, writes } from './world.ts'

const asSupport = { 'x-view-as': 'support' }

async function sessionOf(person: Person, headers = {}) {
  return (await (await person.get('/api/session', headers)).json()) as SessionAnswer
}

test('an administrator sees what support sees, for as long as they ask for it', async () => {
  const world = await startWorld()
  const [admin, support] = [await world.as('admin'), await world.as('support')]
  const paths = ['/api/tunnels', '/api/status', `/api/tunnels/${idOf(world, 'fra-dc1-a')}`]
  for (const path of paths) {
    const [viewed, own] = [await admin.get(path, asSupport), await support.get(path)]
    expect(await viewed.text(), path).toBe(await own.text())
    expect(viewed.headers.get('etag')).toBe(own.headers.get('etag'))
    expect(viewed.headers.get('vary')).toContain('X-View-As')
  }
  expect((await admin.get('/api/audit', asSupport)).status).toBe(403)
  expect((await admin.get('/api/users', asSupport)).status).toBe(403)
  expect((await admin.get('/api/users')).status).toBe(200)
})

test('the session says as whom they look, and who they are', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const own = await sessionOf(admin)
  expect(own).toMatchObject({ viewingAs: null, user: { role: 'admin' } })
  expect(await sessionOf(admin, asSupport)).toEqual({
    ...own,
    viewingAs: 'support',
    user: { ...own.user, role: 'support' },
    permissions: ['status.read'],
  })
  expect(await sessionOf(admin, { 'x-view-as': 'operator' })).toMatchObject({ viewingAs: 'operator' })
})

test.each(['support', 'operator'])(
  'looking as %s changes nothing, and each attempt is recorded as the person’s',
  async (role) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, 'fra-dc1-a')
    const { ifMatch } = await opened(admin, id)
    const headers = { ...ifMatch, 'x-view-as': role }
    const before = world.sandbox.state()
    const answers = [
      await create(admin, headers),
      await admin.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, headers),
      await admin.send('PUT', `/api/tunnels/${id}?validate_only=true`, { description: 'x' }, headers),
      await admin.send('DELETE', `/api/tunnels/${id}`, undefined, headers),
      await admin.send('POST', `/api/tunnels/${id}/psk_generate`, undefined, headers),
      await admin.send('POST', '/api/sandbox/reset', undefined, headers),
      await admin.send('PATCH', '/api/users/sandbox-support', { role: 'admin' }, headers),
    ]
    for (const answer of answers) {
      const { code, detail } = await problemIn(answer)
      expect([answer.status, code, detail]).toEqual([
        403,
        'forbidden',
        expect.stringMatching(/^You are viewing .* as /),
      ])
    }
    expect(writes(world.sandbox)).toEqual([])
    expect(world.sandbox.state()).toEqual(before)
    const denied = (await auditOf(world)).filter(({ outcome }) => outcome === 'denied')
    expect(denied.map(({ action, actor }) => [action, actor.role])).toEqual([
      ['psk.generate', 'admin'],
      ['tunnel.delete', 'admin'],
      ['tunnel.update', 'admin'],
      ['tunnel.update', 'admin'],
      ['tunnel.create', 'admin'],
    ])
  },
)

test('what concerns the person themselves goes on', async () => {
  const { admin, auditLines, adaId } = await startPeople()
  expect((await admin.send('POST', '/session/activity', undefined, asSupport)).status).toBe(200)
  expect((await admin.get('/session/sessions', asSupport)).status).toBe(200)
  const passwords = { current: 'a long enough password', password: 'another long enough one' }
  expect((await admin.send('POST', '/session/password', passwords, asSupport)).status).toBe(200)
  expect((await auditLines())[0]).toMatchObject({
    action: 'user.changePassword',
    actor: { id: adaId, role: 'admin' },
  })
})

test('it lifts nobody up, and is ignored from everybody else', async () => {
  const world = await startWorld()
  const [operator, support] = [await world.as('operator'), await world.as('support')]
  for (const role of ['admin', 'operator', 'support', 'owner']) {
    const headers = { 'x-view-as': role }
    expect(await sessionOf(support, headers)).toMatchObject({ viewingAs: null, user: { role: 'support' } })
    expect((await support.get('/api/audit', headers)).status).toBe(403)
    expect(await sessionOf(operator, headers)).toMatchObject({ viewingAs: null, user: { role: 'operator' } })
    expect((await operator.get('/api/users', headers)).status).toBe(403)
    expect((await operator.send('POST', '/api/tunnels?validate_only=true', {}, headers)).status).toBe(422)
  }
  expect((await world.send('/api/session', { headers: asSupport })).status).toBe(401)
})

test('S33 somebody who is demoted while they look keeps what their new role allows', async () => {
  const world = await startPeople()
  const bob = await world.join('Bob', 'admin')
  expect((await bob.get('/audit', asSupport)).status).toBe(403)
  await world.admin.send('PATCH', `/users/${bob.id}`, { role: 'operator' })
  expect((await bob.get('/audit', asSupport)).status).toBe(200)
})

test('an administrator’s own role changes nothing, and what is no role is refused', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  expect(await sessionOf(admin, { 'x-view-as': 'admin' })).toMatchObject({ viewingAs: null })
  for (const role of ['owner', 'Support', 'support, admin', '']) {
    const answer = await admin.get('/api/session', { 'x-view-as': role })
    expect([answer.status, (await problemIn(answer)).code], role).toEqual([400, 'bad-request'])
  }
})

test('S10 a view made for the administrator is not handed to whom they look as', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const whole = await admin.get('/api/tunnels')
  const reduced = await admin.get('/api/tunnels', {
    ...asSupport,
    'if-none-match': whole.headers.get('etag') ?? '',
  })
  expect(reduced.status).toBe(200)
  const { tunnels } = (await reduced.json()) as TunnelListAnswer
  expect(JSON.stringify(tunnels)).not.toContain('md5_key')
})
