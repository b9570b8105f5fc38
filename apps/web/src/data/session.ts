import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { Permission } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { request } from '../lib/api.ts'
import { signedOut } from '../lib/signed-out.ts'

/** Who is signed in. Read again each minute, so that a new role shows within one. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => request(endpoints.session, { signal }),
    staleTime: 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: 60_000,
  })

/** The session on a page behind the guard. */
export function useSession(): SessionAnswer {
  const { data } = useQuery(sessionQuery())
  if (!data) throw ProblemError.of('unauthenticated')
  return data
}

/** Whether to show a control at all. The BFF decides; this only mirrors it. */
export function useCan(permission: Permission): boolean {
  return useSession().permissions.includes(permission)
}

/** The guard of every page but two: nobody signed in goes to `/sign-in`, and comes back afterwards. */
export async function ensureSession(client: QueryClient, href: string): Promise<SessionAnswer> {
  try {
    return await client.ensureQueryData(sessionQuery())
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error
    signedOut.set(false)
    throw redirect({ href: href === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(href)}` })
  }
}

/** For `beforeLoad` of a page that not everybody may see: `beforeLoad: requires('audit.read')`. */
export function requires(permission: Permission) {
  return ({ context }: { context: { session: SessionAnswer } }) => {
    if (context.session.permissions.includes(permission)) return
    const detail = `You are signed in as ${context.session.user.role}. Ask an administrator for another role.`
    throw ProblemError.of('forbidden', { detail })
  }
}
