import { networkOf, parseCidr, parseIpv4 } from '@tunnel-console/shared/ip'
import { noHistory, stateRank, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import type { SortKey, TunnelView } from './tunnel-view.ts'

/** A row of the list. `rankOf` gives it a number for each column to sort by. */
export interface TunnelRow extends Ranked {
  status: TunnelStatus
  /** The status is too old to be told as news. */
  isOld: boolean
}

interface Ranked {
  tunnel: VisibleTunnel
  /** Where it stands in the list by name, from 0. */
  place: number
  /** Of all tunnels of the list, by that place. */
  ranks: Ranks
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

/** The part of the rows that changes only when the list does. */
export function rankTunnels(tunnels: readonly VisibleTunnel[]): Ranked[] {
  const byName = [...tunnels].sort((a, b) => collator.compare(a.name, b.name))
  const ranks = ranksOf(byName)
  return byName.map((tunnel, place) => ({ tunnel, place, ranks }))
}

type RankedKey = Exclude<SortKey, 'name' | 'state' | 'bgp' | 'affects'>

const rankers: Record<RankedKey, (tunnel: VisibleTunnel) => number> = {
  cloudflare: (tunnel) => addressRank(tunnel.cloudflare_endpoint),
  customer: (tunnel) => addressRank(tunnel.customer_endpoint),
  inside: (tunnel) => addressRank(tunnel.interface_address),
  // The youngest first when ascending, as "3 min ago" sorts before "2 d ago".
  key: (tunnel) => keyRank(tunnel),
  changed: (tunnel) => -(Date.parse(tunnel.modified_on ?? '') || 0),
}

/** The ranks of tunnels in their order. Those of a column are worked out when somebody first sorts by it. */
type Ranks = (key: RankedKey) => readonly number[]

function ranksOf(tunnels: readonly VisibleTunnel[]): Ranks {
  const known = new Map<RankedKey, readonly number[]>()
  return (key) => {
    const ranks = known.get(key) ?? tunnels.map(rankers[key])
    known.set(key, ranks)
    return ranks
  }
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
  return ranked.map(({ tunnel, place, ranks }) => {
    const status = statuses[tunnel.id] ?? noStatus
    return { tunnel, place, ranks, status, isOld }
  })
}

/** What rows are sorted by in a column, the lowest first. */
export function rankOf(sort: SortKey): (row: TunnelRow) => number {
  if (sort === 'name') return ({ place }) => place
  if (sort === 'state') return ({ status }) => stateRank(status.state)
  if (sort === 'affects') return ({ status }) => affectsRank(status.affected)
  if (sort === 'bgp') return ({ status }) => (status.bgp ? bgpOrder.indexOf(status.bgp.state) : bgpOrder.length)
  return ({ place, ranks }) => ranks(sort)[place] ?? 0
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
  const rank = rankOf(sort)
  return (a: TunnelRow, b: TunnelRow) => sign * (rank(a) - rank(b)) || a.place - b.place
}

export function countStates(rows: readonly TunnelRow[]): Map<TunnelState, number> {
  const counts = new Map<TunnelState, number>()
  for (const { status } of rows) counts.set(status.state, (counts.get(status.state) ?? 0) + 1)
  return counts
}
