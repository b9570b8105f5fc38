import type { LedgerEntry, OutsideEdit, Seen } from './adversary/ledger.ts'

/**
 * What an answer says about a write.
 *
 * `applied` · `not-applied` it is certain that nothing happened · `unknown` nobody knows · `running` it is under way ·
 * `closed` it has not arrived, and will be refused · `nothing` this one request was not taken up, which says nothing about
 * another with the same key · `silent` no answer
 */
export type Claim = 'applied' | 'not-applied' | 'unknown' | 'running' | 'closed' | 'nothing' | 'silent'

/** One request of a person, and what came back. Times in milliseconds since 1970. */
export interface Attempt {
  how: 'write' | 'ask'
  sentAt: number
  answeredAt: number | null
  status: number
  /** The problem's code. */
  code: string | null
  claim: Claim
  /** What the answer showed of the tunnel. A key is kept as its hash. */
  told: { tunnelId?: string; description?: string; keyHash?: string }
}

export type OpKind = 'increment' | 'create' | 'delete' | 'psk' | 'dry-run'

/** Something that a person wanted once: one key, however often it was sent. */
export interface Op {
  id: string
  kind: OpKind
  key: string
  /** The tunnel; of a create the one that the console named, once it did. */
  tunnelId: string | null
  /** The name that a create gives. */
  name: string | null
  /** The text that an increment writes. */
  description: string | null
  attempts: Attempt[]
}

/** An entry of the console's audit log, as far as the judge reads it. */
export interface AuditEntry {
  seq: number
  id: string
  at: string
  settledAt: string | null
  action: string
  target: { id: string | null; name: string } | null
  validateOnly: boolean
  outcome: string
  changes: { path: string; before: unknown; after: unknown }[]
  problem: { code: string; causes?: string[] } | null
  requestId: string
  turns?: { at: string; outcome: string }[]
}

/** How the list looked to a person. `tunnels` is `null` when it had not changed. */
export interface Poll {
  at: number
  ms: number
  status: number
  tunnels: number | null
  /** How many tunnels there really were. */
  really: number
}

/** One life of the console's process. */
export interface Life {
  startedAt: number
  readyAt: number
  endedAt: number | null
  /** Who ended it. `itself` must not happen. */
  endedBy: 'SIGKILL' | 'SIGTERM' | 'itself' | null
}

/** A secret found where none may be. The secret itself is not repeated. */
export interface Leak {
  place: string
  secret: string
  form: string
  /** What stands around it. */
  context: string
}

/** All that is known of one run. */
export interface History {
  seed: string
  startedAt: number
  endedAt: number
  /** Tunnels whose description is a counter that everybody increments. */
  counters: { id: string; start: number }[]
  ledger: readonly LedgerEntry[]
  /** The tunnels as they are at the end. */
  tunnels: (Seen & { id: string })[]
  outside: readonly OutsideEdit[]
  ops: readonly Op[]
  audit: readonly AuditEntry[]
  polls: readonly Poll[]
  lives: readonly Life[]
  leaks: readonly Leak[]
  /** How often the right password was answered 401. */
  passwordRefusals: number
  /** Lines of the console's log that tell of an error that nobody caught. */
  unhandled: readonly string[]
}

/** The number at the start of a counter's text. */
export function countIn(description: string): number {
  return Number.parseInt(description, 10)
}
