import { expect, test } from 'vitest'
import { idOf, pathFor, routeTable } from './security-world.ts'
import { newTunnel, publicUrl, startWorld, type World, writes } from './world.ts'

interface Case {
  site?: string
  origin?: string
  ours?: string
  type?: string
  dest?: string
}

const json = 'application/json'
const good = { site: 'same-origin', ours: '1', type: json }

/** What a browser could be made to send with somebody's cookie, and what must come of it. */
const forgeries: [name: string, sent: Case, status: number][] = [
  ['our own page', good, 201],
  ['our own page with an Origin', { ...good, origin: publicUrl }, 201],
  ['our own page with Sec-Fetch-Dest', { ...good, dest: 'empty' }, 201],
  ['a browser without Sec-Fetch-Site', { origin: publicUrl, ours: '1', type: json }, 201],
  ['a charset', { ...good, type: 'application/json; charset=utf-8' }, 201],
  ['an upper-case type', { ...good, type: 'APPLICATION/JSON; CHARSET=UTF-8' }, 201],
  ['another site', { ...good, site: 'cross-site' }, 403],
  ['another site with our Origin', { ...good, site: 'cross-site', origin: publicUrl }, 403],
  ['a sibling of our site', { ...good, site: 'same-site' }, 403],
  ['a sibling with our Origin', { ...good, site: 'same-site', origin: publicUrl }, 403],
  ['an address that was typed', { ...good, site: 'none' }, 403],
  ['an address that was typed, with our Origin', { ...good, site: 'none', origin: publicUrl }, 403],
  ['an upper-case Sec-Fetch-Site', { ...good, site: 'SAME-ORIGIN' }, 403],
  ['an unknown Sec-Fetch-Site', { ...good, site: 'canary' }, 403],
  ['two values of Sec-Fetch-Site', { ...good, site: 'same-origin, cross-site' }, 403],
  ['an empty Sec-Fetch-Site', { ...good, site: '' }, 403],
  ['neither Sec-Fetch-Site nor Origin', { ours: '1', type: json }, 403],
  ['Origin: null', { origin: 'null', ours: '1', type: json }, 403],
  ['Origin: null from the same origin', { ...good, origin: 'null' }, 403],
  ['an Origin elsewhere', { origin: 'https://evil.com', ours: '1', type: json }, 403],
  ['a name rebound to our address (DNS rebinding)', { ...good, origin: 'http://evil.com:8787' }, 403],
  ['our host over http', { origin: 'http://tunnels.example.com', ours: '1', type: json }, 403],
  ['our host on another port', { origin: `${publicUrl}:8443`, ours: '1', type: json }, 403],
  ['our host as a prefix', { origin: `${publicUrl}.evil.com`, ours: '1', type: json }, 403],
  ['our host as a suffix', { origin: 'https://evil-tunnels.example.com', ours: '1', type: json }, 403],
  ['a subdomain of ours', { origin: 'https://x.tunnels.example.com', ours: '1', type: json }, 403],
  ['loopback, while we are not', { origin: 'http://127.0.0.1:8787', ours: '1', type: json }, 403],
  ['no header of ours', { site: 'same-origin', type: json }, 403],
  ['another value of our header', { ...good, ours: 'true' }, 403],
  ['a form post', { site: 'cross-site', origin: 'https://evil.com', type: 'application/x-www-form-urlencoded' }, 403],
  ['JSON as text/plain', { ...good, type: 'text/plain' }, 415],
  ['a form from our own page', { ...good, type: 'application/x-www-form-urlencoded' }, 415],
  ['a beacon with a blob of no type', { site: 'same-origin', ours: '1', type: '' }, 415],
  ['a page load', { ...good, dest: 'document' }, 403],
]

function headersOf({ site, origin, ours, type, dest }: Case): [string, string][] {
  const all = { 'sec-fetch-site': site, origin, 'x-tunnel-console': ours, 'content-type': type, 'sec-fetch-dest': dest }
  return Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
}

const create = (world: World, cookie: string, sent: Case) =>
  world.send('/api/tunnels', {
    method: 'POST',
    headers: [['cookie', cookie], ['content-length', '200'], ...headersOf(sent)],
    body: new Blob([JSON.stringify(newTunnel)]),
  })

test.each(forgeries)('S49 a write from %s', async (_name, sent, status) => {
  const world = await startWorld()
  const { cookie } = await world.as('admin')
  expect((await create(world, cookie, sent)).status).toBe(status)
  expect(writes(world.sandbox)).toHaveLength(status === 201 ? 1 : 0)
})

test('S49 behind a proxy that ends TLS, the public origin decides, not the address inside', async () => {
  const world = await startWorld()
  const { cookie } = await world.as('admin')
  const inside = (sent: Case) =>
    world.app.request('http://10.0.0.5:8787/api/tunnels', {
      method: 'POST',
      headers: [['cookie', cookie], ...headersOf(sent)],
      body: JSON.stringify(newTunnel),
    })
  expect((await inside({ origin: 'http://10.0.0.5:8787', ours: '1', type: json })).status).toBe(403)
  expect((await inside({ origin: publicUrl, ours: '1', type: json })).status).toBe(201)
})

test.each([
  ['http://127.0.0.1:8787', 200],
  ['http://localhost:5173', 200],
  ['http://[::1]:8787', 200],
  ['http://evil.com:8787', 403],
  ['http://localhost.evil.com:8787', 403],
  ['https://localhost:8787', 403],
  ['null', 403],
])('S49 a console at localhost and a sign-in from %s', async (origin, status) => {
  const world = await startWorld({ deps: { publicUrl: 'http://localhost:8787' } })
  const headers = { ...Object.fromEntries(headersOf({ ...good, origin })) }
  const answer = await world.send('/api/sandbox/sign-in', { method: 'POST', headers, body: '{"role":"admin"}' })
  expect(answer.status).toBe(status)
})

test('S49 every unsafe route refuses another site, sign-in and sign-out included', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  for (const { method, path, body } of routeTable.filter((row) => row.method !== 'GET')) {
    for (const foreign of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, { 'x-tunnel-console': '' }]) {
      const answer = await admin.send(method, pathFor(path, idOf(world)), body, foreign)
      expect(answer.status, `${method} ${path}`).toBe(403)
      expect(answer.headers.has('set-cookie')).toBe(false)
    }
  }
  expect(world.sandbox.ledger).toEqual([])
  expect((await admin.get('/api/session')).status).toBe(200)
})

const tables = ['user', 'account', 'user_role', 'audit_event', 'change_intent', 'change_owner', 'setup_link']

/** Every row that a person could mind; sessions and rate limits move by themselves. */
const rowsOf = (world: World) =>
  Promise.all(tables.map((table) => world.deps.db.all(`SELECT * FROM ${table} ORDER BY rowid`)))

test('S50 GET, HEAD and OPTIONS change nothing, whatever they carry', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const [rows, state] = [await rowsOf(world), world.sandbox.state()]
  const paths = [...routeTable.map(({ path }) => path), '/', '/healthz', '/readyz', '/setup?token=x', '/sign-in']
  const tricks = { 'x-http-method-override': 'DELETE', 'if-match': '*', 'idempotency-key': 'canary-key' }
  for (const path of paths) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      for (const query of ['', '?_method=DELETE', '?validate_only=false']) {
        await admin.send(method, pathFor(path, idOf(world)) + query, undefined, tricks)
      }
    }
  }
  expect(rows[0]?.length).toBeGreaterThan(0)
  expect(await rowsOf(world)).toEqual(rows)
  expect(world.sandbox.state()).toEqual(state)
  // The connection page asks what the token may do, by a dry run that names the tunnel as it is.
  const questions = writes(world.sandbox).filter(({ query }) => query['validate_only'] === 'true')
  expect(questions.map(({ method, committed }) => [method, committed])).toEqual([['PUT', false]])
  expect(writes(world.sandbox)).toEqual(questions)
})

test('S51 no answer allows another origin anything, a preflight least of all', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const preflight = {
    origin: 'https://evil.com',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'x-tunnel-console, content-type',
    'access-control-request-private-network': 'true',
  }
  const paths = [...routeTable.map(({ path }) => pathFor(path, idOf(world))), '/', '/healthz', '/assets/x.js']
  for (const path of paths) {
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      for (const site of ['cross-site', 'same-origin']) {
        const answer = await admin.send(method, path, undefined, { ...preflight, 'sec-fetch-site': site })
        const names = [...answer.headers.keys()].filter((name) => /^access-control|^timing-allow/.test(name))
        expect(names, `${method} ${path}`).toEqual([])
        expect(method === 'OPTIONS' && answer.ok).toBe(false)
      }
    }
  }
})

test.each(['document', 'iframe', 'frame', 'embed', 'object', 'script', 'style', 'image', 'worker', 'font', 'manifest'])(
  'S52 the API is not loaded as a %s',
  async (dest) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    for (const { path } of routeTable.filter(({ method }) => method === 'GET')) {
      for (const site of ['same-origin', 'none', 'cross-site']) {
        const headers = { 'sec-fetch-dest': dest, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }
        const answer = await admin.get(pathFor(path, idOf(world)), headers)
        expect(answer.status).toBe(403)
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      }
    }
    expect(world.sandbox.ledger).toEqual([])
  },
)

test('S52 another site cannot read the API, not even by fetch', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  for (const site of ['cross-site', 'same-site', 'canary']) {
    expect((await admin.get('/api/tunnels', { 'sec-fetch-site': site, 'sec-fetch-dest': 'empty' })).status).toBe(403)
  }
  expect(world.sandbox.ledger).toEqual([])
})
