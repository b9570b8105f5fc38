import { ProblemError } from '@tunnel-console/shared/problem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { call, fetchOrThrow, signedOut } from './api.ts'
import { fetchConditional } from './conditional.ts'

const answer = vi.fn<typeof fetch>()

beforeEach(() => {
  signedOut.set(false)
  vi.stubGlobal('fetch', answer)
})
afterEach(() => vi.unstubAllGlobals())

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  return (error as ProblemError).problem
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...init.headers } })

test('every request says that it comes from the console, and follows no redirect', async () => {
  answer.mockResolvedValue(json({}))
  await fetchOrThrow('/api/session')
  const init = answer.mock.lastCall?.[1]
  expect(new Headers(init?.headers).get('x-tunnel-console')).toBe('1')
  expect(init).toMatchObject({ credentials: 'same-origin', redirect: 'manual' })
})

test('a login page in place of JSON is a problem, never "Unexpected token <"', async () => {
  answer.mockResolvedValue(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }))
  expect(await problemOf(call('/api/tunnels'))).toMatchObject({ code: 'unreachable' })
})

test('JSON that breaks off is a problem', async () => {
  answer.mockResolvedValue(new Response('{"tun', { headers: { 'content-type': 'application/json' } }))
  expect(await problemOf(call('/api/tunnels'))).toMatchObject({ code: 'unreachable' })
})

test('an error without a body of ours is a problem', async () => {
  answer.mockResolvedValue(json({ message: 'no' }, { status: 500 }))
  expect(await problemOf(call('/api/tunnels'))).toMatchObject({ code: 'unreachable' })
})

test('no network is "unreachable"; an abort stays an abort', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'))
  expect(await problemOf(call('/api/tunnels'))).toMatchObject({ code: 'unreachable', status: 0 })
  answer.mockRejectedValue(new DOMException('aborted', 'AbortError'))
  await expect(call('/api/tunnels')).rejects.toHaveProperty('name', 'AbortError')
})

test.each([
  ['/api/tunnels', true],
  ['/api/auth/sign-in/email', false],
] as const)('a 401 of %s ends the session: %s', async (path, ends) => {
  const { problem } = ProblemError.of('unauthenticated')
  answer.mockResolvedValue(json(problem, { status: 401, headers: { 'content-type': 'application/problem+json' } }))
  expect(await problemOf(call(path))).toMatchObject({ code: 'unauthenticated' })
  expect(signedOut.get()).toBe(ends)
})

test('a redirect to somebody’s login page ends the session (H7)', async () => {
  answer.mockResolvedValue(Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }))
  expect(await problemOf(call('/api/tunnels'))).toMatchObject({ code: 'unauthenticated' })
  expect(signedOut.get()).toBe(true)
})

test('a 304 gives the same body with a newer time', async () => {
  answer.mockResolvedValueOnce(json({ n: 1 }, { headers: { etag: '"a"', 'x-fetched-at': '2026-01-01T00:00:00Z' } }))
  const first = await fetchConditional('/api/status', undefined)
  answer.mockResolvedValueOnce(new Response(null, { status: 304, headers: { 'x-fetched-at': '2026-01-01T00:00:05Z' } }))
  const second = await fetchConditional('/api/status', first)
  expect(new Headers(answer.mock.lastCall?.[1]?.headers).get('if-none-match')).toBe('"a"')
  expect(second.body).toBe(first.body)
  expect(second.fetchedAt).toBe('2026-01-01T00:00:05Z')
})
