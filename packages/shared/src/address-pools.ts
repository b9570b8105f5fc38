import { nextFreeSubnet } from './free-subnet.ts'
import { isInInterfaceRange } from './interface-range.ts'
import { type AddressRange, cidrsOverlap, formatIpv4, networkOf, parseCidr } from './ip.ts'

/** What may occupy an inside subnet. A `route` is one whose prefix lies within a pool (see `routesInPools`). */
export type TakenKind = 'ipsec' | 'gre' | 'interconnect' | 'route'

/** A subnet that something in the account occupies. */
export interface Taken {
  /** A CIDR, host bits kept as Cloudflare has them. */
  subnet: string
  kind: TakenKind
  /** Cloudflare's id; `null` where it gave none. */
  id: string | null
  name: string
}

/** A subnet that somebody keeps for a tunnel that is about to be made. */
export interface Held {
  id: string
  subnet: string
  /** The email address of whoever holds it. */
  by: string
  mine: boolean
  /** UTC, ISO 8601. */
  until: string
}

/** A /31 is two addresses, and all that a tunnel needs (RFC 3021). */
const slotSize = 2

/** The addresses that a list of CIDRs covers, lowest first. What is no CIDR covers nothing. */
function rangesOf(cidrs: readonly string[]): AddressRange[] {
  return cidrs
    .flatMap((text) => parseCidr(text) ?? [])
    .map(networkOf)
    .toSorted((one, other) => one.first - other.first)
}

/**
 * The lowest aligned /31 of the first pool that has one which shares no address with anything in `taken`, `null` when every
 * pool is full. Pools are asked in their order. Text that is no CIDR is no pool, and takes nothing.
 *
 *     nextFree(['10.0.0.0/30', '10.1.0.0/24'], ['10.0.0.1/32']) // '10.0.0.2/31'
 */
export function nextFree(pools: readonly string[], taken: readonly string[]): string | null {
  for (const pool of pools) {
    const free = nextFreeSubnet(pool, taken)
    if (free !== null) return free
  }
  return null
}

/** Everything in `taken` that shares an address with a subnet: tunnels and interconnects before routes. */
export function clashesOf<T extends Taken>(subnet: string, taken: readonly T[]): T[] {
  const clashes = taken.filter((other) => cidrsOverlap(other.subnet, subnet))
  return [...clashes.filter(({ kind }) => kind !== 'route'), ...clashes.filter(({ kind }) => kind === 'route')]
}

/**
 * Routes that take part of a pool: an address that a route leads elsewhere is no good inside a tunnel. A route that covers a
 * whole pool, such as the default or 10.0.0.0/8, is a summary and takes nothing, or nothing would ever be free.
 */
export function routesInPools<R extends { prefix: string }>(pools: readonly string[], routes: readonly R[]): R[] {
  const ranges = rangesOf(pools)
  return routes.filter(({ prefix }) => {
    const cidr = parseCidr(prefix)
    if (!cidr) return false
    const route = networkOf(cidr)
    return ranges.some((pool) => route.first >= pool.first && route.last <= pool.last && !isSame(route, pool))
  })
}

const isSame = (one: AddressRange, other: AddressRange) => one.first === other.first && one.last === other.last

/** The first addresses of the /31s that a subnet touches: one for a /31, two for a /30. None for what is no CIDR. */
export function slotsOf(subnet: string): number[] {
  const cidr = parseCidr(subnet)
  if (!cidr) return []
  const { first, last } = networkOf(cidr)
  const start = Math.floor(first / slotSize) * slotSize
  return Array.from({ length: Math.ceil((last + 1 - start) / slotSize) }, (_, index) => start + index * slotSize)
}

/** A pool of more than 32,768 subnets would be no use on a page; nobody has so many tunnels. */
const shortestPool = 16

/** Why a text cannot be a pool of inside addresses, or `null`. The ranges are those that Cloudflare accepts. */
export function poolProblem(text: string): string | null {
  const cidr = parseCidr(text)
  if (!cidr) return `“${brief(text)}” is no block of addresses, write such as 10.252.0.0/22`
  const inWords = misaligned(text)
  if (inWords !== null) return inWords
  if (cidr.prefixLength > 31) return `${text} is too small: a tunnel needs a /31`
  if (cidr.prefixLength < shortestPool) return `${text} is too large: use a /${shortestPool} or smaller`
  if (isInInterfaceRange(text)) return null
  return `${text} is not private: Cloudflare takes 10/8, 172.16/12, 192.168/16 and 169.254.240.0/20 only`
}

/** Why a text cannot be a block of reserved addresses, or `null`. */
export function reservedProblem(text: string): string | null {
  if (!parseCidr(text)) return `“${brief(text)}” is no block of addresses, write such as 10.252.3.0/24`
  return misaligned(text)
}

function misaligned(text: string): string | null {
  const cidr = parseCidr(text)
  if (!cidr || networkOf(cidr).first === cidr.address) return null
  return `${text} does not begin a block: did you mean ${formatIpv4(networkOf(cidr).first)}/${cidr.prefixLength}?`
}

/** The first pool that shares addresses with one before it, and that one; `null` when none does. */
export function overlappingPools(pools: readonly string[]): { index: number; other: string } | null {
  for (const [index, pool] of pools.entries()) {
    const other = pools.slice(0, index).find((before) => cidrsOverlap(before, pool))
    if (other !== undefined) return { index, other }
  }
  return null
}

/** Somebody may have pasted a whole page. */
const brief = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
