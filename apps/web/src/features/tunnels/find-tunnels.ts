import { createFilter } from '@tunnel-console/shared/search'
import { stateRank, type TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'

/**
 * The tunnels that a text finds, the likeliest first: by how well the name fits, and of the same fit the one that is in trouble,
 * since that is the one people look for.
 */
export function findTunnels(
  tunnels: readonly VisibleTunnel[],
  statuses: Record<string, TunnelStatus>,
  query: string,
): VisibleTunnel[] {
  const matches = createFilter(query)
  const text = query.toLowerCase()
  return tunnels
    .flatMap((tunnel) => {
      const state = statuses[tunnel.id]?.state ?? 'unknown'
      return matches(tunnel, state)
        ? [{ tunnel, fit: fitOf(tunnel.name.toLowerCase(), text), rank: stateRank(state) }]
        : []
    })
    .sort((a, b) => a.fit - b.fit || a.rank - b.rank || (a.tunnel.name < b.tunnel.name ? -1 : 1))
    .map(({ tunnel }) => tunnel)
}

function fitOf(name: string, text: string): number {
  if (name === text) return 0
  if (name.startsWith(text)) return 1
  return name.includes(text) ? 2 : 3
}
