import type { Random } from '../random.ts'
import { createPerson, type Person } from './person.ts'

export interface Credentials {
  email: string
  password: string
}

/** People who work at once: the first administrator, and those whom that one invites. Everybody is signed in. */
export async function gatherPeople(url: string, first: Credentials, count: number, random: Random) {
  const admin = createPerson(url, first)
  await admin.signIn()
  const people = [admin]
  const secrets = [first.password]
  while (people.length < count) {
    const credentials = { email: `person-${people.length + 1}@example.com`, password: `pass-${random.text(20)}` }
    const token = await invite(admin, credentials)
    const person = createPerson(url, credentials)
    await person.signIn()
    people.push(person)
    secrets.push(credentials.password, token)
  }
  return { people, secrets }
}

/** Gives the token of the link, which has been used by then. Throws when the console will not have it so. */
async function invite(admin: Person, { email, password }: Credentials): Promise<string> {
  const body = { email, name: email, role: 'admin' }
  const invited = await admin.request('/api/users', { method: 'POST', body })
  const link = invited?.json?.['inviteUrl']
  const token = typeof link === 'string' ? new URL(link).searchParams.get('token') : null
  if (token === null) throw new Error(`Nobody can be invited: ${invited?.status} ${invited?.text}`)
  const used = await admin.request('/api/invite', { method: 'POST', body: { token, password } })
  if (!used || used.status >= 300) throw new Error(`The invitation does not work: ${used?.status} ${used?.text}`)
  return token
}
