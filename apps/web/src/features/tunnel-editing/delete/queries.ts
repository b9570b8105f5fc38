import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { StaticRoute, TunnelListAnswer, ValidationAnswer } from '@tunnel-console/shared/api'
import { call } from '../../../lib/api.ts'
import type { Fetched } from '../../../lib/conditional.ts'

const oneLook = {
  retry: false,
  gcTime: 0,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const

const ifMatch = (version: string) => ({ 'if-match': `"${version}"` })

/** Asks Cloudflare whether it would delete the tunnel. Once for each time that the dialog opens. */
export const deleteCheckQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ['delete-check', id, version],
    queryFn: ({ signal }) =>
      call<ValidationAnswer>(`/api/tunnels/${id}?validate_only=true`, {
        method: 'DELETE',
        headers: ifMatch(version),
        signal,
      }),
    ...oneLook,
  })

/** The static routes whose next hop lies inside the tunnel. */
export const tunnelRoutesQuery = (id: string) =>
  queryOptions({
    queryKey: ['routes-of', id],
    queryFn: async ({ signal }) =>
      (await call<{ routes: StaticRoute[] }>(`/api/tunnels/${id}/routes`, { signal })).routes,
    ...oneLook,
  })

export const deleteTunnel = (id: string, version: string) =>
  mutationOptions({
    mutationFn: (once: Record<string, string>) =>
      call<{ deleted: true }>(`/api/tunnels/${id}`, { method: 'DELETE', headers: { ...ifMatch(version), ...once } }),
  })

/** The list as it is without a tunnel. It is not what the server's ETag stands for. */
export function withoutTunnel(list: Fetched<TunnelListAnswer>, id: string): Fetched<TunnelListAnswer> {
  const tunnels = list.body.tunnels.filter((tunnel) => tunnel.id !== id)
  return { ...list, etag: null, body: { ...list.body, tunnels } }
}
