import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type AuditOutcome, auditOutcomes } from '@tunnel-console/shared/audit'
import { endpoints } from '@tunnel-console/shared/contract'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { request } from '../lib/api.ts'

/** The filters of the log, all of them the server's. They live in the URL. */
export interface AuditFilter {
  actor?: string
  action?: string
  /** A tunnel id. */
  target?: string
  outcome?: AuditOutcome
}

/** Reads a URL leniently: what the server would refuse is left out. */
export function auditFilterOf(search: Record<string, unknown>): AuditFilter {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 255) : undefined)
  const { actor, action, target, outcome } = search
  const filter: AuditFilter = {
    actor: text(actor),
    action: text(action),
    target: isTunnelId(target) ? target : undefined,
    outcome: auditOutcomes.find((known) => known === outcome),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** Pages of the log, newest first. Older ones follow when asked for. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      request(endpoints.audit, { query: { ...filter, ...(pageParam !== null && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchOnWindowFocus: 'always',
  })

export const auditActorsQuery = () =>
  queryOptions({
    queryKey: ['audit', 'actors'],
    queryFn: async ({ signal }) => (await request(endpoints.auditActors, { signal })).actors,
    staleTime: 60_000,
  })

/** The last entries of a tunnel: enough to look past dry runs and refusals. */
export const lastEntriesQuery = (target: string) =>
  queryOptions({
    queryKey: ['audit', 'last', target],
    queryFn: ({ signal }) => request(endpoints.audit, { query: { target, limit: '20' }, signal }),
    staleTime: 0,
    retry: false,
  })
