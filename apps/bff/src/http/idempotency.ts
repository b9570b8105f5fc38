import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { and, eq, lt, type SQL } from 'drizzle-orm'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { idempotentAnswer } from '../storage/schema.ts'
import { sha256 } from './conditional.ts'
import type { AppEnv } from './env.ts'

const keepMs = 24 * 3600_000
const patienceMs = 35_000
const pauseMs = 50
/** Longer than any write takes: a request still without an answer then belongs to a process that died. */
const abandonedMs = 180_000

interface Failed {
  failed: Problem
}

/**
 * Runs a write once for each `Idempotency-Key` (H3). A second request with the same key waits for the first and gets its
 * answer, be it a failure; another request under the same key is refused. Whoever comes after a failure asks anew, except
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
      if (first?.answer != null) {
        const answer = JSON.parse(first.answer) as T | Failed
        if (!isFailed(answer)) return answer
        // Whoever pressed twice hears how the first press went; whoever comes afterwards tries anew.
        if (waited > 0) throw new ProblemError(answer.failed)
        await db.delete(idempotentAnswer).where(and(isThis, eq(idempotentAnswer.answer, first.answer)))
        continue
      }
      if (first && createdAt - first.createdAt > abandonedMs) {
        await db.delete(idempotentAnswer).where(and(isThis, eq(idempotentAnswer.createdAt, first.createdAt)))
        continue
      }
      if (waited >= patienceMs) throw ProblemError.of('busy', { retryAfter: 1 })
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }

    const value = await work().catch(async (error: unknown) => {
      await remember(isThis, failureOf(error, keptWhenUnknown)).catch(() => undefined)
      throw error
    })
    // The write has happened: a database that fails now must not take its answer, which may be a key, from its person.
    await remember(isThis, kept(value)).catch(() => undefined)
    return value
  }
}

/** What is kept of a failure: enough to tell it again, and nothing of the tunnel. */
function failureOf(error: unknown, keptWhenUnknown: unknown): unknown {
  const { problem } = error instanceof ProblemError ? error : ProblemError.of('internal')
  if (problem.code === 'outcome-unknown' && keptWhenUnknown !== undefined) return keptWhenUnknown
  const { type, title, status, code, detail } = problem
  return { failed: { type, title, status, code, ...(detail !== undefined && { detail }) } }
}

function isFailed(answer: unknown): answer is Failed {
  return typeof answer === 'object' && answer !== null && 'failed' in answer
}

export type Once = ReturnType<typeof createOnce>
