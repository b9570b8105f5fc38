import { mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cookieOf, startSessions } from './session-world.ts'

test.each([
  ['admin', 'Ada Admin'],
  ['operator', 'Omar Operator'],
  ['support', 'Sue Support'],
])('the sandbox lets one continue as %s, as often as one likes', async (role, name) => {
  const { post, get, auditLines } = await startSessions({ mode: 'sandbox' })
  const [first, second] = await Promise.all([post('/sandbox/sign-in', { role }), post('/sandbox/sign-in', { role })])
  expect([first.status, second.status]).toEqual([200, 200])
  const answer = await get('/session', cookieOf(second))
  expect(await answer.json()).toMatchObject({
    user: { email: `${role}@sandbox.example.com`, name, role },
    mode: 'sandbox',
  })
  expect((await auditLines()).map(({ actor }) => actor.role)).toEqual([role, role])
})

test('nobody can sign in to a sandbox account with a password', async () => {
  const { post, signIn } = await startSessions({ mode: 'sandbox' })
  await post('/sandbox/sign-in', { role: 'admin' })
  expect((await signIn('admin@sandbox.example.com', 'a long enough password')).status).toBe(401)
})

test('in live mode the sandbox sign-in is not found, whatever its body', async () => {
  const { post, auth } = await startSessions()
  for (const json of [{ role: 'admin' }, { role: 'owner' }, {}]) {
    const answer = await post('/sandbox/sign-in', json)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not-found' })
  }
  const request = new Request('http://localhost:8787')
  await expect(auth.signInSandbox(request, 'admin', undefined)).rejects.toMatchObject({
    problem: { code: 'not-found' },
  })
})

test('a sandbox session opens nothing once the same database goes live', async () => {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'session-')), 'console.db')
  const sandbox = await startSessions({ mode: 'sandbox', file })
  const cookie = cookieOf(await sandbox.post('/sandbox/sign-in', { role: 'admin' }))
  expect((await sandbox.get('/session', cookie)).status).toBe(200)
  sandbox.close()

  const live = await startSessions({ file })
  expect((await live.get('/session', cookie)).status).toBe(401)
  expect(await (await live.get('/sign-in-options')).json()).toEqual({ mode: 'live', setupNeeded: true })
  live.close()
})
