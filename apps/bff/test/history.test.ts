import type { Transition } from '@tunnel-console/shared/status'
import { describe, expect, test } from 'vitest'
import {
  answering,
  historyOf,
  hour,
  minute,
  polls,
  probesPass,
  site,
  standingOf,
  startHistoryWorld,
  statusOf,
} from './history-world.ts'
import { opened, problemIn, restarted } from './steps.ts'

const iso = (at: Date, ms = 0) => new Date(at.getTime() + ms).toISOString()
/** Half of the probes of our tunnel fail. */
const halfDown = (row: Record<string, unknown>) =>
  JSON.stringify(row['dimensions']).includes(`"${site}"`) ? { ...row, avg: { tunnelState: 0.5 } } : row
const statesIn = (periods: readonly { state: string }[]) => periods.map(({ state }) => state)

describe('what each reading shows is kept as transitions', () => {
  test('a tunnel that goes down is red within two polls, since when, and it is told once', async () => {
    const { world, support, id } = await startHistoryWorld()
    const told: Transition[] = []
    world.services.owner.states.onTransition((transition) => told.push(transition))
    const first = iso(world.clock.now())
    expect((await statusOf(support)).statuses[id]).toMatchObject({ state: 'up', since: first, isSinceExact: false })
    probesPass(world, 0)
    await polls(world, 4)
    const since = iso(world.clock.now(), -3 * minute)
    const status = (await statusOf(support)).statuses[id]
    expect(status).toMatchObject({ state: 'down', since, isSinceExact: true, affected: { share: 1 } })
    expect(status?.day).toMatch(/^x{22,23}d+$|^x{23}d$/)
    const ours = told.filter(({ tunnelId }) => tunnelId === id)
    const reason = 'Health checks pass 0%'
    expect(ours).toEqual([{ tunnelId: id, name: site, from: 'up', to: 'down', reason, at: since }])
    const { periods } = await historyOf(support, id)
    expect(periods.slice(1)).toEqual([
      { state: 'up', reason: 'Health checks pass 100%', from: first, to: since },
      { state: 'down', reason, from: since, to: null },
    ])
  })

  test('checks that pass again are Recovering while the five minutes are lower, and since when is told', async () => {
    const { world, support, id } = await startHistoryWorld()
    // What is asked by data centre or by the minute, and the newest two minutes, find what the sandbox says: all is well.
    let asked = 0
    answering(world, 'health', (rows) => (asked++ === 0 ? rows.map(halfDown) : rows))
    await polls(world, 1)
    const { status, recovery } = await standingOf(support, id)
    expect([status.state, status.reason]).toEqual(['recovering', 'Checks pass now, after 50% over five minutes'])
    expect(Date.parse(recovery?.earliest ?? '') - Date.parse(recovery?.passingSince ?? '')).toBe(5 * minute)
  })

  test('while nothing changes, nothing is written but that somebody looked', async () => {
    const { world, id, support } = await startHistoryWorld()
    await polls(world, 6)
    expect((await historyOf(support, id)).periods).toHaveLength(2)
  })
})

describe('a process that ends', () => {
  test('and is followed at once goes on with the period that it left', async () => {
    const { world, support, id } = await startHistoryWorld()
    const since = iso(world.clock.now())
    await polls(world, 3)
    const next = await restarted(world)
    world.clock.advance(2 * minute)
    await next.services.owner.refresh()
    await next.services.owner.refresh()
    const reader = await next.as('support')
    expect((await statusOf(reader)).statuses[id]).toMatchObject({ state: 'up', since })
    expect(statesIn((await historyOf(support, id)).periods)).toEqual(['unknown', 'up'])
  })

  test('and is missed for longer than three polls leaves a time that is unknown, not one that went on', async () => {
    const { world, id } = await startHistoryWorld()
    await polls(world, 2)
    const seen = iso(world.clock.now())
    const next = await restarted(world)
    world.clock.advance(hour)
    await next.services.owner.refresh()
    const reader = await next.as('support')
    const now = iso(world.clock.now())
    expect((await statusOf(reader)).statuses[id]).toMatchObject({ state: 'up', since: now, isSinceExact: false })
    const { periods, uptime } = await historyOf(reader, id)
    expect(statesIn(periods)).toEqual(['unknown', 'up', 'unknown'])
    expect([periods[2]?.from, uptime]).toEqual([seen, 1])
  })
})

test('U2 U12 within three polls of a source that stops, every affected status shows its age and is not green', async () => {
  const { world, support, id } = await startHistoryWorld()
  await polls(world, 1)
  const read = iso(world.clock.now())
  world.sandbox.faults.next({ kind: 'status', status: 200, body: { data: null } }, { path: /graphql/, times: 10_000 })
  await polls(world, 3)
  const { sources, statuses } = await statusOf(support)
  expect([sources.health.ok, sources.health.at, statuses[id]?.health?.at]).toEqual([false, read, read])
  await polls(world, 1)
  const later = Object.values((await statusOf(support)).statuses)
  expect(later.filter(({ state }) => ['up', 'degraded', 'down', 'recovering'].includes(state))).toEqual([])
  const ours = (await statusOf(support)).statuses[id]
  expect(ours).toMatchObject({ state: 'unknown', was: { state: 'up', at: read }, since: read, affected: null })
  const { periods } = await historyOf(support, id)
  expect(periods.at(-1)).toMatchObject({ state: 'unknown', from: read, to: null })
})

test('U24 a token that may not read analytics costs one query a minute, and all else goes on', async () => {
  const { world, support } = await startHistoryWorld()
  const refused = { data: null, errors: [{ message: 'not authorized', extensions: { code: 'authz' } }] }
  world.sandbox.faults.next({ kind: 'status', status: 200, body: refused }, { path: /graphql/, times: 10_000 })
  const before = world.sandbox.ledger.length
  await polls(world, 5)
  const asked = world.sandbox.ledger.slice(before)
  expect(asked.filter(({ path }) => path.endsWith('/graphql'))).toHaveLength(5)
  const { sources } = await statusOf(support)
  expect([sources.tunnels.ok, sources.health.failure?.code]).toEqual([true, 'upstream-unauthorized'])
})

test('L7 a clock that is set back an hour leaves a history without negative times', async () => {
  const { world, id } = await startHistoryWorld()
  await polls(world, 1)
  world.clock.step(-hour)
  probesPass(world, 0)
  await polls(world, 2)
  world.clock.advance(2 * hour)
  const { periods } = await historyOf(await world.as('support'), id)
  const lengths = periods.slice(0, -1).map(({ from, to }) => Date.parse(to ?? '') - Date.parse(from))
  expect(statesIn(periods)).toContain('down')
  expect(lengths.filter((ms) => !(ms > 0))).toEqual([])
})

test('a renamed tunnel keeps its history', async () => {
  const { world, support, id } = await startHistoryWorld()
  const since = iso(world.clock.now())
  await polls(world, 1)
  const operator = await world.as('operator')
  const { ifMatch } = await opened(operator, id)
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { name: 'fra-renamed' }, ifMatch)).status).toBe(200)
  const { periods, changes } = await historyOf(operator, id)
  expect(periods.find(({ state }) => state === 'up')?.from).toBe(since)
  expect(changes).toMatchObject([{ action: 'tunnel.update', by: expect.any(String), summary: 'Name' }])
  expect((await historyOf(support, id)).changes).toMatchObject([{ summary: '', auditId: changes[0]?.auditId }])
})

test('of a tunnel that is gone there still is its history, and of one that never was nothing', async () => {
  const { world, support, id } = await startHistoryWorld()
  await polls(world, 1)
  world.sandbox.externalDelete(id)
  await polls(world, 1)
  expect(statesIn((await historyOf(support, id)).periods)).toEqual(['unknown', 'up', 'unknown'])
  const never = await support.get(`/api/tunnels/${'f'.repeat(32)}/history`)
  expect([never.status, (await problemIn(never)).code]).toEqual([404, 'not-found'])
})

const day = 24 * hour
test.each([
  ['a beginning in the future', hour, 2 * hour, '/from'],
  ['an end before the beginning', -hour, -2 * hour, '/to'],
  ['more than 90 days', -91 * day, 0, '/from'],
])('a time with %s is refused, with the field', async (_what, from, to, pointer) => {
  const { world, support, id } = await startHistoryWorld()
  const now = world.clock.now()
  const answer = await support.get(`/api/tunnels/${id}/history?from=${iso(now, from)}&to=${iso(now, to)}`)
  expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([422, pointer])
})

test.each([
  ['from', '0000-01-01T00:00:00Z'],
  ['from', '1999-12-31T23:59:59Z'],
  ['to', '0000-01-01T00:00:00Z'],
  ['to', '9999-12-31T00:00:00Z'],
])('a moment that nothing can be told of, such as %s %s, is refused with what to give', async (name, moment) => {
  const { world, support, id } = await startHistoryWorld()
  const answer = await support.get(`/api/tunnels/${id}/history?${name}=${moment}`)
  const now = `${world.clock.now().toISOString().slice(0, 19)}Z`
  const detail = `Give a moment between the year 2000 and now, such as ${now}`
  expect([answer.status, (await problemIn(answer)).errors]).toEqual([
    422,
    [{ pointer: `/${name}`, detail, source: 'console' }],
  ])
})

test('a moment that is a little ahead, as by a clock that is fast, is taken for now', async () => {
  const { world, support, id } = await startHistoryWorld()
  const { to } = await historyOf(support, id, `?to=${iso(world.clock.now(), 23 * hour)}`)
  expect(to).toBe(iso(world.clock.now(), 0))
})

test('a time that is none is refused', async () => {
  const { support, id } = await startHistoryWorld()
  expect((await support.get(`/api/tunnels/${id}/history?from=yesterday`)).status).toBe(400)
})

test('what is older than the setting says is forgotten', async () => {
  const { world, id } = await startHistoryWorld()
  const admin = await world.as('admin')
  await admin.send('PATCH', '/api/settings', { statusHistoryDays: 1 })
  probesPass(world, 0)
  await polls(world, 1)
  const from = iso(world.clock.now(), -hour)
  world.clock.advance(30 * hour)
  await world.services.owner.tick()
  const later = await world.as('admin')
  const { periods } = await historyOf(later, id, `?from=${from}`)
  expect(statesIn(periods)).not.toContain('up')
})
