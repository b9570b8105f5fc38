import type { Permission, Role } from './access.ts'
import type { AuditEntry } from './audit.ts'
import type { Problem } from './problem.ts'
import type { TunnelStatus } from './status.ts'
import type { Tunnel } from './tunnel.ts'
import type { VisibleTunnel } from './visible.ts'

export interface SessionAnswer {
  user: { id: string; email: string; name: string; role: Role }
  account: { id: string; name: string }
  mode: 'live' | 'sandbox'
  permissions: readonly Permission[]
  /** UTC, ISO 8601: when the session ends and a new sign-in is needed, whatever is done (12 hours). */
  expiresAt: string
  /** UTC, ISO 8601: when it ends unless a person does something before (30 minutes after the last act; polling is none). */
  idleEndsAt: string
  /** Set when an administrator looks through the eyes of this role: `user.role` and `permissions` are that role's. */
  viewingAs: Role | null
  /** Who can give roles: for "Ask: …" where somebody meets a wall. */
  administrators: { name: string; email: string }[]
}

/** A person as administrators see them. */
export interface UserEntry {
  id: string
  email: string
  name: string
  role: Role
  disabled: boolean
  /** UTC, ISO 8601; `null`: never. */
  lastUsedAt: string | null
  /** Until when an invitation that has not been taken up can be; `null` once a password was set. */
  invitedUntil: string | null
}

/** One of a person's own sessions. */
export interface OwnSession {
  /** Not the session's secret: names it for ending it. */
  id: string
  isCurrent: boolean
  /** Such as "Firefox on Linux", from what the browser says of itself. */
  device: string
  /** The address that it came from, when known. */
  place: string | null
  startedAt: string
  lastUsedAt: string
}

export interface TunnelListAnswer {
  tunnels: VisibleTunnel[]
  /** When Cloudflare last gave this list. UTC, ISO 8601. */
  fetchedAt: string
  /** Whether a newer list should have come by now and did not. */
  stale: boolean
  /** Entries of Cloudflare's list that carry no usable id and are left out. */
  unreadable: number
  /** A newer list that lost more than half of the tunnels, and is not believed until a second reading says the same. */
  doubted: { tunnels: number } | null
  /** Why no newer list could be read: a problem code and the chain of codes behind it. `null` when all is well. */
  failure: SourceFailure | null
}

export interface SourceFailure {
  code: string
  title: string
  causes: string[]
}

export interface TunnelAnswer<T extends VisibleTunnel = VisibleTunnel> {
  tunnel: T
  version: string
  /** Names of fields that this console does not know. */
  unknownFields: string[]
}

export type WrittenTunnel = TunnelAnswer<Tunnel> & {
  /** Fields, by path, that Cloudflare stored with another value than was asked for. Absent when there are none. */
  notApplied?: string[]
}

export interface ValidationAnswer {
  valid: true
  checkedAt: string
}

/** A source of status, and how fresh it is. `ok: false` tells that the last attempt failed. */
export interface StatusSource {
  at: string | null
  ok: boolean
  failure: SourceFailure | null
}

export interface StatusAnswer {
  statuses: Record<string, TunnelStatus>
  sources: { tunnels: StatusSource; health: StatusSource }
}

export interface StaticRoute {
  id: string
  prefix: string
  nexthop: string
  priority: number | null
  weight: number | null
  description: string
}

export interface AuditPage {
  entries: AuditEntry[]
  /** Pass it as `cursor` for older entries; `null` at the end. */
  nextCursor: string | null
}

export interface PskAnswer {
  psk: string
  ipsec_id?: string
  psk_metadata: { last_generated_on: string | null }
}

/**
 * What became of a write, asked by its idempotency key.
 *
 * `running` it is being carried out · `applied` · `not-applied` it is certain that nothing happened · `unknown` nobody knows
 * yet, and it is watched · `closed` no such request has arrived; it is refused if it still comes.
 */
export interface OutcomeAnswer {
  outcome: 'running' | 'applied' | 'not-applied' | 'unknown' | 'closed'
  /** The written tunnel, when one was applied and it still has something to show. */
  tunnel?: Tunnel
  version?: string
  /** Why it was not applied, or why it is not known. */
  problem?: Problem
  /** The audit entry of the write, for its story. */
  auditId?: string
}
