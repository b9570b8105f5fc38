import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { serverAhead } from '../lib/server-clock.ts'

/** What a responder needs of one tunnel: data centres, cause, changes before, the site. Read again every 15 s. */
export const tunnelStatusQuery = (id: string) =>
  queryOptions({
    queryKey: ['status', 'of', id],
    queryFn: ({ signal }) => request(endpoints.tunnelStatus, { params: { id }, signal }),
    staleTime: 10_000,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

const dayMs = 24 * 3_600_000
/** Less than 90 days by either clock: the server refuses more. */
const slackMs = 10_000

/** States, changes and traffic of the last so many days, read again each minute. What is there stays until the next has come. */
export const tunnelHistoryQuery = (id: string, days: number) =>
  queryOptions({
    queryKey: ['status', 'history', id, days],
    queryFn: ({ signal }) => {
      // Until now by the server's clock: by ours, the newest state would seem to have ended.
      const from = new Date(Date.now() + serverAhead() - days * dayMs + slackMs).toISOString()
      return request(endpoints.tunnelHistory, { params: { id }, query: { from }, signal })
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchInterval: 60_000,
    refetchOnWindowFocus: 'always',
  })
