import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, lt } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { writeLock } from './schema.ts'

/** Longer than any write with its reads before and after may take by its limits (about 112 s), so that no lease ends under a living holder. */
const leaseMs = 180_000
const patienceMs = 10_000
const pauseMs = 50

export type WithLock = <T>(name: string, work: () => Promise<T>) => Promise<T>

/**
 * One writer at a time for each name, by a lease row: it holds between two processes and between Workers, where a promise
 * of one request must not be awaited by another (assurance.md 0.8). A crashed holder's lease ends by itself. Whoever
 * waits longer than ten seconds gets `busy`.
 */
export function createLock({ db, now }: Pick<Deps, 'db' | 'now'>): WithLock {
  async function acquire(name: string, holder: string): Promise<boolean> {
    const lease = { holder, expiresAt: now().getTime() + leaseMs }
    const rows = await db
      .insert(writeLock)
      .values({ name, ...lease })
      .onConflictDoUpdate({ target: writeLock.name, set: lease, setWhere: lt(writeLock.expiresAt, now().getTime()) })
      .returning({ holder: writeLock.holder })
    return rows[0]?.holder === holder
  }

  return async (name, work) => {
    const holder = crypto.randomUUID()
    for (let waited = 0; !(await acquire(name, holder)); waited += pauseMs) {
      if (waited >= patienceMs) throw ProblemError.of('busy', { retryAfter: 2 })
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    try {
      return await work()
    } finally {
      // What was done stays done when the row cannot be removed: the lease ends by itself.
      await db
        .delete(writeLock)
        .where(and(eq(writeLock.name, name), eq(writeLock.holder, holder)))
        .catch(() => undefined)
    }
  }
}
