import { isNull } from 'drizzle-orm'
import type { Database } from './database.ts'
import { idempotentAnswer, writeLock } from './schema.ts'

/**
 * Lets go of what a process held when it died: its leases, and its claims on idempotency keys. Only for the start of a
 * process that is alone on its database. Audit entries of interrupted writes stay `pending`, which is the truth.
 */
export async function releaseInterrupted(db: Database): Promise<void> {
  await db.batch([db.delete(writeLock), db.delete(idempotentAnswer).where(isNull(idempotentAnswer.answer))])
}
