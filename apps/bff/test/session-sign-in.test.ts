import { expect, test } from 'vitest'
import { ada, startSessions } from './session-world.ts'
import { timed } from './timed.ts'

test('S35 an unknown address and a wrong password get the same answer', async () => {
  const { addAda, signIn, auditLines } = await startSessions()
  const { id } = await addAda()
  const answers = await Promise.all([
    signIn('nobody@example.com', ada.password),
    signIn(ada.email, 'not the password at all'),
    signIn('no address', ada.password),
    signIn(ada.email, 'x'.repeat(400)),
  ])
  const bodies = await Promise.all(answers.map((answer) => answer.json()))
  for (const body of bodies) {
    expect(body).toEqual({
      type: 'urn:tunnel-console:problem:sign-in-failed',
      title: 'Sign-in failed',
      status: 401,
      code: 'sign-in-failed',
      requestId: expect.any(String),
    })
  }
  expect(new Set(answers.map((answer) => answer.headers.get('set-cookie')))).toEqual(new Set([null]))

  const lines = await auditLines()
  expect(lines.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  const actors = lines.map(({ actor }) => actor.email).sort()
  expect(actors).toEqual([ada.email, ada.email, 'unknown', 'unknown'])
  expect(lines.some(({ actor }) => actor.id === id)).toBe(true)
})

test('S35 an unknown address takes as long as a wrong password', timed, async () => {
  const { addAda, auth, world } = await startSessions()
  await addAda()
  const tookOf = async (email: string) => {
    const start = performance.now()
    const credentials = { email, password: 'not the password at all' }
    await expect(auth.signInEmail(new Request('http://localhost:8787'), credentials, world.address)).rejects.toThrow()
    return performance.now() - start
  }
  await tookOf('warm@example.com')
  // In turns, so that a busy machine slows both down.
  const ratios: number[] = []
  for (let attempt = 0; attempt < 7; attempt++) {
    world.address = `192.0.2.${attempt + 10}`
    ratios.push((await tookOf('nobody@example.com')) / (await tookOf(ada.email)))
  }
  const ratio = ratios.sort((a, b) => a - b)[3]
  // Without the hash for nobody it is below 0.1.
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('S34 the eleventh attempt from one address in a minute is refused, whatever X-Forwarded-For says', async () => {
  const { addAda, signIn, world } = await startSessions()
  await addAda()
  for (let attempt = 0; attempt < 10; attempt++) {
    const headers = { 'x-forwarded-for': `198.51.100.${attempt}`, 'x-tunnel-console-address': `198.51.100.${attempt}` }
    expect((await signIn(ada.email, 'not the password at all', headers)).status).toBe(401)
  }
  const refused = await signIn(ada.email, ada.password, { 'x-forwarded-for': '203.0.113.9' })
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ code: 'rate-limited', retryAfter: expect.any(Number) })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)

  // Whom the attempts were meant for still gets in from elsewhere.
  world.address = '192.0.2.2'
  expect((await signIn()).status).toBe(200)
})

test('S15 what was typed reaches neither the log nor the audit log', async () => {
  const { addAda, signIn, logged, auditLines, deps } = await startSessions()
  await addAda()
  await signIn('my secret password', 'hunter2hunter2hunter2')
  await signIn(ada.email, 'hunter2hunter2hunter2')
  await signIn()
  const traces = JSON.stringify([logged, await auditLines()])
  for (const secret of ['my secret password', 'hunter2', ada.password, deps.authSecret.reveal()]) {
    expect(traces).not.toContain(secret)
  }
})

test.each([
  ['an extra field', { email: ada.email, password: ada.password, rememberMe: true }, 400],
  ['no password', { email: ada.email }, 422],
  ['a list for an address', { email: [ada.email], password: ada.password }, 422],
])('a sign-in with %s is refused', async (_name, json, status) => {
  const { addAda, post } = await startSessions()
  await addAda()
  expect((await post('/auth/sign-in/email', json)).status).toBe(status)
})

test('better-auth’s own routes, sign-up among them, do not exist', async () => {
  const { post, get } = await startSessions()
  const person = { email: 'eve@example.com', password: 'a long enough password', name: 'Eve' }
  expect((await post('/auth/sign-up/email', person)).status).toBe(404)
  expect((await get('/auth/get-session')).status).toBe(404)
})
