import { compareNames } from './name-order.ts'
import { stateRank, type TunnelState, type TunnelStatus } from './status.ts'

export interface FleetTunnel {
  id: string
  name: string
  status: Pick<TunnelStatus, 'state' | 'affected' | 'since' | 'planned'>
}

export interface FleetSite {
  site: string
  /** Names of its tunnels that are up, and of those that are not. */
  up: string[]
  others: string[]
}

export interface Fleet {
  counts: ReadonlyMap<TunnelState, number>
  /** Sites of several tunnels, some in trouble, of which one alone is up. By name. */
  oneLeft: FleetSite[]
  /** Sites with trouble and nothing that is up. By name. */
  noneLeft: FleetSite[]
  /** What is in trouble and was not announced, worst first: by state, by share of traffic, by how long. */
  worst: FleetTunnel[]
  /** How many are in trouble as was announced. */
  announced: number
}

/** Known to be worse than up. What nobody measures is no trouble, and no comfort either: it never counts as up. */
const troubled: ReadonlySet<TunnelState> = new Set(['down', 'degraded', 'recovering', 'needs-key', 'establishing'])

export const isTroubled = (state: TunnelState): boolean => troubled.has(state)

/** All tunnels at a glance. */
export function fleetOf(tunnels: readonly FleetTunnel[], siteOf: (name: string) => string): Fleet {
  const counts = new Map<TunnelState, number>()
  const inTrouble = tunnels.filter(({ status }) => troubled.has(status.state))
  const worst = inTrouble.filter(({ status }) => !status.planned)
  for (const { status } of tunnels) counts.set(status.state, (counts.get(status.state) ?? 0) + 1)
  const sites = [...Map.groupBy(tunnels, ({ name }) => siteOf(name))]
    .filter(([, members]) => members.some(({ status }) => troubled.has(status.state)))
    .sort(([a], [b]) => compareNames(a, b))
    .map(([site, members]): FleetSite => {
      const isUp = ({ status }: FleetTunnel) => status.state === 'up'
      const names = (wanted: boolean) => members.filter((member) => isUp(member) === wanted).map(({ name }) => name)
      return { site, up: names(true), others: names(false) }
    })
  return {
    counts,
    oneLeft: sites.filter(({ up }) => up.length === 1),
    noneLeft: sites.filter(({ up }) => up.length === 0),
    worst: worst.sort(byHarm),
    announced: inTrouble.length - worst.length,
  }
}

function byHarm(a: FleetTunnel, b: FleetTunnel): number {
  return (
    stateRank(a.status.state) - stateRank(b.status.state) ||
    (b.status.affected?.share ?? 0) - (a.status.affected?.share ?? 0) ||
    began(a) - began(b) ||
    compareNames(a.name, b.name)
  )
}

const began = ({ status }: FleetTunnel): number => Date.parse(status.since ?? '') || Number.MAX_SAFE_INTEGER
