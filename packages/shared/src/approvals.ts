import type { Role } from './access.ts'
import type { FieldChange } from './diff.ts'
import type { Effect } from './field.ts'
import type { TunnelPatch } from './patch.ts'
import type { Settings } from './settings.ts'

/**
 * `waiting` for a second person · `applying` approved, and being carried out · ended: `applied`, `failed` approved, but
 * refused by Cloudflare, `unknown` approved, and nobody knows yet what became of it, `declined`, `withdrawn` by whoever
 * asked, `lapsed` the tunnel, the request or the right of whoever asked is another by now
 */
export const approvalStates = [
  'waiting',
  'applying',
  'applied',
  'failed',
  'unknown',
  'declined',
  'withdrawn',
  'lapsed',
] as const
export type ApprovalState = (typeof approvalStates)[number]

/** A change of a tunnel that a second person is asked to approve: this payload on this version, and no other. */
export interface ApprovalEntry {
  id: string
  state: ApprovalState
  tunnelId: string
  name: string
  version: string
  patch: TunnelPatch
  /** What it changes and what that does, masked as in the audit log. */
  effects: (FieldChange & Effect)[]
  by: { id: string; email: string }
  /** Why it is wanted, in the words of whoever asked. */
  reason: string | null
  /** UTC, ISO 8601. */
  askedAt: string
  decidedBy: { id: string; email: string } | null
  /** What whoever decided had to say. */
  word: string | null
  /** When it ended, or was approved. UTC, ISO 8601. */
  decidedAt: string | null
  /** Why it lapsed, failed, is not known, or waits again. */
  why: string | null
}

/** The body of `POST /api/approvals`. */
export interface ApprovalInput {
  tunnelId: string
  version: string
  patch: TunnelPatch
  reason?: string | undefined
}

/** For how many days one that was decided stays in the list. */
export const approvalDays = 7

/** Whether somebody of this role may not make a change with these effects alone. The console itself has no role. */
export function needsSecondPerson(
  { secondPerson }: Pick<Settings, 'secondPerson'>,
  role: Role | null,
  effects: readonly Pick<Effect, 'risk'>[],
): boolean {
  return secondPerson === 'high-risk' && role === 'operator' && effects.some(({ risk }) => risk === 'high')
}

/** What the audit log says of why a change was made that somebody else approved. */
export function approvedReason(reason: string | null, approver: string, word: string | null): string {
  const approved = `Approved by ${approver}${word === null ? '' : `: ${word}`}`
  return reason === null ? approved : `${reason}\n${approved}`
}
