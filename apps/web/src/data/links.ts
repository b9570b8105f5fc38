import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { ProblemError } from '@tunnel-console/shared/problem'
import { request } from '../lib/api.ts'
import { oneLook } from './one-look.ts'
import { welcome } from './sign-in.ts'

/** What these say of a link is the same, and for good: it opens nothing. */
const deadEnds: readonly string[] = ['gone', 'not-found', 'invalid']

export const isDeadEnd = (error: ProblemError | null): boolean =>
  error !== null && deadEnds.includes(error.problem.code)

/**
 * What the link is good for, without using it up. The token stays out of the key, which caches show. Of a link that opens
 * nothing it is not asked again, whoever comes back to the page.
 */
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link'],
    queryFn: ({ signal }) => request(endpoints.lookAtLink, { body: { token }, signal }),
    ...oneLook,
    enabled: ({ state }) => !isDeadEnd(state.error),
  })

/** Uses the link up: sets the password. Throws `gone` once it was used or is too old, `invalid` for a password. */
export const setPassword = (token: string, password: string) =>
  request(endpoints.useLink, { body: { token, password } })

export async function signInWith(client: QueryClient, email: string, password: string): Promise<void> {
  await request(endpoints.signIn, { body: { email, password } })
  await welcome(client)
}
