import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import type { Transition } from '@tunnel-console/shared/status'
import type { StateChangesAnswer, TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createOwner } from '../../src/changes/owner.ts'
import type { Deps } from '../../src/deps.ts'
import worker from '../../worker/main.ts'
import { bindings, migrate, ours, publicUrl, signIn, startApp } from './start.ts'

beforeAll(migrate)

beforeEach(async () => {
  const tables = ['status_period', 'status_seen', 'status_backfill']
  await bindings.DB.batch(tables.map((name) => bindings.DB.prepare(`DELETE FROM ${name}`)))
})

const minute = 60_000
const site = 'fra-dc1-a'

/** Each minute an isolate of its own, on what the one before has left. */
async function startMinutes() {
  const { sandbox, deps, send } = startApp()
  for (const { id, name } of sandbox.state().tunnels) if (name !== site) sandbox.externalDelete(id)
  const id = sandbox.state().tunnels[0]?.id ?? ''
  let at = Math.floor(Date.now() / minute) * minute
  const told: Transition[] = []
  const isolate = (): Deps => ({ ...deps, now: () => new Date(at), monotonic: () => 0 })
  return {
    sandbox,
    deps,
    send,
    id,
    told,
    /** So many minutes nobody wakes it. */
    skip: (count: number) => {
      at += count * minute
    },
    async minutes(count: number) {
      for (let n = 0; n < count; n++) {
        at += minute
        const owner = createOwner(isolate())
        owner.states.onTransition((transition) => told.push(transition))
        await owner.minute()
      }
    },
  }
}

const periods = async (id: string) => {
  const rows = await bindings.DB.prepare('SELECT * FROM status_period WHERE tunnel_id = ? ORDER BY started_at')
    .bind(id)
    .all()
  return rows.results.map(({ state }) => state)
}

test('a cron trigger keeps the states on D1, each minute in an isolate of its own, and the time before as well', async () => {
  const { id, minutes, told, send } = await startMinutes()
  await minutes(3)
  expect([await periods(id), told]).toEqual([['up'], []])
  const cookie = await signIn(send, 'support')
  const answer = await send(`/api/tunnels/${id}/history`, { headers: { cookie } })
  const { coverage } = (await answer.json()) as TunnelHistoryAnswer
  expect(coverage).toBe(1)
})

test('a tunnel that goes down between two minutes is told once, as from up to down', async () => {
  const { id, minutes, told, sandbox } = await startMinutes()
  await minutes(1)
  const fails = (body: Record<string, unknown>) => {
    const text = JSON.stringify(body).replaceAll(/"tunnelState":[\d.]+/g, '"tunnelState":0')
    return JSON.parse(text) as Record<string, unknown>
  }
  sandbox.faults.next({ kind: 'mutate', change: fails }, { path: /graphql/, times: 1000 })
  await minutes(3)
  expect(told).toMatchObject([{ tunnelId: id, from: 'up', to: 'down' }])
  expect((await periods(id)).at(-1)).toBe('down')
})

test('while Cloudflare does not answer a minute ends all the same, and the next one goes on', async () => {
  const { id, minutes, sandbox } = await startMinutes()
  sandbox.faults.next({ kind: 'status', status: 503, body: {} }, { path: /./, times: 1000 })
  await minutes(1)
  sandbox.faults.clear()
  await minutes(1)
  expect(await periods(id)).toEqual(['up'])
})

test('no change goes out by a cron trigger: jobs and undos wait for the one owner', async () => {
  const { id, minutes, sandbox, send } = await startMinutes()
  const cookie = await signIn(send, 'operator')
  const opened = await send(`/api/tunnels/${id}`, { headers: { cookie } })
  const { version } = (await opened.json()) as { version: string }
  const headers = { ...ours, cookie, 'if-match': `"${version}"` }
  const body = JSON.stringify({ description: 'to be undone' })
  const changed = await send(`/api/tunnels/${id}?undo_minutes=5`, { method: 'PUT', headers, body })
  const before = sandbox.ledger.length
  await minutes(7)
  const sent = sandbox.ledger.slice(before).filter(({ path }) => !path.endsWith('/graphql'))
  expect([changed.status, new Set(sent.map(({ method }) => method))]).toEqual([200, new Set(['GET'])])
})

test('the scheduled handler of the Worker is that minute, by its bindings alone', async () => {
  const { sandbox, deps, id } = await startMinutes()
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => sandbox.fetch(input, init))
  const context = createExecutionContext()
  const env = {
    DB: bindings.DB,
    PUBLIC_URL: publicUrl,
    CLOUDFLARE_ACCOUNT_ID: deps.upstream.accountId,
    CLOUDFLARE_API_TOKEN: 'worker-token',
    AUTH_SECRET: 'w'.repeat(43),
  }
  await worker.scheduled(createScheduledController({ scheduledTime: new Date(), cron: '* * * * *' }), env, context)
  await waitOnExecutionContext(context)
  vi.unstubAllGlobals()
  expect(await periods(id)).toContain('up')
})

test('on D1 of many who revoke a screen at once one has revoked it, and the log says so once', async () => {
  const { send, services } = startApp()
  const cookie = await signIn(send, 'admin')
  const headers = { ...ours, cookie }
  const made = await send('/api/walls', { method: 'POST', headers, body: JSON.stringify({ name: 'Hall' }) })
  const { screen } = (await made.json()) as { screen: { id: string } }
  const revoke = () => send(`/api/walls/${screen.id}`, { method: 'DELETE', headers: { ...ours, cookie } })
  const answers = await Promise.all([revoke(), revoke(), revoke()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404])
  const { entries } = await services.owner.audit.list({ limit: 20 })
  expect(entries.filter(({ action }) => action === 'wall.revoke')).toHaveLength(1)
})

test('on D1 whoever may read status reads which tunnels went from one state to another, and when nobody looked', async () => {
  const { id, minutes, sandbox, send, skip } = await startMinutes()
  // The app has a clock of its own: what it is asked about must not lie ahead.
  skip(-23)
  await minutes(2)
  const fails = (body: Record<string, unknown>) => {
    const text = JSON.stringify(body).replaceAll(/"tunnelState":[\d.]+/g, '"tunnelState":0')
    return JSON.parse(text) as Record<string, unknown>
  }
  sandbox.faults.next({ kind: 'mutate', change: fails }, { method: 'POST', path: /graphql/, times: 1000 })
  skip(20)
  await minutes(1)
  const headers = { cookie: await signIn(send, 'support') }
  const answer = await send(`/api/status/changes`, { headers })
  const { changes, unwatched } = (await answer.json()) as StateChangesAnswer
  expect(changes).toMatchObject([{ tunnelId: id, name: site, from: 'up', to: 'down', lastSeen: expect.any(String) }])
  expect(unwatched).toMatchObject([{ tunnels: 1 }])
  const known = { ...headers, 'if-none-match': answer.headers.get('etag') ?? '' }
  expect((await send('/api/status/changes?limit=1', { headers: known })).status).toBe(304)
})
