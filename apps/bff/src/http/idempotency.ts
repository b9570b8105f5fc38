import { ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, lt, type SQL } from 'drizzle-orm'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { idempotentAnswer } from '../storage/schema.ts'
import { sha256 } from './conditional.ts'
import type { AppEnv } from './env.ts'

const keepMs = 24 * 3600_000
const patienceMs = 35_000
const pauseMs = 50

/**
 * Runs a write once for each `Idempotency-Key` (H3). A second request with the same key waits for the first and gets its
 * answer; another request under the same key is refused. Failures are not kept: whoever tries again asks anew, except
 * that `keptWhenUnknown` stands for a write of unknown outcome which must not go out again. Without the header the write
 * simply runs.
 */
export function createOnce({ db, now }: Pick<Deps, 'db' | 'now'>) {
  async function remember(isThis: SQL | undefined, value: unknown): Promise<void> {
    await db
      .update(idempotentAnswer)
      .set({ answer: JSON.stringify(value) })
      .where(isThis)
    await db.delete(idempotentAnswer).where(lt(idempotentAnswer.createdAt, now().getTime() - keepMs))
  }

  return async <T>(
    c: Context<AppEnv>,
    request: unknown,
    work: () => Promise<T>,
    kept: (value: T) => unknown,
    keptWhenUnknown?: unknown,
  ): Promise<T> => {
    const key = c.req.header('idempotency-key')
    if (key === undefined) return work()
    if (!/^[\w-]{8,255}$/.test(key)) throw ProblemError.of('bad-request', { detail: 'Idempotency-Key is not usable' })
    const userId = c.var.actor.id
    const isThis = and(eq(idempotentAnswer.userId, userId), eq(idempotentAnswer.key, key))
    const requestHash = await sha256(JSON.stringify([c.req.method, new URL(c.req.url).pathname, request]))

    for (let waited = 0; ; waited += pauseMs) {
      const createdAt = now().getTime()
      const claimed = await db
        .insert(idempotentAnswer)
        .values({ key, userId, requestHash, createdAt })
        .onConflictDoNothing()
        .returning({ key: idempotentAnswer.key })
      if (claimed.length > 0) break
      const [first] = await db.select().from(idempotentAnswer).where(isThis)
      if (first && first.requestHash !== requestHash) {
        throw ProblemError.of('bad-request', { detail: 'This Idempotency-Key was used for another request' })
      }
      if (first?.answer != null) return JSON.parse(first.answer) as T
      if (waited >= patienceMs) throw ProblemError.of('busy', { retryAfter: 1 })
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }

    const value = await work().catch(async (error: unknown) => {
      const isUnknown = error instanceof ProblemError && error.problem.code === 'outcome-unknown'
      const isKept = isUnknown && keptWhenUnknown !== undefined
      const settled = isKept ? remember(isThis, keptWhenUnknown) : db.delete(idempotentAnswer).where(isThis)
      await Promise.resolve(settled).catch(() => undefined)
      throw error
    })
    // The write has happened: a database that fails now must not take its answer, which may be a key, from its person.
    await remember(isThis, kept(value)).catch(() => undefined)
    return value
  }
}

export type Once = ReturnType<typeof createOnce>
