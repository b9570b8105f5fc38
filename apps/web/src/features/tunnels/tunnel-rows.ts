import { networkOf, parseCidr, parseIpv4 } from '@tunnel-console/shared/ip'
import { noHistory, stateRank, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import type { SortKey, TunnelView } from './tunnel-view.ts'

/** A row of the list, with a number for each column to sort by. */
export interface TunnelRow {
  tunnel: VisibleTunnel
  status: TunnelStatus
  /** The status is too old to be told as news. */
  isOld: boolean
  rank: Record<SortKey, number>
}

const noStatus: TunnelStatus = {
  state: 'unknown',
  reason: 'No status could be read',
  bgp: null,
  health: null,
  ...noHistory,
}

// Comparing with one collator and keeping the ranks is much faster than comparing names in every sort.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

type Ranked = Pick<TunnelRow, 'tunnel'> & { rank: Omit<TunnelRow['rank'], 'state' | 'bgp' | 'affects'> }

/** The part of the rows that changes only when the list does. */
export function rankTunnels(tunnels: readonly VisibleTunnel[]): Ranked[] {
  return [...tunnels]
    .sort((a, b) => collator.compare(a.name, b.name))
    .map((tunnel, name) => ({
      tunnel,
      rank: {
        name,
        cloudflare: addressRank(tunnel.cloudflare_endpoint),
        customer: addressRank(tunnel.customer_endpoint),
        inside: addressRank(tunnel.interface_address),
        // The youngest first when ascending, as "3 min ago" sorts before "2 d ago".
        key: keyRank(tunnel),
        changed: -(Date.parse(tunnel.modified_on ?? '') || 0),
      },
    }))
}

/** The oldest key first; before it, none at all. */
function keyRank(tunnel: VisibleTunnel): number {
  // `isWholeTunnel` would bring the rules of all fields before the first row.
  return 'psk_metadata' in tunnel ? Date.parse(tunnel.psk_metadata?.last_generated_on ?? '') || 0 : 0
}

export function withStatus(
  ranked: readonly Ranked[],
  statuses: Record<string, TunnelStatus>,
  isOld: boolean,
): TunnelRow[] {
  return ranked.map(({ tunnel, rank }) => {
    const status = statuses[tunnel.id] ?? noStatus
    const bgp = status.bgp ? bgpOrder.indexOf(status.bgp.state) : bgpOrder.length
    const affects = affectsRank(status.affected)
    return { tunnel, status, isOld, rank: { ...rank, state: stateRank(status.state), bgp, affects } }
  })
}

/** The most affected first, then what may be, what is not, and what nobody can tell. */
function affectsRank(affected: TunnelStatus['affected']): number {
  if (affected === null) return 2
  if (affected.share === null) return affected.dataCentres > 0 ? 0 : 1
  return affected.share > 0 ? -affected.share : 1
}

const bgpOrder = ['down', 'establishing', 'unknown', 'up']

/** An address as a number; what is none sorts last. */
function addressRank(text: string): number {
  const cidr = parseCidr(text)
  if (cidr) return networkOf(cidr).first
  return parseIpv4(text) ?? Number.MAX_SAFE_INTEGER
}

/** By the view's column, then by name. */
export function compareRows({ sort, dir }: Pick<TunnelView, 'sort' | 'dir'>) {
  const sign = dir === 'desc' ? -1 : 1
  return (a: TunnelRow, b: TunnelRow) => sign * (a.rank[sort] - b.rank[sort]) || a.rank.name - b.rank.name
}

export function countStates(rows: readonly TunnelRow[]): Map<TunnelState, number> {
  const counts = new Map<TunnelState, number>()
  for (const { status } of rows) counts.set(status.state, (counts.get(status.state) ?? 0) + 1)
  return counts
}
