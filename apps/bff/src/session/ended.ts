import { inArray } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { session } from '../storage/schema.ts'

const mostRemembered = 10_000
/** D1 takes at most 100 values in one statement. */
const mostAtOnce = 90

/**
 * Ends sessions for good, also while the database cannot be written: a session whose row is still there is remembered as
 * ended, by its token's hash, and refused from then on. Only sessions that exist come in here, so there are never many.
 *
 * A restart forgets what it remembers, and so does each request on Workers. The browser's cookie is gone all the same, so
 * that only a stolen one would count again, for at most twelve hours.
 */
export function createEndedSessions({ db }: Pick<Deps, 'db'>) {
  const ended = new Set<string>()

  async function remove(tokenHashes: string[]): Promise<void> {
    await db.delete(session).where(inArray(session.token, tokenHashes))
    for (const tokenHash of tokenHashes) ended.delete(tokenHash)
  }

  return {
    has: (tokenHash: string) => ended.has(tokenHash),

    /** Ends a session at once and removes its row if it can. Tells whether it could; never throws. */
    async end(tokenHash: string): Promise<boolean> {
      ended.add(tokenHash)
      const [oldest] = ended
      if (ended.size > mostRemembered && oldest !== undefined) ended.delete(oldest)
      return remove([tokenHash]).then(
        () => true,
        () => false,
      )
    },

    /** Tries again to remove the rows of sessions that have ended. Never throws: what fails is tried the next time. */
    async retry(): Promise<void> {
      const waiting = [...ended]
      for (let from = 0; from < waiting.length; from += mostAtOnce) {
        const isDone = await remove(waiting.slice(from, from + mostAtOnce)).then(
          () => true,
          () => false,
        )
        if (!isDone) return
      }
    },
  }
}
