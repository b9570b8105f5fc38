import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type QueryOf } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { requestFile } from '../lib/request-file.ts'
import { timesInUtc } from '../lib/times-in-utc.ts'
import type { AuditFilter } from './audit-filter.ts'

/** Pages of the log, newest first. Older ones follow when asked for. */
export const auditQuery = (filter: AuditFilter) => {
  const asked = withMoments(filter)
  return infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam, signal }) =>
      request(endpoints.audit, { query: { ...asked, ...(pageParam !== null && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchOnWindowFocus: 'always',
  })
}

/** A day of the server is one in UTC. Elsewhere it begins and ends at other moments, which the server takes as well. */
function withMoments(filter: AuditFilter): AuditFilter {
  if (timesInUtc.get()) return filter
  const { from, to, ...rest } = filter
  return { ...rest, ...(from && { from: midnight(from, 0) }), ...(to && { to: midnight(to, 1) }) }
}

/** Local midnight at the start of a day, or so many days later: not always 24 hours. */
function midnight(date: string, daysLater: number): string {
  const at = new Date(`${date}T00:00:00`)
  at.setDate(at.getDate() + daysLater)
  return at.toISOString()
}

export const auditActorsQuery = () =>
  queryOptions({
    queryKey: ['audit', 'actors'],
    queryFn: async ({ signal }) => (await request(endpoints.auditActors, { signal })).actors,
    staleTime: 60_000,
  })

/** Tunnels that were deleted, by id, with the name that they had last: they still have a history. */
export const deletedTunnelsQuery = () =>
  queryOptions({
    queryKey: ['audit', 'deleted'],
    queryFn: async ({ signal }) => {
      const deletions = ['tunnel.delete', 'tunnel.deletedOutside'].map((action) =>
        request(endpoints.audit, { query: { action, outcome: 'applied', limit: '200' }, signal }),
      )
      const entries = (await Promise.all(deletions)).flatMap((page) => page.entries)
      const gone = entries.flatMap(({ target }) => (target?.id ? [[target.id, target.name] as const] : []))
      return Object.fromEntries(gone.toReversed())
    },
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

export type ExportFormat = QueryOf<(typeof endpoints)['auditExport']>['format']

/**
 * Every entry that the filter lets through, as a file. Fetched and not linked to: the BFF refuses every request for its API
 * that is a navigation, whatever page it comes from.
 */
export const exportAudit = (filter: AuditFilter, format: ExportFormat) =>
  requestFile(endpoints.auditExport, { query: { ...withMoments(filter), format } })
