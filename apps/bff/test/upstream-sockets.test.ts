import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { upstreamFetch } from '../node/upstream-fetch.ts'
import { causesOf } from '../src/cloudflare/causes.ts'
import { createTransport, type TransportOptions } from '../src/cloudflare/transport.ts'
import { Secret } from '../src/secret.ts'
import { failureOf, fateOf } from './upstream-world.ts'
import { accountId } from './world.ts'

const id = 'f'.repeat(32)
const get = { operation: { kind: 'tunnel', id }, method: 'GET', isWrite: false } as const
const put = { operation: { kind: 'tunnel', id }, method: 'PUT', isWrite: true, body: { name: 'a' } } as const
const yes = JSON.stringify({ success: true, errors: [], result: { ok: true } })
const long = { headers: 15_000, idle: 15_000, total: 15_000, size: 100_000 }
const short = { headers: 60, idle: 60, total: 200, size: 1000 }

function transportTo(baseUrl: string, options: Partial<TransportOptions> = {}) {
  const token = new Secret('a-token-of-the-tests')
  const upstream = { baseUrl, accountId, writeToken: token, readToken: token, fetch: upstreamFetch }
  return createTransport(upstream, { monotonic: () => performance.now(), ...options })
}

interface Served {
  url: string
  server: Server
  /** How many requests came over each connection, in the order of the connections. */
  requests: number[]
  /** Resolves when the first connection has ended. */
  firstEnd: Promise<unknown>
}

/** A server on loopback that answers as told; `nth` counts the requests of one connection, from 1. */
async function serve(
  answer: (nth: number, response: ServerResponse, request: IncomingMessage) => void,
): Promise<Served> {
  const sockets: Socket[] = []
  const requests: number[] = []
  let firstEnded: () => void = () => undefined
  const firstEnd = new Promise<void>((resolve) => (firstEnded = resolve))
  const server = createServer((request, response) => {
    const place = sockets.indexOf(request.socket)
    requests[place] = (requests[place] ?? 0) + 1
    request.resume().on('end', () => answer(requests[place] ?? 1, response, request))
  }).on('connection', (socket) => sockets.push(socket) === 1 && socket.on('close', firstEnded).on('error', () => {}))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, requests, firstEnd }
}

const json = (response: ServerResponse) => response.setHeader('content-type', 'application/json')

/** Every connection serves one request, and is dead when the second comes: what a keep-alive that ran out looks like. */
const stale = (nth: number, response: ServerResponse) =>
  nth === 1 ? json(response).end(yes) : response.socket?.resetAndDestroy()

test('U26 a read on a connection that the peer has given up is asked again, unseen', async () => {
  const { url, requests } = await serve(stale)
  const { send } = transportTo(url)
  for (let read = 0; read < 3; read++) expect((await send(get)).result).toEqual({ ok: true })
  expect(requests.length).toBeGreaterThan(1)
})

test('U26 a write goes over a connection of its own, so that no stale one can leave its fate open', async () => {
  const { url, requests } = await serve(stale)
  const { send } = transportTo(url)
  for (let write = 0; write < 5; write++) {
    await send(get)
    expect((await send(put)).result).toEqual({ ok: true })
  }
  expect(requests.filter((count) => count > 1).length).toBeGreaterThan(0)
})

test('U26 S06 a write says that its connection ends with it', async () => {
  const seen: (string | undefined)[] = []
  const { url } = await serve((_nth, response, { headers, method }) => {
    seen.push(`${method} ${headers.connection}`)
    json(response).end(yes)
  })
  const { send } = transportTo(url)
  await send(get)
  await send(put)
  expect(seen).toEqual(['GET keep-alive', 'PUT close'])
})

test.each([
  ['ends', (response: ServerResponse) => response.socket?.end()],
  ['breaks', (response: ServerResponse) => response.socket?.resetAndDestroy()],
])('U26 a write whose connection %s after it was sent may have happened', async (_how, end) => {
  const { url, requests } = await serve((_nth, response) => void end(response))
  const failure = await failureOf(transportTo(url).send(put))
  expect(await fateOf(Promise.reject(failure))).toBe('ambiguous upstream-unavailable')
  expect(requests).toEqual([1])
})

test('U1 a write to a port where nobody listens was not sent', async () => {
  const { url, server } = await serve((_nth, response) => response.end())
  await new Promise((resolve) => server.close(resolve))
  const failure = await failureOf(transportTo(url).send(put))
  expect(await fateOf(Promise.reject(failure))).toBe('not-sent')
  expect(causesOf(failure)).toEqual(['not-sent', 'ECONNREFUSED'])
})

/** Failures in which something may have been written: conservative, whatever the code suggests. */
test.each([
  ['a connection refused', { code: 'ECONNREFUSED' }, 'not-sent'],
  ['a certificate that ran out', { code: 'CERT_HAS_EXPIRED' }, 'not-sent'],
  ['no route while connecting', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'not-sent'],
  ['no route while reading', { code: 'EHOSTUNREACH', syscall: 'read' }, 'ambiguous upstream-unavailable'],
  ['a time-out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }, 'not-sent'],
  ['a time-out while reading', { code: 'ETIMEDOUT', syscall: 'read' }, 'ambiguous upstream-timeout'],
  ['a reset', { code: 'ECONNRESET' }, 'ambiguous upstream-unavailable'],
  ['a socket that wrote nothing', { code: 'UND_ERR_SOCKET', socket: { bytesWritten: 0 } }, 'not-sent'],
  [
    'a socket that wrote something, now or before',
    { code: 'UND_ERR_SOCKET', socket: { bytesWritten: 1 } },
    'ambiguous upstream-unavailable',
  ],
  ['a socket that does not say', { code: 'UND_ERR_SOCKET' }, 'ambiguous upstream-unavailable'],
  ['no code', {}, 'ambiguous upstream-unavailable'],
])('U26 %s: %j', async (_what, members, fate) => {
  const error = Object.assign(new Error('canary'), members)
  const token = new Secret('a-token-of-the-tests')
  const upstream = { baseUrl: 'http://127.0.0.1', accountId, writeToken: token, readToken: token }
  const failing = createTransport({ ...upstream, fetch: () => Promise.reject(error) }, { monotonic: () => 0 })
  expect(await fateOf(failing.send(put))).toBe(fate)
})

test.each([
  ['idle' as const, 'never goes on', (response: ServerResponse) => json(response).write('{"suc')],
  [
    'total' as const,
    'comes byte by byte',
    (response: ServerResponse) => {
      json(response)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    },
  ],
  ['headers' as const, 'does not begin', () => undefined],
  ['size' as const, 'does not end', (response: ServerResponse) => json(response).write(' '.repeat(2000))],
])('U3 the limit %s ends an answer that %s, and its connection', async (limit, _how, answer) => {
  const { url, firstEnd, requests } = await serve((_nth, response) => void answer(response))
  const { send } = transportTo(url, { limits: () => ({ ...long, [limit]: short[limit] }) })
  const failure = await failureOf(send(put))
  expect(causesOf(failure).at(-1)).toBe(`limit:${limit}`)
  await firstEnd
  expect(requests).toEqual([1])
})

test('U3 a large body in many pieces leaves no listener behind', async () => {
  const warnings: string[] = []
  const listen = ({ name }: Error) => warnings.push(name)
  process.on('warning', listen)
  onTestFinished(() => void process.off('warning', listen))
  const { url } = await serve(async (_nth, response) => {
    json(response)
    response.flushHeaders()
    for (let piece = 0; piece < 100; piece++) {
      await new Promise((resolve) => response.write(`${' '.repeat(50)}\n`, resolve))
    }
    response.end(yes)
  })
  expect((await transportTo(url, { limits: () => long }).send(get)).result).toEqual({ ok: true })
  expect(warnings).toEqual([])
})
