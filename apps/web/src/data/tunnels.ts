import { queryOptions } from '@tanstack/react-query'
import type { TunnelColumnsAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { decodeSteps } from '@tunnel-console/shared/columns'
import { columnsType, endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'
import { type Form, polledQuery } from './polled.ts'

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
