import { expect, onTestFinished, test } from 'vitest'
import type { Assets } from '../src/deps.ts'
import { etagOf, idOf, pathFor, stranger, walkOrder } from './security-world.ts'
import { newTunnel, type Person, startWorld, type World } from './world.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'"

const always = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
}

const files: Record<string, [type: string, text: string]> = {
  '/index.html': ['text/html; charset=utf-8', '<!doctype html><title>Tunnel Console</title>'],
  '/assets/index-abc123.js': ['text/javascript; charset=utf-8', 'export {}'],
  '/favicon.svg': ['image/svg+xml', '<svg/>'],
}

const assets: Assets = async (path) => {
  const file = files[path]
  return file ? new Response(file[1], { headers: { 'content-type': file[0], 'set-cookie': 'x=1' } }) : null
}

/** Looked up at each call, so that it can break after the app has been made. */
const clock = { now: () => new Date() }

const startWithPages = () => startWorld({ deps: { assets, now: () => clock.now() } })

test('S54 the content security policy is exactly this, on pages and on the API', async () => {
  const world = await startWithPages()
  for (const path of ['/', '/tunnels', '/api/session', '/healthz', '/assets/index-abc123.js']) {
    expect((await world.send(path)).headers.get('content-security-policy')).toBe(policy)
  }
})

test('S55 HSTS holds for a year at least and for subdomains, wherever people come over https', async () => {
  const world = await startWithPages()
  for (const path of ['/', '/nowhere', '/api/session', '/api/nowhere', '/healthz']) {
    const hsts = (await world.send(path)).headers.get('strict-transport-security') ?? ''
    expect(Number(/^max-age=(\d+); includeSubDomains$/.exec(hsts)?.[1])).toBeGreaterThanOrEqual(31_536_000)
  }
})

test('S55 there is no HSTS on http://localhost, where it would lock people out of other projects', async () => {
  const world = await startWorld({ deps: { assets, publicUrl: 'http://localhost:8787' } })
  for (const path of ['/', '/api/session']) {
    expect((await world.send(path)).headers.has('strict-transport-security')).toBe(false)
  }
})

type Force = (world: World, admin: Person, id: string) => Promise<Response>

const forced: [status: number, force: Force][] = [
  [200, (_world, admin, id) => admin.get(`/api/tunnels/${id}`)],
  [200, (world) => world.send('/healthz')],
  [200, (world) => world.send('/sign-in')],
  [200, (world) => world.send('/assets/index-abc123.js')],
  [201, (_world, admin) => admin.send('POST', '/api/tunnels', newTunnel)],
  [304, async (_world, admin) => admin.get('/api/tunnels', { 'if-none-match': await listTag(admin) })],
  [400, (_world, admin) => admin.get('/api/tunnels/x')],
  [401, (world) => world.send('/api/tunnels')],
  [403, (_world, admin) => admin.get('/api/tunnels', { 'sec-fetch-site': 'cross-site' })],
  [404, (_world, admin) => admin.get('/api/nowhere')],
  [404, (world) => world.send('/nowhere.css')],
  [404, (world) => world.send('/%61pi/tunnels')],
  [410, (world) => stranger(world).send('POST', '/api/setup', { token: 'x', name: 'A', email: 'a@b.co', password })],
  [412, (_world, admin, id) => admin.send('PUT', `/api/tunnels/${id}`, { name: 'x' }, { 'if-match': wrongTag })],
  [413, (_world, admin) => admin.send('POST', '/api/tunnels', 'x'.repeat(70_000))],
  [415, (_world, admin) => admin.send('POST', '/api/tunnels', {}, { 'content-type': 'text/plain' })],
  [422, (_world, admin) => admin.send('POST', '/api/tunnels', {})],
  [428, (_world, admin, id) => admin.send('PUT', `/api/tunnels/${id}`, { name: 'x' })],
  [429, (world, admin, id) => failing(world, 429, () => admin.get(`/api/tunnels/${id}`))],
  [500, (_world, admin) => failingClock(() => admin.get('/api/session'))],
  [502, (world, admin, id) => failing(world, 403, () => admin.get(`/api/tunnels/${id}`))],
  [503, (world, admin, id) => failing(world, 500, () => admin.get(`/api/tunnels/${id}`))],
]

const password = 'a long enough password'
const wrongTag = `"${'v'.repeat(43)}"`

const listTag = async (person: Person) => (await person.get('/api/tunnels')).headers.get('etag') ?? ''

function failing(world: World, status: number, ask: () => Promise<Response>): Promise<Response> {
  world.sandbox.faults.next({ kind: 'status', status, body: { success: false, errors: [] } }, { times: 3 })
  return ask()
}

function failingClock(ask: () => Promise<Response>): Promise<Response> {
  const { now } = clock
  onTestFinished(() => {
    clock.now = now
  })
  clock.now = () => {
    throw new Error('canary')
  }
  return ask()
}

test.each(forced)('S56 an answer with %i carries every security header %#', async (status, force) => {
  const world = await startWithPages()
  const answer = await force(world, await world.as('admin'), idOf(world))
  expect(answer.status).toBe(status)
  expect(Object.fromEntries(answer.headers)).toMatchObject(always)
  expect(answer.headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/)
  expect(answer.headers.has('x-powered-by') || answer.headers.has('server')).toBe(false)
})

test('S58 nothing under /api may be kept, whatever its status', async () => {
  const world = await startWithPages()
  const [admin, nobody, id] = [await world.as('admin'), stranger(world), idOf(world)]
  const etag = await etagOf(admin, id)
  for (const person of [nobody, admin]) {
    for (const { method, path, body } of walkOrder) {
      const headers = { 'if-match': etag, 'if-none-match': etag }
      const answer = await person.send(method, pathFor(path, id), method === 'GET' ? undefined : body, headers)
      expect(answer.headers.get('cache-control'), `${method} ${path}`).toBe('no-store')
      expect(answer.headers.get('vary')).toContain('Cookie')
    }
  }
  expect((await world.send('/api')).headers.get('cache-control')).toBe('no-store')
  expect((await world.send('/api/assets/x.js')).headers.get('cache-control')).toBe('no-store')
})

test.each([
  ['/', 'no-cache', 'text/html; charset=utf-8'],
  ['/tunnels', 'no-cache', 'text/html; charset=utf-8'],
  ['/users', 'no-cache', 'text/html; charset=utf-8'],
  ['/account', 'no-cache', 'text/html; charset=utf-8'],
  ['/tunnels/keys', 'no-cache', 'text/html; charset=utf-8'],
  ['/handoff/0197a0d4-6c1b-7c33-8a55-0d1a3f6b9c21', 'no-store', 'text/html; charset=utf-8'],
  ['/invite?token=x', 'no-cache', 'text/html; charset=utf-8'],
  ['/index.html', 'no-cache', 'text/html; charset=utf-8'],
  ['/favicon.svg', 'no-cache', 'image/svg+xml'],
  ['/assets/index-abc123.js', 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'],
])('S58 %s is kept as %s', async (path, kept, type) => {
  const answer = await (await startWithPages()).send(path)
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': kept,
    'content-type': type,
    vary: 'Accept-Encoding',
  })
})

test('S58 a missing asset is never kept for a year, and no page hides behind an address that looks like a file', async () => {
  const world = await startWithPages()
  for (const path of ['/assets/gone.js', '/tunnels/x.css', '/api/tunnels.css', '/assets/', '/index.html/']) {
    const answer = await world.send(path)
    expect([401, 404]).toContain(answer.status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
})

test('S27 an address that nobody knows is 404: with the page for who typed it, as a problem for all else', async () => {
  const shell = async (path: string) => (path === '/index.html' ? new Response('<!doctype html>') : null)
  const world = await startWorld({ deps: { assets: shell } })
  const document = { headers: { 'sec-fetch-dest': 'document' } }
  const answers = await Promise.all([
    world.send('/no/such/page', document),
    world.send('/no/such/page'),
    world.send('/.env', document),
    world.send('/api/no-such.css', document),
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 403])
  const types = answers.map((answer) => answer.headers.get('content-type'))
  expect(types.filter((type) => type === 'application/problem+json')).toHaveLength(3)
})
