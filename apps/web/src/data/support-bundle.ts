import type { QueryClient } from '@tanstack/react-query'
import { can, type Role } from '@tunnel-console/shared/access'
import { endpoints } from '@tunnel-console/shared/contract'
import type { BundleFacts } from '@tunnel-console/shared/support-bundle'
import { request } from '../lib/api.ts'
import { sessionQuery } from './session.ts'

const dayMs = 86_400_000

/**
 * Reads what a support bundle is made of, anew. Throws only when the tunnel itself cannot be read; each other part is `null`
 * then, or where the role may not see it.
 */
export async function readBundle(client: QueryClient, id: string, now: Date): Promise<BundleFacts> {
  const { account, user } = await client.ensureQueryData(sessionQuery())
  const since = (days: number) => ({
    from: new Date(now.getTime() - days * dayMs).toISOString(),
    to: now.toISOString(),
  })
  const past = (days: number) => orNull(request(endpoints.tunnelHistory, { params: { id }, query: since(days) }))
  const [{ tunnel }, standing, day, week, routes, page] = await Promise.all([
    request(endpoints.tunnel, { params: { id } }),
    orNull(request(endpoints.tunnelStatus, { params: { id } })),
    past(1),
    past(7),
    allowed(user.role, 'tunnel.read', () => request(endpoints.tunnelRoutes, { params: { id } })),
    allowed(user.role, 'audit.read', () => request(endpoints.audit, { query: { target: id, limit: '20' } })),
  ])
  const pasts = [
    { words: 'Last 24 hours', history: day },
    { words: 'Last 7 days', history: week },
  ]
  const at = now.toISOString()
  return { account, tunnel, standing, pasts, routes: routes?.routes ?? null, entries: page?.entries ?? null, at }
}

const orNull = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null)

function allowed<T>(role: Role, permission: Parameters<typeof can>[1], read: () => Promise<T>): Promise<T | null> {
  return can(role, permission) ? orNull(read()) : Promise.resolve(null)
}
