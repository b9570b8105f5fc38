import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { TunnelAnswer, TunnelColumnsAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { decodeSteps } from '@tunnel-console/shared/columns'
import { columnsType, endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { type Fetched, type Form, polledQuery } from './polled.ts'

/** Every tunnel of the account, polled. It answers `Fetched<TunnelListAnswer>`; over the wire it comes in columns. */
export const tunnelsQuery = () => polledQuery(['tunnels'], endpoints.tunnels, undefined, inColumns)

const inColumns: Form<typeof endpoints.tunnels> = {
  accept: `${columnsType}, application/json`,
  *steps(json) {
    const answer = json as TunnelColumnsAnswer | TunnelListAnswer
    if (!('columns' in answer)) return answer
    const { columns, ...about } = answer
    return { ...about, tunnels: (yield* decodeSteps(columns)) as TunnelListAnswer['tunnels'] }
  },
}

/** One tunnel with its version, read through to Cloudflare. */
export const tunnelQuery = (id: string) =>
  queryOptions({
    queryKey: ['tunnels', id],
    queryFn: ({ signal }) => request(endpoints.tunnel, { params: { id }, signal }),
  })

/** The same, read again every 15 s while somebody looks, and no more once the tunnel is gone. */
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
