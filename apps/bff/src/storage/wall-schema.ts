import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * A screen on a wall. Its one-time link is exchanged for a session; of both only the hash rests here. Times are wall time
 * (ms). Revoking takes the row away.
 */
export const wallScreen = sqliteTable('wall_screen', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  by: text('by').notNull(),
  createdAt: integer('created_at').notNull(),
  /** `null` once the link was opened. */
  linkHash: text('link_hash').unique(),
  linkUntil: integer('link_until').notNull(),
  sessionHash: text('session_hash').unique(),
  lastSeenAt: integer('last_seen_at'),
})
