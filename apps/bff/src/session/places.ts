import { addressBytes } from '@tunnel-console/shared/address'
import { and, eq, gt } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { knownPlace } from '../storage/schema.ts'

const knownMs = 30 * 24 * 60 * 60 * 1000

export type Places = ReturnType<typeof createPlaces>

/**
 * From where people have signed in within the last 30 days. Keyed hashes only: the list tells nobody who works from where.
 * The address and not a second cookie, so that the session's stays the only one (S28).
 */
export function createPlaces({ db, now }: Pick<Deps, 'db' | 'now'>, digest: (text: string) => Promise<string>) {
  const keyOf = (email: string, place: string) => digest(`place ${email.toLowerCase()} ${place}`)

  return {
    /** Whether this person has signed in from there before. An address that is not known is no place. */
    async isKnown(email: string, address: string | undefined): Promise<boolean> {
      const place = placeOf(address)
      if (place === null) return false
      const rows = await db
        .select({ key: knownPlace.key })
        .from(knownPlace)
        .where(and(eq(knownPlace.key, await keyOf(email, place)), gt(knownPlace.expiresAt, now().getTime())))
      return rows.length > 0
    },

    /** Never throws: not being remembered costs nothing but, perhaps, a wait. */
    async remember(email: string, address: string | undefined): Promise<void> {
      const place = placeOf(address)
      if (place === null) return
      const values = { key: await keyOf(email, place), expiresAt: now().getTime() + knownMs }
      await db
        .insert(knownPlace)
        .values(values)
        .onConflictDoUpdate({ target: knownPlace.key, set: { expiresAt: values.expiresAt } })
        .catch(() => undefined)
    },
  }
}

/** What counts as one place: an IPv4 address, or the /64 that a subscriber of IPv6 can choose addresses from at will. */
export function placeOf(address: string | undefined): string | null {
  const bytes = addressBytes(address ?? '')
  return bytes === null ? null : bytes.slice(0, 8).join('.')
}
