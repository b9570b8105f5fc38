import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export * from './auth-schema.ts'

/** Who may do what. Ours, not better-auth's: an identity provider must not be able to hand out roles (ecosystem.md 4). */
export const userRole = sqliteTable('user_role', {
  userId: text('user_id').primaryKey(),
  role: text('role', { enum: ['support', 'operator', 'admin'] }).notNull(),
  grantedAt: text('granted_at').notNull(),
})

/** One row for each attempt to change something, written before the attempt is made. Never a secret. */
export const auditEvent = sqliteTable(
  'audit_event',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull(),
    at: text('at').notNull(),
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
    ray: text('ray'),
    requestId: text('request_id').notNull(),
  },
  (table) => [
    uniqueIndex('audit_event_id').on(table.id),
    index('audit_event_target').on(table.targetId, table.seq),
    index('audit_event_actor').on(table.actorEmail, table.seq),
  ],
)

/** Who is changing what right now. A lease, not a mutex, so that two processes or Workers respect it too. */
export const writeLock = sqliteTable('write_lock', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

/** One-time links: the hash of the token, until when it counts, and when it was used. */
export const setupLink = sqliteTable('setup_link', {
  tokenHash: text('token_hash').primaryKey(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
})

/** The first answer to each `Idempotency-Key`, so that a repeated click gives the same answer and no second write. Never a secret. */
export const idempotentAnswer = sqliteTable(
  'idempotent_answer',
  {
    key: text('key').notNull(),
    userId: text('user_id').notNull(),
    /** Method, path and body, hashed: the same key with another request is a mistake. */
    requestHash: text('request_hash').notNull(),
    /** `null` while the first request is under way. */
    answer: text('answer'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.key] })],
)
