import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type InputOf } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** One's own sessions, on every device. */
export const ownSessionsQuery = () =>
  queryOptions({
    queryKey: ['own-sessions'],
    queryFn: async ({ signal }) => (await request(endpoints.ownSessions, { signal })).sessions,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  })

/** Ends sessions of one's own, one request each. Throws the first failure once all were asked. */
export const endOwnSessions = () =>
  mutationOptions({
    mutationFn: async (ids: readonly string[]) => {
      const ends = ids.map((sessionId) => request(endpoints.endOwnSession, { params: { sessionId } }))
      const failed = (await Promise.allSettled(ends)).find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    },
    onSettled: (_answer, _error, _ids, _result, { client }) =>
      client.invalidateQueries({ queryKey: ownSessionsQuery().queryKey }),
  })

/** Sets another password. A plain request: a mutation would keep what was typed for as long as the page lives. */
export const changePassword = (body: InputOf<(typeof endpoints)['changePassword']>) =>
  request(endpoints.changePassword, { body })
