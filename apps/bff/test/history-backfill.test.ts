import { expect, test } from 'vitest'
import { mostQueries } from '../src/cloudflare/queries.ts'
import { historyOf, hour, minute, polls, queriesIn, site, startHistoryWorld, statusOf } from './history-world.ts'
import { opened, restarted, startClockedWorld } from './steps.ts'
import type { World } from './world.ts'

const day = 24 * hour

/** Reads so many stretches of the time before, or all. */
async function fill({ services }: Pick<World, 'services'>, most = 1000): Promise<number> {
  for (let step = 0; step < most; step++) if (!(await services.owner.states.backfill())) return step
  return most
}

/** As few tunnels as tell all there is to tell. */
function only(ours: string | undefined, { sandbox }: Pick<World, 'sandbox'>): void {
  const others = sandbox.state().tunnels.filter(({ name }) => name !== ours)
  for (const { id } of others) sandbox.externalDelete(id)
}

async function startSmall() {
  const started = await startHistoryWorld()
  only(site, started.world)
  await started.world.services.owner.refresh()
  await started.world.services.owner.refresh()
  return started
}

test('the time before the console ran comes from analytics, 90 days of it, each tunnel once', async () => {
  const { world, support, id } = await startSmall()
  const before = queriesIn(world)
  await fill(world)
  const asked = queriesIn(world) - before
  expect(asked).toBeLessThanOrEqual(14)
  await fill(world)
  expect(queriesIn(world) - before).toBe(asked)
  const from = new Date(world.clock.now().getTime() - 90 * day + hour).toISOString()
  // Three months of traffic are none of this test's business.
  world.sandbox.faults.next({ kind: 'successFalse' }, { path: /graphql/, times: 100 })
  const { periods, coverage, uptime } = await historyOf(support, id, `?from=${from}`)
  expect([periods.length, coverage, uptime]).toEqual([1, 1, 1])
  const status = (await statusOf(support)).statuses[id]
  expect([status?.day, status?.isSinceExact]).toEqual(['u'.repeat(24), false])
  expect(Date.parse(status?.since ?? '')).toBeLessThan(world.clock.now().getTime() - 89 * day)
})

test('a restart goes on where the reading of the time before was', async () => {
  const { world } = await startSmall()
  const before = queriesIn(world)
  await fill(world, 5)
  const next = await restarted(world)
  await next.services.owner.refresh()
  const polled = queriesIn(world)
  await fill(next)
  expect(polled - before).toBeGreaterThanOrEqual(5)
  expect(queriesIn(world) - polled).toBeLessThanOrEqual(9)
})

test('a failure leaves nothing out: the same stretch is read once more', async () => {
  const { world, support, id } = await startSmall()
  world.sandbox.faults.next({ kind: 'successFalse' }, { path: /graphql/ })
  await expect(fill(world)).rejects.toThrow()
  await fill(world)
  expect((await statusOf(support)).statuses[id]?.day).toBe('u'.repeat(24))
})

test('a tunnel without a key needed one in the time before, too, and was not down', async () => {
  const world = await startClockedWorld()
  const support = await world.as('support')
  const keyless = world.sandbox.state().tunnels.find(({ psk_metadata: key }) => !key.last_generated_on)
  only(keyless?.name, world)
  await polls(world, 2)
  await fill(world)
  const { periods } = await historyOf(support, keyless?.id ?? '')
  expect(periods.map(({ state, reason }) => [state, reason])).toEqual([['needs-key', 'No pre-shared key yet']])
})

test('a tunnel that was renamed is looked for under the name that it had', async () => {
  const { world, id } = await startSmall()
  const operator = await world.as('operator')
  const { ifMatch } = await opened(operator, id)
  await operator.send('PUT', `/api/tunnels/${id}`, { name: 'fra-renamed' }, ifMatch)
  const before = world.sandbox.ledger.length
  await fill(world, 1)
  const asked = world.sandbox.ledger.slice(before).find(({ path }) => path.endsWith('/graphql'))
  expect(JSON.stringify(asked?.body)).toContain(`"names":["${site}"]`)
})

test('it waits a minute after the start, takes a step every five seconds, and never fails a tick', async () => {
  const { world } = await startSmall()
  const before = queriesIn(world)
  await world.later(30_000)
  const early = queriesIn(world)
  world.sandbox.faults.next({ kind: 'successFalse' }, { path: /graphql/, times: 1000 })
  for (let n = 0; n < 20; n++) await world.later(5000)
  expect(early - before).toBeLessThanOrEqual(8)
  expect(world.logs.filter(({ event }) => event === 'history.backfill-waits').length).toBeGreaterThan(0)
})

test('U7 the time before never takes more than its part of the queries, and polls go on', async () => {
  const { world } = await startHistoryWorld()
  const { analytics } = world.services.owner.states
  const now = world.clock.now().getTime()
  const ask = { dataset: 'health' as const, from: now - minute, to: now, dimensions: ['active'], names: ['nobody'] }
  const before = queriesIn(world)
  const ends = await Promise.allSettled(Array.from({ length: 310 }, () => analytics(ask, 'backfill')))
  expect(queriesIn(world)).toBe(mostQueries.backfill)
  expect(ends.at(-1)).toMatchObject({ reason: { problem: { code: 'upstream-rate-limited', retryAfter: 300 } } })
  await world.services.owner.refresh()
  expect(queriesIn(world)).toBeGreaterThan(mostQueries.backfill)
  await Promise.allSettled(Array.from({ length: 310 }, () => analytics(ask, 'poll')))
  expect(queriesIn(world)).toBe(mostQueries.poll)
  world.clock.advance(300_000)
  await analytics(ask, 'backfill')
  expect(queriesIn(world)).toBe(mostQueries.poll + 1)
  expect(before).toBeLessThan(mostQueries.backfill)
})
