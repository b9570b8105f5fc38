import type { Role } from '@tunnel-console/shared/access'
import type { UserEntry } from '@tunnel-console/shared/api'
import { onTestFinished } from 'vitest'
import { quickPasswords } from './quick-passwords.ts'
import { ada, cookieOf, startSessions } from './session-world.ts'

export const goodPassword = 'seven green llamas on a train'

export interface Signed {
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Response>
}

/** A console in live mode with Ada, its administrator, signed in. */
export async function startPeople(settings: Parameters<typeof startSessions>[0] = {}) {
  const world = await startSessions({ passwords: quickPasswords, ...settings })
  onTestFinished(world.close)
  const { id: adaId } = await world.addAda()

  const withCookie = (cookie: string): Signed => ({
    cookie,
    get: async (path, headers) => world.send('GET', path, undefined, { cookie, ...headers }),
    send: async (method, path, json, headers) => world.send(method, path, json, { cookie, ...headers }),
  })
  const signedIn = async (email: string, password: string, headers = {}) =>
    withCookie(cookieOf(await world.signIn(email, password, headers)))
  const admin = await signedIn(ada.email, ada.password)

  /** Invites somebody and gives their id and the token of their link. */
  async function invite(name: string, role: Role, by = admin) {
    const person = { email: `${name.toLowerCase()}@example.com`, name, role }
    const answer = (await (await by.send('POST', '/users', person)).json()) as { user: UserEntry; inviteUrl: string }
    return { ...person, id: answer.user.id, token: tokenIn(answer.inviteUrl), answer }
  }
  /** Invites somebody, who sets a password and signs in. */
  async function join(name: string, role: Role, password = goodPassword) {
    const invited = await invite(name, role)
    await world.post('/invite', { token: invited.token, password })
    return { ...invited, ...(await signedIn(invited.email, password)) }
  }
  const users = async () => ((await (await admin.get('/users')).json()) as { users: UserEntry[] }).users

  return { ...world, adaId, admin, withCookie, signedIn, invite, join, users }
}

/** The token in a one-time link. */
export function tokenIn(link: string): string {
  return new URL(link).searchParams.get('token') ?? ''
}
