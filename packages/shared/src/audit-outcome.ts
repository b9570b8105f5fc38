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
