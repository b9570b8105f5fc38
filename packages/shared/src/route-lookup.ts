import { clashesOf, type Taken } from './address-pools.ts'
import type { StaticRoute } from './api.ts'
import { cidrContains, parseCidr } from './ip.ts'
import type { TunnelState } from './status.ts'

/** A route that leads to a destination, with what it ends on. */
export interface RouteUse {
  route: StaticRoute
  /** What has the next hop in its inside subnet; `null`: nothing that is known. */
  through: Taken | null
  /** `null`: not known, as for everything that is no IPsec tunnel. */
  state: TunnelState | null
  /** Its priority with what Cloudflare adds for bad health; lower wins. `null` where it has none. */
  effective: number | null
}

export interface Way {
  /** Whatever has the longest prefix that holds the destination, first what carries it. Empty: no static route leads there. */
  uses: RouteUse[]
  /** How many of `uses` share the traffic now: those with the lowest effective priority. */
  carrying: number
  /** Each one's share in percent, where the weights tell; else `null`. */
  shares: number[] | null
  /** Routes with shorter prefixes, longest first: what would carry it if all of `uses` were taken away. */
  fallbacks: RouteUse[]
}

export interface RouteWorld {
  routes: readonly StaticRoute[]
  /** Tunnels, GRE tunnels and interconnects with their inside subnets. */
  networks: readonly Taken[]
  /** States of IPsec tunnels by their id. */
  states: Readonly<Record<string, TunnelState | undefined>>
}

/**
 * What Cloudflare adds to the priority of a route whose tunnel is in bad health (Cloudflare's documentation of tunnel health
 * checks). The route itself is never withdrawn.
 */
const penalties: Partial<Record<TunnelState, number>> = { degraded: 500_000, down: 1_000_000 }

/**
 * Which static route carries an IPv4 destination: the longest prefix, then the lowest priority with the penalties of health,
 * then all of the same by weight. `without` leaves out the routes through a tunnel, as if it and they were gone.
 *
 * It knows static routes alone: none learnt by BGP, and health only in the mean of all data centres. A route that holds in some
 * data centres counts as if it held here; `wayOutside` tells the way where it does not.
 */
export function wayTo(destination: string, world: RouteWorld, without?: string): Way {
  const uses = world.routes
    .filter(({ prefix }) => cidrContains(prefix, destination))
    .map((route) => useOf(route, world))
    .filter(({ through }) => without === undefined || through?.id !== without)
    .toSorted((one, other) => lengthOf(other) - lengthOf(one) || rankOf(one) - rankOf(other))
  const longest = uses[0] ? lengthOf(uses[0]) : 0
  const best = uses.filter((use) => lengthOf(use) === longest)
  const carrying = best.filter((use) => rankOf(use) === rankOf(best[0]))
  return {
    uses: best,
    carrying: carrying.length,
    shares: sharesOf(carrying),
    fallbacks: uses.filter((use) => lengthOf(use) < longest),
  }
}

function useOf(route: StaticRoute, { networks, states }: RouteWorld): RouteUse {
  const through = clashesOf(`${route.nexthop}/32`, networks).find(({ kind }) => kind !== 'route') ?? null
  const state = (through?.kind === 'ipsec' && through.id !== null && states[through.id]) || null
  const effective = route.priority === null ? null : route.priority + ((state && penalties[state]) ?? 0)
  return { route, through, state, effective }
}

const lengthOf = ({ route }: RouteUse) => parseCidr(route.prefix)?.prefixLength ?? 0
const rankOf = (use: RouteUse | undefined) => use?.effective ?? Number.POSITIVE_INFINITY

/** Equal shares where nobody has a weight; unknown where only some have one, since Cloudflare does not tell the default. */
function sharesOf(uses: readonly RouteUse[]): number[] | null {
  const weights = uses.map(({ route }) => route.weight)
  if (weights.every((weight) => weight === null)) return uses.map(() => 100 / uses.length)
  const sum = weights.reduce((total: number, weight) => total + (weight ?? 0), 0)
  return weights.includes(null) || sum === 0 ? null : weights.map((weight) => (100 * (weight ?? 0)) / sum)
}

/**
 * The way in data centres in which no limited route holds; `null` where none of the routes that carry the destination is
 * limited, so that it is the same way everywhere.
 */
export function wayOutside(destination: string, world: RouteWorld, without?: string): Way | null {
  const { uses, carrying } = wayTo(destination, world, without)
  if (uses.slice(0, carrying).every(({ route }) => route.scope === null)) return null
  return wayTo(destination, { ...world, routes: world.routes.filter(({ scope }) => scope === null) }, without)
}
