/** A screen on a wall: it shows the state of every tunnel, has a session of its own, and may do nothing else. */
export interface WallScreen {
  id: string
  /** Where it hangs. */
  name: string
  /** Who made it: an email address. */
  by: string
  createdAt: string
  /** Until when its link can be opened; `null` once it was. */
  linkUntil: string | null
  /** When it last asked, to five minutes; `null`: never. */
  lastSeenAt: string | null
}

/** What a screen is told of itself and of where it hangs. A person who looks at the wall has no screen. */
export interface WallAnswer {
  account: string
  screen: { name: string } | null
}

/** Names by tunnel id. */
export interface NamesAnswer {
  names: Record<string, string>
}

/** How long the link of a new screen can be opened, in hours. */
export const wallLinkHours = 24
