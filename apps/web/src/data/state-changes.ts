import { queryOptions } from '@tanstack/react-query'
import { endpoints, type QueryOf } from '@tunnel-console/shared/contract'
import type { StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import { jsonOf, send } from '../lib/api.ts'
import { timeOf } from './changes.ts'
import type { ChangesSearch } from './changes-search.ts'

export interface StateChangesRead {
  /** The newest first; together they are the time, unless it is cut. */
  pages: readonly Page[]
  /** There are older changes in this time, which were not read. */
  isCut: boolean
}

interface Page {
  cursor: string | undefined
  etag: string | null
  body: StateChangesAnswer
}

/** So many pages are read, of a thousand changes each. */
const mostPages = 5
const mostMs = 90 * 24 * 3600_000

/**
 * Which tunnels went from one state to another in a time, read anew every 15 s while it reaches to now. `null`: of a
 * time longer than 90 days the console tells nothing.
 */
export const stateChangesQuery = ({ status: _, ...search }: ChangesSearch) =>
  queryOptions({
    queryKey: ['status', 'changes', search],
    queryFn: async ({ client, queryKey, signal }): Promise<StateChangesRead | null> => {
      const { from, to } = timeOf(search)
      if (Date.parse(to) - Date.parse(from) > mostMs) return null
      const last = client.getQueryData<StateChangesRead | null>(queryKey)
      return readPages({ from, ...(search.to !== undefined && { to }) }, last?.pages ?? [], signal)
    },
    refetchInterval: search.to === undefined ? 15_000 : false,
    refetchOnWindowFocus: 'always',
  })

type Asked = QueryOf<typeof endpoints.stateChanges>

async function readPages(time: Asked, last: readonly Page[], signal: AbortSignal): Promise<StateChangesRead> {
  const pages: Page[] = []
  let cursor: string | undefined
  while (pages.length < mostPages) {
    const known = last[pages.length]
    const page = await readPage(
      { ...time, cursor, limit: '1000' },
      known?.cursor === cursor ? known : undefined,
      signal,
    )
    pages.push(page)
    if (page.body.nextCursor === null) return { pages, isCut: false }
    cursor = page.body.nextCursor
  }
  return { pages, isCut: true }
}

async function readPage(query: Asked, known: Page | undefined, signal: AbortSignal): Promise<Page> {
  const headers = { ...(known?.etag && { 'if-none-match': known.etag }) }
  const response = await send(endpoints.stateChanges, { query, headers, cache: 'no-store', signal })
  if (response.status === 304 && known) return known
  const body = (await jsonOf(response)) as StateChangesAnswer
  return { cursor: query.cursor, etag: response.headers.get('etag'), body }
}
