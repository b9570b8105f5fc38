import type { Held, Taken } from './address-pools.ts'
import type { StaticRoute } from './api.ts'

/** What inside addresses are checked against, and where Cloudflare's own addresses come from. */
export type AddressSource = 'ipsec' | 'gre' | 'interconnects' | 'routes' | 'leases'

/** Whether a source could be read. What could not be read was not checked, and the page says so. */
export interface CheckedSource {
  source: AddressSource
  readable: boolean
  /** Entries that were read; 0 where it could not be. */
  count: number
  /** UTC, ISO 8601; `null`: never. */
  fetchedAt: string | null
}

/** An anycast address of Cloudflare's that tunnels of this account end on, or may. */
export interface CloudflareAddress {
  address: string
  /** How many IPsec tunnels end on it. */
  tunnels: number
  /** Whether it is leased to the account; `null` where leases cannot be read. */
  leased: boolean | null
}

/** Everything known of the inside addresses of the account. */
export interface AddressesAnswer {
  /** CIDRs in the order in which they are filled. Empty: nobody has set one. */
  pools: string[]
  /** CIDRs that are never proposed. */
  reserved: string[]
  taken: Taken[]
  holds: Held[]
  checked: CheckedSource[]
  /** The lowest free /31, holds of everybody left out; `null`: no pool is set, or all are full. */
  next: string | null
  cloudflareEndpoints: CloudflareAddress[]
}

/** Asks for an inside subnet to be kept for ten minutes. */
export interface HoldInput {
  /** Made by the tab, a UUID: one hold for each draft. Asking again under it extends the hold, or moves it. */
  draftId: string
  /** Absent: the one that the draft has, else the next free one. */
  interface_address?: string | undefined
}

export interface HoldAnswer {
  hold: { id: string; interface_address: string; until: string }
  checked: CheckedSource[]
}

/** Every static route of the account; `null` where they cannot be read. */
export interface RoutesAnswer {
  routes: StaticRoute[] | null
  fetchedAt: string | null
}
