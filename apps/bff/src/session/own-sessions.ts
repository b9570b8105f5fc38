import type { OwnSession } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, desc, eq } from 'drizzle-orm'
import type { AuditActor, AuditStore } from '../audit/store.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../http/env.ts'
import { session } from '../storage/schema.ts'
import { isAlive } from './acts.ts'

type Store = Pick<Deps, 'db' | 'now'>

/** A person's sessions that have not run out, the one used last first. */
export async function listOwnSessions({ db, now }: Store, current: Session): Promise<OwnSession[]> {
  const rows = await db
    .select()
    .from(session)
    .where(and(eq(session.userId, current.actor.id), isAlive(now())))
    .orderBy(desc(session.updatedAt))
  return rows.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
    id,
    isCurrent: id === current.id,
    device: userAgent || 'Unknown browser',
    place: ipAddress || null,
    startedAt: createdAt.toISOString(),
    lastUsedAt: updatedAt.toISOString(),
  }))
}

interface Ending {
  actor: AuditActor
  requestId: string
}

/** Ends one of a person's own sessions. Throws `not-found` for any other, whoever's it is. */
export async function endOwnSession(
  { db }: Store,
  audit: Pick<AuditStore, 'record'>,
  { actor, requestId }: Ending,
  id: string,
): Promise<void> {
  const isTheirs = and(eq(session.id, id), eq(session.userId, actor.id))
  const found = await db.select({ id: session.id }).from(session).where(isTheirs)
  if (found.length === 0) throw ProblemError.of('not-found', { detail: 'There is no such session of yours' })
  const target = { id: actor.id, name: actor.email }
  await audit.record({ actor, action: 'user.endSessions', target, outcome: 'applied', requestId }, [
    db.delete(session).where(isTheirs),
  ])
}
