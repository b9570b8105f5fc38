import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { StatusAnswer, TunnelAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { call } from '../../lib/api.ts'
import { polledQuery } from '../../lib/conditional.ts'

export const tunnelsQuery = () => polledQuery<TunnelListAnswer>(['tunnels'], '/api/tunnels')

export const statusQuery = () => polledQuery<StatusAnswer>(['status'], '/api/status')

/** One tunnel, read through to Cloudflare: every 15 s while somebody looks, and no more once it is gone. */
export const tunnelQuery = (id: string) =>
  queryOptions({
    queryKey: ['tunnels', id],
    queryFn: ({ signal }) => call<TunnelAnswer>(`/api/tunnels/${encodeURIComponent(id)}`, { signal }),
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
