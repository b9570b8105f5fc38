import type { StateChange, WebhookMessage } from '@tunnel-console/shared/webhooks'
import { and, asc, count, desc, eq, inArray, lt, lte, ne, notInArray, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { webhook, webhookDelivery } from '../storage/schema.ts'
import type { Attempt } from './attempt.ts'

/** Many tunnels often change at once, and a receiver should not be told of each by itself. */
const changesPerMessage = 100
/** Beyond it the oldest message is given up: whoever was away so long reads the state, not its history. */
const mostWaiting = 1000
const giveUpMs = 24 * 3600_000
const keepMs = 30 * 24 * 3600_000
/** After each attempt that failed; the last one again and again until a message is a day old. */
const waitsMs = [5, 30, 120, 600, 1800, 3600, 7200].map((seconds) => seconds * 1000)

export type Target = typeof webhook.$inferSelect
export type Delivery = typeof webhookDelivery.$inferSelect

export type Queue = ReturnType<typeof createQueue>

/**
 * Messages that wait to be sent, in the database, so that they survive a restart. Each address has its own line: messages
 * leave in the order in which they were made, and one that fails holds back those behind it until it is delivered or given
 * up after a day. Due times are wall time, since they must survive a restart too.
 */
export function createQueue({ db, now, publicUrl }: Pick<Deps, 'db' | 'now' | 'publicUrl'>) {
  const isWaiting = eq(webhookDelivery.state, 'waiting')
  const gaveUp = (problem: string) => ({ state: 'given-up' as const, body: '', problem })

  function messageOf(type: WebhookMessage['type'], changes: readonly StateChange[]): string {
    const told = changes.map((change) => ({ ...change, url: new URL(`/tunnels/${change.tunnel.id}`, publicUrl).href }))
    return JSON.stringify({ type, timestamp: now().toISOString(), data: { changes: told } } satisfies WebhookMessage)
  }

  function rowOf(webhookId: string, changes: readonly StateChange[], isTest = false) {
    return {
      id: `msg_${crypto.randomUUID()}`,
      webhookId,
      state: 'waiting' as const,
      isTest,
      changes: changes.length,
      body: messageOf(isTest ? 'webhook.test' : 'tunnel.state_changed', changes),
      createdAt: now().getTime(),
    }
  }

  function withoutOldest(webhookId: string) {
    const isOurs = and(eq(webhookDelivery.webhookId, webhookId), isWaiting)
    const kept = db
      .select({ seq: webhookDelivery.seq })
      .from(webhookDelivery)
      .where(isOurs)
      .orderBy(desc(webhookDelivery.seq))
      .limit(mostWaiting)
    return db
      .update(webhookDelivery)
      .set(gaveUp('Too many messages waited'))
      .where(and(isOurs, notInArray(webhookDelivery.seq, kept)))
  }

  return {
    /** Puts changes in the lines of addresses, a hundred a message: all of it or, where the database does not take it, nothing. */
    async add(lines: readonly { webhookId: string; changes: readonly StateChange[] }[]): Promise<void> {
      const [first, ...rest] = lines.flatMap(({ webhookId, changes }) => {
        const parts = Array.from({ length: Math.ceil(changes.length / changesPerMessage) }, (_, part) =>
          changes.slice(part * changesPerMessage, (part + 1) * changesPerMessage),
        )
        const messages = parts.map((part) => db.insert(webhookDelivery).values(rowOf(webhookId, part)))
        return messages.length > 0 ? [...messages, withoutOldest(webhookId)] : []
      })
      if (first) await db.batch([first, ...rest])
    },

    /** Makes a message that tells nothing. It is sent at once and once, so it never stands in line. */
    async addTest(webhookId: string): Promise<Delivery> {
      const row = { ...rowOf(webhookId, [], true), state: 'given-up' as const, problem: 'It was not sent' }
      const [delivery] = await db.insert(webhookDelivery).values(row).returning()
      if (!delivery) throw new Error('The message was not stored')
      return delivery
    },

    /** Gives up what is a day old, whether its address is enabled or not. How many that were. */
    async expire(): Promise<number> {
      const expired = await db
        .update(webhookDelivery)
        .set({ state: 'given-up', body: '', problem: sql`coalesce(${webhookDelivery.problem}, 'It waited for a day')` })
        .where(and(isWaiting, lte(webhookDelivery.createdAt, now().getTime() - giveUpMs)))
        .returning({ seq: webhookDelivery.seq })
      return expired.length
    },

    /** The enabled addresses that are due and for which something waits. */
    async due(): Promise<Target[]> {
      const waiting = db.select({ id: webhookDelivery.webhookId }).from(webhookDelivery).where(isWaiting)
      const isDue = and(eq(webhook.isEnabled, true), lte(webhook.dueAt, now().getTime()), inArray(webhook.id, waiting))
      return db.select().from(webhook).where(isDue)
    },

    /** The next message in the line of an address, with the address as it is by now; `undefined` where it is switched off. */
    async next(webhookId: string): Promise<{ target: Target; delivery: Delivery } | undefined> {
      const [next] = await db
        .select({ target: webhook, delivery: webhookDelivery })
        .from(webhookDelivery)
        .innerJoin(webhook, eq(webhook.id, webhookDelivery.webhookId))
        .where(and(eq(webhookDelivery.webhookId, webhookId), isWaiting, eq(webhook.isEnabled, true)))
        .orderBy(asc(webhookDelivery.seq))
        .limit(1)
      return next
    },

    /** Writes down how an attempt ended, and when the next one is due. */
    async tried({ seq, webhookId, isTest }: Delivery, { status, problem }: Attempt): Promise<void> {
      const at = now().getTime()
      const isDelivered = problem === null
      const end = isDelivered ? { state: 'delivered' as const, body: '' } : isTest ? { body: '' } : {}
      const tried = db
        .update(webhookDelivery)
        .set({ ...end, status, problem, triedAt: at, attempts: sql`${webhookDelivery.attempts} + 1` })
        .where(eq(webhookDelivery.seq, seq))
      if (isTest && !isDelivered) return void (await tried)
      const [known] = await db.select({ failures: webhook.failures }).from(webhook).where(eq(webhook.id, webhookId))
      const failures = isDelivered ? 0 : (known?.failures ?? 0) + 1
      const wait = isDelivered ? 0 : (waitsMs[failures - 1] ?? waitsMs.at(-1) ?? 0)
      await db.batch([
        tried,
        db
          .update(webhook)
          .set({ failures, dueAt: at + wait })
          .where(eq(webhook.id, webhookId)),
      ])
    },

    /** The newest messages of an address, and how many wait. */
    async of(webhookId: string, most = 10): Promise<{ deliveries: Delivery[]; waiting: number }> {
      const isOurs = eq(webhookDelivery.webhookId, webhookId)
      const [deliveries, [counted]] = await Promise.all([
        db.select().from(webhookDelivery).where(isOurs).orderBy(desc(webhookDelivery.seq)).limit(most),
        db.select({ waiting: count() }).from(webhookDelivery).where(and(isOurs, isWaiting)),
      ])
      return { deliveries, waiting: counted?.waiting ?? 0 }
    },

    /** Forgets what ended a month ago. */
    async tidy(): Promise<void> {
      const isOld = lt(webhookDelivery.createdAt, now().getTime() - keepMs)
      await db.delete(webhookDelivery).where(and(ne(webhookDelivery.state, 'waiting'), isOld))
    },
  }
}
