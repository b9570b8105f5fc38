import type { Reply } from '../console/send.ts'
import type { Attempt, Claim } from '../history.ts'

/** Codes of requests that were turned away at the door: they say nothing of what else came with the same key. */
const turnedAway = [
  'bad-request',
  'unauthenticated',
  'forbidden',
  'cross-site',
  'rate-limited',
  'busy',
  'unsettled',
  'starting',
  'audit-unavailable',
  'storage-unavailable',
]

/**
 * What an answer to a write claims, by its status and code alone, as any client has to read it. Of a problem that it does
 * not know, a client believes that nothing happened when the input is at fault, and otherwise nothing at all.
 */
export function claimOfWrite(reply: Reply | null): Claim {
  if (!reply) return 'silent'
  if (reply.status < 300) return 'applied'
  const code = codeOf(reply)
  if (code === null) return reply.status === 503 ? 'nothing' : 'silent'
  if (code === 'already-revealed') return 'applied'
  if (code === 'closed') return 'closed'
  if (code === 'outcome-unknown' || code === 'internal') return 'unknown'
  return turnedAway.includes(code) ? 'nothing' : 'not-applied'
}

/** What the answer to "what became of it?" claims. */
export function claimOfOutcome(reply: Reply | null): Claim {
  if (!reply) return 'silent'
  const outcome = reply.status === 200 ? reply.json?.['outcome'] : undefined
  const known: readonly Claim[] = ['applied', 'not-applied', 'unknown', 'running', 'closed']
  return known.find((claim) => claim === outcome) ?? 'nothing'
}

export function codeOf(reply: Reply | null): string | null {
  const code = reply?.json?.['code']
  return typeof code === 'string' ? code : null
}

/** Whether a write is over for its person: nothing that may still come can change the claim. */
export function isFinal({ claim }: Pick<Attempt, 'claim'>): boolean {
  return claim === 'applied' || claim === 'not-applied' || claim === 'closed'
}
