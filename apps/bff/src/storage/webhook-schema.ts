import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** An address that is told of changes of state. Times are wall time (ms), since what is due must survive a restart. */
export const webhook = sqliteTable('webhook', {
  id: text('id').primaryKey(),
  url: text('url').notNull(),
  /** Encrypted: what signs its messages. */
  secret: text('secret').notNull(),
  /** JSON. */
  states: text('states').notNull(),
  isEnabled: integer('is_enabled', { mode: 'boolean' }).notNull(),
  by: text('by').notNull(),
  createdAt: integer('created_at').notNull(),
  /** Attempts that failed since the last one that did not; no attempt before `dueAt`. */
  failures: integer('failures').notNull().default(0),
  dueAt: integer('due_at').notNull().default(0),
})

/** A message, in the order in which they are sent. Its id is the same at every attempt. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhook.id, { onDelete: 'cascade' }),
    state: text('state', { enum: ['waiting', 'delivered', 'given-up'] }).notNull(),
    isTest: integer('is_test', { mode: 'boolean' }).notNull().default(false),
    changes: integer('changes').notNull(),
    body: text('body').notNull(),
    attempts: integer('attempts').notNull().default(0),
    status: integer('status'),
    problem: text('problem'),
    createdAt: integer('created_at').notNull(),
    triedAt: integer('tried_at'),
  },
  (table) => [index('webhook_delivery_state').on(table.webhookId, table.state, table.seq)],
)
