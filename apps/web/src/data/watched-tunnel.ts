import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { TunnelAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import type { Fetched } from './polled.ts'
import { tunnelQuery, tunnelsQuery } from './tunnels.ts'

/** One tunnel, read again every 15 s while somebody looks, and no more once the tunnel is gone. */
export const watchedTunnelQuery = (id: string) =>
  queryOptions({
    ...tunnelQuery(id),
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.error?.problem.code === 'not-found' ? false : 15_000),
    refetchOnWindowFocus: 'always',
  })

/** A tunnel as the list last had it, for the first moment of its own page. */
export function listedTunnel(client: QueryClient, id: string): TunnelAnswer | undefined {
  const list = client.getQueryData(tunnelsQuery().queryKey)
  const tunnel = list?.body.tunnels.find((entry) => entry.id === id)
  return tunnel && { tunnel, version: '', unknownFields: [] }
}

/** The list as it is without a tunnel. It is not what the server's ETag stands for. */
export function withoutTunnel(list: Fetched<TunnelListAnswer>, id: string): Fetched<TunnelListAnswer> {
  const tunnels = list.body.tunnels.filter((tunnel) => tunnel.id !== id)
  return { ...list, etag: null, body: { ...list.body, tunnels } }
}
