import { expect, test } from 'vitest'
import { describe as placeOf } from '../src/http/on-error.ts'
import { idOf, pathFor, type RouteRow, seenIn, stranger, walkOrder } from './security-world.ts'
import { newTunnel, type Person, startWorld, type World, writes } from './world.ts'

/** A failure with everything in it that must not come out. */
function hostileError(): Error {
  const message = 'canary-message\nparams: canary-params,\n    at canary (canary-place.ts:1:1)'
  return Object.assign(new Error(message, { cause: new Error('canary-cause') }), {
    query: 'canary-query',
    code: 'canary',
  })
}

const fail = (): never => {
  throw hostileError()
}

/** What the app was given, looked up at each call, so that it can break after the app has been made. */
function createParts() {
  return { now: () => new Date(), clientAddress: (): string => '192.0.2.7', assets: async () => new Response('page') }
}

type Parts = ReturnType<typeof createParts>
type Layer = [name: string, breakIt: (world: World, parts: Parts) => void]

/** Makes every statement of the database fail, or only those of one kind on one table. */
function breakDatabase(world: World, kinds: readonly ('select' | 'insert' | 'update' | 'delete' | 'batch' | 'run')[]) {
  for (const kind of kinds) Object.assign(world.deps.db, { [kind]: fail })
}

const layers: Layer[] = [
  [
    'every statement of the database',
    (world) => breakDatabase(world, ['select', 'insert', 'update', 'delete', 'batch', 'run']),
  ],
  ['every insert', (world) => breakDatabase(world, ['insert'])],
  ['every update', (world) => breakDatabase(world, ['update'])],
  ['the way to Cloudflare', (world) => Object.assign(world.deps.upstream, { fetch: fail })],
  ['the way to Cloudflare, later', (world) => Object.assign(world.deps.upstream, { fetch: async () => fail() })],
  ['the body of Cloudflare’s answer', (world) => Object.assign(world.deps.upstream, { fetch: brokenBody })],
  ['the clock', (_world, parts) => Object.assign(parts, { now: fail })],
  ['the sandbox', (world) => Object.assign(world.deps.sandbox ?? {}, { reset: fail })],
  ['the address of the client', (_world, parts) => Object.assign(parts, { clientAddress: fail })],
  ['the files of the SPA', (_world, parts) => Object.assign(parts, { assets: fail })],
]

const brokenBody = async () =>
  new Response(new ReadableStream({ pull: fail }), { headers: { 'content-type': 'application/json' } })

function ask(world: World, person: Person, { method, path, body }: RouteRow): Promise<Response> {
  const query = /^\/api\/tunnels/.test(path) && method !== 'GET' ? '?validate_only=true' : ''
  const url = pathFor(path, idOf(world)) + query
  return person.send(method, url, method === 'GET' ? undefined : body, { 'if-match': `"${'v'.repeat(43)}"` })
}

/** Everybody asks for everything at once, and what ends a session afterwards. */
async function everyAnswer(world: World, people: readonly Person[]): Promise<Response[]> {
  const [last, first] = [walkOrder.slice(-2), walkOrder.slice(0, -2)]
  const answers = await Promise.all(people.flatMap((person) => first.map((row) => ask(world, person, row))))
  const later = await Promise.all(people.flatMap((person) => last.map((row) => ask(world, person, row))))
  return [...answers, ...later, await world.send('/readyz'), await world.send('/')]
}

test.each(layers)('S68 when %s fails, the answer says so with an id and nothing else', async (_name, breakIt) => {
  const parts = createParts()
  const world = await startWorld({
    deps: { now: () => parts.now(), clientAddress: () => parts.clientAddress(), assets: () => parts.assets() },
  })
  const people = [await world.as('admin'), stranger(world)]
  breakIt(world, parts)
  for (const answer of await everyAnswer(world, people)) {
    const seen = await seenIn(answer.clone())
    expect(seen).not.toMatch(/canary|\bat .*\.[jt]s|node_modules|Failed query|SELECT /)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.ok || /"(requestId":"[\da-f-]{36}|database)"/.test(seen)).toBe(true)
  }
  expect(JSON.stringify(world.logs)).not.toContain('canary')
})

test('S68 an unforeseen failure is logged with its place, once, under the id that the person was told', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  breakDatabase(world, ['select'])
  const answer = await admin.get('/api/session')
  const { requestId, code, title } = (await answer.json()) as Record<string, string>
  expect([answer.status, code, title]).toEqual([500, 'internal', 'Something went wrong in the console'])
  const entries = world.logs.filter((entry) => entry['requestId'] === requestId && entry.level === 'error')
  expect(entries).toEqual([
    {
      level: 'error',
      event: 'request.failed',
      requestId,
      code: 'internal',
      cause: expect.stringMatching(/^Error at hostileError/),
    },
  ])
})

test('S68 the place of an error is found behind its message, however the message looks', () => {
  expect(placeOf(hostileError())).toMatch(/^Error at hostileError .*security-errors\.test\.ts/)
  expect(placeOf(Object.assign(new Error('x'), { stack: undefined }))).toBe('Error ')
  expect(placeOf('canary')).toBe('string')
})

test('S68 when the audit log cannot be written, nothing is changed', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const before = world.sandbox.state()
  breakDatabase(world, ['insert'])
  const id = idOf(world)
  const answers = [
    await admin.send('POST', '/api/tunnels', newTunnel),
    await admin.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, { 'if-match': `"${'v'.repeat(43)}"` }),
    await admin.send('DELETE', `/api/tunnels/${id}`, undefined, { 'if-match': `"${'v'.repeat(43)}"` }),
    await admin.send('POST', `/api/tunnels/${id}/psk_generate`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  expect(writes(world.sandbox)).toEqual([])
  expect(world.sandbox.state()).toEqual(before)
})

test('S68 a refusal that cannot be recorded is still a refusal', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  breakDatabase(world, ['insert'])
  const answer = await support.send('POST', '/api/tunnels', newTunnel)
  expect(answer.status).toBeGreaterThanOrEqual(403)
  expect(answer.ok).toBe(false)
  expect(world.sandbox.ledger).toEqual([])
})

const forged = 'zurich\r\n{"level":"info","event":"forged"}\u001b[31m\u0000'

test('S66 a name with line breaks and ANSI makes no line of its own and colours none', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  world.sandbox.externalWrite(id, { name: forged })
  await admin.get('/api/tunnels')
  await admin.send('POST', `/api/tunnels/${id}/psk_generate`)
  await admin.send('POST', '/api/tunnels', { ...newTunnel, name: forged })
  await admin.send('POST', '/api/auth/sign-in/email', { email: forged, password: forged })
  await admin.get(`/api/tunnels/${encodeURIComponent(forged)}`)
  await admin.get(`/api/tunnels?${encodeURIComponent(forged)}=1`)
  await admin.get('/api/audit', { 'user-agent': 'x\u0085y', 'idempotency-key': 'forged forged' })
  const lines = world.logs.map((entry) => JSON.stringify(entry))
  expect(lines.length).toBeGreaterThanOrEqual(8)
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
  expect(lines.filter((line) => line.includes('forged'))).toEqual([])

  const audit = await (await admin.get('/api/audit')).text()
  expect(audit).toContain('forged')
  expect(audit).not.toMatch(/\p{Cc}/u)
})

test('S66 a log line names the route, never the path that was asked for', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  await support.get(`/api/tunnels/${'f'.repeat(32)}`)
  await support.get('/api/status')
  const routes = world.logs.flatMap(({ event, route }) => (event === 'request' ? [route] : []))
  expect(routes).toEqual(['/api/sandbox/sign-in', '/api/tunnels/:id', '/api/status'])
  expect(JSON.stringify(world.logs)).not.toContain('f'.repeat(32))
})
