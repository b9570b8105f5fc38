import type { Role } from '@tunnel-console/shared/access'
import type { Person, World } from './world.ts'

/** A seeded tunnel with BGP and an MD5 key. */
export const seeded = 'fra-dc1-a'

export function idOf(world: World, name = seeded): string {
  const found = world.sandbox.state().tunnels.find((tunnel) => tunnel.name === name)
  if (!found) throw new Error(`The seed has no tunnel ${name}`)
  return found.id
}

/** The version of a tunnel, quoted as `If-Match` wants it. */
export async function etagOf(person: Person, id: string): Promise<string> {
  return (await person.get(`/api/tunnels/${id}`)).headers.get('etag') ?? ''
}

export interface RouteRow {
  method: string
  path: string
  /** Who may call it; `public` needs no session, `signed-in` any. */
  who: 'public' | 'signed-in' | readonly Role[]
  /** A body with which the route would do its work. */
  body?: unknown
  needsVersion?: boolean
  /** The problem that it tells those who may call it so. */
  code?: string
}

const nobody = '00000000-0000-4000-8000-000000000000'
const everyone: readonly Role[] = ['support', 'operator', 'admin']
const writers: readonly Role[] = ['operator', 'admin']

/** Every route of the API, written out on purpose: a new one fails the tests until somebody says who may call it. */
export const routeTable: readonly RouteRow[] = [
  { method: 'GET', path: '/api/sign-in-options', who: 'public' },
  { method: 'POST', path: '/api/auth/sign-in/email', who: 'public', body: { email: 'a@example.com', password: 'x' } },
  { method: 'POST', path: '/api/auth/sign-out', who: 'public' },
  { method: 'POST', path: '/api/sandbox/sign-in', who: 'public', body: { role: 'support' } },
  {
    method: 'POST',
    path: '/api/setup',
    who: 'public',
    body: { token: 'x', name: 'Ada', email: 'ada@example.com', password: 'a long enough password' },
  },
  { method: 'GET', path: '/api/session', who: 'signed-in' },
  { method: 'POST', path: '/api/session/activity', who: 'signed-in' },
  {
    method: 'POST',
    path: '/api/session/password',
    who: 'signed-in',
    body: { current: 'x', password: 'a long enough password' },
    code: 'invalid',
  },
  { method: 'GET', path: '/api/session/sessions', who: 'signed-in' },
  { method: 'DELETE', path: '/api/session/sessions/:sessionId', who: 'signed-in', code: 'not-found' },
  { method: 'GET', path: '/api/users', who: ['admin'] },
  {
    method: 'POST',
    path: '/api/users',
    who: ['admin'],
    body: { email: 'eve@example.com', name: 'Eve', role: 'support' },
  },
  { method: 'PATCH', path: '/api/users/:userId', who: ['admin'], body: { disabled: false } },
  { method: 'DELETE', path: '/api/users/:userId/sessions', who: ['admin'] },
  { method: 'POST', path: '/api/users/:userId/reset', who: ['admin'], code: 'invalid' },
  { method: 'POST', path: '/api/invite/look', who: 'public', body: { token: 'x' } },
  { method: 'POST', path: '/api/invite', who: 'public', body: { token: 'x', password: 'a long enough password' } },
  { method: 'GET', path: '/api/tunnels', who: everyone },
  {
    method: 'POST',
    path: '/api/tunnels',
    who: writers,
    body: { name: 'oslo-a', cloudflare_endpoint: '162.159.135.10', interface_address: '10.99.1.0/31' },
  },
  {
    method: 'PUT',
    path: '/api/tunnels',
    who: ['admin'],
    body: { tunnels: [{ id: 'a'.repeat(32), version: 'v'.repeat(43), description: 'changed' }] },
  },
  { method: 'GET', path: '/api/jobs', who: writers },
  {
    method: 'POST',
    path: '/api/jobs',
    who: ['admin'],
    body: { kind: 'delete', tunnels: [{ id: 'a'.repeat(32), version: 'v'.repeat(43) }] },
    code: 'invalid',
  },
  {
    method: 'POST',
    path: '/api/plan',
    who: ['admin'],
    body: { tunnels: [{ change: 'delete', id: 'a'.repeat(32) }] },
  },
  { method: 'GET', path: '/api/jobs/:jobId', who: writers, code: 'not-found' },
  {
    method: 'PATCH',
    path: '/api/jobs/:jobId',
    who: ['admin'],
    body: { startsAt: '2099-01-01T00:00:00Z' },
    code: 'not-found',
  },
  { method: 'POST', path: '/api/jobs/:jobId/pause', who: ['admin'], code: 'not-found' },
  { method: 'POST', path: '/api/jobs/:jobId/resume', who: ['admin'], code: 'not-found' },
  { method: 'POST', path: '/api/jobs/:jobId/stop', who: ['admin'], code: 'not-found' },
  { method: 'POST', path: '/api/jobs/:jobId/retry', who: ['admin'], code: 'not-found' },
  { method: 'GET', path: '/api/tunnels/:id', who: everyone },
  {
    method: 'PUT',
    path: '/api/tunnels/:id',
    who: writers,
    body: { description: 'changed' },
    needsVersion: true,
  },
  { method: 'DELETE', path: '/api/tunnels/:id', who: ['admin'], needsVersion: true },
  { method: 'POST', path: '/api/tunnels/:id/psk_generate', who: writers },
  { method: 'POST', path: '/api/tunnels/psk', who: ['admin'], body: { tunnels: [{ id: 'a'.repeat(32) }] } },
  { method: 'GET', path: '/api/tunnels/:id/routes', who: writers },
  { method: 'GET', path: '/api/tunnels/:id/versions', who: writers },
  { method: 'GET', path: '/api/tunnels/:id/status', who: everyone },
  { method: 'GET', path: '/api/tunnels/:id/history', who: everyone },
  { method: 'GET', path: '/api/undos', who: writers },
  { method: 'POST', path: '/api/undos/:group/keep', who: writers, code: 'not-found' },
  { method: 'POST', path: '/api/undos/:group/undo', who: writers, code: 'not-found' },
  { method: 'POST', path: '/api/changes/outcome', who: writers, body: { key: 'never-used' } },
  { method: 'GET', path: '/api/handoffs', who: writers },
  {
    method: 'POST',
    path: '/api/handoffs',
    who: writers,
    body: { tunnelId: 'a'.repeat(32), ciphertext: 'c'.repeat(60), hours: 24 },
    code: 'not-found',
  },
  { method: 'DELETE', path: '/api/handoffs/:handoffId', who: writers, code: 'not-found' },
  { method: 'POST', path: '/api/handoffs/:handoffId/open', who: 'public' },
  { method: 'GET', path: '/api/audit', who: writers },
  { method: 'GET', path: '/api/audit/actors', who: writers },
  { method: 'GET', path: '/api/audit/export', who: writers },
  { method: 'POST', path: '/api/sandbox/reset', who: ['admin'] },
  { method: 'GET', path: '/api/status', who: everyone },
  { method: 'GET', path: '/api/status/changes', who: everyone },
  { method: 'GET', path: '/api/planned', who: everyone },
  {
    method: 'POST',
    path: '/api/planned',
    who: writers,
    body: { tunnels: ['a'.repeat(32)], text: 'ISP work', until: '2000-01-01T00:00:00Z' },
    code: 'invalid',
  },
  { method: 'DELETE', path: '/api/planned/:workId', who: writers, code: 'not-found' },
  { method: 'GET', path: '/api/wall', who: everyone },
  { method: 'GET', path: '/api/names', who: everyone },
  { method: 'POST', path: '/api/wall/open', who: 'public', body: { link: 'x' } },
  { method: 'GET', path: '/api/walls', who: ['admin'] },
  { method: 'POST', path: '/api/walls', who: ['admin'], body: { name: 'Hall' } },
  { method: 'DELETE', path: '/api/walls/:wallId', who: ['admin'], code: 'not-found' },
  { method: 'GET', path: '/api/webhooks', who: ['admin'] },
  { method: 'POST', path: '/api/webhooks', who: ['admin'], body: { url: 'https://x.example', states: ['down'] } },
  { method: 'PATCH', path: '/api/webhooks/:webhookId', who: ['admin'], body: { isEnabled: false }, code: 'not-found' },
  { method: 'DELETE', path: '/api/webhooks/:webhookId', who: ['admin'], code: 'not-found' },
  { method: 'POST', path: '/api/webhooks/:webhookId/test', who: ['admin'], code: 'not-found' },
  { method: 'GET', path: '/api/settings', who: 'signed-in' },
  { method: 'PATCH', path: '/api/settings', who: ['admin'], body: { secondPerson: 'high-risk' } },
  { method: 'GET', path: '/api/addresses', who: writers },
  { method: 'POST', path: '/api/addresses/holds', who: writers, body: { draftId: nobody } },
  { method: 'DELETE', path: '/api/addresses/holds/:holdId', who: writers, code: 'not-found' },
  { method: 'GET', path: '/api/addresses/routes', who: writers },
  { method: 'GET', path: '/api/connection', who: ['admin'] },
  { method: 'GET', path: '/api/approvals', who: writers },
  {
    method: 'POST',
    path: '/api/approvals',
    who: writers,
    body: { tunnelId: 'a'.repeat(32), version: 'v'.repeat(43), patch: { description: 'changed' } },
    code: 'not-found',
  },
  { method: 'POST', path: '/api/approvals/:approvalId/approve', who: writers, body: {}, code: 'not-found' },
  { method: 'POST', path: '/api/approvals/:approvalId/decline', who: writers, body: { word: 'no' }, code: 'not-found' },
  { method: 'DELETE', path: '/api/approvals/:approvalId', who: writers, code: 'not-found' },
]

const endsSession = ({ path }: RouteRow) => /sign-out$|sandbox\/sign-in$/.test(path)

/** The same routes in an order in which one person can call them all: what ends the session comes last. */
export const walkOrder = [...routeTable.filter((row) => !endsSession(row)), ...routeTable.filter(endsSession)]

/** The routes beside the API. */
export const pageRoutes = ['GET /healthz', 'GET /metrics', 'GET /readyz', 'GET /*']

/** The address of a route with real parameters. The person and the session are nobody's unless one is named. */
export function pathFor(path: string, id: string, userId: string = crypto.randomUUID()): string {
  return path
    .replace(':id', id)
    .replace(':userId', userId)
    .replace(':sessionId', 's'.repeat(32))
    .replace(':handoffId', nobody)
    .replace(':group', nobody)
    .replace(':jobId', nobody)
    .replace(':approvalId', nobody)
    .replace(':holdId', nobody)
    .replace(':wallId', nobody)
    .replace(':webhookId', nobody)
    .replace(':workId', nobody)
}

/** Calls a route as its row says, with a version that cannot be right: enough to tell who may pass. */
export function call(person: Person, row: RouteRow, path: string): Promise<Response> {
  const headers = { ...(row.needsVersion && { 'if-match': `"${'v'.repeat(43)}"` }) }
  return row.method === 'GET' ? person.get(path, headers) : person.send(row.method, path, row.body, headers)
}

/** Somebody who sends what our pages send, but has no session. */
export function stranger(world: World): Person {
  const json = { 'content-type': 'application/json' }
  const ours = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin' }
  return {
    cookie: '',
    get: (path, headers) => world.send(path, { headers: { ...headers } }),
    send: (method, path, body, headers) =>
      world.send(path, {
        method,
        headers: { ...ours, ...(body !== undefined && json), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

/** All that a client can see of an answer. */
export async function seenIn(response: Response): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return `${response.status}\n${headers}\n\n${await response.text()}`
}

/** The forms in which a secret could leak: raw, base64 (any alignment), hex, percent and JSON escapes. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const aligned = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : offset + 1, Math.floor(((bytes.length + offset) * 4) / 3)),
  )
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const forms = [secret, encodeURIComponent(secret), percent, JSON.stringify(secret).slice(1, -1)]
  return [...new Set([...forms, bytes.toString('hex'), bytes.toString('base64url'), ...aligned])]
}

/** The forms of a secret that are in a text, in whatever case. */
export function leaksOf(secret: string, text: string): string[] {
  const low = text.toLowerCase()
  return formsOf(secret).filter((form) => low.includes(form.toLowerCase()))
}
