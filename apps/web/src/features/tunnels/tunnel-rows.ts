import { networkOf, parseCidr, parseIpv4 } from '@tunnel-console/shared/ip'
import { orderOfNames } from '@tunnel-console/shared/name-order'
import { noHistory, stateRank, type TunnelState, type TunnelStatus } from '@tunnel-console/shared/status'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import type { SortKey, TunnelView } from './tunnel-view.ts'

/** A row of the list. `rankOf` gives it a number for each column to sort by. */
export interface TunnelRow {
  tunnel: VisibleTunnel
  /** Where it stands in the list by name, from 0. */
  place: number
  status: TunnelStatus
  /** The status is too old to be told as news. */
  isOld: boolean
}

const noStatus: TunnelStatus = {
  state: 'unknown',
  reason: 'No status could be read',
  bgp: null,
  health: null,
  ...noHistory,
}

/** Where each of the tunnels stands by name: what changes only when a name does, or a tunnel comes or goes. */
export interface Places {
  tunnels: readonly VisibleTunnel[]
  places: readonly number[]
}

/** `before`, what it was for the list before, saves sorting it anew. */
export function placesByName(tunnels: readonly VisibleTunnel[], before?: Places): Places {
  const isSame =
    before?.tunnels.length === tunnels.length && tunnels.every(({ name }, at) => name === before.tunnels[at]?.name)
  if (isSame) return { tunnels, places: before.places }
  const places: number[] = []
  const order = orderOfNames(tunnels.map(({ name }) => name))
  for (const [place, at] of order.entries()) places[at] = place
  return { tunnels, places }
}

let last: Places | undefined

/** The same for the one list that the console holds. It lasts, so that who has the list may ask before its rows can be drawn. */
export function placesOf(tunnels: readonly VisibleTunnel[]): Places {
  if (last?.tunnels !== tunnels) last = placesByName(tunnels, last)
  return last
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

const ranks = new Map<RankedKey, WeakMap<VisibleTunnel, number>>()

/** Worked out when somebody first sorts by it, and once for each tunnel as it was read. */
function tunnelRank(key: RankedKey, tunnel: VisibleTunnel): number {
  const known = ranks.get(key) ?? new WeakMap<VisibleTunnel, number>()
  ranks.set(key, known)
  const rank = known.get(tunnel) ?? rankers[key](tunnel)
  known.set(tunnel, rank)
  return rank
}

/** The oldest key first; before it, none at all. */
function keyRank(tunnel: VisibleTunnel): number {
  // `isWholeTunnel` would bring the rules of all fields before the first row.
  return 'psk_metadata' in tunnel ? Date.parse(tunnel.psk_metadata?.last_generated_on ?? '') || 0 : 0
}

/** The rows by name. One that says what it said in the rows `before` is the same object. */
export function rowsByName(
  { tunnels, places }: Places,
  statuses: Record<string, TunnelStatus>,
  isOld: boolean,
  before: readonly TunnelRow[] = [],
): TunnelRow[] {
  const rows: TunnelRow[] = new Array(tunnels.length)
  for (const [at, tunnel] of tunnels.entries()) {
    const place = places[at] ?? 0
    const status = statuses[tunnel.id] ?? noStatus
    const known = before[place]
    const isSame = known?.tunnel === tunnel && known.status === status && known.isOld === isOld
    rows[place] = isSame ? known : { tunnel, place, status, isOld }
  }
  return rows
}

/** What rows are sorted by in a column, the lowest first. */
export function rankOf(sort: SortKey): (row: TunnelRow) => number {
  if (sort === 'name') return ({ place }) => place
  if (sort === 'state') return ({ status }) => stateRank(status.state)
  if (sort === 'affects') return ({ status }) => affectsRank(status.affected)
  if (sort === 'bgp') return ({ status }) => (status.bgp ? bgpOrder.indexOf(status.bgp.state) : bgpOrder.length)
  return ({ tunnel }) => tunnelRank(sort, tunnel)
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
export function inOrder(rows: readonly TunnelRow[], { sort, dir }: Pick<TunnelView, 'sort' | 'dir'>): TunnelRow[] {
  const sign = dir === 'desc' ? -1 : 1
  const rank = rankOf(sort)
  return rows
    .map((row) => ({ row, rank: rank(row) }))
    .sort((a, b) => sign * (a.rank - b.rank) || a.row.place - b.row.place)
    .map(({ row }) => row)
}

export function countStates(rows: readonly TunnelRow[]): Map<TunnelState, number> {
  const counts = new Map<TunnelState, number>()
  for (const { status } of rows) counts.set(status.state, (counts.get(status.state) ?? 0) + 1)
  return counts
}
