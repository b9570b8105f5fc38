import { roles } from '@tunnel-console/shared/access'
import type { AuditPage } from '@tunnel-console/shared/api'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { AppEnv } from '../src/http/env.ts'
import { createRequires, publicRoute, undeclaredRoutes } from '../src/http/requires.ts'
import { call, idOf, pathFor, type RouteRow, routeTable, stranger } from './security-world.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const callers = [...roles, 'nobody'] as const
type Caller = (typeof callers)[number]

/** What a caller must get: the guard's own refusal, or anything that only comes after it. */
function expectedOf({ who }: RouteRow, caller: Caller): 'passes' | 401 | 403 {
  if (who === 'public') return 'passes'
  if (caller === 'nobody') return 401
  if (who === 'signed-in') return 'passes'
  return who.includes(caller) ? 'passes' : 403
}

const matrix = routeTable.flatMap((row) =>
  callers.map((caller) => [caller, `${row.method} ${row.path}`, expectedOf(row, caller), row] as const),
)

test.each(matrix)('S44 %s, %s: %s', async (caller, _route, expected, row) => {
  const world = await startWorld()
  const person = caller === 'nobody' ? stranger(world) : await world.as(caller)
  const answer = await call(person, row, pathFor(row.path, idOf(world), 'sandbox-operator'))
  const { code } = (await answer.clone().json()) as { code?: string }
  const refusals = {
    passes: [undefined, 'conflict', 'sign-in-failed', 'gone', row.code],
    401: ['unauthenticated'],
    403: ['forbidden'],
  }
  expect(refusals[expected]).toContain(code)
  const asked = world.sandbox.ledger.length
  expect(expected === 'passes' || asked === 0).toBe(true)
})

const methods = ['HEAD', 'PATCH', 'OPTIONS', 'GET', 'POST', 'PUT', 'DELETE', 'PROPFIND', 'QUERY']
/** Whether a route of the table answers, by its own path or by one with parameters. */
const isKnown = (method: string, path: string) =>
  routeTable.some((row) => row.method === method && new RegExp(`^${row.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
const paths = [...new Set(routeTable.map(({ path }) => path))]
const others = paths.flatMap((path) =>
  methods.filter((method) => !isKnown(method, path) && method !== 'HEAD').map((method) => [method, path] as const),
)

test('S44 no other method does anything, whoever asks', async () => {
  const world = await startWorld()
  const people = [stranger(world), ...(await Promise.all(roles.map((role) => world.as(role))))]
  for (const [method, path] of others) {
    const answers = await Promise.all(people.map((person) => person.send(method, pathFor(path, idOf(world)))))
    expect(
      answers.map(({ status }) => status),
      `${method} ${path}`,
    ).toEqual([404, 404, 404, 404])
  }
  expect(others.length).toBeGreaterThan(80)
  expect(world.sandbox.ledger).toEqual([])
})

test('S44 HEAD is GET without a body, and just as guarded', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  const id = idOf(world)
  const head = (path: string) => support.send('HEAD', path)
  const answers = [await head('/api/audit'), await head(`/api/tunnels/${id}/routes`), await head(`/api/tunnels/${id}`)]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 200])
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', ''])
})

const requires = createRequires({
  auth: { sessionOf: async () => null, acted: async () => undefined },
  refusals: { record: async () => undefined, flush: async () => undefined },
  administrators: async () => [],
  screenOf: async () => null,
})

test('S44 a route that does not say first who may call it is found, and stops the start', () => {
  const app = new Hono<AppEnv>()
    .use('/api/*', (_c, next) => next())
    .get('/public', publicRoute, (c) => c.text('x'))
    .get('/guarded', requires('audit.read'), (c) => c.text('x'))
    .get('/forgotten', (c) => c.text('x'))
    .post('/guarded', (c) => c.text('x'))
    .all('/everything', (c) => c.text('x'))
    .get('/too-late', (c) => c.text('x'), requires('audit.read'))
    .route(
      '/below',
      new Hono<AppEnv>().delete('/:id', (c) => c.text('x')),
    )
  expect(undeclaredRoutes(app.routes)).toEqual([
    'GET /forgotten',
    'POST /guarded',
    'ALL /everything',
    'GET /too-late',
    'DELETE /below/:id',
  ])
})

const supportWrites: [method: string, path: string, body: unknown, action: string][] = [
  ['POST', '/api/tunnels', newTunnel, 'tunnel.create'],
  ['PUT', '/api/tunnels/:id', { description: 'x' }, 'tunnel.update'],
  ['DELETE', '/api/tunnels/:id', undefined, 'tunnel.delete'],
  ['POST', '/api/tunnels/:id/psk_generate', undefined, 'psk.generate'],
  ['POST', '/api/tunnels/psk', { tunnels: [{ id: 'a'.repeat(32) }] }, 'psk.set'],
  ['POST', '/api/handoffs', { tunnelId: 'a'.repeat(32), ciphertext: 'c'.repeat(60), hours: 24 }, 'handoff.create'],
  ['DELETE', '/api/handoffs/:handoffId', undefined, 'handoff.revoke'],
  ['PUT', '/api/tunnels', { tunnels: [] }, 'tunnel.update'],
  ['POST', '/api/walls', { name: 'Hall' }, 'wall.create'],
]

test.each(supportWrites)('S46 support is refused %s %s, dry runs included, and it is recorded', async (...row) => {
  const [method, path, body, action] = row
  const world = await startWorld()
  const [support, admin] = [await world.as('support'), await world.as('admin')]
  const url = pathFor(path, idOf(world))
  const headers = { 'if-match': `"${'v'.repeat(43)}"`, 'idempotency-key': 'one-and-the-same' }
  const before = world.sandbox.state()
  for (const query of ['', '?validate_only=true', '?validate_only=false', '?validate_only=x']) {
    expect((await support.send(method, url + query, body, headers)).status).toBe(403)
  }
  expect((await support.send(method, url, { hostile: true }, headers)).status).toBe(403)
  expect(world.sandbox.ledger).toEqual([])
  expect(world.sandbox.state()).toEqual(before)

  await world.services.owner.refusals.flush({ isStopping: true })
  const { entries } = (await (await admin.get(`/api/audit?action=${action}`)).json()) as AuditPage
  const denied = { outcome: 'denied', actor: { role: 'support' } }
  expect(entries).toMatchObject([
    { ...denied, validateOnly: true, times: 1 },
    { ...denied, validateOnly: false, times: 4 },
  ])
})

test('S46 an operator may not delete, and nothing is asked of Cloudflare', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const url = `/api/tunnels/${idOf(world)}?validate_only=true`
  expect((await operator.send('DELETE', url, undefined, { 'if-match': `"${'v'.repeat(43)}"` })).status).toBe(403)
  expect((await operator.send('POST', '/api/sandbox/reset')).status).toBe(403)
  expect(writes(world.sandbox)).toEqual([])
  expect(world.sandbox.ledger).toEqual([])
})
