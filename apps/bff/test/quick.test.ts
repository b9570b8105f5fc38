import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { brotli } from '../node/brotli.ts'
import { openDatabase } from '../node/sqlite.ts'
import { createQuick, type RawRequest } from '../src/http/quick.ts'
import { session, userRole } from '../src/storage/schema.ts'
import { newFolder } from './program.ts'
import { createClock } from './steps.ts'
import { startWorld } from './world.ts'

/** A console whose clock stands, on a database in memory or in a file. */
async function startQuick(file = ':memory:') {
  const opened = await openDatabase(file)
  onTestFinished(() => void opened.close())
  const clock = createClock()
  const world = await startWorld({
    deps: { now: clock.now, monotonic: clock.monotonic, db: opened.db, storageVersion: opened.version, brotli },
  })
  const quick = createQuick(world.services)
  const operator = await world.as('operator')
  const look = (headers = {}) => operator.get('/api/tunnels', { 'accept-encoding': 'gzip, br', ...headers })
  await look()
  const ask = (changed: Partial<RawRequest> = {}, headers: RawRequest['headers'] = {}) =>
    quick({
      method: 'GET',
      url: '/api/tunnels',
      ...changed,
      headers: { host: 'tunnels.example.com', cookie: operator.cookie, 'accept-encoding': 'gzip, br', ...headers },
    })
  return { ...world, clock, operator, look, ask }
}

const pairs = (flat: string[]) => flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? '']] : []))

test('S54 S55 S56 S58 an answer given at once is that of the ordinary way, header by header and byte by byte', async () => {
  const { ask, operator, logs } = await startQuick()
  const ordinary = await operator.get('/api/tunnels', { 'accept-encoding': 'gzip, br' })
  const [line] = logs.splice(0).slice(-1)
  const answer = ask()
  const headers = Object.fromEntries(pairs(answer?.headers ?? []))
  const length = headers['content-length']
  delete headers['content-length']
  const body = await ordinary.arrayBuffer()
  expect({ status: answer?.status, headers }).toEqual({ status: 200, headers: Object.fromEntries(ordinary.headers) })
  expect(new Uint8Array(answer?.body ?? new ArrayBuffer())).toEqual(new Uint8Array(body))
  expect(length).toBe(String(body.byteLength))
  answer?.log()
  expect(logs).toEqual([{ ...line, requestId: expect.stringMatching(/^[\da-f-]{36}$/), ms: expect.any(Number) }])
})

test('a browser that has it is told so at once', async () => {
  const { ask, operator } = await startQuick()
  const { headers } = await operator.get('/api/tunnels')
  const etag = headers.get('etag') ?? ''
  const ordinary = await operator.get('/api/tunnels', { 'if-none-match': etag })
  const answer = ask({}, { 'if-none-match': etag, 'accept-encoding': undefined })
  expect([ordinary.status, answer?.status, answer?.body]).toEqual([304, 304, null])
  expect(Object.fromEntries(pairs(answer?.headers ?? []))).toEqual(Object.fromEntries(ordinary.headers))
})

test.each<[string, Partial<RawRequest>, RawRequest['headers']]>([
  ['a write', { method: 'POST' }, {}],
  ['another path', { url: '/api/tunnels/x' }, {}],
  ['a query that no route knows', { url: '/api/tunnels?a=1' }, {}],
  ['no session', {}, { cookie: undefined }],
  ['a session that was never read', {}, { cookie: '__Host-tunnel-console=made.up' }],
  ['another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ['a page of its own', {}, { 'sec-fetch-dest': 'document' }],
  ['the eyes of a lesser role', {}, { 'x-view-as': 'support' }],
  ['no name of a host', {}, { host: undefined }],
  ['a host that is none', {}, { host: 'a/b' }],
  ['a body', {}, { 'content-length': '3' }],
  ['no compression', {}, { 'accept-encoding': 'identity' }],
])('%s goes the ordinary way', async (_, changed, headers) => {
  const { ask } = await startQuick()
  expect(ask()?.status).toBe(200)
  expect(ask(changed, headers)).toBeNull()
})

test('S31 S33 a sign-out acts at once', async () => {
  const { ask, operator } = await startQuick()
  await operator.send('POST', '/api/auth/sign-out')
  expect(ask()).toBeNull()
  expect((await operator.get('/api/tunnels')).status).toBe(401)
})

test('S33 what another process writes acts within a second: a session ended, a role taken', async () => {
  const file = `${newFolder()}/console.db`
  const { ask, look, operator } = await startQuick(file)
  const { db: others, close } = await openDatabase(file)
  onTestFinished(() => void close())
  await others.update(userRole).set({ role: 'support' }).where(eq(userRole.userId, 'sandbox-operator'))
  await expect.poll(() => ask(), { timeout: 1000 }).toBeNull()
  const answer = await operator.get('/api/session')
  expect(await answer.json()).toMatchObject({ user: { role: 'support' } })
  await look()
  expect(ask()?.status).toBe(200)
  await others.delete(session)
  await expect.poll(() => ask(), { timeout: 1000 }).toBeNull()
  expect((await operator.get('/api/tunnels')).status).toBe(401)
})

test('S32 a session that runs out while nothing is written has run out', async () => {
  const { ask, clock } = await startQuick()
  clock.advance(4000)
  expect(ask()?.status).toBe(200)
  clock.advance(31 * 60_000)
  expect(ask()).toBeNull()
})

test('a list that is due is read first', async () => {
  const { ask, clock, look } = await startQuick()
  clock.advance(5000)
  expect(ask()).toBeNull()
  await look()
  expect(ask()?.status).toBe(200)
})

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.5, gzip', 'br'],
  ['gzip;q=0', null],
  ['identity', null],
])('to a browser that accepts %s the list goes as %s', async (accepted, encoding) => {
  const { operator } = await startQuick()
  const answer = await operator.get('/api/tunnels', { 'accept-encoding': accepted })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  const bytes = Buffer.from(await answer.arrayBuffer())
  const text = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
  expect(JSON.parse(text.toString())).toMatchObject({ tunnels: expect.any(Array), stale: false })
})

test('the list in columns says the same', async () => {
  const { ask, look, operator } = await startQuick()
  const accept = 'application/vnd.tunnel-console.columns+json, */*'
  const answer = await operator.get('/api/tunnels', { accept })
  expect(await answer.json()).toMatchObject({ columns: { rows: expect.any(Number) }, stale: false })
  await look({ accept })
  expect(Object.fromEntries(pairs(ask({}, { accept })?.headers ?? []))['etag']).toBe(answer.headers.get('etag'))
})

test('no pattern is built anew for each look', async () => {
  const { ask } = await startQuick()
  const real = globalThis.RegExp
  const built: unknown[] = []
  globalThis.RegExp = new Proxy(real, {
    construct(target, args) {
      built.push(args)
      return Reflect.construct(target, args)
    },
  })
  onTestFinished(() => {
    globalThis.RegExp = real
  })
  expect(ask()?.status).toBe(200)
  expect(built).toEqual([])
})
