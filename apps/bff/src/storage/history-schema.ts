import { tunnelStates } from '@tunnel-console/shared/status'
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * The states that each tunnel was in: transitions, not samples. Times are wall time (ms). `ended_at` is `null` while it goes
 * on. Rows outlive the tunnel. What no row covers, nobody measured.
 */
export const statusPeriod = sqliteTable(
  'status_period',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    tunnelId: text('tunnel_id').notNull(),
    state: text('state', { enum: tunnelStates }).notNull(),
    reason: text('reason').notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    /** Whether it is known what was before. */
    isExact: integer('is_exact', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('status_period_tunnel').on(table.tunnelId, table.startedAt),
    index('status_period_ended').on(table.endedAt),
    /** The newest transitions of all tunnels. */
    index('status_period_started').on(table.startedAt, table.seq),
    /** What nobody saw, which is little of all there is. */
    index('status_period_unknown')
      .on(table.endedAt, table.startedAt, table.reason, table.tunnelId)
      .where(sql`state = 'unknown'`),
    /** One that goes on for each tunnel, whatever memory says. */
    uniqueIndex('status_period_open').on(table.tunnelId).where(sql`ended_at IS NULL`),
  ],
)

/** When somebody looked last: what came after that, nobody saw. One row. */
export const statusSeen = sqliteTable('status_seen', { id: integer('id').primaryKey(), at: integer('at').notNull() })

/** How far the time before the console's own measuring has been read from analytics, for each tunnel once. */
export const statusBackfill = sqliteTable(
  'status_backfill',
  {
    tunnelId: text('tunnel_id').primaryKey(),
    /** Where the console's own measuring begins. */
    before: integer('before').notNull(),
    /** How many stretches of it have been read, the newest first. */
    done: integer('done').notNull(),
  },
  (table) => [index('status_backfill_done').on(table.done)],
)
