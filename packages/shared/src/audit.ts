import type { Role } from './access.ts'
import type { FieldChange } from './diff.ts'

/** What an entry can record: the write permissions, and coming and going. */
export const auditActions = [
  'tunnel.create',
  'tunnel.update',
  'tunnel.delete',
  'psk.generate',
  'session.signIn',
  'session.signOut',
  'user.setUp',
  'sandbox.reset',
] as const
export type AuditAction = (typeof auditActions)[number]

/**
 * `pending` intent written, fate not yet recorded · `applied` · `valid` a dry run that Cloudflare accepts ·
 * `rejected` by Cloudflare or our checks · `conflict` the tunnel had changed · `denied` role too low ·
 * `failed` nothing was sent, or it is certain that nothing happened · `unknown` nobody knows.
 */
export const auditOutcomes = [
  'pending',
  'applied',
  'valid',
  'rejected',
  'conflict',
  'denied',
  'failed',
  'unknown',
] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

export interface AuditEntry {
  /** Ascending; the cursor. */
  seq: number
  id: string
  /** UTC, ISO 8601. */
  at: string
  settledAt: string | null
  actor: { id: string; email: string; role: Role | null }
  action: string
  /** The id is `null` for a create that never got one. */
  target: { id: string | null; name: string } | null
  validateOnly: boolean
  outcome: AuditOutcome
  changes: FieldChange[]
  /** Why it was not applied: a problem code and its words, scrubbed. */
  problem: { code: string; detail: string } | null
  ray: string | null
  requestId: string
}
