import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { UserEntry } from '@tunnel-console/shared/api'
import { endpoints, type InputOf, type NewPerson } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { sessionQuery } from './session.ts'

export type UserChange = InputOf<(typeof endpoints)['updateUser']>

/** Everybody who can come in, or was invited. Read again every 15 s while somebody looks. */
export const usersQuery = () =>
  queryOptions({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await request(endpoints.users, { signal })).users,
    staleTime: 10_000,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

/** A link that lets its holder in once. Only its caller holds it: no cache may ever see it, as with a key (S19). */
export interface SecretLink {
  url: string
}

/** Invites somebody. Throws `invalid` with the field, also for an address that somebody has already. */
export async function inviteUser(person: NewPerson): Promise<SecretLink> {
  const { inviteUrl } = await request(endpoints.inviteUser, { body: person, cache: 'no-store' })
  return { url: inviteUrl }
}

/** Makes a link with which the person sets a password: a new one, or the first. Links made before stop working. */
export async function resetUser(userId: string): Promise<SecretLink> {
  const { resetUrl } = await request(endpoints.resetUser, { params: { userId }, cache: 'no-store' })
  return { url: resetUrl }
}

/** Gives another role, disables or enables. Throws `last-administrator`. */
export const updateUser = async (userId: string, change: UserChange): Promise<UserEntry> =>
  (await request(endpoints.updateUser, { params: { userId }, body: change })).user

export const endUserSessions = (userId: string) => request(endpoints.endUserSessions, { params: { userId } })

/** After a change of people. One's own role may be among what changed. */
export function refreshUsers(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: usersQuery().queryKey })
  void client.invalidateQueries({ queryKey: sessionQuery().queryKey })
}
