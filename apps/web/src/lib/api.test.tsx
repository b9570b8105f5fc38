import type { TunnelAnswer, ValidationAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from 'vitest'
import { request } from './api.ts'
import { doubtedRole } from './doubted-role.ts'
import { dryRun } from './dry-run.ts'
import { signedOut } from './signed-out.ts'
import { viewAs } from './view-as.ts'

const answer = vi.fn<typeof fetch>()

beforeEach(() => {
  signedOut.set(false)
  answer.mockReset()
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

const id = '0'.repeat(31).concat('7')

test('every request says that it comes from the console, and follows no redirect', async () => {
  answer.mockResolvedValue(json({}))
  await request(endpoints.session)
  const init = answer.mock.lastCall?.[1]
  expect(new Headers(init?.headers).get('x-tunnel-console')).toBe('1')
  expect(init).toMatchObject({ credentials: 'same-origin', redirect: 'manual' })
})

test('every request of a tab that looks through other eyes says so', async () => {
  answer.mockImplementation(async () => json({}))
  const asked = () => new Headers(answer.mock.lastCall?.[1]?.headers).get('x-view-as')
  await request(endpoints.session)
  expect(asked()).toBeNull()
  viewAs.set('support')
  await request(endpoints.session)
  expect(asked()).toBe('support')
  await request(endpoints.signOut)
  expect(asked()).toBe('support')
  viewAs.set(null)
})

test('H10 a role that does not allow something is doubted, and nothing else is', async () => {
  const before = doubtedRole.get()
  const refuse = (code: 'forbidden' | 'cross-site' | 'not-found') => async () =>
    json(ProblemError.of(code).problem, { status: 403, headers: { 'content-type': 'application/problem+json' } })
  for (const code of ['cross-site', 'not-found', 'forbidden'] as const) {
    answer.mockImplementation(refuse(code))
    await problemOf(request(endpoints.tunnels))
  }
  expect(doubtedRole.get()).toBe(before + 1)
})

test('method, path, query, headers and body are the contract’s', async () => {
  answer.mockImplementation(async () => json({ valid: true, checkedAt: '' }))
  const ask = { params: { id }, body: { description: 'A note' }, headers: { 'if-match': '"v1"' } }
  await request(endpoints.updateTunnel, ask)
  await dryRun(endpoints.updateTunnel, ask)
  await request(endpoints.audit, { query: { action: 'a b', cursor: undefined } })
  const sent = answer.mock.calls.map(([url, init]) => [
    init?.method,
    String(url).replace(location.origin, ''),
    init?.body,
  ])
  const body = '{"description":"A note"}'
  expect(sent).toEqual([
    ['PUT', `/api/tunnels/${id}`, body],
    ['PUT', `/api/tunnels/${id}?validate_only=true`, body],
    ['GET', '/api/audit?action=a+b', undefined],
  ])
  const headers = new Headers(answer.mock.calls[0]?.[1]?.headers)
  expect([headers.get('if-match'), headers.get('content-type')]).toEqual(['"v1"', 'application/json'])
})

test('a parameter cannot leave its place in the path', async () => {
  answer.mockResolvedValue(json({}))
  await request(endpoints.tunnel, { params: { id: '../users?x=' } })
  expect(new URL(String(answer.mock.lastCall?.[0])).pathname).toBe('/api/tunnels/..%2Fusers%3Fx%3D')
})

test('what a call takes and gives is known to the compiler', () => {
  // Only compiled: a name that the contract does not have must stop the build.
  const compiled = async () => {
    expectTypeOf(await request(endpoints.updateTunnel, { params: { id }, body: {} })).toEqualTypeOf<WrittenTunnel>()
    expectTypeOf(await dryRun(endpoints.deleteTunnel, { params: { id } })).toEqualTypeOf<ValidationAnswer>()
    expectTypeOf(await request(endpoints.deleteTunnel, { params: { id } })).toEqualTypeOf<{ deleted: true }>()
    expectTypeOf(await request(endpoints.tunnel, { params: { id } })).toEqualTypeOf<TunnelAnswer>()
    // @ts-expect-error the path’s parameter is `id`
    await request(endpoints.tunnel, { params: { tunnelId: id } })
    // @ts-expect-error the path needs its parameter
    await request(endpoints.tunnel)
    // @ts-expect-error a body has the contract’s fields only
    await request(endpoints.signIn, { body: { email: '', password: '', remember: true } })
    // @ts-expect-error a write needs its body
    await request(endpoints.updateTunnel, { params: { id } })
    // @ts-expect-error a query has the contract’s names only
    await request(endpoints.audit, { query: { person: 'ada' } })
    // @ts-expect-error a dry run is asked by its own function
    await request(endpoints.deleteTunnel, { params: { id }, query: { validate_only: 'true' } })
    // @ts-expect-error only a write can be tried
    await dryRun(endpoints.session, {})
  }
  expect(compiled).toBeTypeOf('function')
})

test('a login page in place of JSON is a problem, never "Unexpected token <"', async () => {
  answer.mockResolvedValue(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }))
  expect(await problemOf(request(endpoints.tunnels))).toMatchObject({ code: 'unreachable' })
})

test('JSON that breaks off is a problem', async () => {
  answer.mockResolvedValue(new Response('{"tun', { headers: { 'content-type': 'application/json' } }))
  expect(await problemOf(request(endpoints.tunnels))).toMatchObject({ code: 'unreachable' })
})

test('an error without a body of ours is a problem', async () => {
  answer.mockResolvedValue(json({ message: 'no' }, { status: 500 }))
  expect(await problemOf(request(endpoints.tunnels))).toMatchObject({ code: 'unreachable' })
})

test('no network is "unreachable"; an abort stays an abort', async () => {
  answer.mockRejectedValue(new TypeError('Failed to fetch'))
  expect(await problemOf(request(endpoints.tunnels))).toMatchObject({ code: 'unreachable', status: 0 })
  answer.mockRejectedValue(new DOMException('aborted', 'AbortError'))
  await expect(request(endpoints.tunnels)).rejects.toHaveProperty('name', 'AbortError')
})

const credentials = { email: 'ada@example.com', password: 'wrong' }

test.each([
  ['a page', () => request(endpoints.tunnels), true],
  ['a sign-in', () => request(endpoints.signIn, { body: credentials }), false],
  ['a sign-out', () => request(endpoints.signOut), false],
  ['a one-time link', () => request(endpoints.useLink, { body: { token: '', password: '' } }), false],
] as const)('a 401 of %s ends the session: %s', async (_name, ask, ends) => {
  const { problem } = ProblemError.of('unauthenticated')
  answer.mockResolvedValue(json(problem, { status: 401, headers: { 'content-type': 'application/problem+json' } }))
  expect(await problemOf(ask())).toMatchObject({ code: 'unauthenticated' })
  expect(signedOut.get()).toBe(ends)
})

test('a redirect to somebody’s login page ends the session (H7)', async () => {
  answer.mockResolvedValue(Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }))
  expect(await problemOf(request(endpoints.tunnels))).toMatchObject({ code: 'unauthenticated' })
  expect(signedOut.get()).toBe(true)
})
