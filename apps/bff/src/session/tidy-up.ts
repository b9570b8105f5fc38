import { and, eq, lt, lte, or } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { attempt, knownPlace, rateLimit, session, userLink, userRole } from '../storage/schema.ts'
import { idleMs } from './lifetime.ts'
import { attemptMs } from './throttle.ts'

/**
 * What a sign-in leaves behind: when its person was last here, and nothing that has run out. It is all done here, since a
 * Worker has no timer. Never throws: none of it opens anything any more.
 */
export async function tidyUp({ db, now }: Pick<Deps, 'db' | 'now'>, userId: string): Promise<void> {
  const at = now()
  const ms = at.getTime()
  const isOver = or(lte(session.expiresAt, at), lte(session.updatedAt, new Date(ms - idleMs)))
  await db
    .batch([
      db.update(userRole).set({ lastUsedAt: at.toISOString() }).where(eq(userRole.userId, userId)),
      db.delete(session).where(isOver),
      db.delete(attempt).where(lt(attempt.since, ms - attemptMs)),
      db.delete(knownPlace).where(lt(knownPlace.expiresAt, ms)),
      db.delete(userLink).where(and(eq(userLink.kind, 'reset'), lt(userLink.expiresAt, ms))),
      db.delete(rateLimit).where(lt(rateLimit.lastRequest, ms - attemptMs)),
    ])
    .catch(() => undefined)
}
