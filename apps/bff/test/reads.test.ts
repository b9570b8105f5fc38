import { createServer } from 'node:net'
import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { upstreamFetch } from '../node/upstream-fetch.ts'
import {
  auditOf,
  create,
  idOf,
  listOf,
  listReads,
  opened,
  problemIn,
  startClockedWorld,
  startSocketWorld,
} from './steps.ts'
import { type Person, startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'
const list = { method: 'GET', path: /\/ipsec_tunnels$/ }
const one = { method: 'GET', path: /\/ipsec_tunnels\/[0-9a-f]{32}$/ }
const always = { times: 1000 }

/** Breaks Cloudflare for good, lets the copy grow old, and has it read anew: in vain. */
async function afterFailedRefresh(world: Awaited<ReturnType<typeof startClockedWorld>>, breakIt: () => void) {
  breakIt()
  world.clock.advance(6000)
  await world.services.owner.refresh()
}

async function everyWrite(world: World, person: Person, ifMatch: Record<string, string>) {
  const url = `/api/tunnels/${idOf(world, site)}`
  return Promise.all([
    create(person),
    person.send('PUT', url, { description: 'moved' }, ifMatch),
    person.send('DELETE', url, undefined, ifMatch),
    person.send('POST', `${url}/psk_generate`),
  ])
}

describe('U1 while Cloudflare cannot be reached', () => {
  const failure = (code: string) => () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }))

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', 'UND_ERR_CONNECT_TIMEOUT'])(
    'by %s, reads give the last copy as stale and no write is sent',
    async (code) => {
      const world = await startClockedWorld()
      const admin = await world.as('admin')
      const fresh = await listOf(admin)
      const { ifMatch } = await opened(admin, idOf(world, site))
      await afterFailedRefresh(world, () => Object.assign(world.deps.upstream, { fetch: failure(code) }))
      expect(await listOf(admin)).toEqual({ ...fresh, stale: true, failure: expect.anything() })
      const answers = await everyWrite(world, admin, ifMatch)
      expect(await Promise.all(answers.map(problemIn))).toMatchObject(
        answers.map(() => ({ status: 503, code: 'not-sent' })),
      )
      expect(await auditOf(world)).toMatchObject(
        answers.map(() => ({ outcome: 'failed', problem: { code: 'not-sent' } })),
      )
      expect(writes(world.sandbox)).toEqual([])
    },
  )

  test.each([
    ['a closed port', () => 'http://127.0.0.1:9'],
    ['a name that does not exist', () => 'http://cloudflare.invalid'],
    ['a port that speaks no TLS', plainPort],
  ])('by %s, really', async (_, address) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const baseUrl = `${await address()}/client/v4`
    Object.assign(world.deps.upstream, { baseUrl, fetch: upstreamFetch })
    expect((await admin.get('/api/tunnels')).status).toBe(503)
    expect(await problemIn(await create(admin))).toMatchObject({ status: 503, code: 'not-sent' })
    expect(await auditOf(world)).toMatchObject([{ outcome: 'failed' }])
  })
})

/** Answers whatever comes with something that is not TLS. */
async function plainPort(): Promise<string> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('not TLS'))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `https://127.0.0.1:${(server.address() as { port: number }).port}`
}

describe('U4 a body that breaks off', () => {
  test.each(Array.from({ length: 16 }, (_, sixteenth) => sixteenth))(
    'after %d/16 is read again, never shown in part',
    async (sixteenth) => {
      const world = await startWorld()
      world.sandbox.faults.next({ kind: 'halfBody', at: sixteenth / 16 }, list)
      const { tunnels } = await listOf(await world.as('support'))
      expect([tunnels.length, listReads(world)]).toEqual([world.sandbox.state().tunnels.length, 2])
    },
  )

  test('is read three times and no more, and what was known stays', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const fresh = await listOf(support)
    const breakIt = () => world.sandbox.faults.next({ kind: 'halfBody', at: 0.9 }, { ...list, ...always })
    await afterFailedRefresh(world, breakIt)
    expect(listReads(world)).toBe(4)
    expect(await listOf(support)).toEqual({ ...fresh, stale: true, failure: expect.anything() })
  })

  test('over a socket, too', async () => {
    const world = await startSocketWorld()
    world.sandbox.faults.next({ kind: 'halfBody', at: 0.5 }, list)
    expect((await listOf(await world.as('support'))).tunnels).toHaveLength(world.sandbox.state().tunnels.length)
  })
})

test.each([
  [200, 200],
  [522, 522],
  [403, 403],
])('U9 an edge page with status %d is unexpected; the ray is told, the page is not', async (status, told) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  world.sandbox.faults.next({ kind: 'html', status }, always)
  for (const path of ['/api/tunnels', `/api/tunnels/${idOf(world, site)}`]) {
    const response = await admin.get(path)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      status: 502,
      code: 'upstream-unexpected',
      ray: expect.stringMatching(/-AMS$/),
    })
    expect(JSON.parse(text).detail).toContain(`answered ${told}`)
    expect(text).not.toMatch(/<|cf-wrapper/)
  }
  expect(JSON.stringify(world.logs)).not.toContain('cf-wrapper')
})

test('U9 error 1015 is a page and a rate limit: the poll waits as told', async () => {
  const world = await startClockedWorld()
  const support = await world.as('support')
  const page: Fault = {
    kind: 'status',
    status: 429,
    body: '<html>Error 1015</html>',
    headers: { 'content-type': 'text/html', 'retry-after': '30' },
  }
  world.sandbox.faults.next(page, { ...list, ...always })
  const response = await support.get('/api/tunnels')
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30'])
  world.clock.advance(29_000)
  await support.get('/api/tunnels')
  expect(listReads(world)).toBe(1)
})

test('U24 a refused token is no business of the browser’s session, and is not tried in a storm', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const refused: Fault = {
    kind: 'status',
    status: 403,
    body: { success: false, errors: [{ code: 10000, message: 'Authentication error' }] },
  }
  world.sandbox.faults.next(refused, { ...list, ...always })
  for (let poll = 0; poll < 24; poll++) {
    const response = await admin.get('/api/tunnels')
    expect([response.status, (await problemIn(response)).code]).toEqual([502, 'upstream-unauthorized'])
    world.clock.advance(5000)
  }
  expect(listReads(world)).toBe(2) // two minutes of polling
  world.sandbox.faults.clear()
  await vi.waitFor(async () => expect((await listOf(admin)).stale).toBe(false))
})

test.each([401, 403])(
  'U24 a token that Cloudflare answers with %d fails a write without an attempt to repeat it',
  async (status) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    world.sandbox.faults.next(
      { kind: 'status', status, body: { success: false, errors: [{ code: 10000 }] } },
      { method: 'POST', ...always },
    )
    const response = await create(admin)
    expect([response.status, (await problemIn(response)).code]).toEqual([502, 'upstream-unauthorized'])
    expect(writes(world.sandbox)).toHaveLength(1)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'rejected', problem: { code: 'upstream-unauthorized' } }])
    expect((await admin.get('/api/session')).status).toBe(200)
  },
)

test.each([
  ['7', 7],
  ['0', 1],
  [undefined, 60],
  ['-3', 60],
  ['soon', 60],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 60],
  ['1000000000', 300],
])('U5 U6 429 with Retry-After %s makes the poll wait %d seconds', async (header, seconds) => {
  const world = await startClockedWorld(1)
  const support = await world.as('support')
  const headers = header === undefined ? {} : { 'retry-after': header }
  world.sandbox.faults.next({ kind: 'status', status: 429, body: { success: false, errors: [] }, headers }, list)
  const response = await support.get('/api/tunnels')
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, String(seconds)])
  world.clock.advance(seconds * 1000 - 1)
  expect((await support.get('/api/tunnels')).status).toBe(429)
  expect(listReads(world)).toBe(1)
  world.clock.advance(1)
  expect((await support.get('/api/tunnels')).status).toBe(200)
})

test('U5 429 to a write is told with its wait, and the write is not repeated', async () => {
  const world = await startWorld()
  const headers = { 'retry-after': '7' }
  world.sandbox.faults.next(
    { kind: 'status', status: 429, body: { success: false, errors: [] }, headers },
    { method: 'POST' },
  )
  const response = await create(await world.as('operator'))
  expect([response.status, response.headers.get('retry-after'), writes(world.sandbox).length]).toEqual([429, '7', 1])
  expect((await auditOf(world))[0]?.outcome).toBe('rejected')
})

test('U25 a tunnel that was deleted elsewhere is not found, to readers and to writers', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world, site)
  const { ifMatch } = await opened(admin, id)
  world.sandbox.externalDelete(id)
  const url = `/api/tunnels/${id}`
  const answers = [
    await admin.get(url),
    await admin.send('PUT', url, { description: 'x' }, ifMatch),
    await admin.send('DELETE', url, undefined, ifMatch),
    await admin.send('POST', `${url}/psk_generate`),
  ]
  expect(await Promise.all(answers.map(problemIn))).toMatchObject(
    answers.map(() => ({ status: 404, code: 'not-found' })),
  )
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(writes(world.sandbox)).toEqual([])
})

test.each([500, 502, 503, 504])('U8 a read that is answered %d is tried three times', async (status) => {
  const world = await startWorld()
  world.sandbox.faults.next({ kind: 'status', status, body: { success: false, errors: [] } }, { ...one, ...always })
  const response = await (await world.as('admin')).get(`/api/tunnels/${idOf(world, site)}`)
  expect([response.status, (await problemIn(response)).code]).toEqual([503, 'upstream-unavailable'])
  expect(world.sandbox.ledger.filter(({ path }) => one.path.test(path))).toHaveLength(3)
})
