import { createHmac } from 'node:crypto'
import type { AuditPage } from '@tunnel-console/shared/api'
import type { WebhookMessage } from '@tunnel-console/shared/webhooks'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { webhook, webhookDelivery } from '../src/storage/schema.ts'
import { problemIn, restarted } from './steps.ts'
import { deliveriesOf, listed, made, type Received, secret, startWebhookWorld, wentDown } from './webhook-world.ts'

const minute = 60_000
const nothing: Received = { path: '', headers: {}, body: '' }

/** A console with one webhook that leads to the receiver. */
async function started() {
  const { world, admin, receiver } = await startWebhookWorld()
  const { webhook: entry } = await made(admin)
  await world.deps.db.update(webhook).set({ url: receiver.url }).where(eq(webhook.id, entry.id))
  return { world, admin, receiver, id: entry.id, webhooks: world.services.owner.webhooks }
}

test('a change of state is delivered at the next tick, signed as Standard Webhooks says', async () => {
  const { world, receiver, webhooks, admin } = await started()
  await webhooks.tell([wentDown(), { ...wentDown(), to: 'recovering' }])
  expect(receiver.received).toEqual([])
  await world.later(1000)
  expect(receiver.received).toHaveLength(1)
  const [{ headers, body } = nothing] = receiver.received
  const message = JSON.parse(body) as WebhookMessage
  expect(message).toEqual({
    type: 'tunnel.state_changed',
    timestamp: expect.any(String),
    data: { changes: [{ ...wentDown(), url: `https://tunnels.example.com/tunnels/${'a'.repeat(32)}` }] },
  })
  const [id, at] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])]
  expect(Number(at)).toBe(Math.floor(world.clock.now().getTime() / 1000))
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${mac}`)
  expect(await deliveriesOf(admin)).toMatchObject([{ id, state: 'delivered', status: 204, attempts: 1, changes: 1 }])
})

test('a message that fails is sent again, later each time, under the same id, and holds back those behind it', async () => {
  const { world, receiver, webhooks, admin } = await started()
  receiver.answers.push({ status: 500 }, { status: 503 })
  await webhooks.tell([wentDown('first')])
  await webhooks.tell([wentDown('second')])
  await world.later(1000)
  await world.later(1000)
  expect(receiver.received).toHaveLength(1)
  expect(await deliveriesOf(admin)).toMatchObject([
    { state: 'waiting', attempts: 0 },
    { state: 'waiting', attempts: 1, status: 500, problem: 'It answered 500' },
  ])
  await world.later(5000)
  expect(receiver.received).toHaveLength(2)
  await world.later(29_000)
  expect(receiver.received).toHaveLength(2)
  await world.later(1000)
  expect(receiver.received).toHaveLength(4)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect([new Set(ids.slice(0, 3)).size, new Set(ids).size]).toEqual([1, 2])
  const order = receiver.received.map(({ body }) => (JSON.parse(body) as WebhookMessage).data.changes[0]?.tunnel.name)
  expect(order).toEqual(['first', 'first', 'first', 'second'])
})

test('what waits survives a restart', async () => {
  const { world, receiver, webhooks } = await started()
  receiver.answers.push({ status: 500 })
  await webhooks.tell([wentDown()])
  await world.later(1000)
  const next = await restarted(world)
  world.clock.advance(5000)
  await next.services.owner.webhooks.tick()
  expect(receiver.received).toHaveLength(2)
  expect(receiver.received[0]?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id'])
})

test('after a day a message is given up, and the log and the list say so', async () => {
  const { world, receiver, webhooks } = await started()
  receiver.answers.push(...Array.from({ length: 100 }, () => ({ status: 502 })))
  await webhooks.tell([wentDown()])
  for (let hour = 0; hour < 25; hour++) await world.later(60 * minute)
  const later = await world.as('admin')
  expect(await deliveriesOf(later)).toMatchObject([{ state: 'given-up', status: 502, problem: 'It answered 502' }])
  expect(world.logs).toContainEqual({ level: 'warn', event: 'webhook.given-up', messages: 1 })
  const attempts = receiver.received.length
  expect(attempts).toBeGreaterThan(8)
  await world.later(60 * minute)
  expect(receiver.received).toHaveLength(attempts)
})

test('a thousand tunnels at once are ten messages, and no line grows beyond a thousand', async () => {
  const { world, receiver, webhooks, admin } = await started()
  await webhooks.tell(Array.from({ length: 1000 }, (_, number) => wentDown(`t${number}`)))
  expect((await listed(admin))[0]?.waiting).toBe(10)
  await world.later(1000)
  const told = receiver.received.flatMap(({ body }) => (JSON.parse(body) as WebhookMessage).data.changes)
  expect([receiver.received.length, told.length]).toEqual([10, 1000])
  const waiting = { webhookId: (await listed(admin))[0]?.id ?? '', state: 'waiting' as const, changes: 1, body: '{}' }
  for (let number = 0; number < 1000; number += 50) {
    const rows = Array.from({ length: 50 }, (_, part) => ({
      ...waiting,
      id: `m${number + part}`,
      createdAt: Date.now(),
    }))
    await world.deps.db.insert(webhookDelivery).values(rows)
  }
  await webhooks.tell([wentDown()])
  expect((await listed(admin))[0]?.waiting).toBe(1000)
  const [oldest] = await world.deps.db.select().from(webhookDelivery).where(eq(webhookDelivery.id, 'm0'))
  expect(oldest).toMatchObject({ state: 'given-up', problem: 'Too many messages waited' })
})

test('one that is switched off hears nothing; one that was changed tries again at once', async () => {
  const { world, receiver, webhooks, admin, id } = await started()
  receiver.answers.push({ status: 500 })
  await webhooks.tell([wentDown()])
  await world.later(1000)
  await admin.send('PATCH', `/api/webhooks/${id}`, { isEnabled: false })
  await webhooks.tell([wentDown()])
  await world.later(10 * minute)
  expect(receiver.received).toHaveLength(1)
  await admin.send('PATCH', `/api/webhooks/${id}`, { isEnabled: true, states: ['up'] })
  await world.later(1000)
  expect(receiver.received).toHaveLength(2)
})

test('a test is sent at once and once, says how it ended, and is no change of state', async () => {
  const { receiver, admin, id, world } = await started()
  receiver.answers.push({ status: 401, body: 'canary-answer' })
  const answer = await admin.send('POST', `/api/webhooks/${id}/test`)
  const { delivery } = (await answer.json()) as { delivery: object }
  expect(delivery).toMatchObject({
    isTest: true,
    state: 'given-up',
    status: 401,
    problem: 'It answered 401',
    attempts: 1,
  })
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test', data: { changes: [] } })
  await world.later(10 * minute)
  expect(receiver.received).toHaveLength(1)
  const again = await (await admin.send('POST', `/api/webhooks/${id}/test`)).json()
  expect(again).toMatchObject({ delivery: { state: 'delivered', status: 204 } })
})

test('S61 nobody sends more than ten tests a minute', async () => {
  const { admin, id, receiver } = await started()
  const statuses: number[] = []
  for (let count = 0; count < 11; count++) statuses.push((await admin.send('POST', `/api/webhooks/${id}/test`)).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  expect(receiver.received).toHaveLength(10)
})

test('the secret is told once and rests encrypted; the log names where it leads and no more', async () => {
  const { world, admin } = await startWebhookWorld()
  const { answer, secret: given } = await made(admin, {
    secret: undefined,
    url: 'https://alerts.example.com/canary-path?k=1',
  })
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store'])
  expect(given).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const rows = JSON.stringify(await world.deps.db.select().from(webhook))
  const { entries } = (await (await admin.get('/api/audit?action=settings.change')).json()) as AuditPage
  const seen = [rows, JSON.stringify(await listed(admin)), JSON.stringify(world.logs), JSON.stringify(entries)]
  expect(seen.filter((text) => text.includes(given) || text.includes(given.slice(6)))).toEqual([])
  expect(entries).toMatchObject([
    {
      target: { name: 'Webhook https://alerts.example.com' },
      outcome: 'applied',
      changes: [
        { label: 'Address', before: null, after: 'https://alerts.example.com' },
        { label: 'States', before: null, after: 'Down, Up' },
        { label: 'Enabled', after: true },
      ],
    },
  ])
  expect(JSON.stringify(entries)).not.toContain('canary-path')
})

test('a secret cannot be read under another row, nor with another secret of the console', async () => {
  const { world, receiver, admin, id } = await started()
  const { webhook: other } = await made(admin)
  const [row] = await world.deps.db.select().from(webhook).where(eq(webhook.id, other.id))
  await world.deps.db
    .update(webhook)
    .set({ secret: row?.secret ?? '' })
    .where(eq(webhook.id, id))
  const answer = await (await admin.send('POST', `/api/webhooks/${id}/test`)).json()
  expect(answer).toMatchObject({
    delivery: { state: 'given-up', problem: expect.stringMatching(/^Its secret cannot be read/) },
  })
  expect(receiver.received).toEqual([])
})

test.each([
  [{ url: 'alerts' }, '/url'],
  [{ url: 'http://alerts.example.com/' }, '/url'],
  [{ url: 'https://user:password@alerts.example.com/' }, '/url'],
  [{ url: 'https://alerts.example.com/#x' }, '/url'],
  [{ states: [] }, '/states'],
  [{ states: ['broken'] }, '/states/0'],
  [{ secret: 'short' }, '/secret'],
  [{ secret: 'whsec_c2hvcnQ=' }, '/secret'],
])('%j is refused, and what is wrong is pointed to', async (wrong, pointer) => {
  const { admin } = await startWebhookWorld()
  const { answer } = await made(admin, wrong)
  expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([422, pointer])
  expect(await listed(admin)).toEqual([])
})

test('there are ten at most, and one that is deleted takes along what waits for it', async () => {
  const { world, admin, id, webhooks } = await started()
  await webhooks.tell([wentDown()])
  for (let count = 0; count < 9; count++) expect((await made(admin)).answer.status).toBe(201)
  expect((await made(admin)).answer.status).toBe(422)
  expect((await admin.send('DELETE', `/api/webhooks/${id}`)).status).toBe(200)
  const left = await world.deps.db.select().from(webhookDelivery).where(eq(webhookDelivery.webhookId, id))
  expect(left).toEqual([])
})

test('of many who delete a webhook at once one has deleted it, and the log says so once', async () => {
  const { world, admin, id } = await started()
  const remove = () => admin.send('DELETE', `/api/webhooks/${id}`)
  const answers = await Promise.all(Array.from({ length: 5 }, remove))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404])
  const { entries } = await world.services.owner.audit.list({ limit: 20 })
  const deletions = entries.filter(({ changes }) => changes.some(({ path, after }) => path === 'url' && after === null))
  expect(deletions).toHaveLength(1)
})

test('a change that comes at once with the deletion is either made before it, or is neither made nor told', async () => {
  const { world, admin, id } = await started()
  const [, changed] = await Promise.all([
    admin.send('DELETE', `/api/webhooks/${id}`),
    admin.send('PATCH', `/api/webhooks/${id}`, { isEnabled: false }),
  ])
  expect([changed.status, (await problemIn(changed)).code]).toEqual([404, 'not-found'])
  const { entries } = await world.services.owner.audit.list({ limit: 20 })
  expect(
    entries.filter(({ changes }) => changes.some(({ path, after }) => path === 'isEnabled' && after === false)),
  ).toEqual([])
})
