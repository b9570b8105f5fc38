import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** The inside addresses of the account: pools, what is taken, and who holds what. Holds come and go, so it is read often. */
export const addressesQuery = () =>
  queryOptions({
    queryKey: ['addresses'],
    queryFn: ({ signal }) => request(endpoints.addresses, { signal }),
    staleTime: 5000,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

/** Every static route of the account, as the console last read them. */
export const routesQuery = () =>
  queryOptions({
    queryKey: ['static-routes'],
    queryFn: ({ signal }) => request(endpoints.routes, { signal }),
    staleTime: 15_000,
    refetchInterval: 60_000,
    refetchOnWindowFocus: 'always',
  })
