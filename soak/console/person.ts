import { type Reply, type Sending, send } from './send.ts'
import { pause } from './until.ts'

/** What a browser on the console's own pages sends along with a write. */
const sameOrigin = { 'x-tunnel-console': '1', 'sec-fetch-site': 'same-origin' }

export type Person = ReturnType<typeof createPerson>

/** Somebody with a browser: one session, and what the console told it. */
export function createPerson(url: string, credentials: { email: string; password: string }) {
  let cookie = ''
  const cookies = new Set<string>()
  /** How often the right password was answered 401. */
  let refusals = 0

  function request(path: string, sending: Sending = {}): Promise<Reply | null> {
    const headers = { ...sending.headers, ...(sending.method && sameOrigin), ...(cookie && { cookie }) }
    return send(`${url}${path}`, { ...sending, headers })
  }

  return {
    request,
    /** A write with its key, and for a change of a tunnel the version that it changes. */
    write(method: string, path: string, write: { key: string; version?: string } & Sending): Promise<Reply | null> {
      const { key, version, ...sending } = write
      const headers = { 'idempotency-key': key, ...(version !== undefined && { 'if-match': `"${version}"` }) }
      return request(path, { ...sending, method, headers })
    },
    ask(key: string): Promise<Reply | null> {
      return request('/api/changes/outcome', { method: 'POST', body: { key } })
    },
    /** Signs in, patiently: a console that has just started may not be ready. Throws when it will not. */
    async signIn(): Promise<void> {
      for (let attempt = 1; attempt <= 6; attempt++) {
        const reply = await request('/api/auth/sign-in/email', { method: 'POST', body: credentials })
        const line = reply?.status === 200 ? reply.headers['set-cookie']?.[0] : undefined
        if (line !== undefined) {
          cookie = line.split(';')[0] ?? ''
          cookies.add(cookie.slice(cookie.indexOf('=') + 1))
          return
        }
        if (reply?.status === 401) refusals++
        await pause(500)
      }
      throw new Error('Signing in does not work')
    },
    /** Every value that the session cookie has had: secrets. */
    cookies,
    refusals: () => refusals,
  }
}
