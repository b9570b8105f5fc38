import { ProblemError } from '@tunnel-console/shared/problem'
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { attempt } from '../storage/schema.ts'

/** What may be tried how often. */
const limits = {
  /** Wrong passwords for one account, from all the places together that it never signed in from. */
  account: { most: 20, ms: 15 * 60_000 },
  /** Wrong passwords for one account from a place that it has signed in from. */
  place: { most: 20, ms: 15 * 60_000 },
  /** One-time links from one address. A person needs two or three calls. */
  link: { most: 30, ms: 5 * 60_000 },
  /** Hand-off links from one address. A person needs one call. */
  handoff: { most: 30, ms: 5 * 60_000 },
  /** Links of screens on a wall, from one address. */
  wall: { most: 30, ms: 5 * 60_000 },
  /** Wrong present passwords, when somebody changes theirs. */
  password: { most: 10, ms: 15 * 60_000 },
} as const

export type LimitName = keyof typeof limits

/** After so long no count counts any more. */
export const attemptMs = Math.max(...Object.values(limits).map(({ ms }) => ms))

export interface Ticket {
  /** For an attempt that turned out to be no wrong one. Never throws: the count then runs out by itself. */
  giveBack(): Promise<void>
}

export type Throttle = ReturnType<typeof createThrottle>

/**
 * Counts attempts in the database, so that a restart or a second Worker does not forget them. An attempt is counted before
 * it is made, in one statement: a hundred at once are a hundred.
 */
export function createThrottle({ db, now }: Pick<Deps, 'db' | 'now'>, digest: (text: string) => Promise<string>) {
  return {
    /** Counts one more; throws `rate-limited` with the seconds to wait when there were enough. */
    async take(name: LimitName, subject: string): Promise<Ticket> {
      const { most, ms } = limits[name]
      const at = now().getTime()
      const key = await digest(`attempt ${name} ${subject}`)
      // A moment in the future is a clock that was set back since: it must not lock anybody out for long.
      const isOver = sql`${attempt.since} <= ${at - ms} OR ${attempt.since} > ${at}`
      const [counted] = await db
        .insert(attempt)
        .values({ key, count: 1, since: at })
        .onConflictDoUpdate({
          target: attempt.key,
          set: {
            count: sql`CASE WHEN ${isOver} THEN 1 ELSE ${attempt.count} + 1 END`,
            since: sql`CASE WHEN ${isOver} THEN ${at} ELSE ${attempt.since} END`,
          },
        })
        .returning({ count: attempt.count, since: attempt.since })
      const { count, since } = counted ?? { count: 1, since: at }
      if (count > most) {
        throw ProblemError.of('rate-limited', { retryAfter: Math.max(1, Math.ceil((since + ms - at) / 1000)) })
      }
      return {
        async giveBack() {
          await db
            .update(attempt)
            .set({ count: sql`${attempt.count} - 1` })
            .where(sql`${attempt.key} = ${key} AND ${attempt.count} > 0`)
            .catch(() => undefined)
        },
      }
    },
  }
}
