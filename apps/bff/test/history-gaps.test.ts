import { expect, test } from 'vitest'
import {
  answering,
  historyOf,
  hour,
  minute,
  polls,
  queriesIn,
  site,
  startHistoryWorld,
  statusOf,
} from './history-world.ts'
import { restarted } from './steps.ts'
import type { World } from './world.ts'

const day = 24 * hour

type Json = Record<string, unknown>
type Started = Awaited<ReturnType<typeof startGapWorld>>

const iso = (ms: number) => new Date(ms).toISOString()

/** A console with one tunnel that it has looked at for some minutes, and which is stopped. */
async function startGapWorld() {
  const { world, support, id } = await startHistoryWorld()
  const others = world.sandbox.state().tunnels.filter(({ name }) => name !== site)
  for (const other of others) world.sandbox.externalDelete(other.id)
  await polls(world, 3)
  return { world, support, id, began: world.clock.now().getTime() - 3 * minute, stopped: world.clock.now().getTime() }
}

/** It is started again after so long, and looks for some minutes. */
async function startedAfter({ world }: { world: World & Pick<Started['world'], 'clock'> }, ms: number) {
  world.clock.advance(ms)
  const next = Object.assign(await restarted(world), { clock: world.clock })
  await next.services.owner.refresh()
  const at = world.clock.now().getTime()
  await polls(next, 6)
  return { next, at }
}

/** Reads what was not measured, or so many stretches of it. */
async function fill({ services }: Pick<World, 'services'>, most = 1000): Promise<void> {
  for (let step = 0; step < most; step++) if (!(await services.owner.states.backfill())) return
}

/** In this time the probes of the tunnel passed so often; `null`: there are no figures. */
function wasIn({ sandbox }: Pick<World, 'sandbox'>, from: number, to: number, tunnelState: number | null): void {
  const time = (row: Json) => {
    const dimensions = row['dimensions'] as Json
    const at = ['datetimeFiveMinutes', 'datetimeFifteenMinutes', 'datetimeHour'].map((name) => dimensions[name])
    return Date.parse(String(at.find((value) => value !== undefined)))
  }
  answering({ sandbox }, 'health', (rows) =>
    rows.flatMap((row): Json[] => {
      if (!(time(row) >= from && time(row) < to)) return [row]
      return tunnelState === null ? [] : [{ ...row, avg: { tunnelState } }]
    }),
  )
}

test('the night that the console was down is told by analytics, and counts as measured', async () => {
  const started = await startGapWorld()
  const { next } = await startedAfter(started, 8 * hour)
  const person = await next.as('support')
  const before = await historyOf(person, started.id, `?from=${iso(started.began)}`)
  expect(before.coverage).toBeLessThan(0.1)
  const queries = queriesIn(next)
  await fill(next, 1)
  expect(queriesIn(next) - queries).toBe(1)
  const { periods, coverage, uptime } = await historyOf(person, started.id, `?from=${iso(started.began)}`)
  expect([periods.map(({ state }) => state), coverage, uptime]).toEqual([['up'], 1, 1])
  const { since } = (await statusOf(person)).statuses[started.id] ?? {}
  expect(Date.parse(since ?? '')).toBeLessThanOrEqual(started.began)
})

test('an outage of that night stands where it was', async () => {
  const started = await startGapWorld()
  const { world, stopped, began, id } = started
  const { next, at } = await startedAfter(started, 5 * hour)
  const from = Math.ceil((stopped + hour) / hour) * hour
  wasIn(world, from, from + 20 * minute, 0)
  await fill(next, 1)
  const { periods, coverage, uptime } = await historyOf(await next.as('support'), id, `?from=${iso(began)}`)
  expect(periods).toMatchObject([
    { state: 'up', from: iso(began), to: iso(from) },
    { state: 'down', from: iso(from), to: iso(from + 20 * minute) },
    { state: 'up', from: iso(from + 20 * minute), to: null },
  ])
  expect([coverage, (uptime ?? 1) < 1]).toEqual([1, true])
  expect(at).toBeGreaterThan(from)
})

test('what analytics have no figures of stays unknown, says so, and is not asked for again', async () => {
  const started = await startGapWorld()
  const { world, stopped, began, id } = started
  const { next, at } = await startedAfter(started, 5 * hour)
  const from = Math.ceil((stopped + hour) / hour) * hour
  wasIn(world, from, at, null)
  await fill(next, 1)
  world.sandbox.faults.clear()
  await fill(await restarted(next), 1)
  const { periods, coverage } = await historyOf(await next.as('support'), id, `?from=${iso(began)}`)
  expect(periods).toMatchObject([
    { state: 'up', to: iso(from) },
    { state: 'unknown', reason: 'Nobody measured, and Cloudflare has no figures', from: iso(from), to: iso(at) },
    { state: 'up', from: iso(at), to: null },
  ])
  expect(coverage).toBeLessThan(1)
})

test('a gap of weeks is read week by week, goes on after a restart, and waits where analytics fail', async () => {
  const started = await startGapWorld()
  const { world, began, id } = started
  const { next } = await startedAfter(started, 20 * day)
  await fill(next, 1)
  world.sandbox.faults.next({ kind: 'successFalse' }, { path: /graphql/ })
  await expect(fill(next, 1)).rejects.toThrow()
  const third = await startedAfter({ world: next }, minute)
  const queries = queriesIn(world)
  await fill(third.next, 2)
  expect(queriesIn(world) - queries).toBe(2)
  const { periods, coverage } = await historyOf(await third.next.as('support'), id, `?from=${iso(began)}`)
  expect([periods.map(({ state }) => state), coverage]).toEqual([['up'], 1])
})

test('the hours that the machine slept are filled as well, once analytics have all of them', async () => {
  const { world, id, began } = await startGapWorld()
  world.clock.step(8 * hour)
  await polls(world, 1)
  const support = await world.as('support')
  const coverage = async () => (await historyOf(support, id, `?from=${iso(began)}`)).coverage
  await fill(world, 1)
  expect(await coverage()).toBeLessThan(0.1)
  await polls(world, 6)
  await fill(world, 1)
  expect(await coverage()).toBe(1)
})

test('a tunnel that is not probed is asked nothing about, since 0 is a figure of nothing there', async () => {
  const started = await startGapWorld()
  const { world, id } = started
  world.sandbox.externalWrite(id, { health_check: { enabled: false } })
  const { next } = await startedAfter(started, hour)
  const queries = queriesIn(next)
  await fill(next, 1)
  expect(queriesIn(next) - queries).toBe(0)
  const { periods } = await historyOf(await next.as('support'), id, `?from=${iso(started.began)}`)
  expect(periods.map(({ state }) => state)).toEqual(['up', 'unknown', 'not-monitored'])
})

test('a gap that follows a time of which Cloudflare told nothing is filled as well, and that time stays unknown', async () => {
  const started = await startGapWorld()
  const { world, id, began } = started
  answering(world, 'health', () => [])
  await polls(world, 5)
  world.sandbox.faults.clear()
  const stopped = world.clock.now().getTime()
  const { next, at } = await startedAfter(started, 5 * hour)
  const before = await historyOf(await next.as('support'), id, `?from=${iso(began)}`)
  expect(before.periods.map(({ state }) => state)).toEqual(['up', 'unknown', 'up'])
  const queries = queriesIn(next)
  await fill(next, 1)
  expect(queriesIn(next)).toBeGreaterThan(queries)
  const { periods } = await historyOf(await next.as('support'), id, `?from=${iso(began)}`)
  expect(periods).toMatchObject([
    { state: 'up' },
    { state: 'unknown', reason: 'No health data', to: iso(stopped) },
    { state: 'up', from: iso(stopped), to: null },
  ])
  expect(at).toBeGreaterThan(stopped)
})

test('a tunnel that is unknown before a gap and after it has been unknown since the first, and the gap is asked for', async () => {
  const started = await startGapWorld()
  const { world, id } = started
  const read = iso(world.clock.now().getTime() + minute)
  answering(world, 'health', () => [])
  await polls(world, 5)
  const stopped = world.clock.now().getTime()
  const { next, at } = await startedAfter(started, 5 * hour)
  const person = await next.as('support')
  expect((await statusOf(person)).statuses[id]).toMatchObject({ state: 'unknown', since: read })
  next.sandbox.faults.clear()
  await fill(next, 1)
  const { periods } = await historyOf(person, id, `?from=${iso(started.began)}`)
  expect(periods).toMatchObject([
    { state: 'up', to: read },
    { state: 'unknown', from: read, to: iso(stopped) },
    { state: 'up', from: iso(stopped), to: iso(at) },
    { state: 'unknown', from: iso(at), to: null },
  ])
})
