import { expect, test, vi } from 'vitest'
import { chosen, describeAll, firstNames, jobIn, jobOf, patiently, sentTo, startJobs, steer } from './jobs-world.ts'
import { holdAnswers } from './lost-answers.ts'
import { commit, idOf, restarted } from './steps.ts'
import { type World, writes } from './world.ts'

type Started = Awaited<ReturnType<typeof startJobs>>

/** The process that comes after a kill, with time that passes for it. */
async function reborn(world: Started) {
  const next = await restarted(world)
  const admin = await next.as('admin')
  const later = async (ms: number) => {
    world.clock.advance(ms)
    await next.services.owner.tick()
    await next.services.owner.idle()
  }
  return { ...next, admin, later }
}

async function hangingJob(kind: 'commitThenDrop' | 'dropBeforeCommit') {
  const world = await startJobs()
  const names = firstNames(world, 4)
  const { job } = await jobIn(await describeAll(world, world.admin, names, { batchSize: 2 }))
  world.sandbox.faults.next({ kind, hang: true }, { method: 'PUT', times: 2 })
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(2), patiently)
  return { world, names, id: job.id }
}

const statesOf = async (world: Pick<World, 'as'>, id: string) =>
  (await jobOf(await world.as('admin'), id)).rows.map(({ state }) => state)

test('L3 after a kill a running job goes on by itself, and what had arrived is found and not sent again', async () => {
  const { world, id } = await hangingJob('commitThenDrop')
  const next = await reborn(world)
  await next.later(1000)
  expect(await statesOf(next, id)).toEqual(['done', 'done', 'done', 'done'])
  expect((await jobOf(next.admin, id)).job).toMatchObject({ state: 'done', counts: { done: 4 } })
  expect([...sentTo(world).values()]).toEqual([1, 1, 1, 1])
})

test('L3 what was sent into the dark is unknown, the others are carried out, and it turns when it arrives after all', async () => {
  const { world, id, names } = await hangingJob('dropBeforeCommit')
  const next = await reborn(world)
  await next.later(1000)
  expect((await jobOf(next.admin, id)).job).toMatchObject({ counts: { unknown: 2, done: 2 } })
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${idOf(world, names[0] ?? '')}`, 'PUT')
  await next.later(2000)
  await next.later(1000)
  expect((await statesOf(next, id)).toSorted()).toEqual(['done', 'done', 'done', 'unknown'])
})

test('L3 rows that were taken but never sent are sent once after the restart', async () => {
  const world = await startJobs()
  const names = firstNames(world, 4)
  const { job } = await jobIn(await describeAll(world, world.admin, names))
  world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', times: 4 })
  await vi.waitFor(async () => expect(await statesOf(world, job.id)).toEqual(names.map(() => 'running')), patiently)
  const next = await reborn(world)
  await next.later(1000)
  expect(await statesOf(next, job.id)).toEqual(names.map(() => 'done'))
  expect([...sentTo(world).values()]).toEqual([1, 1, 1, 1])
})

test('a paused job stays paused over a restart, its rows in line', async () => {
  const world = await startJobs()
  const names = firstNames(world, 4)
  const made = await describeAll(world, world.admin, names, { batchSize: 2, pauseSeconds: 60 })
  const { job } = await jobIn(made)
  await world.services.owner.idle()
  await steer(world.admin, job.id, 'pause')
  const next = await reborn(world)
  await next.later(120_000)
  expect(await statesOf(next, job.id)).toEqual(['done', 'done', 'waiting', 'waiting'])
  await steer(next.admin, job.id, 'resume')
  await next.services.owner.idle()
  expect((await jobOf(next.admin, job.id)).job.state).toBe('done')
})

test('a row that was under way in a stopped job ends as what became of it; one that never left is skipped', async () => {
  const { world, id } = await hangingJob('commitThenDrop')
  await steer(world.admin, id, 'stop')
  const next = await reborn(world)
  await next.later(1000)
  expect(await statesOf(next, id)).toEqual(['done', 'done', 'skipped', 'skipped'])
  expect((await jobOf(next.admin, id)).job.state).toBe('stopped')
})

test('a pause between two batches begins anew after a restart: never shorter than asked', async () => {
  const world = await startJobs()
  const names = firstNames(world, 4)
  const made = await describeAll(world, world.admin, names, { batchSize: 2, pauseSeconds: 60 })
  const { job } = await jobIn(made)
  await world.services.owner.idle()
  world.clock.advance(50_000)
  const next = await reborn(world)
  await next.later(30_000)
  await next.later(30_000)
  expect(await statesOf(next, job.id)).toEqual(['done', 'done', 'waiting', 'waiting'])
  await next.later(30_000)
  expect(await statesOf(next, job.id)).toEqual(['done', 'done', 'done', 'done'])
})

test('L9 a stop lets the rows under way end and begins no other; the next start goes on', async () => {
  const world = await startJobs()
  const names = firstNames(world, 8)
  const answers = holdAnswers(world, (method) => method === 'PUT')
  const { job } = await jobIn(await describeAll(world, world.admin, names))
  await vi.waitFor(() => expect(answers.held()).toBe(4), patiently)
  world.services.owner.hold()
  answers.release()
  await world.services.owner.idle()
  const { counts } = (await jobOf(world.admin, job.id)).job
  expect(counts).toMatchObject({ done: 4, waiting: 4, running: 0 })
  const next = await reborn(world)
  await next.later(1000)
  expect((await jobOf(next.admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 8 } })
})

test('what the database refused to note of a row stands with its change, and is found there', async () => {
  const world = await startJobs()
  await world.services.owner.start()
  const [name = ''] = firstNames(world, 1)
  const { batch } = world.deps.db
  const answers = holdAnswers(world, (method) => method === 'PUT')
  const { job } = await jobIn(await describeAll(world, world.admin, [name]))
  await vi.waitFor(() => expect(answers.held()).toBe(1), patiently)
  const spy = vi.spyOn(world.deps.db, 'batch').mockImplementation((items) => {
    // The settlement of the change passes; the note of the row does not.
    return items.length === 1 ? Promise.reject(new Error('locked')) : (batch.call(world.deps.db, items) as never)
  })
  answers.release()
  await world.services.owner.idle()
  spy.mockRestore()
  await world.later(1000)
  expect(await statesOf(world, job.id)).toEqual(['done'])
  expect([...sentTo(world).values()]).toEqual([1])
})

test('a process that was overtaken notes nothing of a row that another carries out', async () => {
  const world = await startJobs()
  const names = firstNames(world, 2)
  const tunnels = await chosen(world, world.admin, names)
  const answers = holdAnswers(world, (_, path) => /ipsec_tunnels\/[0-9a-f]{32}$/.test(path))
  const wanted = tunnels.map((tunnel) => ({ ...tunnel, description: 'by a job' }))
  const { job } = await jobIn(await world.admin.send('POST', '/api/jobs', { tunnels: wanted }))
  await vi.waitFor(() => expect(answers.held()).toBe(2), patiently)
  const reborning = reborn(world)
  answers.release()
  const next = await reborning
  await next.later(1000)
  await world.services.owner.idle()
  expect(await statesOf(next, job.id)).toEqual(['done', 'done'])
  expect([...sentTo(world).values()]).toEqual([1, 1])
})
