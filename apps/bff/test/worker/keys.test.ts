import type { HandoffEntry, KeyResult } from '@tunnel-console/shared/api'
import { beforeAll, expect, test } from 'vitest'
import { bindings, migrate, ours, signIn, startApp } from './start.ts'

beforeAll(migrate)

type App = ReturnType<typeof startApp>

const post = (send: App['send'], path: string, cookie = '', body?: unknown, headers = {}) =>
  send(path, {
    method: 'POST',
    headers: { ...ours, ...headers, cookie },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const idsOf = ({ sandbox }: App, most: number) =>
  sandbox
    .state()
    .tunnels.slice(0, most)
    .map(({ id }) => id)

/** Everything that D1 holds. */
async function stored(): Promise<string> {
  const tables = ['audit_event', 'change_intent', 'handoff', 'attempt']
  const rows = await Promise.all(tables.map((name) => bindings.DB.prepare(`SELECT * FROM ${name}`).all()))
  return JSON.stringify(rows.map(({ results }) => results))
}

test('S16 S17 on D1 keys for many are shown once, and rest nowhere', async () => {
  const app = startApp()
  const cookie = await signIn(app.send, 'admin')
  const [first = '', ...rest] = idsOf(app, 10)
  const body = { tunnels: [{ id: first, psk: 'canary-own-key' }, ...rest.map((id) => ({ id }))] }
  const ask = () => post(app.send, '/api/tunnels/psk', cookie, body, { 'idempotency-key': 'rotation-on-workers' })
  const answers = await Promise.all([ask(), ask()])
  const results = await Promise.all(
    answers.map(async (answer) => ((await answer.json()) as { results: KeyResult[] }).results),
  )
  const shown = results.flat().flatMap(({ psk }) => psk ?? [])
  expect([shown.length, new Set(results.flat().map(({ outcome }) => outcome))]).toEqual([10, new Set(['applied'])])
  for (const { id, psk } of results.flat().filter(({ psk }) => psk !== undefined))
    expect(await app.sandbox.hasPsk(id, psk ?? '')).toBe(true)
  const rows = await stored()
  expect(rows).toContain('psk.set')
  expect(shown.filter((psk) => rows.includes(psk))).toEqual([])
})

test('on D1 a hand-off is burnt exactly once, by whichever request of two Workers comes first', async () => {
  const [one, other] = [startApp(), startApp()]
  const cookie = await signIn(one.send, 'operator')
  const [tunnelId] = idsOf(one, 1)
  const ciphertext = `canary-ciphertext-${'c'.repeat(60)}`
  const created = await post(one.send, '/api/handoffs', cookie, { tunnelId, ciphertext, hours: 1 })
  const { handoff } = (await created.json()) as { handoff: HandoffEntry }
  const openings = Array.from({ length: 8 }, (_, n) =>
    post((n % 2 ? one : other).send, `/api/handoffs/${handoff.id}/open`),
  )
  const answers = await Promise.all(openings)
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(410)])
  const rows = await stored()
  expect([rows.includes('canary-ciphertext'), rows.split('handoff.open').length]).toEqual([false, 2])
})

test('on D1, where no timer comes by, what has run out is erased by the next who looks', async () => {
  const app = startApp()
  const cookie = await signIn(app.send, 'operator')
  const [tunnelId] = idsOf(app, 1)
  const body = { tunnelId, ciphertext: `canary-expired-${'c'.repeat(60)}`, hours: 1 }
  expect((await post(app.send, '/api/handoffs', cookie, body)).status).toBe(201)
  expect(await stored()).toContain('canary-expired')
  await bindings.DB.prepare('UPDATE handoff SET expires_at = 1 WHERE ciphertext IS NOT NULL').run()
  expect((await app.send('/api/handoffs', { headers: { cookie } })).status).toBe(200)
  expect(await stored()).not.toContain('canary-expired')
})
