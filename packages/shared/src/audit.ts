import type { Role } from './access.ts'
import type { AuditOutcome } from './audit-outcome.ts'
import type { FieldChange } from './diff.ts'

/** What an entry can record: the write permissions, what others changed past this console, and coming and going. */
export const auditActions = [
  'tunnel.create',
  'tunnel.update',
  'tunnel.delete',
  'psk.generate',
  'psk.set',
  'job.create',
  'job.pause',
  'job.resume',
  'job.stop',
  'job.retry',
  'job.reschedule',
  'undo.keep',
  'undo.now',
  'handoff.create',
  'handoff.revoke',
  'handoff.open',
  'settings.change',
  'planned.create',
  'planned.end',
  'wall.create',
  'wall.revoke',
  'wall.open',
  'approval.ask',
  'approval.approve',
  'approval.decline',
  'approval.withdraw',
  'approval.lapse',
  'tunnel.createdOutside',
  'tunnel.changedOutside',
  'tunnel.deletedOutside',
  'session.signIn',
  'session.signOut',
  'user.setUp',
  'user.invite',
  'user.changeRole',
  'user.disable',
  'user.enable',
  'user.reset',
  'user.endSessions',
  'user.join',
  'user.changePassword',
  'sandbox.reset',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Who stands in the log for writers that this console does not know: Cloudflare's dashboard, Terraform, a script. */
export const outsideActor = { id: 'outside', email: 'outside this console', role: null } as const

/** Who stands in the log for whoever opened a link that needs no account. */
export const linkActor = { id: 'link', email: 'whoever had the link', role: null } as const
/** Who stands in the log for what the console does by itself: a change that undoes itself. */
export const consoleActor = { id: 'console', email: 'this console', role: null } as const

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
  /** Why it was not applied: a problem code, its words, scrubbed, and the chain of codes that led to it, outermost first. */
  problem: { code: string; detail: string; causes: string[] } | null
  /** Why they did it, in their own words. Absent where nobody said. */
  reason?: string
  ray: string | null
  requestId: string
  /** How often it happened within its minute: repeated refusals are counted, not listed. */
  times: number
  /** Every settlement in order: an outcome that was unknown turns when it is known. */
  turns: { at: string; outcome: AuditOutcome }[]
}
