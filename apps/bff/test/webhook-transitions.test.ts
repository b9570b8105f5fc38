import type { WebhookMessage } from '@tunnel-console/shared/webhooks'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { webhook } from '../src/storage/schema.ts'
import { polls, probesPass, site } from './history-world.ts'
import { idOf, opened } from './steps.ts'
import { made, startReceiver, startWebhookWorld } from './webhook-world.ts'

test('a tunnel that goes from one state to another is told within a tick of the reading that shows it', async () => {
  const { world, admin, receiver } = await startWebhookWorld()
  const { webhook: entry } = await made(admin, { states: ['not-monitored', 'up'] })
  await world.deps.db.update(webhook).set({ url: receiver.url }).where(eq(webhook.id, entry.id))
  await world.services.owner.refresh()
  await world.services.owner.tick()
  await world.later(0)
  expect(receiver.received).toEqual([])

  const id = idOf(world, 'paris-a')
  const { ifMatch } = await opened(admin, id)
  const answer = await admin.send('PUT', `/api/tunnels/${id}`, { health_check: { enabled: false } }, ifMatch)
  expect(answer.status).toBe(200)
  await world.services.owner.refresh()
  await world.services.owner.tick()
  await world.later(0)
  const changes = receiver.received.flatMap(({ body }) => (JSON.parse(body) as WebhookMessage).data.changes)
  expect(changes).toMatchObject([
    { tunnel: { id, name: 'paris-a' }, to: 'not-monitored', reason: 'The health check is off', at: expect.any(String) },
  ])
})

test('what Cloudflare tells nothing of for a while is told again to nobody, but what changed meanwhile is', async () => {
  const { world, admin, receiver } = await startWebhookWorld()
  const all = await startReceiver()
  const urls = [
    [receiver.url, ['down', 'up']],
    [all.url, ['down', 'up', 'unknown']],
  ] as const
  for (const [url, states] of urls) {
    const { webhook: entry } = await made(admin, { states })
    await world.deps.db.update(webhook).set({ url }).where(eq(webhook.id, entry.id))
  }
  const minutes = async (count: number) => {
    await polls(world, count)
    await world.later(0)
  }
  await minutes(2)
  const [before, beforeAll] = [receiver.received.length, all.received.length]
  world.sandbox.faults.next({ kind: 'successFalse' }, { path: /graphql/, times: 1000 })
  await minutes(5)
  expect(receiver.received).toHaveLength(before)
  world.sandbox.faults.clear()
  probesPass(world, 0)
  await minutes(2)
  const toldBy = ({ received }: typeof receiver, from: number) =>
    received.slice(from).flatMap(({ body }) => (JSON.parse(body) as WebhookMessage).data.changes)
  // One tunnel of the sandbox recovers on its own, before or after.
  const told = toldBy(receiver, before).filter(({ from }) => from !== 'recovering')
  expect(told.map(({ tunnel, from, to }) => [tunnel.name, from, to])).toEqual([[site, 'unknown', 'down']])
  expect(Object.keys(told[0] ?? {}).sort()).toEqual(['at', 'from', 'reason', 'to', 'tunnel', 'url'])
  const others = toldBy(all, beforeAll).filter(({ tunnel }) => tunnel.name === 'ams-dc1-a')
  expect(others.map(({ from, to }) => [from, to])).toEqual([
    ['up', 'unknown'],
    ['unknown', 'up'],
  ])
})
