import type { Permission } from '@tunnel-console/shared/access'
import type { PskAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import type { AuditAction, AuditEntry } from '@tunnel-console/shared/audit'
import type { FieldChange } from '@tunnel-console/shared/diff'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import type { CloudflareClient, WireTunnel } from '../cloudflare/client.ts'
import type { Change, ChangeOf, Facts } from './change.ts'

/** What an applied change tells whoever asked for it, by its kind. */
export interface Answers {
  create: WrittenTunnel
  update: WrittenTunnel
  delete: { deleted: true }
  'generate-key': PskAnswer
  'set-key': PskAnswer
}
export type Answer = Answers[keyof Answers]

/** A fresh read before a change: what it found, and what is to be sent. */
export interface Plan {
  facts: Facts
  /** The tunnel as it was read; none for a create. */
  seen?: Tunnel
  /** The tunnel as the audit log calls it. */
  target: NonNullable<AuditEntry['target']>
  changes: FieldChange[]
  /** The body of the request, where it has one. */
  body?: Record<string, unknown>
  /** The pre-shared key that goes along. In memory only, for as long as the request. */
  psk?: string
  /** The tunnel is as it should be already: nothing is sent, and this is the answer. */
  already?: WireTunnel
}

/** Cloudflare's clear yes. */
export interface Yes {
  ray: string | undefined
  wire?: WireTunnel
  psk?: PskAnswer
}

/** What Cloudflare shows now, to be held against what a change wanted. MD5 keys in it are sealed, as in the facts. */
export interface Seen {
  /** The tunnel that the change is about; for a create, one of its name that was not there before. `null`: there is none. */
  tunnel: Tunnel | null
  /** Its version, as the console tells it. */
  version: string | null
}

/** What a look shows. `waits`: nothing has happened yet, and still may. `moved`: somebody changed it, so nobody can tell. */
export type Finding =
  | { fate: 'applied'; ours: FieldChange[]; outside: FieldChange[] }
  | { fate: 'waits' }
  | { fate: 'moved' }
  /** For a key: one was made, and its value is lost. */
  | { fate: 'lost' }

/** How an applied change ended. */
export interface Done {
  target: NonNullable<AuditEntry['target']>
  answer: Answer
  /** What the change itself did. */
  ours: FieldChange[]
  /** What somebody else did between our request and our look: not our person's doing. */
  outside: FieldChange[]
  /** The tunnel as it stands; `null` when it is gone. */
  tunnel: Tunnel | null
  ray: string | undefined
}

/**
 * A kind of change: its name in the audit log, who may, who waits for whom, and four steps. `look` is pure and works from
 * stored facts alone, so that a restarted process can do it too.
 */
export interface Kind<C extends Change = Change> {
  action: AuditAction
  permission: Permission
  /** Changes with the same name take turns. */
  lock(change: C): string
  /**
   * Reads what is there and checks the change against it. `remembered`: the tunnels as the console knew them before.
   * `secret`: a key that was given. Throws `conflict`, `not-found`, `invalid` or `not-sent`.
   */
  read(client: CloudflareClient, change: C, remembered: readonly Tunnel[], secret?: string): Promise<Plan>
  /** Sending the very same again does no harm, so a lost answer may be asked for by that. */
  isRepeatable?: true
  /** One request. A lost answer is `Ambiguous`. A dry run answers `null`. */
  send(client: CloudflareClient, change: C, plan: Plan, isDryRun: boolean): Promise<Yes | null>
  /** After a clear yes: what Cloudflare stored counts, not what it said. */
  confirm(client: CloudflareClient, change: C, plan: Plan, yes: Yes): Promise<Done>
  /** After a lost answer. `facts` and `seen` are sealed alike. */
  look(change: C, facts: Facts, seen: Seen): Finding
  /** What to tell whoever lost the answer. `seen`: the tunnel as it is now; `null` when it could not be read. */
  lost(facts: Facts, seen: Tunnel | null): string
}

export type Kinds = { [K in Change['kind']]: Kind<ChangeOf<K>> }
