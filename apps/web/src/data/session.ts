import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { Permission } from '@tunnel-console/shared/access'
import type { SessionAnswer } from '@tunnel-console/shared/api'
import { endpoints } from '@tunnel-console/shared/contract'
import { ProblemError } from '@tunnel-console/shared/problem'
import { request } from '../lib/api.ts'
import { roleNames } from '../lib/role-words.ts'
import { signedOut } from '../lib/signed-out.ts'

const sessionKey = ['session'] as const

/** Who is signed in. Read again every 15 s, so that a new role shows soon after it acts (H10). */
export const sessionQuery = () =>
  queryOptions({
    queryKey: sessionKey,
    queryFn: async ({ client, signal }) => {
      const answer = await request(endpoints.session, { signal })
      return withLaterEnd(answer, client.getQueryData<SessionAnswer>(sessionKey))
    },
    staleTime: 15_000,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: 15_000,
  })

/** An answer that was under way while somebody stayed must not bring the former end back. */
function withLaterEnd(answer: SessionAnswer, known: SessionAnswer | undefined): SessionAnswer {
  const isNewer = known?.user.id === answer.user.id && known.expiresAt === answer.expiresAt
  return isNewer && known.idleEndsAt > answer.idleEndsAt ? { ...answer, idleEndsAt: known.idleEndsAt } : answer
}

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

/** Thrown by the guard of a page: which permission it needs. */
export class NeedsPermission extends ProblemError {
  readonly permission: Permission

  constructor(permission: Permission, detail: string) {
    super(ProblemError.of('forbidden', { detail }).problem)
    this.permission = permission
  }
}

export interface Guarded {
  context: { session: SessionAnswer }
  /** `stay`: the person is on the page already, or was refused there. */
  cause: 'preload' | 'enter' | 'stay'
}

/** Which guards let this person pass once. Another person's page starts anew. */
const passed = new Set<Permission>()

/**
 * For `beforeLoad` of a page that not everybody may see: `beforeLoad: requires('audit.read')`. Whoever is on the page already
 * is not thrown out when their role changes: what they have typed there would go with it (H10).
 */
export function requires(permission: Permission) {
  return ({ context, cause }: Guarded) => {
    const { user, permissions } = context.session
    if (permissions.includes(permission)) passed.add(permission)
    else if (cause !== 'stay' || !passed.has(permission)) {
      throw new NeedsPermission(permission, `You are signed in as ${roleNames[user.role]}.`)
    }
  }
}
