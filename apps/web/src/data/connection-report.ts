import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/**
 * How the console stands to Cloudflare. Each question costs Cloudflare's budget, so it is asked when somebody opens the page or
 * asks again, never by itself; the console answers with the last check for a minute.
 */
export const connectionQuery = () =>
  queryOptions({
    queryKey: ['connection-report'],
    queryFn: ({ signal }) => request(endpoints.connection, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // It takes a while by itself, and its own failures are in the answer.
    retry: false,
  })
