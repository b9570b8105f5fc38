import { stateRank } from '@tunnel-console/shared/status'
import { formatNumber } from '../../lib/format.ts'
import type { Grouping } from '../../ui/data-table-groups.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { stateLook } from '../../ui/state-look.ts'
import type { TunnelRow } from './tunnel-rows.ts'

type SiteOf = (name: string) => string

/** The rows of each site together. Sites and rows keep their order: the site of the first row comes first. */
export function bySite(rows: readonly TunnelRow[], siteOf: SiteOf): TunnelRow[] {
  const sites = new Map<string, TunnelRow[]>()
  for (const row of rows) {
    const site = siteOf(row.tunnel.name)
    const members = sites.get(site)
    if (members) members.push(row)
    else sites.set(site, [row])
  }
  return [...sites.values()].flat()
}

/** Headings that say how a site stands: its worst state, how many tunnels it shows and how many are in that state. */
export function siteGrouping(rows: readonly TunnelRow[], siteOf: SiteOf): Grouping<TunnelRow> {
  const sites = new Map<string, { worst: TunnelRow; inWorst: number; total: number }>()
  for (const row of rows) {
    const site = siteOf(row.tunnel.name)
    const { worst = row, inWorst = 0, total = 0 } = sites.get(site) ?? {}
    const isWorse = stateRank(row.status.state) < stateRank(worst.status.state)
    const isEqual = row.status.state === worst.status.state
    sites.set(site, {
      worst: isWorse ? row : worst,
      inWorst: isWorse ? 1 : inWorst + (isEqual ? 1 : 0),
      total: total + 1,
    })
  }
  const head = (site: string) => {
    const known = sites.get(site)
    if (!known) return site
    const { worst, inWorst, total } = known
    return (
      <>
        <span className="text-14 font-semibold text-fg">{site}</span>
        <StateBadge
          {...stateLook(worst.status.state, worst.isOld)}
          look="plain"
          detail={total === 1 ? '1 tunnel' : `${formatNumber(inWorst)} of ${formatNumber(total)}`}
        />
      </>
    )
  }
  return { of: ({ tunnel }) => siteOf(tunnel.name), head }
}
