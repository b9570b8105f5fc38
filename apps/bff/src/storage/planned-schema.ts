import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Work that was announced. Times are wall time (ms). Ending it early sets `until` to that moment. */
export const plannedWork = sqliteTable(
  'planned_work',
  {
    id: text('id').primaryKey(),
    text: text('text').notNull(),
    by: text('by').notNull(),
    createdAt: integer('created_at').notNull(),
    until: integer('until').notNull(),
  },
  (table) => [index('planned_work_until').on(table.until)],
)

export const plannedTunnel = sqliteTable(
  'planned_tunnel',
  {
    workId: text('work_id')
      .notNull()
      .references(() => plannedWork.id, { onDelete: 'cascade' }),
    tunnelId: text('tunnel_id').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workId, table.tunnelId] })],
)
