import type { Permission, Role } from './access.ts'
import type { AuditEntry } from './audit.ts'
import type { Columns } from './columns.ts'
import type { FieldChange } from './diff.ts'
import type { TunnelDraft } from './draft.ts'
import type { ManyOutcome } from './jobs.ts'
import type { Problem } from './problem.ts'
import type { BgpState, TunnelState, TunnelStatus } from './status.ts'
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

/** The same with the tunnels in columns: a sixth of the bytes where there are thousands. */
export interface TunnelColumnsAnswer extends Omit<TunnelListAnswer, 'tunnels'> {
  columns: Columns
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
  /** What Cloudflare accepts and somebody should know all the same: that another person holds the inside address. */
  warnings?: string[]
}

/** A source of status, and how fresh it is. `ok: false` tells that the last attempt failed. */
export interface StatusSource {
  at: string | null
  ok: boolean
  failure: SourceFailure | null
}

export interface StatusAnswer {
  statuses: Record<string, TunnelStatus>
  /** `traffic` is absent while nobody had to ask for it. */
  sources: { tunnels: StatusSource; health: StatusSource; traffic?: StatusSource }
}

/** The data centres in which a route holds, by their names or by region, as Cloudflare writes them. One of the lists may be empty. */
export interface RouteScope {
  colo_names: string[]
  colo_regions: string[]
}

export interface StaticRoute {
  id: string
  prefix: string
  nexthop: string
  priority: number | null
  weight: number | null
  description: string
  /** `null`: it holds in every data centre. */
  scope: RouteScope | null
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

/** How one tunnel of `PUT /api/tunnels` fared: applied or unchanged with what is there now, or the problem. */
export interface ManyResult {
  id: string
  outcome: ManyOutcome
  tunnel?: Tunnel
  version?: string
  /** What it changes, or would change in a dry run: masked as in the audit log. */
  changes?: FieldChange[]
  problem?: Problem
}

/** What Cloudflare says to one row of a plan. `version`: of the tunnel that it was asked about. */
export interface PlanAnswer {
  outcome: Exclude<ManyOutcome, 'applied'>
  version?: string
  /** What would change: masked as in the audit log. */
  changes?: FieldChange[]
  problem?: Problem
}

/**
 * How the key of one tunnel was set. `psk` is there only when it was applied, and only this once: a repeat of the request
 * is told `applied` with the problem `already-revealed`.
 */
export interface KeyResult {
  id: string
  outcome: 'applied' | 'valid' | 'rejected' | 'unknown'
  psk?: string
  ipsec_id?: string
  psk_metadata?: { last_generated_on: string | null }
  problem?: Problem
}

/**
 * What a change that undoes itself has come to. `armed` the change is under way · `counting` until `dueAt` · `undoing` the
 * former version is being written back · ended: `kept`, `undone`, `blocked` somebody changed the tunnel meanwhile, so it was
 * not overwritten, `failed` Cloudflare refused it, `void` the change itself never happened.
 */
export type UndoState = 'armed' | 'counting' | 'undoing' | 'kept' | 'undone' | 'blocked' | 'failed' | 'void'

/** One tunnel whose change undoes itself unless somebody keeps it. Times are UTC, ISO 8601. */
export interface UndoEntry {
  /** The audit entry of the change. */
  id: string
  /** Changes with the same group are kept and undone together: those of one job. A change of its own is its own group. */
  group: string
  tunnelId: string
  name: string
  by: { id: string; email: string }
  state: UndoState
  changes: FieldChange[]
  dueAt: string
  /** The tunnel's state when the change was sent. */
  stateBefore: TunnelState | null
  bgpBefore: BgpState | null
  /** By whom it was kept, or why it was undone early, blocked or failed. */
  why: string | null
}

/** One version of a tunnel: what a change of ours or a change outside this console left. A key in it is only "set". */
export interface TunnelVersion {
  seq: number
  tunnelId: string
  name: string
  /** UTC, ISO 8601. */
  at: string
  by: string
  /** The audit entry that tells of it; `null` for changes outside this console. */
  auditId: string | null
  /** `null`: the tunnel was created by this change. */
  before: TunnelDraft | null
  /** `null`: the tunnel was deleted by this change. */
  after: TunnelDraft | null
}

/** A key left for somebody at the far end: what the console knows of it. The key itself it cannot read. */
export interface HandoffEntry {
  id: string
  tunnelId: string
  name: string
  by: string
  createdAt: string
  expiresAt: string
  /** When it was opened; `null`: not yet. */
  openedAt: string | null
  revokedAt: string | null
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
