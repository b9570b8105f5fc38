import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** What each known change of a tunnel left and what was there before it, newest first; of one that is gone, too. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['versions', id],
    queryFn: async ({ signal }) => (await request(endpoints.versions, { params: { id }, signal })).versions,
    refetchOnWindowFocus: 'always',
  })
