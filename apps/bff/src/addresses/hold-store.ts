import { slotsOf } from '@tunnel-console/shared/address-pools'
import { and, eq, gt, inArray, lte } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { addressHold, addressHoldSlot } from '../storage/schema.ts'

export type HoldRow = typeof addressHold.$inferSelect

export type HoldStore = ReturnType<typeof createHoldStore>

/** Holds as rows. The key of their /31s sees to it that no two people have the same, whatever any process believes. */
export function createHoldStore({ db, now }: Pick<Deps, 'db' | 'now'>) {
  const eraseOver = () => db.delete(addressHold).where(lte(addressHold.expiresAt, now().getTime()))

  return {
    /** Those that count now. */
    list: (): Promise<HoldRow[]> => db.select().from(addressHold).where(gt(addressHold.expiresAt, now().getTime())),

    /** Puts a hold in place of its draft's former one. Fails, and changes nothing, when somebody else has one of its /31s. */
    async put(row: HoldRow): Promise<void> {
      const isSameDraft = and(eq(addressHold.userId, row.userId), eq(addressHold.draftId, row.draftId))
      await db.batch([
        eraseOver(),
        db.delete(addressHold).where(isSameDraft),
        db.insert(addressHold).values(row),
        db.insert(addressHoldSlot).values(slotsOf(row.interfaceAddress).map((slot) => ({ slot, holdId: row.id }))),
      ])
    },

    /** Ends a person's own hold. Gives whether there was one. */
    async release(userId: string, id: string): Promise<boolean> {
      const ended = await db
        .delete(addressHold)
        .where(and(eq(addressHold.id, id), eq(addressHold.userId, userId)))
        .returning({ id: addressHold.id })
      return ended.length > 0
    },

    async drop(ids: readonly string[]): Promise<void> {
      if (ids.length > 0) await db.delete(addressHold).where(inArray(addressHold.id, [...ids]))
    },

    /** Forgets what has run out. */
    async tidy(): Promise<void> {
      await eraseOver()
    },
  }
}
