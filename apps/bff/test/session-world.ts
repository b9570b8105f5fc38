import { openDatabase } from '../node/sqlite.ts'
import { createApp } from '../src/app.ts'
import type { Deps, LogEntry, Passwords } from '../src/deps.ts'
import { Secret } from '../src/secret.ts'
import { createServices } from '../src/services.ts'
import { createUser } from '../src/session/users.ts'

export const ada = { email: 'ada@example.com', name: 'Ada', password: 'a long enough password' }
export const adminId = '00112233445566778899aabbccddeeff'

interface Settings {
  mode?: Deps['mode']
  publicUrl?: string
  file?: string
  passwords?: Passwords
}

/** The session routes over a real database and the real better-auth, with a clock to turn and an address to come from. */
export async function startSessions({
  mode = 'live',
  publicUrl = 'http://localhost:8787',
  file,
  passwords,
}: Settings = {}) {
  const { db, close } = await openDatabase(file ?? ':memory:')
  const logged: LogEntry[] = []
  const world = { now: new Date(), address: '192.0.2.1' as string | undefined }
  const token = new Secret('not used')
  const deps: Deps = {
    mode,
    db,
    upstream: {
      baseUrl: 'https://api.cloudflare.com/client/v4',
      accountId: adminId,
      writeToken: token,
      readToken: token,
      fetch: () => Promise.reject(new Error('not here')),
    },
    ...(passwords && { passwords }),
    ...(mode === 'sandbox' && { sandbox: { reset: () => undefined } }),
    publicUrl,
    authSecret: new Secret('0123456789abcdefghijklmnopqrstuvwxyzABCDEFG'),
    pollSeconds: 5,
    now: () => world.now,
    monotonic: () => performance.now(),
    pause: async () => undefined,
    log: (entry) => logged.push(entry),
    clientAddress: () => world.address,
    background: () => undefined,
  }
  const services = createServices(deps)
  const {
    auth,
    owner: { audit },
  } = services
  const app = createApp(deps, services)

  const get = (path: string, cookie?: string) =>
    app.request(`${publicUrl}/api${path}`, { headers: cookie === undefined ? {} : { cookie } })

  const send = (method: string, path: string, json: unknown, headers: Record<string, string> = {}) =>
    app.request(`${publicUrl}/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-tunnel-console': '1',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
  const post = (path: string, json: unknown, headers: Record<string, string> = {}) => send('POST', path, json, headers)

  return {
    deps,
    auth,
    audit,
    world,
    logged,
    close,
    services,
    get,
    send,
    post,
    signIn: (email = ada.email, password = ada.password, headers = {}) =>
      post('/auth/sign-in/email', { email, password }, headers),
    addAda: async () =>
      createUser(deps, { ...ada, role: 'admin', passwordHash: await auth.hashPassword(ada.password) }),
    auditLines: async () => (await audit.list({ limit: 100 })).entries,
  }
}

/** What the browser would send back. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** The token in a cookie, without its signature. */
export function tokenOf(cookie: string): string {
  return decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] ?? ''
}
