import { roles } from './access.ts'
import { z } from './zod.ts'

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

const FieldValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

export const AuditEntry = z.object({
  /** Ascending; the cursor. */
  seq: z.number(),
  id: z.string(),
  /** UTC, ISO 8601. */
  at: z.string(),
  settledAt: z.string().nullable(),
  actor: z.object({ id: z.string(), email: z.string(), role: z.enum(roles).nullable() }),
  action: z.string(),
  /** The id is `null` for a create that never got one. */
  target: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  validateOnly: z.boolean(),
  outcome: z.enum(auditOutcomes),
  changes: z.array(z.object({ path: z.string(), label: z.string(), before: FieldValue, after: FieldValue })),
  /** Why it was not applied: a problem code and its words, scrubbed. */
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  ray: z.string().nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>
