import { and, eq, gt } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Session } from '../http/env.ts'
import { session, userRole } from '../storage/schema.ts'
import { actEveryMs, idleMs } from './lifetime.ts'

/**
 * Notes that a person did something, which begins the idle time anew (S32). Written to the database, so that a restart
 * neither signs people out nor keeps them in, and at most once a minute. Gives the moment from which the idle time runs.
 */
export async function noteAct(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { id, actor, lastActAt }: Pick<Session, 'id' | 'actor' | 'lastActAt'>,
): Promise<Date> {
  const at = now()
  if (at.getTime() - lastActAt.getTime() < actEveryMs) return lastActAt
  await db.batch([
    db.update(session).set({ updatedAt: at }).where(eq(session.id, id)),
    db.update(userRole).set({ lastUsedAt: at.toISOString() }).where(eq(userRole.userId, actor.id)),
  ])
  return at
}

/** UTC, ISO 8601: when a session ends unless a person does something, and at the latest. */
export function endsOf({ lastActAt, expiresAt }: { lastActAt: Date; expiresAt: Date }) {
  const idleEnd = Math.min(lastActAt.getTime() + idleMs, expiresAt.getTime())
  return { idleEndsAt: new Date(idleEnd).toISOString(), expiresAt: expiresAt.toISOString() }
}

/** Sessions that have not run out, by either of their times. */
export function isAlive(now: Date) {
  return and(gt(session.expiresAt, now), gt(session.updatedAt, new Date(now.getTime() - idleMs)))
}
