import type { Permission } from './access.ts'
import type { Transition, TunnelState, TunnelStatus } from './status.ts'

/** One stretch of time in which a tunnel was in one state. Time that nobody measured is `unknown`. */
export interface StatusPeriod {
  state: TunnelState
  /** Why, in a few plain words; the same words as `TunnelStatus.reason` at the time. */
  reason: string
  /** UTC, ISO 8601. */
  from: string
  /** `null`: it goes on. */
  to: string | null
}

/** A change that stands on the timeline: an entry of the audit log. Support sees when and what kind, not what of. */
export interface ChangeMark {
  at: string
  auditId: string
  /** Such as `tunnel.update`. */
  action: string
  /** Who, as the audit log names them. */
  by: string
  /** In a few plain words, such as "Health check rate, Description". Empty for those who may not read the audit log. */
  summary: string
}

/** What went through a tunnel during one step of the time asked for, in bits per second. */
export interface TrafficSample {
  /** Where the step begins. UTC, ISO 8601. */
  at: string
  /** From the site to Cloudflare. */
  inBitRate: number
  /** From Cloudflare to the site. */
  outBitRate: number
}

/** That the time before a moment has not been read from Cloudflare's analytics yet. */
export interface OlderHistory {
  /** UTC, ISO 8601. */
  before: string
  /** Cloudflare refuses the token that analytics are read with: it waits until that is mended. */
  isRefused: boolean
}

/** `GET /api/tunnels/:id/history?from&to` */
export interface TunnelHistoryAnswer {
  from: string
  to: string
  /** Oldest first, from `from` to `to` without gaps. */
  periods: StatusPeriod[]
  /** Oldest first. */
  changes: ChangeMark[]
  /** 0 to 1: how much of the time asked for was measured. `unknown` and `not-monitored` are no measurement. */
  coverage: number
  /** 0 to 1: how much of the measured time probes passed (up, degraded or recovering); `null` when nothing was measured. */
  uptime: number | null
  /** `null` when traffic cannot be read. */
  traffic: TrafficSample[] | null
  /** What of the time asked for is still to be read; `null` where nothing is. */
  older: OlderHistory | null
}

/** A tunnel that went from one state to another. Neither of them is `unknown`: that says of the console what it does not know. */
export interface StateChange extends Transition {
  /** Its name now, or the last one that it had. Empty where nobody knows it any more. */
  name: string
  /** When it was seen in its former state last, where nobody saw it change: that was at some time between then and `at`. */
  lastSeen: string | null
  /** Work that was announced for it and went on at that time. */
  planned: string | null
}

/** `GET /api/status/changes?from&to&cursor&limit` */
export interface StateChangesAnswer {
  /** Newest first. */
  changes: StateChange[]
  /** Gives those before; `null`: there are none in this time. */
  nextCursor: string | null
  /**
   * Times in which the console did not look at so many tunnels, oldest first. Each is whole, so it may reach beyond the time
   * asked for. `to: null`: it goes on.
   */
  unwatched: { from: string; to: string | null; tunnels: number }[]
  /** Of how many tunnels Cloudflare told nothing at some time within this one, though the console asked. */
  withoutData: number
  /** Nothing is kept of before; `null`: nothing at all. */
  since: string | null
  /** Before when the history of some tunnels is still to be read; `null` where none is. */
  older: OlderHistory | null
}

/** How a tunnel does as seen from one of Cloudflare's data centres. */
export interface DataCentreHealth {
  /** Such as "AMS". */
  code: string
  city: string
  country: string
  /** Carried traffic of this tunnel within the last six hours. */
  isActive: boolean
  /** 0 down to 1 healthy: the mean state of its probes. */
  score: number
  state: 'up' | 'degraded' | 'down'
  /** 0 to 1: share of the tunnel's traffic that it carries; `null` when traffic cannot be read. */
  share: number | null
}

/** The next step that a cause suggests. `patch` is a change that the edit form can be opened with. */
export interface NextStep {
  text: string
  /** A change of fields to review, as `TunnelPatch`; absent where no change of the tunnel helps. */
  patch?: Record<string, unknown>
  /** An earlier version to compare with and restore: its audit entry. */
  restore?: string
  /** What somebody must be allowed to do for it; absent where it is done elsewhere than in this console. */
  needs?: Permission
}

/** Why a tunnel is as it is, by the first rule that matches. */
export interface Cause {
  /** Names the rule, such as `probes-filtered`. */
  rule: string
  /** "Likely cause" in a sentence. */
  text: string
  /** When what it tells of is over, where that is known: UTC, ISO 8601. No part of the text, since its reader may be in any zone. */
  until?: string
  /** "Why we think so": the observations that the rule rests on. */
  because: string[]
  next: NextStep[]
}

/** `GET /api/tunnels/:id/status`: what a responder needs on one page. */
export interface TunnelStatusAnswer {
  status: TunnelStatus
  /** Those with traffic first, by their share; then the others by name. Empty when health cannot be read. */
  dataCentres: DataCentreHealth[]
  cause: Cause | null
  /** Checks pass again, and Cloudflare holds the lower state for now. */
  recovery: { passingSince: string; earliest: string } | null
  /** Changes of this tunnel within the half hour before the state began (or before now, when it is up). */
  changes: ChangeMark[]
  /** Other tunnels of the same site, by their names (`shared/site.ts`). */
  site: { id: string; name: string; status: TunnelStatus }[]
  fetchedAt: string
}
