import type { PlanAnswer } from '@tunnel-console/shared/api'
import { expect, test, vi } from 'vitest'
import { atOnce, chosen, jobIn, jobOf, patiently, startJobs, steer } from './jobs-world.ts'
import { commit, idOf, problemIn, restarted, stored } from './steps.ts'
import { newTunnel, type Person, type World, writes } from './world.ts'

type Started = Awaited<ReturnType<typeof startJobs>>

const fresh = (name: string, third: number) => ({
  change: 'create',
  tunnel: { ...newTunnel, name, interface_address: `10.77.${third}.0/31` },
})
const plan = (person: Person, tunnels: object[], more: object = {}) =>
  person.send('POST', '/api/jobs', { kind: 'plan', ...atOnce, ...more, tunnels })

async function answersTo(person: Person, tunnels: object[]): Promise<PlanAnswer[]> {
  const response = await person.send('POST', '/api/plan', { tunnels })
  return ((await response.json()) as { results: PlanAnswer[] }).results
}

const created = ({ sandbox }: Pick<World, 'sandbox'>) =>
  writes(sandbox).filter(({ method, query }) => method === 'POST' && query['validate_only'] === undefined)
const named = ({ sandbox }: Pick<World, 'sandbox'>, name: string) =>
  sandbox.state().tunnels.filter((tunnel) => tunnel.name === name).length

test('a plan creates, changes and deletes, each as a change of its own, and tells the id of what is new', async () => {
  const { admin, ...world } = await startJobs()
  const [one, two] = await chosen(world, admin, ['fra-dc1-a', 'ams-dc1-a'])
  const rows = [
    fresh('oslo-x', 1),
    { change: 'update', ...one, patch: { description: 'planned' } },
    { change: 'delete', ...two },
  ]
  const { job } = await jobIn(await plan(admin, rows, { reason: 'Ticket 12' }))
  await world.services.owner.idle()
  const answer = await jobOf(admin, job.id)
  expect(answer.job).toMatchObject({ kind: 'plan', state: 'done', counts: { done: 3 } })
  expect(answer.rows.map(({ change, name, tunnelId }) => [change, name, tunnelId])).toEqual([
    ['create', 'oslo-x', idOf(world, 'oslo-x')],
    ['update', 'fra-dc1-a', one?.id],
    ['delete', 'ams-dc1-a', two?.id],
  ])
  expect(stored(world, 'fra-dc1-a')?.description).toBe('planned')
  expect(stored(world, 'ams-dc1-a')).toBeUndefined()
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  expect(entries.map(({ action, outcome }) => `${action} ${outcome}`).toSorted()).toEqual([
    'job.create applied',
    'session.signIn applied',
    'tunnel.create applied',
    'tunnel.delete applied',
    'tunnel.update applied',
  ])
})

test('H1 a tunnel that was changed since the plan was made is a conflict, whatever its row wants', async () => {
  const { admin, ...world } = await startJobs()
  const [one, two] = await chosen(world, admin, ['fra-dc1-a', 'ams-dc1-a'])
  world.sandbox.externalWrite(one?.id ?? '', { description: 'theirs' })
  world.sandbox.externalWrite(two?.id ?? '', { description: 'theirs' })
  const rows = [
    { change: 'update', ...one, patch: { description: 'planned' } },
    { change: 'delete', ...two },
  ]
  const { job } = await jobIn(await plan(admin, rows))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).rows.map(({ state }) => state)).toEqual(['conflict', 'conflict'])
  expect(stored(world, 'ams-dc1-a')?.description).toBe('theirs')
})

test('only the changes of a plan undo themselves: what it creates and deletes stays so', async () => {
  const { admin, ...world } = await startJobs()
  const [one] = await chosen(world, admin, ['fra-dc1-a'])
  const rows = [fresh('oslo-x', 1), { change: 'update', ...one, patch: { description: 'planned' } }]
  await jobIn(await plan(admin, rows, { undoMinutes: 5 }))
  await world.services.owner.idle()
  await world.later(5 * 60_000)
  await world.services.owner.idle()
  expect(stored(world, 'fra-dc1-a')?.description).not.toBe('planned')
  expect(named(world, 'oslo-x')).toBe(1)
})

async function reborn(world: Started) {
  const next = await restarted(world)
  const later = async (ms: number) => {
    world.clock.advance(ms)
    await next.services.owner.tick()
    await next.services.owner.idle()
  }
  return { ...next, admin: await next.as('admin'), later }
}

test.each(['commitThenDrop', 'dropBeforeCommit'] as const)(
  'L3 a creation that was sent when the process was killed (%s) is never sent a second time',
  async (kind) => {
    const world = await startJobs()
    world.sandbox.faults.next({ kind, hang: true }, { method: 'POST' })
    const { job } = await jobIn(await plan(world.admin, [fresh('oslo-x', 1), fresh('oslo-y', 2)], { batchSize: 1 }))
    await vi.waitFor(() => expect(created(world)).toHaveLength(1), patiently)
    const next = await reborn(world)
    await next.later(1000)
    await next.later(10_000)
    const [first] = (await jobOf(next.admin, job.id)).rows
    expect(first?.state).toBe(kind === 'commitThenDrop' ? 'done' : 'unknown')
    expect(named(world, 'oslo-x')).toBe(kind === 'commitThenDrop' ? 1 : 0)
    expect(first?.tunnelId).toBe(kind === 'commitThenDrop' ? idOf(world, 'oslo-x') : '')
    expect(created(world).map(({ body }) => (body as { name: string }).name)).toEqual(['oslo-x', 'oslo-y'])
  },
)

test('L3 a creation whose answer was lost is found and not made again, and a late one turns its row', async () => {
  const { admin, ...world } = await startJobs()
  world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST' })
  const { job } = await jobIn(await plan(admin, [fresh('oslo-x', 1)]))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).rows).toMatchObject([{ state: 'done', tunnelId: idOf(world, 'oslo-x') }])
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
  const late = await jobIn(await plan(admin, [fresh('oslo-y', 2)]))
  await world.services.owner.idle()
  expect((await jobOf(admin, late.job.id)).rows).toMatchObject([{ state: 'unknown', tunnelId: '' }])
  await commit(world, created(world).at(-1)?.body as object, '', 'POST')
  await world.later(2000)
  await world.later(1000)
  expect((await jobOf(admin, late.job.id)).rows).toMatchObject([{ state: 'done', tunnelId: idOf(world, 'oslo-y') }])
  expect([named(world, 'oslo-x'), named(world, 'oslo-y'), created(world).length]).toEqual([1, 1, 3])
})

test('a refused creation is tried once more when somebody asks, and is there once', async () => {
  const { admin, ...world } = await startJobs()
  const refusal = { success: false, errors: [{ code: 1021, message: 'No such endpoint' }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body: refusal }, { method: 'POST' })
  const { job } = await jobIn(await plan(admin, [fresh('oslo-x', 1)]))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).rows).toMatchObject([{ state: 'refused' }])
  await steer(admin, job.id, 'retry')
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).rows).toMatchObject([{ state: 'done' }])
  expect(named(world, 'oslo-x')).toBe(1)
})

test('what could never be carried out is refused before anything begins, with a pointer for each mistake', async () => {
  const { admin, ...world } = await startJobs()
  const [one] = await chosen(world, admin, ['fra-dc1-a'])
  const { tunnel } = fresh('fra-dc1-a', 1)
  const rows = [
    { change: 'create', tunnel },
    fresh('oslo-x', 2),
    fresh('oslo-x', 3),
    { change: 'create', tunnel: { ...tunnel, name: 'z', bgp: { customer_asn: 65010, md5_key: 'SECRET' } } },
    { change: 'update', ...one, patch: { bgp: { md5_key: 'SECRET' } } },
    { change: 'delete', id: 'a'.repeat(32), version: one?.version },
  ]
  const problem = await problemIn(await plan(admin, rows))
  expect(problem.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
    '/tunnels/0/tunnel/name',
    '/tunnels/2/tunnel/name',
    '/tunnels/3/tunnel/bgp/md5_key',
    '/tunnels/4/patch/bgp/md5_key',
    '/tunnels/5/id',
  ])
  expect(JSON.stringify(problem)).not.toContain('SECRET')
  expect(writes(world.sandbox)).toEqual([])
})

test.each([
  ['a tunnel twice', (id: string, version: string) => [1, 2].map(() => ({ change: 'delete', id, version }))],
  ['no version', (id: string) => [{ change: 'delete', id }]],
  ['a patch that says nothing', (id: string, version: string) => [{ change: 'update', id, version, patch: {} }]],
  ['a half tunnel', () => [{ change: 'create', tunnel: { name: 'x' } }]],
  ['nothing', () => []],
])('a plan with %s is refused', async (_what, rows) => {
  const { admin, ...world } = await startJobs()
  const [one] = await chosen(world, admin, ['fra-dc1-a'])
  const answer = await plan(admin, rows(one?.id ?? '', one?.version ?? ''))
  expect(answer.status).toBe(422)
  expect((await problemIn(answer)).errors?.[0]?.pointer).toMatch(/^\/tunnels/)
})

test('a question about a plan changes nothing, tells the version it is about, and reads one list', async () => {
  const { admin, ...world } = await startJobs()
  const [one, two] = await chosen(world, admin, ['fra-dc1-a', 'ams-dc1-a'])
  const before = structuredClone(world.sandbox.state().tunnels)
  const asked = world.sandbox.ledger.length
  const answers = await answersTo(admin, [
    fresh('oslo-x', 1),
    { change: 'update', id: one?.id, patch: { description: 'planned' } },
    { change: 'update', id: two?.id, patch: { name: 'ams-dc1-a' } },
    { change: 'delete', id: two?.id.replace(/^./, 'f') },
  ])
  expect(answers).toMatchObject([
    { outcome: 'valid' },
    { outcome: 'valid', version: one?.version, changes: [{ path: 'description', after: 'planned' }] },
    { outcome: 'unchanged', version: two?.version },
    { outcome: 'rejected', problem: { code: 'not-found' } },
  ])
  expect(world.sandbox.state().tunnels).toEqual(before)
  const reads = world.sandbox.ledger
    .slice(asked)
    .filter(({ method, path }) => method === 'GET' && /tunnels$/.test(path))
  expect(reads).toHaveLength(1)
})

test('S44 an operator may neither ask about a plan nor carry one out', async () => {
  const world = await startJobs()
  const operator = await world.as('operator')
  const answers = [
    await plan(operator, [fresh('oslo-x', 1)]),
    await operator.send('POST', '/api/plan', { tunnels: [fresh('oslo-x', 1)] }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(writes(world.sandbox)).toEqual([])
})
