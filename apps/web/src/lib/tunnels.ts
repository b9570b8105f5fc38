import { queryOptions } from '@tanstack/react-query'
import type { TunnelAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { call } from './api.ts'
import { polledQuery } from './conditional.ts'

/** Every tunnel of the account, polled. It answers `Fetched<TunnelListAnswer>`. */
export const tunnelsQuery = () => polledQuery<TunnelListAnswer>(['tunnels'], '/api/tunnels')

/** One tunnel with its version, read through to Cloudflare. */
export const tunnelQuery = (id: string) =>
  queryOptions({
    queryKey: ['tunnels', id],
    queryFn: ({ signal }) => call<TunnelAnswer>(`/api/tunnels/${id}`, { signal }),
  })
