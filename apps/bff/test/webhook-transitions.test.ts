import type { WebhookMessage } from '@tunnel-console/shared/webhooks'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { webhook } from '../src/storage/schema.ts'
import { idOf, opened } from './steps.ts'
import { made, startWebhookWorld } from './webhook-world.ts'

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
