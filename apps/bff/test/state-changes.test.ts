import type { StateChangesAnswer } from '@tunnel-console/shared/status-answers'
import { expect, test } from 'vitest'
import { answering, historyOf, hour, minute, polls, probesPass, site, startHistoryWorld } from './history-world.ts'
import { opened, problemIn, restarted } from './steps.ts'
import type { Person, World } from './world.ts'

const iso = (at: number) => new Date(at).toISOString()

async function changesOf(person: Person, query = ''): Promise<StateChangesAnswer> {
  return (await (await person.get(`/api/status/changes${query}`)).json()) as StateChangesAnswer
}

/** From now on, no probe of any tunnel passes. */
function allFail({ sandbox }: Pick<World, 'sandbox'>): void {
  sandbox.faults.clear()
  answering({ sandbox }, 'health', (rows) => rows.map((row) => ({ ...row, avg: { tunnelState: 0 } })))
}

/** It is followed by another process after so long, which has looked once. */
async function followedAfter(world: World & Pick<Parameters<typeof polls>[0], 'clock'>, ms: number) {
  world.clock.advance(ms)
  const next = Object.assign(await restarted(world), { clock: world.clock })
  await next.services.owner.refresh()
  return next
}

/** Only the one tunnel is left. */
function onlyOurs({ sandbox }: Pick<World, 'sandbox'>): void {
  for (const { id, name } of sandbox.state().tunnels) if (name !== site) sandbox.externalDelete(id)
}

const ofSite = ({ changes }: StateChangesAnswer) => changes.filter(({ name }) => name === site)

test('support reads which tunnels went from one state to another and when, the newest first', async () => {
  const { world, support, id } = await startHistoryWorld()
  expect((await changesOf(support)).changes).toEqual([])
  await polls(world, 1)
  probesPass(world, 0)
  await polls(world, 1)
  const down = world.clock.now().getTime()
  world.sandbox.faults.clear()
  await polls(world, 6)
  const [up, ...others] = ofSite(await changesOf(support)).filter(({ to }) => to !== 'recovering')
  expect(up).toMatchObject({ to: 'up', lastSeen: null, reason: 'Health checks pass 100%' })
  const reason = 'Health checks pass 0%'
  const change = { tunnelId: id, name: site, from: 'up', to: 'down', reason, at: iso(down) }
  expect(others).toEqual([{ ...change, lastSeen: null, planned: null }])
  expect(Date.parse(up?.at ?? '')).toBeGreaterThan(down)
})

test('a page tells where to go on, and nothing comes twice or is left out', async () => {
  const { world, support } = await startHistoryWorld()
  allFail(world)
  await polls(world, 1)
  const all = (await changesOf(support)).changes
  expect(all.length).toBeGreaterThan(3)
  const read: StateChangesAnswer['changes'] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: StateChangesAnswer = await changesOf(support, `?limit=2${cursor && `&cursor=${cursor}`}`)
    expect(page.changes.length).toBeLessThanOrEqual(2)
    read.push(...page.changes)
    cursor = page.nextCursor
  }
  expect(read).toEqual(all)
})

test('what the console did not see is no change of the tunnel, and when it did not look is told', async () => {
  const { world } = await startHistoryWorld()
  await polls(world, 1)
  const stopped = world.clock.now().getTime()
  const next = await followedAfter(world, hour)
  const tunnels = world.sandbox.state().tunnels.length
  const person = await next.as('support')
  const at = world.clock.now().getTime()
  const answer = await changesOf(person)
  expect(ofSite(answer)).toEqual([])
  expect(answer.unwatched).toEqual([{ from: iso(stopped), to: iso(at), tunnels }])
  world.clock.advance(hour)
  world.sandbox.faults.next({ kind: 'status', status: 503, body: {} }, { path: /./, times: 1000 })
  const { unwatched } = await changesOf(await next.as('support'))
  expect(unwatched.at(-1)).toEqual({ from: iso(at), to: null, tunnels })
})

test('a change that happened while nobody looked says between when', async () => {
  const { world } = await startHistoryWorld()
  await polls(world, 1)
  const stopped = world.clock.now().getTime()
  probesPass(world, 0)
  const next = await followedAfter(world, hour)
  const answer = await changesOf(await next.as('support'))
  expect(ofSite(answer)).toMatchObject([
    { from: 'up', to: 'down', lastSeen: iso(stopped), at: iso(world.clock.now().getTime()) },
  ])
})

test('what the last look before the console stopped saw is told, whether it goes on afterwards or not', async () => {
  const { world } = await startHistoryWorld()
  await polls(world, 1)
  probesPass(world, 0)
  await polls(world, 1)
  const stopped = world.clock.now().getTime()
  const next = await followedAfter(world, hour)
  const down = { from: 'up', to: 'down', at: iso(stopped), lastSeen: null }
  expect(ofSite(await changesOf(await next.as('support')))).toMatchObject([down])
  world.sandbox.faults.clear()
  const later = await followedAfter(next, hour)
  const [newest, ...others] = ofSite(await changesOf(await later.as('support')))
  expect([newest?.from, others.length]).toEqual(['down', 1])
  expect(others).toMatchObject([down])
})

test('a tunnel of which Cloudflare tells nothing for a while is counted, and has not changed', async () => {
  const { world, support } = await startHistoryWorld()
  onlyOurs(world)
  await polls(world, 3)
  const from = `?from=${iso(world.clock.now().getTime() - minute)}`
  expect((await changesOf(support, from)).withoutData).toBe(0)
  answering(world, 'health', (rows) => rows.filter((row) => !JSON.stringify(row).includes(`"${site}"`)))
  await polls(world, 5)
  world.sandbox.faults.clear()
  await polls(world, 2)
  const answer = await changesOf(support, from)
  expect([ofSite(answer), answer.withoutData, answer.unwatched]).toEqual([[], 1, []])
})

test('a tunnel that is gone keeps its name, and a renamed one has its newest', async () => {
  const { world, id } = await startHistoryWorld()
  const admin = await world.as('admin')
  probesPass(world, 0)
  await polls(world, 2)
  const { ifMatch } = await opened(admin, id)
  await admin.send('PUT', `/api/tunnels/${id}`, { name: 'fra-renamed' }, ifMatch)
  const nameIn = async () => (await changesOf(admin)).changes.find(({ tunnelId }) => tunnelId === id)?.name
  expect(await nameIn()).toBe('fra-renamed')
  expect((await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)).status).toBe(
    200,
  )
  await polls(world, 1)
  expect(await nameIn()).toBe('fra-renamed')
})

test('work that was announced for the time marks what it explains, and nothing after it was over', async () => {
  const { world, support, id } = await startHistoryWorld()
  const operator = await world.as('operator')
  const until = iso(world.clock.now().getTime() + 1.5 * minute)
  await operator.send('POST', '/api/planned', { tunnels: [id], text: 'ISP work', until })
  probesPass(world, 0)
  await polls(world, 1)
  world.sandbox.faults.clear()
  await polls(world, 6)
  const [up, ...during] = ofSite(await changesOf(support))
  expect([up?.to, up?.planned]).toEqual(['up', null])
  expect(during.at(-1)).toMatchObject({ to: 'down', planned: 'ISP work' })
})

test('whoever has the answer already gets its tag alone, until something changes', async () => {
  const { world, support } = await startHistoryWorld()
  onlyOurs(world)
  await polls(world, 3)
  const from = `?from=${iso(world.clock.now().getTime() - hour)}`
  const first = await support.get(`/api/status/changes${from}`)
  const known = { 'if-none-match': first.headers.get('etag') ?? '' }
  await polls(world, 2)
  expect((await support.get(`/api/status/changes${from}`, known)).status).toBe(304)
  probesPass(world, 0)
  await polls(world, 1)
  expect((await support.get(`/api/status/changes${from}`, known)).status).toBe(200)
})

test.each([
  ['?cursor=x', 400],
  ['?limit=1001', 400],
  ['?limit=0', 400],
  ['?name=x', 400],
  ['?from=2020-01-01T00:00:00Z', 422],
  ['?from=2999-01-01T00:00:00Z', 422],
])('a question that cannot be answered is refused with what is wrong: %s', async (query, status) => {
  const { support } = await startHistoryWorld()
  const answer = await support.get(`/api/status/changes${query}`)
  const { detail, errors } = await problemIn(answer)
  expect([answer.status, Boolean(detail ?? errors)]).toEqual([status, true])
})

test('before when the history is still being fetched is told, of one tunnel and of all, until it is there', async () => {
  const { world, support, id } = await startHistoryWorld()
  onlyOurs(world)
  const began = world.clock.now().getTime()
  await polls(world, 3)
  const from = `?from=${iso(began - 9 * 24 * hour)}`
  const older = async () => [(await historyOf(support, id, from)).older, (await changesOf(support, from)).older]
  const edge = { before: iso(began), isRefused: false }
  expect(await older()).toEqual([edge, edge])
  for (let step = 0; step < 2; step++) await world.services.owner.states.backfill()
  world.clock.advance(10_000)
  const [one, all] = await older()
  expect(one).toEqual(all)
  expect(Date.parse(one?.before ?? '')).toBeLessThan(began - 7 * 24 * hour)
  expect((await historyOf(support, id)).older).toBeNull()
  await world.services.owner.states.backfill()
  expect((await historyOf(support, id, from)).older).toBeNull()
})

test('while Cloudflare refuses the token for analytics, that is why history is missing', async () => {
  const { world, support, id } = await startHistoryWorld()
  answering(world, 'health', () => null)
  await polls(world, 1)
  expect((await historyOf(support, id)).older).toMatchObject({ isRefused: true })
  expect((await changesOf(support)).older).toMatchObject({ isRefused: true })
})

test('of a tunnel that was made while the console watched, and of one that is not probed, nothing is missing', async () => {
  const { world, support, id } = await startHistoryWorld()
  world.sandbox.externalWrite(id, { health_check: { enabled: false } })
  const operator = await world.as('operator')
  const body = {
    name: 'oslo-a',
    cloudflare_endpoint: '162.159.135.10',
    customer_endpoint: '203.0.113.201',
    interface_address: '10.99.1.0/31',
  }
  const made = await operator.send('POST', '/api/tunnels', body)
  const { tunnel } = (await made.json()) as { tunnel: { id: string } }
  await polls(world, 1)
  expect(made.status).toBe(201)
  expect((await historyOf(support, id)).older).toBeNull()
  expect((await historyOf(support, tunnel.id)).older).toBeNull()
})
