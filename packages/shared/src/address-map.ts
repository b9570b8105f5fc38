import type { Held, Taken } from './address-pools.ts'
import { type AddressRange, formatIpv4, networkOf, parseCidr } from './ip.ts'

/** What becomes of a /31: `overlapping` is what two tunnels or interconnects have at once. */
export const cellStates = ['used', 'held', 'reserved', 'free', 'overlapping'] as const
export type CellState = (typeof cellStates)[number]

/** One /31 of a pool, and what has it. */
export interface Cell {
  /** `10.252.0.4/31`. */
  subnet: string
  state: CellState
  /** All that occupies it, tunnels and interconnects before routes. */
  by: Taken[]
  held: Held | null
}

/** Up to 128 cells of a pool that belong together: a /24, or the whole of a smaller pool. */
export interface MapBlock {
  cidr: string
  cells: Cell[]
  counts: Record<CellState, number>
}

/** What a map shows. */
export interface AddressWorld {
  taken: readonly Taken[]
  holds: readonly Held[]
  reserved: readonly string[]
}

const blockSize = 256

/**
 * A pool as blocks of cells in the order of addresses, each /31 once; nothing for text that is no block. A /16 gives 256
 * blocks of 128 cells. Parts of a pool smaller than a /31 have no cell.
 */
export function mapOf(pool: string, { taken, holds, reserved }: AddressWorld): MapBlock[] {
  const cidr = parseCidr(pool)
  if (!cidr) return []
  const { first, last } = networkOf(cidr)
  const world = {
    taken: placed(taken, ({ subnet }) => subnet),
    holds: placed(holds, ({ subnet }) => subnet),
    reserved: placed(reserved, (text) => text),
  }
  const length = Math.max(24, cidr.prefixLength)
  const starts = Array.from(
    { length: Math.ceil((last + 1 - first) / blockSize) },
    (_, index) => first + index * blockSize,
  )
  return starts.map((start) => {
    const range = { first: start, last: Math.min(last, start + blockSize - 1) }
    const near = {
      taken: within(world.taken, range),
      holds: within(world.holds, range),
      reserved: within(world.reserved, range),
    }
    const cells = slotsIn(range).map((slot) => cellAt(slot, near))
    return { cidr: `${formatIpv4(start)}/${length}`, cells, counts: countsOf(cells) }
  })
}

/** How many cells of blocks are in each state. */
export function totalsOf(blocks: readonly Pick<MapBlock, 'counts'>[]): Record<CellState, number> {
  const totals = noneOf()
  for (const { counts } of blocks) for (const state of cellStates) totals[state] += counts[state]
  return totals
}

type Placed<T> = AddressRange & { item: T }

interface PlacedWorld {
  taken: Placed<Taken>[]
  holds: Placed<Held>[]
  reserved: Placed<string>[]
}

function placed<T>(items: readonly T[], subnetOf: (item: T) => string): Placed<T>[] {
  return items.flatMap((item) => {
    const cidr = parseCidr(subnetOf(item))
    return cidr ? [{ item, ...networkOf(cidr) }] : []
  })
}

const within = <T extends AddressRange>(all: readonly T[], { first, last }: AddressRange): T[] =>
  all.filter((one) => one.first <= last && first <= one.last)

function slotsIn({ first, last }: AddressRange): number[] {
  return Array.from({ length: Math.floor((last + 1 - first) / 2) }, (_, index) => first + index * 2)
}

function cellAt(first: number, world: PlacedWorld): Cell {
  const slot = { first, last: first + 1 }
  const here = within(world.taken, slot).map(({ item }) => item)
  const networks = here.filter(({ kind }) => kind !== 'route')
  const by = [...networks, ...here.filter(({ kind }) => kind === 'route')]
  const held = within(world.holds, slot)[0]?.item ?? null
  const isReserved = within(world.reserved, slot).length > 0
  return { subnet: `${formatIpv4(first)}/31`, state: stateOf(networks.length, by.length, held, isReserved), by, held }
}

function stateOf(networks: number, all: number, held: Held | null, isReserved: boolean): CellState {
  if (networks > 1) return 'overlapping'
  if (networks === 1) return 'used'
  if (held) return 'held'
  if (all > 0) return 'used'
  return isReserved ? 'reserved' : 'free'
}

const noneOf = (): Record<CellState, number> => ({ used: 0, held: 0, reserved: 0, free: 0, overlapping: 0 })

function countsOf(cells: readonly Cell[]): Record<CellState, number> {
  const counts = noneOf()
  for (const { state } of cells) counts[state]++
  return counts
}
