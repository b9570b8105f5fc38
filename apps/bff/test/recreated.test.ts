import { expect, test } from 'vitest'
import { answering, historyOf, polls, site, standingOf, startHistoryWorld, statusOf } from './history-world.ts'
import { idOf, opened, stored } from './steps.ts'

const minute = 60_000

/** A tunnel of ours that was up is deleted, and another one made that has its name, as somebody does to begin anew. */
async function startRecreated() {
  const started = await startHistoryWorld()
  const { world, id } = started
  await polls(world, 2)
  const { name, cloudflare_endpoint, customer_endpoint, interface_address } = stored(world, site) ?? {}
  const admin = await world.as('admin')
  const { ifMatch } = await opened(admin, id)
  expect((await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)).status).toBe(200)
  world.clock.advance(2 * minute)
  const body = { name, cloudflare_endpoint, customer_endpoint, interface_address }
  expect((await admin.send('POST', '/api/tunnels', body)).status).toBe(201)
  return { ...started, former: id, id: idOf(world, site) }
}

/** Cloudflare’s analytics know names alone: so they tell of the former tunnel until two minutes ago, and of ours from then on. */
function rowsOfBoth(world: Parameters<typeof answering>[0], madeAt: number, own: number | null) {
  const row = (at: number, tunnelState: number) => ({
    count: 10,
    avg: { tunnelState },
    dimensions: { tunnelName: site, active: 1, datetimeMinute: new Date(at).toISOString(), edgeColoCode: 'AMS' },
  })
  world.sandbox.faults.clear()
  const begun = Math.floor(madeAt / minute) * minute
  answering(world, 'health', (rows) => [
    ...rows.filter(({ dimensions }) => (dimensions as { tunnelName: string }).tunnelName !== site),
    row(begun - 2 * minute, 1),
    ...(own === null ? [] : [row(begun + minute, own)]),
  ])
}

test('a tunnel that has just been made is not up by the checks of one that had its name before', async () => {
  const { world, support, id } = await startRecreated()
  rowsOfBoth(world, world.clock.now().getTime(), null)
  const stateNow = async () => (await statusOf(support)).statuses[id]?.state
  expect(await stateNow()).toBe('needs-key')
  await polls(world, 1)
  expect(await stateNow()).toBe('needs-key')
})

test('once it is checked itself, its own checks tell, and nothing of the former one', async () => {
  const { world, support, id } = await startRecreated()
  rowsOfBoth(world, world.clock.now().getTime(), 0)
  await polls(world, 2)
  const { state, health, affected } = (await statusOf(support)).statuses[id] ?? {}
  expect([state, health?.score, affected]).toEqual(['needs-key', 0, null])
  rowsOfBoth(world, world.clock.now().getTime() - 2 * minute, 1)
  await polls(world, 1)
  expect((await statusOf(support)).statuses[id]?.health?.score).toBe(1)
})

test('what cannot be told apart is told of neither', async () => {
  const { world, support, id } = await startRecreated()
  rowsOfBoth(world, world.clock.now().getTime(), 1)
  await polls(world, 1)
  expect((await statusOf(support)).statuses[id]?.state).toBe('up')
  world.sandbox.faults.clear()
  const byMinute = ({ dimensions }: Record<string, unknown>) => 'datetimeMinute' in (dimensions as object)
  answering(world, 'health', (rows) =>
    rows.some(byMinute) ? null : rows.map((row) => ({ ...row, avg: { tunnelState: 1 } })),
  )
  await polls(world, 1)
  expect((await statusOf(support)).statuses[id]?.state).toBe('needs-key')
})

test('its page shows nothing of the former one: no data centres, no past, no traffic', async () => {
  const { world, support, id } = await startRecreated()
  const madeAt = world.clock.now().getTime()
  await polls(world, 2)
  const told = { count: 10, avg: { tunnelState: 1 }, sum: { bits: 3e12 } }
  const times = ['datetimeMinute', 'datetimeFiveMinutes', 'datetimeFifteenMinutes', 'datetimeHour']
  const halfAnHourAgo = Object.fromEntries(times.map((name) => [name, new Date(madeAt - 30 * minute).toISOString()]))
  const dimensions = { tunnelName: site, active: 1, edgeColoCode: 'AMS', direction: 'ingress', ...halfAnHourAgo }
  world.sandbox.faults.clear()
  answering(world, ['traffic', 'health'], () => [{ ...told, dimensions }])
  await world.services.owner.states.backfill()
  const { periods, traffic } = await historyOf(support, id)
  expect(periods.map(({ state }) => state)).toEqual(['unknown', 'needs-key'])
  expect(traffic?.filter(({ inBitRate }) => inBitRate > 0)).toEqual([])
  const before = world.sandbox.ledger.length
  await standingOf(support, id)
  const asked = world.sandbox.ledger
    .slice(before)
    .map(({ body }) => body as { query: string; variables: { from: string } })
  const ofHealth = asked.filter(({ query }) => query.includes('health:'))
  expect(ofHealth.map(({ variables }) => Date.parse(variables.from))).toEqual([madeAt, madeAt])
})
