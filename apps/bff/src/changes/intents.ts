import type { WrittenTunnel } from '@tunnel-console/shared/api'
import type { Problem } from '@tunnel-console/shared/problem'
import { and, eq, gt, gte, inArray, isNotNull, lt, ne, notExists, type SQL } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Deps } from '../deps.ts'
import { changeIntent, changeOwner } from '../storage/schema.ts'
import { type Author, type Change, type Facts, isOfKey } from './change.ts'

const keepMs = 24 * 3600_000

/** What is kept of a change's end, sealed: enough to tell it again, even while Cloudflare is down. Never a key. */
export type Recorded =
  | { kind: 'applied'; answer: WrittenTunnel | { deleted: true } | { revealed: true } }
  | { kind: 'problem'; problem: Problem }

/** A stored change, read back. */
export interface Intent {
  id: string
  phase: (typeof changeIntent.$inferSelect)['phase']
  userId: string
  key: string | null
  requestHash: string
  lock: string
  change: Change
  facts: Facts | null
  outcome: Recorded | null
  author: Author
  requestId: string
  boot: string
  /** Wall time, for people. */
  sentAt: number | null
}

export type NewIntent = Pick<Intent, 'userId' | 'key' | 'requestHash' | 'lock' | 'change' | 'author' | 'requestId'>

export type Intents = ReturnType<typeof createIntents>

/**
 * The stored changes of this account. The functions that give a statement leave it to the caller to commit it together with
 * the audit line that says the same.
 */
export function createIntents({ db, now }: Pick<Deps, 'db' | 'now'>) {
  const holder = { boot: crypto.randomUUID(), fence: 0 }
  const mine = (id: string) => and(eq(changeIntent.id, id), eq(changeIntent.fence, holder.fence))
  const isHolder = (): SQL => notExists(db.select().from(changeOwner).where(gt(changeOwner.fence, holder.fence)))
  const sendingRow = (id: string, facts: Facts) =>
    db
      .update(changeIntent)
      .set({ phase: 'sending', facts: JSON.stringify(facts), sentAt: now().getTime() })
      .where(and(mine(id), eq(changeIntent.phase, 'asked'), isHolder()))
      .returning({ id: changeIntent.id })

  return {
    boot: holder.boot,

    /** Becomes the owner: whoever held a change before can neither send nor settle it any more. */
    async take(): Promise<void> {
      const [former] = await db.select().from(changeOwner)
      const fence = (former?.fence ?? 0) + 1
      await db
        .insert(changeOwner)
        .values({ id: 1, boot: holder.boot, fence })
        .onConflictDoUpdate({ target: changeOwner.id, set: { boot: holder.boot, fence } })
      await db.update(changeIntent).set({ fence }).where(inArray(changeIntent.phase, openPhases))
      holder.fence = fence
    },

    insert(id: string, intent: NewIntent) {
      const { change, author, ...rest } = intent
      return db.insert(changeIntent).values({
        id,
        ...rest,
        ...holder,
        phase: 'asked',
        change: JSON.stringify(change),
        actor: JSON.stringify(author),
        createdAt: now().getTime(),
      })
    },

    /**
     * The last line before the request: what was there and what should be; `also` is committed with it. `false`: somebody
     * else is the owner by now.
     */
    async sending(id: string, facts: Facts, also: readonly BatchItem<'sqlite'>[] = []): Promise<boolean> {
      const [rows] = await db.batch([sendingRow(id, facts), ...also])
      return rows.length > 0
    },

    /** Whether this process still is the one that sends it. */
    async isSending(id: string): Promise<boolean> {
      const rows = await db
        .select({ id: changeIntent.id })
        .from(changeIntent)
        .where(and(mine(id), eq(changeIntent.phase, 'sending')))
      return rows.length > 0
    },

    /** The same for changes that leave in one request: all of them, or none. */
    async sendingTogether([first, ...rest]: readonly { id: string; facts: Facts }[]): Promise<boolean> {
      if (!first) return true
      const statements = rest.map(({ id, facts }) => sendingRow(id, facts))
      const answers = await db.batch([sendingRow(first.id, first.facts), ...statements])
      return answers.every((rows) => rows.length > 0)
    },

    /** SQL: whether this process is still the owner. One that was overtaken must write nothing down any more. */
    isHolder,

    watching(id: string, problem: Problem) {
      const outcome: Recorded = { kind: 'problem', problem }
      return db
        .update(changeIntent)
        .set({ phase: 'watching', outcome: JSON.stringify(outcome) })
        .where(and(mine(id), ne(changeIntent.phase, 'settled')))
    },

    settled(id: string, outcome: Recorded) {
      return db
        .update(changeIntent)
        .set({ phase: 'settled', outcome: JSON.stringify(outcome) })
        .where(mine(id))
    },

    /** As `settled`, for a change of which no trace can be looked for any more. */
    superseded(id: string, outcome: Recorded) {
      return db
        .update(changeIntent)
        .set({ phase: 'settled', outcome: JSON.stringify(outcome), facts: null })
        .where(mine(id))
    },

    /** No trace of this change can be looked for any more. */
    async forget(id: string): Promise<void> {
      await db.update(changeIntent).set({ facts: null }).where(mine(id))
    },

    async find(userId: string, key: string): Promise<Intent | null> {
      const [row] = await db
        .select()
        .from(changeIntent)
        .where(and(eq(changeIntent.userId, userId), eq(changeIntent.key, key)))
      return row ? intentOf(row) : null
    },

    /** Lets the key of a change that certainly did not happen be used again. */
    async release(id: string): Promise<void> {
      await db.update(changeIntent).set({ key: null }).where(eq(changeIntent.id, id))
    },

    /** Gives a key up before a request came under it. Does nothing when one came first. */
    async close(userId: string, key: string): Promise<void> {
      const nothing = { requestHash: '', lock: '', change: '{}', actor: '{}', requestId: '' }
      await db
        .insert(changeIntent)
        .values({
          id: crypto.randomUUID(),
          phase: 'closed',
          userId,
          key,
          ...nothing,
          ...holder,
          createdAt: now().getTime(),
        })
        .onConflictDoNothing()
    },

    /** Changes whose end is not known: what a process that died has left, oldest first. */
    async open(): Promise<Intent[]> {
      const rows = await db.select().from(changeIntent).where(inArray(changeIntent.phase, openPhases))
      return rows.map(intentOf)
    },

    /** Changes that were sent and whose end was told for want of a trace: they may turn up yet. */
    async lost(): Promise<Intent[]> {
      const rows = await db
        .select()
        .from(changeIntent)
        .where(and(eq(changeIntent.phase, 'settled'), isNotNull(changeIntent.facts), isNotNull(changeIntent.sentAt)))
      return rows.map(intentOf).filter(({ outcome, change }) => isLoss(outcome) && !isOfKey(change))
    },

    /** Changes that were sent so many milliseconds ago at the most, and applied. */
    async appliedWithin(ms: number): Promise<Intent[]> {
      const rows = await db
        .select()
        .from(changeIntent)
        .where(and(eq(changeIntent.phase, 'settled'), gte(changeIntent.sentAt, now().getTime() - ms)))
      return rows.map(intentOf).filter(({ outcome }) => outcome?.kind === 'applied')
    },

    /** Forgets what is older than a day and settled. */
    async tidy(): Promise<void> {
      const old = lt(changeIntent.createdAt, now().getTime() - keepMs)
      await db.delete(changeIntent).where(and(old, inArray(changeIntent.phase, ['settled', 'closed'])))
    },

    /** Another process's row that keeps this lock from being used, where there is one (Workers only). */
    async holderOf(lock: string): Promise<Intent | null> {
      const [row] = await db
        .select()
        .from(changeIntent)
        .where(and(eq(changeIntent.lock, lock), eq(changeIntent.phase, 'sending'), ne(changeIntent.boot, holder.boot)))
      return row ? intentOf(row) : null
    },
  }
}

const openPhases = ['asked', 'sending', 'watching'] as const

/** Problems that say: it was sent, and what became of it was never seen. */
function isLoss(outcome: Recorded | null): boolean {
  return outcome?.kind === 'problem' && ['outcome-unknown', 'not-applied'].includes(outcome.problem.code)
}

function intentOf(row: typeof changeIntent.$inferSelect): Intent {
  const { change, facts, outcome, actor, createdAt: _, fence: __, ...rest } = row
  return {
    ...rest,
    change: JSON.parse(change) as Change,
    facts: facts === null ? null : (JSON.parse(facts) as Facts),
    outcome: outcome === null ? null : (JSON.parse(outcome) as Recorded),
    author: JSON.parse(actor) as Author,
  }
}
