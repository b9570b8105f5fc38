import { createServer } from 'node:http'
import { serveSandbox } from '@tunnel-console/cloudflare-sandbox/serve'
import { expect, onTestFinished, test } from 'vitest'
import { upstreamFetch } from '../node/upstream-fetch.ts'
import type { Upstream } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { idOf, seenIn } from './security-world.ts'
import { accountId, apiToken, newTunnel, startWorld, type World, writes } from './world.ts'

/** A console whose Cloudflare is behind a real socket, spoken to as in production. */
async function startOverSocket(): Promise<World> {
  const upstream: Upstream = {
    baseUrl: '',
    accountId,
    writeToken: new Secret(apiToken),
    readToken: new Secret(apiToken),
    fetch: upstreamFetch,
  }
  const world = await startWorld({ deps: { upstream } })
  const served = await serveSandbox(world.sandbox)
  onTestFinished(served.close)
  upstream.baseUrl = served.url
  return world
}

/** A listener that only counts who comes. */
async function startTrap(): Promise<{ url: string; hits: string[] }> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(JSON.stringify(request.headers))
    response.end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/trap`, hits }
}

test.each([301, 302, 303, 307, 308])('S05 a redirect with %i is not followed', async (status) => {
  const world = await startOverSocket()
  const trap = await startTrap()
  const admin = await world.as('admin')
  const id = idOf(world)
  world.sandbox.faults.next({ kind: 'redirect', status, location: trap.url }, { times: 2 })
  expect((await admin.get(`/api/tunnels/${id}`)).status).toBe(502)
  expect((await admin.get('/api/tunnels')).status).toBe(502)

  world.sandbox.faults.next({ kind: 'redirect', status, location: trap.url }, { method: 'POST', times: 9 })
  expect((await admin.send('POST', `/api/tunnels/${id}/psk_generate`)).status).toBe(502)
  expect(trap.hits).toEqual([])
  expect(writes(world.sandbox).filter(({ method }) => method === 'POST')).toHaveLength(1)
})

/** Forty headers that somebody might hope to smuggle through, each with a canary. */
const smuggled: Record<string, string> = {
  'x-auth-key': 'canary',
  'x-auth-email': 'canary',
  authorization: 'Bearer canary',
  'proxy-authorization': 'canary',
  'cf-access-jwt-assertion': 'canary',
  'cf-access-client-id': 'canary',
  'cf-access-client-secret': 'canary',
  'cf-connecting-ip': '192.0.2.1',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-host': 'evil.com',
  'x-forwarded-proto': 'canary',
  'x-real-ip': '192.0.2.1',
  forwarded: 'for=canary',
  'x-original-url': '/canary',
  'x-rewrite-url': '/canary',
  'x-http-method-override': 'DELETE',
  'x-method-override': 'DELETE',
  'x-magic-new-hc-target': 'canary',
  'user-agent': 'canary',
  accept: 'text/canary',
  'accept-language': 'canary',
  'accept-encoding': 'gzip',
  referer: 'https://canary.example/',
  range: 'bytes=0-1',
  via: 'canary',
  te: 'trailers',
  trailer: 'canary',
  upgrade: 'canary',
  expect: '100-continue',
  'x-account-id': 'b'.repeat(32),
  'cf-account-id': 'b'.repeat(32),
  'if-none-match': '"canary"',
  'if-modified-since': 'canary',
  'cache-control': 'no-cache',
  pragma: 'canary',
  traceparent: 'canary',
  baggage: 'canary',
  'x-request-id': 'canary',
  'x-canary-\u0061': 'canary',
  'sec-ch-ua': 'canary',
}

const always = {
  accept: 'application/json',
  authorization: `Bearer ${apiToken}`,
  'user-agent': 'tunnel-console',
  'x-magic-new-hc-target': 'true',
}

async function smuggle(world: World) {
  const admin = await world.as('admin')
  const cookies = { cookie: `${admin.cookie}; canary=canary; __cf_bm=canary` }
  const id = idOf(world)
  await admin.get(`/api/tunnels/${id}`, { ...smuggled, ...cookies })
  await admin.send('POST', '/api/tunnels', newTunnel, { ...smuggled, ...cookies })
  await admin.send('POST', `/api/tunnels/${id}/psk_generate`, undefined, { ...smuggled, ...cookies })
}

test('S06 what is sent to Cloudflare carries these headers and no others', async () => {
  expect(Object.keys(smuggled)).toHaveLength(40)
  const world = await startWorld()
  await smuggle(world)
  const [reads, sent] = [world.sandbox.ledger.filter(({ body }) => body === null), writes(world.sandbox)]
  expect(reads.length).toBeGreaterThan(0)
  for (const { headers } of reads) expect(headers).toEqual(always)
  expect(sent).toHaveLength(2)
  for (const { headers } of sent) expect(headers).toEqual({ ...always, 'content-type': 'application/json' })
})

test('S06 over a real socket HTTP adds its own and nothing else', async () => {
  const world = await startOverSocket()
  await smuggle(world)
  expect(writes(world.sandbox)).toHaveLength(2)
  for (const { headers, body, method } of world.sandbox.ledger) {
    const { host, connection, 'content-length': length, ...ours } = headers
    expect(ours).toEqual({ ...always, ...(body !== null && { 'content-type': 'application/json' }) })
    expect([host, connection, length]).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      method === 'GET' ? 'keep-alive' : 'close',
      body === null ? undefined : expect.stringMatching(/^\d+$/),
    ])
  }
})

const poisoned = {
  'set-cookie': 'canary=1; Path=/',
  server: 'canary',
  location: 'https://canary.example/',
  'cf-canary': 'canary',
  'cf-cache-status': 'canary',
  'x-canary': 'canary',
  link: '<https://canary.example>; rel=preload',
  refresh: '0; url=https://canary.example',
  'content-security-policy': 'canary',
  'access-control-allow-origin': 'https://canary.example',
  'clear-site-data': '"canary"',
}

test.each([200, 400, 403, 404, 500])(
  'S07 no header of an upstream %i comes through, only the ray, in the body',
  async (status) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world)
    const body = { success: status === 200, result: { ipsec_tunnel: { id } }, errors: [], messages: [] }
    const headers = { ...poisoned, 'cf-ray': '0123456789abcdef-AMS' }
    world.sandbox.faults.next({ kind: 'status', status, body, headers }, { times: 9 })
    const answer = await operator.get(`/api/tunnels/${id}`)
    const said = await seenIn(answer)
    expect(said).not.toContain('canary')
    expect(
      [...answer.headers.keys()].filter((name) => name.startsWith('cf-') || name in { server: 1, location: 1 }),
    ).toEqual([])
    expect(said.includes('0123456789abcdef-AMS')).toBe(status !== 200)
  },
)

test('S07 a ray that is none is left out', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const headers = { 'cf-ray': '<script>canary</script>' }
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors: [] }, headers })
  expect(await seenIn(await operator.get(`/api/tunnels/${idOf(world)}`))).not.toContain('canary')
})

const other = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0'

test('S11 the account comes from the configuration, whatever a client says', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world)
  const named = { 'x-account-id': other, 'cf-account-id': other, 'x-auth-account': other }
  const answers = [
    await admin.get(`/api/tunnels/${id}`, named),
    await admin.get(`/api/tunnels/${id}?account_id=${other}`),
    await admin.get(`/api/accounts/${other}/tunnels/${id}`),
    await admin.send('POST', '/api/tunnels', { ...newTunnel, account_id: other }),
    await admin.send('POST', `/api/tunnels?account_id=${other}`, newTunnel),
    await admin.send('POST', '/api/tunnels', newTunnel, named),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 404, 400, 400, 201])
  expect(world.sandbox.ledger.every(({ path }) => path.startsWith(`/client/v4/accounts/${accountId}/`))).toBe(true)
  expect(JSON.stringify(world.sandbox.ledger)).not.toContain(other)
})
