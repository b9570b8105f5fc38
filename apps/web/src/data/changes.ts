import { queryOptions } from '@tanstack/react-query'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { serverAhead } from '../lib/server-clock.ts'
import { type ChangesSearch, spans } from './changes-search.ts'

export interface ChangesAnswer {
  /** What was looked at. UTC, ISO 8601. */
  from: string
  to: string
  /** Newest first: everything that the log has of this time but dry runs. */
  entries: AuditEntry[]
  /** There are older ones in this time, which were not read. */
  isCut: boolean
}

/** So many pages of the log are read; who wants more of a busy week asks for a shorter time. */
const mostPages = 5

/** Everything that the log has of a time, read anew every 15 s while the time reaches to now. */
export const changesQuery = ({ status: _, ...search }: ChangesSearch) =>
  queryOptions({
    queryKey: ['audit', 'changes', search],
    queryFn: ({ signal }) => readChanges(timeOf(search), signal),
    refetchInterval: search.to === undefined ? 15_000 : false,
    refetchOnWindowFocus: 'always',
  })

/** What an address asks for, by the server's clock. */
export function timeOf({ from, to, last = '24h' }: ChangesSearch): Pick<ChangesAnswer, 'from' | 'to'> {
  const now = Date.now() + serverAhead()
  if (from === undefined) return { from: iso(now - spans[last]), to: iso(now) }
  return { from: iso(Date.parse(`${from}Z`)), to: to === undefined ? iso(now) : iso(Date.parse(`${to}Z`)) }
}

const iso = (ms: number) => new Date(ms).toISOString()

async function readChanges(time: Pick<ChangesAnswer, 'from' | 'to'>, signal: AbortSignal): Promise<ChangesAnswer> {
  const entries: AuditEntry[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const query = { ...time, validate_only: 'false' as const, limit: '200', cursor }
    const answer = await request(endpoints.audit, { query, signal })
    entries.push(...answer.entries)
    if (answer.nextCursor === null) return { ...time, entries, isCut: false }
    cursor = answer.nextCursor
  }
  return { ...time, entries, isCut: true }
}
