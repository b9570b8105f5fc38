import { expect, test } from 'vitest'
import { etagOf, idOf, pathFor, routeTable, stranger } from './security-world.ts'
import { newTunnel, ours, startWorld, type World, writes } from './world.ts'

const extras: [name: string, extra: object][] = [
  ['id', { id: 'a'.repeat(32) }],
  ['account_id', { account_id: 'b'.repeat(32) }],
  ['PSK', { PSK: 'canary' }],
  ['psk_metadata', { psk_metadata: { last_generated_on: '2026-01-01T00:00:00Z' } }],
  ['created_on', { created_on: '2026-01-01T00:00:00Z' }],
  ['remote_identities', { remote_identities: { hex_id: 'canary' } }],
  ['allow_null_cipher', { allow_null_cipher: true }],
  ['bgp_status', { bgp_status: { state: 'BGP_UP' } }],
  ['validate_only', { validate_only: true }],
  ['role', { role: 'admin' }],
  ['Name', { Name: 'x' }],
  ['health_check.extra', { health_check: { extra: 1 } }],
  ['health_check.target.effective', { health_check: { target: { saved: '', effective: '192.0.2.1' } } }],
  ['bgp.extra', { bgp: { customer_asn: 65010, import_filter_id: 'canary' } }],
  ['custom_remote_identities.hex_id', { custom_remote_identities: { fqdn_id: '', hex_id: 'canary' } }],
]

test.each(extras)('S09 a %s in the body is refused by POST and PUT, and nothing is written', async (_name, extra) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  const etag = { 'if-match': await etagOf(admin, id) }
  const asked = world.sandbox.ledger.length
  const answers = [
    await admin.send('POST', '/api/tunnels', { ...newTunnel, ...extra }),
    await admin.send('POST', '/api/tunnels?validate_only=true', { ...newTunnel, ...extra }),
    await admin.send('PUT', `/api/tunnels/${id}`, { description: 'x', ...extra }, etag),
    await admin.send('PUT', `/api/tunnels/${id}?validate_only=true`, { description: 'x', ...extra }, etag),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
  expect(world.sandbox.ledger).toHaveLength(asked)
})

test('S09 a key goes with a new tunnel and with nothing else: in a change of a tunnel it is refused', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  const etag = { 'if-match': await etagOf(admin, id) }
  for (const query of ['', '?validate_only=true']) {
    const body = { description: 'x', psk: 'canary' }
    expect((await admin.send('PUT', `/api/tunnels/${id}${query}`, body, etag)).status).toBe(400)
  }
  expect(await world.sandbox.hasPsk(id, 'canary')).toBe(false)
})

test.each([{ psk: 'canary' }, { force: true }, [], 'x', null])(
  'S09 a write that takes no fields refuses %j',
  async (body) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world)
    const etag = { 'if-match': await etagOf(admin, id) }
    expect((await admin.send('POST', `/api/tunnels/${id}/psk_generate`, body)).status).toBe(400)
    expect((await admin.send('DELETE', `/api/tunnels/${id}`, body, etag)).status).toBe(400)
    expect(writes(world.sandbox)).toEqual([])
  },
)

test.each([
  ['/api/sandbox/sign-in', { role: 'support', admin: true }],
  ['/api/auth/sign-in/email', { email: 'a@example.com', password: 'x', rememberMe: true }],
  [
    '/api/setup',
    { token: 'x', name: 'Ada', email: 'a@example.com', password: 'a long enough password', role: 'admin' },
  ],
])('S09 %s refuses fields that it does not know', async (path, body) => {
  const world = await startWorld()
  expect((await stranger(world).send('POST', path, body)).status).toBe(400)
})

test('S09 what reaches Cloudflare is the schema and nothing else', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const body = {
    ...newTunnel,
    description: 'x',
    health_check: { enabled: true, rate: 'high', type: 'request', direction: 'bidirectional', target: { saved: '' } },
    bgp: { customer_asn: 65010, extra_prefixes: ['100.64.0.0/12'], md5_key: 'one two' },
    replay_protection: true,
  }
  expect((await admin.send('POST', '/api/tunnels', body)).status).toBe(201)
  expect(writes(world.sandbox).map((entry) => entry.body)).toEqual([body])
})

test.each([
  ['?validate_only=true&validate_only=true'],
  ['?validate_only=true&validate_only=false'],
  ['?validate_only=true&%76alidate_only=false'],
  ['?validate-only=true'],
  ['?Validate_only=true'],
  ['?validate_only'],
  ['?validate_only='],
  ['?validate_only=TRUE'],
  ['?validate_only=1'],
  ['?validate_only=true%00'],
  ['?validate_only=true;x=1'],
  ['?validate_only[]=true'],
  ['?validate%5Fonly=yes'],
  ['?dry_run=true'],
  ['?__proto__=1'],
  ['?constructor=1'],
  ['?='],
])('S12 the query %s is refused and nothing is written', async (query) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  const etag = { 'if-match': await etagOf(admin, id) }
  const answers = [
    await admin.send('POST', `/api/tunnels${query}`, newTunnel),
    await admin.send('PUT', `/api/tunnels/${id}${query}`, { description: 'x' }, etag),
    await admin.send('DELETE', `/api/tunnels/${id}${query}`, undefined, etag),
    await admin.send('POST', `/api/tunnels/${id}/psk_generate${query}`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400])
  expect(writes(world.sandbox)).toEqual([])
})

test('S12 every route of the API refuses a parameter that it does not know', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  for (const { method, path, body } of routeTable.filter((row) => row.path !== '/api/auth/sign-out')) {
    const url = `${pathFor(path, id)}?canary=1`
    const answer = await (method === 'GET' ? admin.get(url) : admin.send(method, url, body))
    expect(answer.status, `${method} ${url}`).toBe(400)
  }
  expect(world.sandbox.ledger).toEqual([])
})

test('S12 validate_only is the only parameter that Cloudflare ever gets', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  const etag = { 'if-match': await etagOf(admin, id) }
  await admin.send('POST', '/api/tunnels?%76alidate%5Fonly=true', newTunnel)
  await admin.send('PUT', `/api/tunnels/${id}?validate_only=true`, { description: 'x' }, etag)
  await admin.send('DELETE', `/api/tunnels/${id}?validate_only=true`, undefined, etag)
  await admin.send('POST', `/api/tunnels/${id}/psk_generate?validate_only=true`)
  await admin.send('POST', `/api/tunnels/${id}/psk_generate?validate_only=false`)
  await admin.get(`/api/tunnels/${id}/routes`)
  const dry = { validate_only: 'true' }
  expect(writes(world.sandbox).map(({ query }) => query)).toEqual([dry, dry, dry, dry, {}])
  const reads = world.sandbox.ledger.filter(({ method }) => method === 'GET')
  expect(reads.every(({ query }) => Object.keys(query).length === 0)).toBe(true)
})

/** A body of so many bytes, with a length in its headers or as a stream that does not tell. */
function sendRaw(
  world: World,
  cookie: string,
  body: string | ReadableStream,
  type: string | null = 'application/json',
) {
  const isStream = body instanceof ReadableStream
  return world.send('/api/tunnels', {
    method: 'POST',
    headers: {
      ...ours,
      cookie,
      ...(type !== null && { 'content-type': type }),
      ...(isStream ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(String(body).length) }),
    },
    body,
    ...(isStream && { duplex: 'half' }),
  } as RequestInit)
}

const streamOf = (text: string) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < text.length; at += 4096) {
        controller.enqueue(new TextEncoder().encode(text.slice(at, at + 4096)))
      }
      controller.close()
    },
  })

const padded = (size: number) => JSON.stringify({ ...newTunnel }).padEnd(size, ' ')

test('S59 a hundred keys as long as may be fit into one request', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const tunnels = Array.from({ length: 100 }, (_, index) => ({
    id: index.toString(16).padStart(32, '0'),
    psk: 'k'.repeat(1000),
  }))
  expect((await admin.send('POST', '/api/tunnels/psk?validate_only=true', { tunnels })).status).toBe(200)
})

test('S59 a body of 64 KiB passes, one byte more does not, with and without a length', async () => {
  const world = await startWorld()
  const { cookie } = await world.as('admin')
  const limit = 64 * 1024
  const answers = [
    await sendRaw(world, cookie, padded(limit + 1)),
    await sendRaw(world, cookie, streamOf(padded(limit + 1))),
    await sendRaw(world, cookie, padded(4_000_000)),
    await sendRaw(world, cookie, streamOf(padded(4_000_000))),
  ]
  expect(answers.map(({ status }) => status)).toEqual([413, 413, 413, 413])
  expect(world.sandbox.ledger).toEqual([])
  expect((await sendRaw(world, cookie, streamOf(padded(limit)))).status).toBe(201)
})

const nested = (depth: number) => `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`
const withKey = (key: string) => JSON.stringify(newTunnel).replace('{', `{"${key}":{"isAdmin":true},`)

test.each([
  ['nested too deep', nested(9), 400],
  ['nested absurdly deep', nested(30_000), 400],
  ['with __proto__', withKey('__proto__'), 400],
  ['with an escaped __proto__', withKey('\\u005f_proto__'), 400],
  ['with constructor', withKey('constructor'), 400],
  ['with prototype further down', '{"bgp":{"prototype":{}}}', 400],
  ['not JSON', 'name=zurich', 400],
  ['cut off', '{"name":', 400],
  ['empty', '', 400],
  ['a number', '1', 422],
  ['an array', '[]', 422],
  ['null', 'null', 422],
])('S59 a body that is %s is refused', async (_name, body, status) => {
  const world = await startWorld()
  const { cookie } = await world.as('admin')
  expect((await sendRaw(world, cookie, body)).status).toBe(status)
  expect(world.sandbox.ledger).toEqual([])
  expect({}).not.toHaveProperty('isAdmin')
})

test.each([
  null,
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json5',
  'application/problem+json',
  'application/json; charset=utf-16',
  'text/plain, application/json',
])('S59 a body of type %s is refused', async (type) => {
  const world = await startWorld()
  const { cookie } = await world.as('admin')
  expect((await sendRaw(world, cookie, JSON.stringify(newTunnel), type)).status).toBe(415)
  expect(world.sandbox.ledger).toEqual([])
})
