import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'
import type * as schema from './schema.ts'

/**
 * The database as the app sees it: drizzle over `node:sqlite` or D1. There are no interactive transactions, since D1 has
 * none: several statements that belong together go through `batch`, which is one transaction on both.
 */
export type Database = BaseSQLiteDatabase<'async', unknown, typeof schema> & {
  batch<Item extends BatchItem<'sqlite'>, Items extends Readonly<[Item, ...Item[]]>>(
    items: Items,
  ): Promise<BatchResponse<Items>>
}
