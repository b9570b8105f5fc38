import { applyD1Migrations, type D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import { drizzle } from 'drizzle-orm/d1'
import { createApp } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { Secret } from '../../src/secret.ts'
import { createServices } from '../../src/services.ts'
import * as schema from '../../src/storage/schema.ts'

export const bindings = env as unknown as { DB: D1Database; TEST_MIGRATIONS: D1Migration[] }
export const publicUrl = 'https://tunnels.example.com'
const accountId = 'acc0acc0acc0acc0acc0acc0acc0acc0'
export const ours = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

export const migrate = () => applyD1Migrations(bindings.DB, bindings.TEST_MIGRATIONS)

/** The app on D1, over a sandbox of its own. */
export function startApp() {
  const sandbox = createSandbox({ accountId, token: 'worker-token' })
  const token = new Secret('worker-token')
  const deps: Deps = {
    mode: 'sandbox',
    sandbox,
    db: drizzle(bindings.DB, { schema }) as unknown as Deps['db'],
    upstream: {
      baseUrl: 'https://api.cloudflare.com/client/v4',
      accountId,
      writeToken: token,
      readToken: token,
      fetch: (input, init) => sandbox.fetch(input, init),
    },
    publicUrl,
    authSecret: new Secret('w'.repeat(43)),
    pollSeconds: 5,
    now: () => new Date(),
    monotonic: () => performance.now(),
    // A hundred times faster than people wait.
    pause: (ms) => new Promise((wake) => setTimeout(wake, ms / 100)),
    log: () => undefined,
    clientAddress: () => '192.0.2.1',
    background: () => undefined,
  }
  const services = createServices(deps)
  const app = createApp(deps, services)
  const send = (path: string, init?: RequestInit) =>
    Promise.resolve(app.fetch(new Request(new URL(path, publicUrl), init)))
  return { sandbox, send, deps, services }
}

export async function signIn(send: ReturnType<typeof startApp>['send'], role: string): Promise<string> {
  const body = JSON.stringify({ role })
  const answer = await send('/api/sandbox/sign-in', { method: 'POST', headers: ours, body })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}
