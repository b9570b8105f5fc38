import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { oneLook } from './one-look.ts'

/** The static routes whose next hop lies inside the tunnel. */
export const tunnelRoutesQuery = (id: string) =>
  queryOptions({
    queryKey: ['routes-of', id],
    queryFn: async ({ signal }) => (await request(endpoints.tunnelRoutes, { params: { id }, signal })).routes,
    ...oneLook,
  })
