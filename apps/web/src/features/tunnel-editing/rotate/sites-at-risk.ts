import { siteOf } from '@tunnel-console/shared/site'
import type { TunnelStatus } from '@tunnel-console/shared/status'

interface Named {
  id: string
  name: string
}

/**
 * The sites that have no healthy tunnel outside of those whose keys are rotated: between the change at Cloudflare and the
 * one at the device they may be without traffic. Where no status could be read nothing counts as healthy.
 */
export function sitesAtRisk(
  chosen: readonly Named[],
  all: readonly Named[],
  statuses: Record<string, Pick<TunnelStatus, 'state'>>,
  ending: string,
): string[] {
  const ids = new Set(chosen.map(({ id }) => id))
  const safe = new Set(
    all.filter(({ id }) => !ids.has(id) && statuses[id]?.state === 'up').map(({ name }) => siteOf(name, ending)),
  )
  const sites = new Set(chosen.map(({ name }) => siteOf(name, ending)))
  return [...sites].filter((site) => !safe.has(site)).sort()
}
