import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { webhook } from '../src/storage/schema.ts'
import { deliveriesOf, listed, made, startReceiver, startWebhookWorld, wentDown } from './webhook-world.ts'

/** A console with three messages in one line, of which the first is under way until `let` is called. */
async function startUnderWay() {
  const { world, admin, receiver } = await startWebhookWorld()
  const { webhook: entry } = await made(admin)
  await world.deps.db.update(webhook).set({ url: receiver.url }).where(eq(webhook.id, entry.id))
  const { outside } = world.deps
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  if (outside) {
    world.deps.outside = {
      ...outside,
      async post(...sent) {
        begun.resolve()
        await held.promise
        return outside.post(...sent)
      },
    }
  }
  const { webhooks } = world.services.owner
  for (const name of ['first', 'second', 'third']) await webhooks.tell([wentDown(name)])
  const ticked = world.later(1000)
  await begun.promise
  const letGo = async () => {
    held.resolve()
    await ticked
  }
  return { world, admin, receiver, id: entry.id, letGo }
}

test('one that is switched off while messages are under way hears nothing more, and keeps what waits', async () => {
  const { admin, receiver, id, letGo } = await startUnderWay()
  expect((await admin.send('PATCH', `/api/webhooks/${id}`, { isEnabled: false })).status).toBe(200)
  await letGo()
  expect(receiver.received).toHaveLength(1)
  const states = (await deliveriesOf(admin)).map(({ state }) => state)
  expect(states).toEqual(['waiting', 'waiting', 'delivered'])
})

test('where the address is changed while messages are under way, the old one hears nothing more', async () => {
  const { world, admin, receiver, id, letGo } = await startUnderWay()
  const next = await startReceiver()
  await world.deps.db.update(webhook).set({ url: next.url }).where(eq(webhook.id, id))
  await letGo()
  expect(receiver.received).toHaveLength(1)
  expect(next.received).toHaveLength(2)
  expect((await deliveriesOf(admin)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered'])
})

test('one that is deleted while messages are under way hears nothing more', async () => {
  const { admin, receiver, id, letGo } = await startUnderWay()
  expect((await admin.send('DELETE', `/api/webhooks/${id}`)).status).toBe(200)
  await letGo()
  expect(receiver.received).toHaveLength(1)
  expect(await deliveriesOf(admin)).toEqual([])
})

test('what the database takes for one address and not for the next is told to each of them once', async () => {
  const { world, admin } = await startWebhookWorld()
  await made(admin)
  const { webhook: second } = await made(admin)
  const { db } = world.deps
  await db.run(
    sql.raw(`CREATE TRIGGER full BEFORE INSERT ON webhook_delivery WHEN NEW.webhook_id = '${second.id}'
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`),
  )
  const { webhooks } = world.services.owner
  const many = Array.from({ length: 150 }, (_, number) => wentDown(`t${number}`))
  await expect(webhooks.tell(many)).rejects.toThrow()
  await db.run(sql`DROP TRIGGER full`)
  await webhooks.tell(many)
  expect((await listed(admin)).map(({ waiting }) => waiting)).toEqual([2, 2])
})
