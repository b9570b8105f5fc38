import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import { seedState, seedTunnels } from '@tunnel-console/cloudflare-sandbox/seed'
import { describe, expect, test } from 'vitest'
import { type Ask, createAnalytics } from '../src/cloudflare/analytics.ts'
import { scoresOf } from '../src/cloudflare/health.ts'
import {
  answering,
  historyOf,
  hour,
  minute,
  polls,
  probesPass,
  queriesIn,
  standingOf,
  startHistoryWorld,
  statusOf,
} from './history-world.ts'
import { accountId, apiToken, startWorld } from './world.ts'

/** Analytics of so many healthy tunnels, with answers that hold so many rows. */
function analyticsOf(tunnels: number, limit: number) {
  const now = new Date('2026-05-01T12:00:00Z')
  const state = { ...seedState(now, 1), tunnels: seedTunnels(tunnels, now) }
  const sandbox = createSandbox({ accountId, token: apiToken, now: () => now, state })
  const rowsOf = createAnalytics(
    accountId,
    async (body) => {
      const init = { method: 'POST', headers: { authorization: `Bearer ${apiToken}` }, body: JSON.stringify(body) }
      const answer = await sandbox.fetch('https://api.cloudflare.com/client/v4/graphql', init)
      return { result: (await answer.json()) as unknown }
    },
    limit,
  )
  const ask: Ask = { dataset: 'health', from: now.getTime() - 5 * minute, to: now.getTime(), dimensions: ['active'] }
  return { rowsOf, ask, sandbox }
}

describe('an answer with as many rows as it may have is cut, and never taken for the whole', () => {
  test('of more tunnels than an answer holds, every one is read, once', async () => {
    const { rowsOf, ask, sandbox } = analyticsOf(60, 25)
    const rows = await rowsOf(ask, 'poll')
    expect([rows.length, scoresOf(rows).size]).toEqual([120, 60])
    expect(new Set(rows.map((row) => `${row.name} ${row.of('active')}`)).size).toBe(120)
    expect(sandbox.ledger.length).toBeLessThanOrEqual(6)
  })

  test('the same with an answer that is full to the last row', async () => {
    const { rowsOf, ask } = analyticsOf(10, 20)
    expect(await rowsOf(ask, 'poll')).toHaveLength(20)
  })

  test('of one tunnel with more rows than an answer holds, the time is halved', async () => {
    const { rowsOf, ask } = analyticsOf(2, 40)
    const series = { ...ask, from: ask.to - 48 * hour, dimensions: ['active', 'datetimeHour'] }
    const rows = await rowsOf(series, 'poll')
    expect(new Set(rows.map((row) => `${row.name} ${row.of('active')} ${row.of('datetimeHour')}`)).size).toBe(192)
    expect(rows).toHaveLength(192)
  })

  test('what cannot be had in parts fails, and is no reading', async () => {
    const { rowsOf, ask } = analyticsOf(2, 2)
    const series = { ...ask, dimensions: ['active', 'datetimeMinute'] }
    await expect(rowsOf(series, 'poll')).rejects.toMatchObject({ problem: { code: 'upstream-unexpected' } })
  })
})

describe('one tunnel from close by', () => {
  test('T6 a hundred people who look at a tunnel cost what one does', async () => {
    const { world, support, id } = await startHistoryWorld()
    const before = queriesIn(world)
    const answers = await Promise.all(Array.from({ length: 100 }, () => support.get(`/api/tunnels/${id}/status`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(queriesIn(world) - before).toBe(3)
    const once = queriesIn(world)
    await Promise.all(Array.from({ length: 100 }, () => historyOf(support, id)))
    expect(queriesIn(world) - once).toBe(1)
  })

  test('shows its data centres, those with traffic first, and how much each carries', async () => {
    const { support, id } = await startHistoryWorld()
    const { dataCentres, status, site: mates, cause } = await standingOf(support, id)
    expect(dataCentres).toHaveLength(8)
    expect(dataCentres.map(({ isActive }) => isActive)).toEqual([...Array(5).fill(true), ...Array(3).fill(false)])
    const shares = dataCentres.map(({ share }) => share ?? -1)
    expect(shares).toEqual(shares.toSorted((one, other) => other - one))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    expect([status.state, status.affected, cause]).toEqual(['up', { share: 0, dataCentres: 0 }, null])
    expect(mates.map(({ name }) => name)).toEqual(['fra-dc1-b'])
  })

  test('a tunnel that fails in one data centre says what share of its traffic that hurts', async () => {
    const { world, support } = await startHistoryWorld()
    const hurt = world.sandbox.state().tunnels.find(({ story }) => story.health === 'degraded')
    const { affected } = (await statusOf(support)).statuses[hurt?.id ?? ''] ?? {}
    expect(affected?.dataCentres).toBe(3)
    expect(affected?.share).toBeGreaterThan(0.3)
    expect(affected?.share).toBeLessThan(1)
  })
})

test('hundreds of tunnels that are not probed take no place from one that is in trouble', async () => {
  const now = new Date()
  const [hurt, ...others] = seedTunnels(340, now)
  if (hurt) Object.assign(hurt.story, { health: 'degraded', since: new Date(now.getTime() - hour).toISOString() })
  for (const tunnel of others) tunnel.health_check.enabled = false
  const state = { ...seedState(now, 1), tunnels: [...others, ...(hurt ? [hurt] : [])] }
  const world = await startWorld({ sandbox: { state } })
  const support = await world.as('support')
  await world.services.owner.refresh()
  const { statuses } = await statusOf(support)
  expect(statuses[hurt?.id ?? '']).toMatchObject({ state: 'degraded', affected: { dataCentres: 3 } })
  expect(statuses[others[0]?.id ?? '']).toMatchObject({ state: 'not-monitored', affected: null })
})

test('without the permission for traffic, that is said once, and everything else goes on', async () => {
  const { world, support, id } = await startHistoryWorld()
  answering(world, 'traffic', () => null)
  await polls(world, 12)
  const { sources, statuses } = await statusOf(support)
  expect(sources).toMatchObject({ health: { ok: true }, traffic: { ok: false } })
  expect(sources.traffic?.failure?.code).toBe('upstream-unauthorized')
  expect(statuses[id]?.state).toBe('up')
  expect((await standingOf(support, id)).dataCentres.map(({ share }) => share)).toEqual(Array(8).fill(null))
  expect((await historyOf(support, id)).traffic).toBeNull()
  const told = world.logs.filter(({ event, source }) => event === 'poll.failed' && source === 'traffic')
  expect(told).toHaveLength(1)
})

test('U8 where nobody answers for traffic, health is read on, however many people look at tunnels', async () => {
  const { world, support, id } = await startHistoryWorld()
  const { fetch } = world.deps.upstream
  world.deps.upstream.fetch = async (input, init) =>
    String(init.body).includes('traffic:') ? new Response('{}', { status: 503 }) : fetch(input, init)
  const looked = world.sandbox.state().tunnels.slice(0, 3)
  const isRead: boolean[] = []
  for (let minutes = 0; minutes < 3; minutes++) {
    world.clock.advance(50_000)
    await Promise.all(looked.map((tunnel) => standingOf(support, tunnel.id)))
    await polls(world, 1, 10_000)
    const { sources } = await statusOf(support)
    isRead.push(sources.health.ok, sources.traffic?.ok ?? true)
  }
  expect(isRead).toEqual([true, false, true, false, true, false])
  expect((await statusOf(support)).statuses[id]?.state).toBe('up')
})

test('a check that is off is Not monitored, however its probes do, and counts neither as up nor as down', async () => {
  const { world, support, id } = await startHistoryWorld()
  world.sandbox.externalWrite(id, { health_check: { enabled: false } })
  probesPass(world, 0)
  await polls(world, 2)
  expect((await statusOf(support)).statuses[id]).toMatchObject({ state: 'not-monitored', affected: null })
  const { periods, uptime } = await historyOf(support, id)
  expect([periods.at(-1)?.state, uptime]).toEqual(['not-monitored', 1])
})

test('traffic over time is in bits per second, both ways, in steps without gaps', async () => {
  const { world, support, id } = await startHistoryWorld()
  const now = world.clock.now().getTime()
  const { traffic } = await historyOf(support, id, `?from=${new Date(now - 2 * hour).toISOString()}`)
  expect(traffic?.length).toBeGreaterThanOrEqual(24)
  expect(traffic?.slice(0, -1).every(({ inBitRate, outBitRate }) => inBitRate > 0 && outBitRate > inBitRate)).toBe(true)
})
