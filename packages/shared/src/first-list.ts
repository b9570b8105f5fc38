import type { SessionAnswer } from './api.ts'
import type { Fleet } from './fleet.ts'
import type { TunnelStatus } from './status.ts'
import type { VisibleTunnel } from './visible.ts'

/** How many rows a page comes with: more than a window shows, and all of an account as small as most are. */
export const mostFirstRows = 60

/** The top of the list in its usual order: worst first, then by name. */
export interface FirstRows {
  rows: readonly { tunnel: VisibleTunnel; status: TunnelStatus }[]
  /** All tunnels at a glance; `counts` adds up to how many there are. */
  fleet: Fleet
}

/** What the page of the list is drawn from before its own code is there. */
export interface FirstList extends FirstRows {
  session: SessionAnswer
  /** The reader is at a phone, where a row is drawn in another way. */
  isNarrow: boolean
}

/** Draws the page of the list as HTML without any script, and without a `style` attribute, which the policy would refuse. */
export type DrawFirstList = (list: FirstList) => string
