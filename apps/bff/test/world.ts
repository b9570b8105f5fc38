import { createSandbox, type Sandbox, type SandboxOptions } from '@tunnel-console/cloudflare-sandbox'
import type { Role } from '@tunnel-console/shared/access'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { createApp } from '../src/app.ts'
import type { Deps, LogEntry } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { createServices } from '../src/services.ts'

export const accountId = 'acc0acc0acc0acc0acc0acc0acc0acc0'
export const apiToken = 'canary-api-token-7f3a91c2'
export const publicUrl = 'https://tunnels.example.com'

/** What our own pages send with every unsafe request. */
export const ours = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin' }

export interface World {
  sandbox: Sandbox
  deps: Deps
  app: ReturnType<typeof createApp>
  services: ReturnType<typeof createServices>
  logs: LogEntry[]
  /** A person of this role, signed in: sends what our pages would send. */
  as(role: Role): Promise<Person>
  /** A request as it is, without session or our headers. */
  send(path: string, init?: RequestInit): Promise<Response>
}

export interface Person {
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

/** A whole console of its own: real app, real SQLite in memory, real sessions, over a sandbox with faults. */
export async function startWorld({
  sandbox: sandboxOptions,
  deps: changed,
}: {
  sandbox?: Partial<SandboxOptions>
  deps?: Partial<Deps>
} = {}): Promise<World> {
  const { db, close } = await openDatabase(':memory:')
  onTestFinished(close)
  const sandbox = createSandbox({ accountId, token: apiToken, ...sandboxOptions })
  const logs: LogEntry[] = []
  const deps: Deps = {
    mode: 'sandbox',
    sandbox,
    db,
    upstream: {
      baseUrl: 'https://api.cloudflare.com/client/v4',
      accountId,
      writeToken: new Secret(apiToken),
      readToken: new Secret(apiToken),
      fetch: (input, init) => sandbox.fetch(input, init),
    },
    publicUrl,
    authSecret: new Secret('a'.repeat(43)),
    pollSeconds: 5,
    now: () => new Date(),
    monotonic: () => performance.now(),
    // A hundred times faster than people wait.
    pause: (ms) => new Promise((wake) => setTimeout(wake, ms / 100)),
    log: (entry) => logs.push(entry),
    clientAddress: () => '192.0.2.7',
    background: () => undefined,
    ...changed,
  }
  const services = createServices(deps)
  const app = createApp(deps, services)
  const send = async (path: string, init?: RequestInit) => app.request(new Request(new URL(path, publicUrl), init))
  return { sandbox, deps, app, services, logs, send, as: (role) => signIn(send, role) }
}

/** Signs a person of the sandbox in. */
export async function signIn(send: World['send'], role: Role): Promise<Person> {
  const json = { 'content-type': 'application/json' }
  const answer = await send('/api/sandbox/sign-in', {
    method: 'POST',
    headers: { ...ours, ...json },
    body: JSON.stringify({ role }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    cookie,
    get: (path, headers) => send(path, { headers: { cookie, ...headers } }),
    send: (method, path, body, headers) =>
      send(path, {
        method,
        headers: { cookie, ...ours, ...(body !== undefined && json), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

/** A tunnel that fits beside the seed. */
export const newTunnel = {
  name: 'zurich-a',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.200',
  interface_address: '10.99.0.0/31',
}

/** The writes that reached Cloudflare, in order. */
export function writes(sandbox: Sandbox) {
  return sandbox.ledger.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/graphql'))
}
