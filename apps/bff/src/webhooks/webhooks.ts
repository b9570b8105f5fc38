import type { FieldChange } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { stateWords, type TunnelState, tunnelStates } from '@tunnel-console/shared/status'
import {
  mostWebhooks,
  type Webhook,
  type WebhookDelivery,
  type WebhookInput,
  type WebhookPatch,
  type WebhooksAnswer,
} from '@tunnel-console/shared/webhooks'
import { count, eq, sql } from 'drizzle-orm'
import type { Also } from '../audit/append.ts'
import type { AuditStore, By } from '../audit/store.ts'
import type { Seal } from '../changes/seal.ts'
import type { Deps } from '../deps.ts'
import type { Tell } from '../history/recorder.ts'
import { webhook } from '../storage/schema.ts'
import { createCipher } from './cipher.ts'
import { createHeard, type Heard } from './heard.ts'
import { createQueue, type Delivery, type Target } from './queue.ts'
import { createSender } from './sender.ts'
import { newSecret } from './sign.ts'

interface WebhookServices {
  audit: Pick<AuditStore, 'record'>
  seal: Pick<Seal, 'digest'>
  /** Hears of each tunnel that goes from one state to another. */
  onTransition: (tell: Tell) => void
  deps: Pick<Deps, 'db' | 'now' | 'monotonic' | 'background' | 'log' | 'publicUrl' | 'outside'>
}

/** A test sends something each time, so one person presses the button at most so often in a minute. */
const mostTests = 10

export type Webhooks = ReturnType<typeof createWebhooks>

/** Addresses that are told when tunnels change their state. Each change of them is one commit with its audit entry. */
export function createWebhooks({ audit, seal, onTransition, deps }: WebhookServices) {
  const { db, now } = deps
  const cipher = createCipher(seal)
  const queue = createQueue(deps)
  const sender = createSender({ queue, cipher, deps })
  const mayTest = createAllowance(deps)

  /**
   * Puts changes of state in the line of whoever wants to know. When Cloudflare tells of tunnels again after it told nothing for a
   * while, those that are as they were are news only to whoever was told that they were unknown.
   */
  async function tell(changes: readonly Heard[]): Promise<void> {
    const rows = await db.select().from(webhook).where(eq(webhook.isEnabled, true))
    const lines = rows.map((row) => {
      const wanted = statesOf(row)
      const isNews = ({ to, isAgain }: Heard) => wanted.includes(to) && (!isAgain || wanted.includes('unknown'))
      return { webhookId: row.id, changes: changes.filter(isNews).map(({ isAgain: _, ...change }) => change) }
    })
    await queue.add(lines)
  }

  const heard = createHeard(tell, deps)
  onTransition(heard.take)

  async function find(id: string): Promise<Target> {
    const [row] = await db.select().from(webhook).where(eq(webhook.id, id))
    if (!row) throw ProblemError.of('not-found')
    return row
  }

  async function entryOf(row: Target): Promise<Webhook> {
    const { deliveries, waiting } = await queue.of(row.id)
    const { id, url, isEnabled, by, createdAt } = row
    const states = statesOf(row)
    return { id, url, states, isEnabled, by, createdAt: iso(createdAt), waiting, deliveries: deliveries.map(told) }
  }

  const record = (by: By, row: Pick<Target, 'id' | 'url'>, changes: FieldChange[], also: Also) => {
    const target = { id: row.id, name: `Webhook ${originOf(row.url)}` }
    return audit.record({ ...by, action: 'settings.change', target, changes, outcome: 'applied' }, also)
  }

  /** As `record`, of one that may be gone by then: nothing is done and nothing told, and `not-found` is thrown. */
  async function recordOf(by: By, row: Target, changes: FieldChange[], done: Also[number]): Promise<void> {
    try {
      await record(by, row, changes, [mustBeThere(row.id), done])
    } catch (error) {
      await find(row.id)
      throw error
    }
  }

  /** Fails, and with it the whole commit, when it is gone: what finds no row would not, and no row takes `NULL`. */
  function mustBeThere(id: string) {
    const isThere = sql`EXISTS (SELECT 1 FROM webhook WHERE id = ${id})`
    return db.insert(webhook).select(sql`SELECT NULL, '', '', '', 0, '', 0, 0, 0 WHERE NOT ${isThere}`)
  }

  /** An address that must not be asked is refused as it is typed, where its text tells already. */
  function check(url: string): void {
    const detail = deps.outside?.refusalOf(url) ?? null
    if (detail !== null) throw ProblemError.of('invalid', { errors: [{ pointer: '/url', detail, source: 'console' }] })
  }

  return {
    /** The oldest first. */
    async list(): Promise<WebhooksAnswer> {
      const rows = await db.select().from(webhook).orderBy(webhook.createdAt, webhook.id)
      return { webhooks: await Promise.all(rows.map(entryOf)), canSend: deps.outside !== undefined }
    },

    /** Makes one. Its secret is told this once. Throws `invalid` for an address inside the house, or when there are ten. */
    async create(
      by: By,
      { url, states, secret = newSecret() }: WebhookInput,
    ): Promise<{ webhook: Webhook; secret: string }> {
      check(url)
      const [{ there } = { there: 0 }] = await db.select({ there: count() }).from(webhook)
      if (there >= mostWebhooks) {
        throw ProblemError.of('invalid', { detail: `There are ${mostWebhooks} webhooks already. Delete one first.` })
      }
      const id = crypto.randomUUID()
      const row = {
        id,
        url,
        secret: await cipher.encrypt(id, secret),
        states: JSON.stringify(states),
        isEnabled: true,
        by: by.actor.email,
        createdAt: now().getTime(),
      }
      const changes = changesOf(null, { url, states, isEnabled: true })
      await record(by, row, changes, [db.insert(webhook).values(row)])
      return { webhook: await entryOf({ ...row, failures: 0, dueAt: 0 }), secret }
    },

    /** Changes one, and lets what waits be tried at once. Throws `not-found` and `invalid`. */
    async change(by: By, id: string, patch: WebhookPatch): Promise<Webhook> {
      if (patch.url !== undefined) check(patch.url)
      const row = await find(id)
      const before = { url: row.url, states: statesOf(row), isEnabled: row.isEnabled }
      const { url = before.url, states = before.states, isEnabled = before.isEnabled } = patch
      const after = { url, states, isEnabled }
      const changes = changesOf(before, after)
      const set = { url, isEnabled, states: JSON.stringify(states), failures: 0, dueAt: 0 }
      if (changes.length > 0) await recordOf(by, row, changes, db.update(webhook).set(set).where(eq(webhook.id, id)))
      return entryOf(await find(id))
    },

    /** Deletes one, with what waits for it. Throws `not-found`, also to all but one who do so at the same time. */
    async remove(by: By, id: string): Promise<void> {
      const row = await find(id)
      const before = { url: row.url, states: statesOf(row), isEnabled: row.isEnabled }
      await recordOf(by, row, changesOf(before, null), db.delete(webhook).where(eq(webhook.id, id)))
    },

    /** Sends a message that tells nothing, once, whether it is enabled or not. Throws `not-found` and `rate-limited`. */
    async test(userId: string, id: string): Promise<WebhookDelivery> {
      const row = await find(id)
      mayTest(userId)
      const delivery = await queue.addTest(id)
      await sender.send(row, delivery)
      const { deliveries } = await queue.of(id, 100)
      return told(deliveries.find((one) => one.id === delivery.id) ?? delivery)
    },

    tell,

    /** Puts what was heard in line, and sends what is due. Never throws. */
    async tick(): Promise<void> {
      await heard.idle()
      await sender.tick()
    },
    tidy: queue.tidy,
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

/** An address may hold what only its receiver should know: the log tells where it leads, not what stands behind that. */
function originOf(url: string): string {
  return new URL(url).origin
}

function statesOf({ states }: Pick<Target, 'states'>): TunnelState[] {
  const stored: unknown = JSON.parse(states)
  return tunnelStates.filter((state) => Array.isArray(stored) && stored.includes(state))
}

interface Told {
  url: string
  states: readonly TunnelState[]
  isEnabled: boolean
}

function changesOf(before: Told | null, after: Told | null): FieldChange[] {
  const lines: [string, string, (of: Told) => string | boolean][] = [
    ['states', 'States', ({ states }) => states.map((state) => stateWords[state]).join(', ')],
    ['isEnabled', 'Enabled', ({ isEnabled }) => isEnabled],
  ]
  const changes = lines
    .map(([path, label, of]) => ({ path, label, before: before && of(before), after: after && of(after) }))
    .filter((change) => change.before !== change.after)
  if (before?.url === after?.url) return changes
  const [from, to] = [before, after].map((of) => of && originOf(of.url))
  const isWithin = from === to
  return [
    { path: 'url', label: 'Address', before: from ?? null, after: isWithin ? `${to} (another path)` : (to ?? null) },
    ...changes,
  ]
}

function told({
  id,
  state,
  isTest,
  changes,
  attempts,
  status,
  problem,
  createdAt,
  triedAt,
}: Delivery): WebhookDelivery {
  const times = { createdAt: iso(createdAt), triedAt: triedAt === null ? null : iso(triedAt) }
  return { id, state, isTest, changes, attempts, status, problem, ...times }
}

/** Throws `rate-limited` when a person sends more tests than they may in a minute (S61). */
function createAllowance({ monotonic }: Pick<Deps, 'monotonic'>) {
  let recent: { userId: string; at: number }[] = []
  return (userId: string): void => {
    const at = monotonic()
    recent = recent.filter((test) => at - test.at < 60_000)
    const own = recent.filter((test) => test.userId === userId)
    const [oldest] = own
    if (oldest && own.length >= mostTests) {
      throw ProblemError.of('rate-limited', { retryAfter: Math.ceil((oldest.at + 60_000 - at) / 1000) })
    }
    recent.push({ userId, at })
  }
}
