import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { ProblemError } from '@tunnel-console/shared/problem'
import { expect, test } from 'vitest'
import { causesOf } from '../src/cloudflare/causes.ts'
import { createTransport } from '../src/cloudflare/transport.ts'
import { Secret } from '../src/secret.ts'
import { failureOf, startUpstream } from './upstream-world.ts'
import { accountId } from './world.ts'

const status = (code: number): Fault => ({ kind: 'status', status: code, body: { success: false, errors: [] } })

test.each<[string, Fault, string[]]>([
  ['an edge page', { kind: 'html', status: 522 }, ['upstream-unexpected', 'http-522']],
  ['an edge page with 200', { kind: 'html', status: 200 }, ['upstream-unexpected', 'http-200']],
  ['a refusal', status(400), ['rejected', 'http-400']],
  ['a refused token', status(403), ['upstream-unauthorized', 'http-403']],
  ['a 404', status(404), ['not-found', 'http-404']],
  ['a rate limit', status(429), ['upstream-rate-limited', 'http-429']],
  ['an outage', status(503), ['upstream-unavailable', 'http-503']],
  ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1/', status: 302 }, ['upstream-unexpected', 'http-302']],
  ['a broken connection', { kind: 'reset' }, ['upstream-unavailable', 'ECONNRESET']],
  ['half an answer', { kind: 'halfBody' }, ['upstream-unavailable', 'ECONNRESET']],
  ['a refused connection', { kind: 'notSent' }, ['upstream-unavailable', 'ECONNREFUSED']],
])('a read that meets %s keeps its causes', async (_what, fault, causes) => {
  const { client, sandbox, id } = startUpstream()
  sandbox.faults.next(fault, { times: 3 })
  expect(causesOf(await failureOf(client.getTunnel(id)))).toEqual(causes)
})

test.each<[string, Fault, string[]]>([
  ['a broken connection', { kind: 'commitThenDrop' }, ['upstream-unavailable', 'ECONNRESET']],
  ['a refused connection', { kind: 'notSent' }, ['not-sent', 'ECONNREFUSED']],
  ['an edge page', { kind: 'html', status: 524 }, ['upstream-unexpected', 'http-524']],
])('a write that meets %s keeps its causes', async (_what, fault, causes) => {
  const { client, sandbox, id } = startUpstream()
  sandbox.faults.next(fault)
  expect(causesOf(await failureOf(client.deleteTunnel(id, false)))).toEqual(causes)
})

test.each(['headers', 'total'] as const)('a request that our limit %s ends says so', async (name) => {
  const hang = (_input: string, { signal }: RequestInit) =>
    new Promise<Response>((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('canary'))))
  const token = new Secret('a-token-of-the-tests')
  const upstream = { baseUrl: 'http://127.0.0.1', accountId, writeToken: token, readToken: token, fetch: hang }
  const limits = () => ({ headers: 15_000, idle: 15_000, total: 15_000, size: 1, [name]: 5 })
  const { send } = createTransport(upstream, { monotonic: () => 0, limits })
  const call = { operation: { kind: 'tunnels' }, method: 'POST', isWrite: true, body: {} } as const
  expect(causesOf(await failureOf(send(call)))).toEqual(['upstream-timeout', `limit:${name}`])
})

test('the causes are codes, outermost first and each once, and never words', () => {
  const system = Object.assign(new Error('canary'), { code: 'ECONNRESET', syscall: 'canary' })
  const attempts = new AggregateError(
    [
      Object.assign(new Error('canary'), { code: 'ETIMEDOUT' }),
      Object.assign(new Error('canary'), { code: 'EHOSTUNREACH' }),
    ],
    'canary',
    { cause: system },
  )
  const inner = ProblemError.of('upstream-unavailable', { detail: 'canary' }, { cause: attempts })
  const outer = ProblemError.of('outcome-unknown', {}, { cause: new TypeError('canary', { cause: inner }) })
  const chain = ['outcome-unknown', 'upstream-unavailable', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET']
  expect(causesOf(outer)).toEqual(chain)
  expect(causesOf(new Error('canary', { cause: outer }))).toEqual(chain)
})

test.each([
  'canary',
  new Error('canary'),
  Object.assign(new Error('canary'), { code: 'canary words' }),
  Object.assign(new Error('canary'), { code: 'Bearer-CANARY' }),
  Object.assign(new Error('canary'), { code: 'C'.repeat(65) }),
  Object.assign(new Error('canary'), { code: 42 }),
  Object.assign(new Error('canary'), { code: { toString: () => 'CANARY' } }),
  null,
  undefined,
])('what is no code is left out: %s', (error) => {
  expect(causesOf(error)).toEqual([])
})

test('an error that is its own cause ends the chain', () => {
  const error: Error & { code?: string } = Object.assign(new Error('canary'), { code: 'EPIPE' })
  error.cause = new Error('canary', { cause: error })
  expect(causesOf(error)).toEqual(['EPIPE'])
})
