import { approvalStates } from '@tunnel-console/shared/approvals'
import { jobKinds, jobRowStates, jobStates } from '@tunnel-console/shared/jobs'
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** A batch of changes that the process carries out, row by row. JSON: `by` (author), `options`, `change`, `changes`, `problem`. */
export const job = sqliteTable(
  'job',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: jobKinds }).notNull(),
    state: text('state', { enum: jobStates }).notNull(),
    why: text('why'),
    by: text('by').notNull(),
    reason: text('reason'),
    options: text('options').notNull(),
    requestId: text('request_id').notNull(),
    /** Wall time (ms), for people, and for a start that was set by one. */
    createdAt: integer('created_at').notNull(),
    startsAt: integer('starts_at'),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
    /** The rows that are carried out between two pauses, and how their tunnels stood before: JSON. */
    batch: text('batch'),
    /** What was asked for, hashed: the same idempotency key with another request is a mistake. */
    requestHash: text('request_hash'),
  },
  (table) => [index('job_state').on(table.state, table.createdAt)],
)

/** One change of a job. `attempt` makes the idempotency key: the same attempt is never carried out twice. Never a key. */
export const jobRow = sqliteTable(
  'job_row',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => job.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    tunnelId: text('tunnel_id').notNull(),
    name: text('name').notNull(),
    change: text('change').notNull(),
    state: text('state', { enum: jobRowStates }).notNull(),
    attempt: integer('attempt').notNull().default(0),
    changes: text('changes').notNull().default('[]'),
    problem: text('problem'),
    auditId: text('audit_id'),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.position] }),
    index('job_row_state').on(table.jobId, table.state),
    index('job_row_by_state').on(table.state),
  ],
)

/**
 * A change that undoes itself unless somebody keeps it: written before the change is sent. The id is that of its audit
 * entry. JSON: `by` (author), `patch` (what writes the former values back), `changes` (masked), `before` (states).
 */
export const undo = sqliteTable(
  'undo',
  {
    id: text('id').primaryKey(),
    /** A job's id, or the change's own. */
    group: text('group_id').notNull(),
    tunnelId: text('tunnel_id').notNull(),
    name: text('name').notNull(),
    by: text('by').notNull(),
    patch: text('patch').notNull(),
    changes: text('changes').notNull(),
    before: text('before').notNull(),
    state: text('state', {
      enum: ['armed', 'counting', 'undoing', 'kept', 'undone', 'blocked', 'failed', 'void'],
    }).notNull(),
    minutes: integer('minutes').notNull(),
    /** The version that the change left: what is written over, and nothing else. `null` until it is known. */
    version: text('version'),
    /** Wall time (ms), since it must outlive the process. */
    dueAt: integer('due_at').notNull(),
    endedAt: integer('ended_at'),
    why: text('why'),
    attempt: integer('attempt').notNull().default(0),
  },
  (table) => [
    index('undo_state').on(table.state, table.dueAt),
    index('undo_group').on(table.group),
    index('undo_ended').on(table.endedAt),
  ],
)

/** What a tunnel was before and after each change that is known: drafts as JSON, an MD5 key only as "(set)". */
export const tunnelVersion = sqliteTable(
  'tunnel_version',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    tunnelId: text('tunnel_id').notNull(),
    name: text('name').notNull(),
    at: text('at').notNull(),
    by: text('by').notNull(),
    auditId: text('audit_id'),
    before: text('before'),
    after: text('after'),
  },
  (table) => [
    index('tunnel_version_tunnel').on(table.tunnelId, table.seq),
    uniqueIndex('tunnel_version_audit').on(table.auditId),
  ],
)

/** A key left for somebody: a ciphertext that nobody here can open, until it is read, revoked or out of date. */
export const handoff = sqliteTable('handoff', {
  id: text('id').primaryKey(),
  tunnelId: text('tunnel_id').notNull(),
  name: text('name').notNull(),
  by: text('by').notNull(),
  /** `null` once it was opened, revoked or has run out. */
  ciphertext: text('ciphertext'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  openedAt: integer('opened_at'),
  revokedAt: integer('revoked_at'),
})

/** What an administrator has set. The value is JSON; what has no row is as `defaultSettings` says. */
export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
  by: text('by').notNull(),
  /** Wall time (ms). */
  at: integer('at').notNull(),
})

/**
 * A change that waits for a second person, or was decided by one. JSON: `by` and `decided_by` (who), `patch`, `effects`
 * (masked). `attempt` makes the idempotency key: the same attempt is never carried out twice. Never a key.
 */
export const approval = sqliteTable(
  'approval',
  {
    id: text('id').primaryKey(),
    state: text('state', { enum: approvalStates }).notNull(),
    tunnelId: text('tunnel_id').notNull(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    patch: text('patch').notNull(),
    effects: text('effects').notNull(),
    userId: text('user_id').notNull(),
    by: text('by').notNull(),
    reason: text('reason'),
    /** Wall time (ms). */
    askedAt: integer('asked_at').notNull(),
    decidedBy: text('decided_by'),
    word: text('word'),
    decidedAt: integer('decided_at'),
    why: text('why'),
    attempt: integer('attempt').notNull().default(0),
  },
  (table) => [
    index('approval_state').on(table.state, table.decidedAt),
    /** One a person and tunnel: whoever asks anew replaces what they asked before. */
    uniqueIndex('approval_waiting').on(table.userId, table.tunnelId).where(sql`state IN ('waiting', 'applying')`),
  ],
)

/**
 * An inside subnet that is kept for a draft while somebody fills it in. One for each draft of a person. `expires_at` is wall
 * time (ms), since it must outlive the process.
 */
export const addressHold = sqliteTable(
  'address_hold',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    by: text('by').notNull(),
    draftId: text('draft_id').notNull(),
    interfaceAddress: text('interface_address').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [uniqueIndex('address_hold_draft').on(table.userId, table.draftId)],
)

/** The /31s that a hold covers, each by its first address: the key sees to it that nobody else holds any of them. */
export const addressHoldSlot = sqliteTable(
  'address_hold_slot',
  {
    slot: integer('slot').primaryKey(),
    holdId: text('hold_id')
      .notNull()
      .references(() => addressHold.id, { onDelete: 'cascade' }),
  },
  (table) => [index('address_hold_slot_hold').on(table.holdId)],
)
