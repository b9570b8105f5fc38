import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { user } from './auth-schema.ts'

export * from './auth-schema.ts'
export * from './history-schema.ts'
export * from './many-schema.ts'
export * from './planned-schema.ts'
export * from './wall-schema.ts'
export * from './webhook-schema.ts'

/** Who may do what. Ours, not better-auth's: an identity provider must not be able to hand out roles. */
export const userRole = sqliteTable('user_role', {
  userId: text('user_id').primaryKey(),
  role: text('role', { enum: ['support', 'operator', 'admin'] }).notNull(),
  grantedAt: text('granted_at').notNull(),
  /** Since when the person may not come in; `null`: they may. */
  disabledAt: text('disabled_at'),
  /** When they last did something here. Outlives their sessions. */
  lastUsedAt: text('last_used_at'),
})

/**
 * The one-time link of a person, one at most: to set a first password or a new one. Only the hash of its token rests here.
 * Using it takes the row away. An invitation that ran out stays, so that it can be seen.
 */
export const userLink = sqliteTable('user_link', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id, { onDelete: 'cascade' }),
  kind: text('kind', { enum: ['invite', 'reset'] }).notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  expiresAt: integer('expires_at').notNull(),
})

/**
 * How often something was tried since a moment (ms). The key is a keyed hash: nobody can tell from it whose account or which
 * address it is, nor what was typed in place of an address.
 */
export const attempt = sqliteTable(
  'attempt',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    since: integer('since').notNull(),
  },
  (table) => [index('attempt_since').on(table.since)],
)

/** From where a person has signed in before: a keyed hash of both, and until when it counts (ms). */
export const knownPlace = sqliteTable(
  'known_place',
  { key: text('key').primaryKey(), expiresAt: integer('expires_at').notNull() },
  (table) => [index('known_place_expires').on(table.expiresAt)],
)

/**
 * The audit log. A row is an entry (an intent, or what was recorded in one go) or a settlement of one: how it stands since
 * then. Each row is whole, so that the newest row of an entry is its state. Never a secret.
 *
 * Rows are only ever added, in a chain: triggers refuse everything else (migration 0001), and a migration that rebuilds
 * this table would take them away and change what was hashed.
 */
export const auditEvent = sqliteTable(
  'audit_event',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    /** The `seq` of the entry that this row settles; its own `seq` when it is the entry. */
    entrySeq: integer('entry_seq').notNull().default(0),
    at: text('at').notNull(),
    /** When an entry that needed no settlement was recorded. Rows from before the chain: when it was settled. */
    settledAt: text('settled_at'),
    actorId: text('actor_id').notNull(),
    actorEmail: text('actor_email').notNull(),
    actorRole: text('actor_role', { enum: ['support', 'operator', 'admin'] }),
    action: text('action').notNull(),
    targetId: text('target_id'),
    targetName: text('target_name'),
    validateOnly: integer('validate_only', { mode: 'boolean' }).notNull(),
    outcome: text('outcome', {
      enum: ['pending', 'applied', 'valid', 'rejected', 'conflict', 'denied', 'failed', 'unknown'],
    }).notNull(),
    changes: text('changes').notNull(),
    problemCode: text('problem_code'),
    problemDetail: text('problem_detail'),
    /** The chain of codes behind the problem, outermost first: a JSON array. */
    problemCauses: text('problem_causes'),
    ray: text('ray'),
    requestId: text('request_id').notNull(),
    /** Why the person did it, in their own words. */
    reason: text('reason'),
    times: integer('times').notNull().default(1),
    /** The hash of the row before. Unique, so that the chain cannot fork. `null` in rows from before the chain. */
    prev: text('prev'),
    /** SHA-256 over every other column of this row. */
    hash: text('hash'),
  },
  (table) => [
    uniqueIndex('audit_event_id').on(table.id),
    uniqueIndex('audit_event_prev').on(table.prev),
    index('audit_event_entry').on(table.entrySeq, table.seq),
    index('audit_event_target').on(table.targetId, table.entrySeq),
    index('audit_event_actor').on(table.actorEmail, table.entrySeq),
    index('audit_event_action').on(table.action, table.entrySeq),
    index('audit_event_outcome').on(table.outcome, table.entrySeq),
    index('audit_event_at').on(table.at),
  ],
)

/** One-time links: the hash of the token, until when it counts, and when it was used. */
export const setupLink = sqliteTable('setup_link', {
  tokenHash: text('token_hash').primaryKey(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

/**
 * A change that somebody asked for, written before anything is sent, so that its fate can be found out by whoever comes
 * after a crash. The id is that of its audit entry. Never a key: MD5 keys are sealed.
 *
 * `asked` nothing was sent · `sending` the request may be under way · `watching` the answer was lost, and Cloudflare is
 * looked at · `settled` · `closed` somebody gave the key up before a request arrived under it.
 */
export const changeIntent = sqliteTable(
  'change_intent',
  {
    id: text('id').primaryKey(),
    phase: text('phase', { enum: ['asked', 'sending', 'watching', 'settled', 'closed'] }).notNull(),
    userId: text('user_id').notNull(),
    /** The `Idempotency-Key`; taken away again when the same request may be made anew. */
    key: text('key'),
    /** What was asked for, hashed with a key: the same idempotency key with another request is a mistake. */
    requestHash: text('request_hash').notNull(),
    /** Who takes turns with whom. */
    lock: text('lock').notNull(),
    /** JSON, sealed: `Change`, `Facts` and the recorded outcome. */
    change: text('change').notNull(),
    facts: text('facts'),
    outcome: text('outcome'),
    actor: text('actor').notNull(),
    requestId: text('request_id').notNull(),
    /** Which start of which process holds it. A holder that was overtaken can neither send nor settle. */
    boot: text('boot').notNull(),
    fence: integer('fence').notNull(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (table) => [
    uniqueIndex('change_intent_key').on(table.userId, table.key),
    /** One request under way for each lock, whatever memory says. */
    uniqueIndex('change_intent_sending').on(table.lock).where(sql`phase = 'sending'`),
    index('change_intent_phase').on(table.phase, table.createdAt),
  ],
)

/** The one owner of this account's changes. Each start of a process takes the next fencing number. */
export const changeOwner = sqliteTable('change_owner', {
  id: integer('id').primaryKey(),
  boot: text('boot').notNull(),
  fence: integer('fence').notNull(),
})
