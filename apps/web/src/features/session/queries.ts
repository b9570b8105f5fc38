import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Role } from '@tunnel-console/shared/access'
import { call, signedOut } from '../../lib/api.ts'
import { queryClient } from '../../lib/query-client.ts'
import { sessionQuery } from '../../lib/session.ts'
import { keepPreferences } from '../../lib/theme.ts'

export interface SignInOptions {
  mode: 'sandbox' | 'live'
  setupNeeded: boolean
}

export const signInOptionsQuery = () =>
  queryOptions({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) => call<SignInOptions>('/api/sign-in-options', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export interface Credentials {
  email: string
  password: string
}

export interface FirstAdministrator extends Credentials {
  token: string
  name: string
}

export const signIn = () =>
  mutationOptions({
    mutationFn: (body: Credentials) => call('/api/auth/sign-in/email', { body }),
    onSuccess: (_answer, _input, _result, { client }) => welcome(client),
  })

export const signInSandbox = () =>
  mutationOptions({
    mutationFn: (role: Role) => call('/api/sandbox/sign-in', { body: { role } }),
    onSuccess: (_answer, _input, _result, { client }) => welcome(client),
  })

export const setUp = () =>
  mutationOptions({
    mutationFn: async ({ email, password, ...rest }: FirstAdministrator) => {
      await call('/api/setup', { body: { ...rest, email, password } })
      await call('/api/auth/sign-in/email', { body: { email, password } })
    },
    onSuccess: (_answer, _input, _result, { client }) => welcome(client),
  })

export const signOut = () =>
  mutationOptions({
    mutationFn: () => call('/api/auth/sign-out', { method: 'POST' }),
    onSuccess: () => {
      tabs.postMessage('signed-out')
      keepPreferences()
      leave()
    },
  })

/** Other tabs hear of a sign-in and a sign-out (S31). */
const tabs = new BroadcastChannel('tunnel-console-session')

/**
 * Starts anew at the sign-in page, so that nothing of the former person stays in memory. The cache is emptied as the
 * page goes, not before, or its components would fail in their last moment; a page kept for "Back" loads anew.
 */
export function leave(): void {
  addEventListener('pagehide', () => queryClient.clear())
  addEventListener('pageshow', (event) => event.persisted && location.reload())
  location.replace('/sign-in')
}

export function followOtherTabs(): void {
  tabs.addEventListener('message', ({ data }) => {
    if (data === 'signed-out') {
      // Hides what is on the screen at once, should the person choose to stay because of typed values.
      signedOut.set(true)
      leave()
    }
    if (data === 'signed-in' && queryClient.getQueryData(sessionQuery().queryKey)) void welcome(queryClient, false)
  })
}

/**
 * After a sign-in: the page goes on as it was for the same person, and starts anew for another one, who must not
 * see what was read or typed by the first.
 */
async function welcome(client: QueryClient, tellsOthers = true): Promise<void> {
  const before = client.getQueryData(sessionQuery().queryKey)
  const after = await client.fetchQuery({ ...sessionQuery(), staleTime: 0 })
  if (tellsOthers) tabs.postMessage('signed-in')
  if (before && (before.user.id !== after.user.id || before.user.role !== after.user.role)) {
    location.reload()
    return
  }
  signedOut.set(false)
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
}
