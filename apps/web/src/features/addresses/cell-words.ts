import type { Cell, CellState } from '@tunnel-console/shared/address-map'
import type { Taken, TakenKind } from '@tunnel-console/shared/address-pools'
import { clockTime } from '../../lib/exact-times.ts'

export const stateNames: Record<CellState, string> = {
  used: 'Used',
  held: 'Held',
  reserved: 'Reserved',
  free: 'Free',
  overlapping: 'Overlapping',
}

/** A letter for each, so that colour never stands alone. */
const kindLetters: Record<TakenKind, string> = { ipsec: 'T', gre: 'G', interconnect: 'I', route: 'R' }
export const stateLetters: Record<CellState, string> = {
  used: 'T',
  held: 'H',
  reserved: '–',
  free: '',
  overlapping: '!',
}

export const letterOf = ({ state, by: [first] }: Cell): string =>
  state === 'used' && first ? kindLetters[first.kind] : stateLetters[state]

const kindNames: Record<TakenKind, string> = {
  ipsec: 'IPsec tunnel',
  gre: 'GRE tunnel',
  interconnect: 'interconnect',
  route: 'route',
}

const nameOf = ({ kind, name, subnet }: Taken) => `${kindNames[kind]} ${name || subnet}`

/** What a cell is, whole: "used by IPsec tunnel paris-a", "held by ada@example.com until 14:02:11". */
export function wordsOf({ state, by, held }: Cell): string {
  if (state === 'held' && held) {
    return `held by ${held.mine ? 'you' : held.by} until ${clockTime(new Date(held.until))}`
  }
  if (state === 'used' || state === 'overlapping') {
    return `${state === 'used' ? 'used by' : 'shared by mistake by'} ${by.map(nameOf).join(' and ')}`
  }
  return state === 'reserved' ? 'reserved, never proposed' : 'free'
}
