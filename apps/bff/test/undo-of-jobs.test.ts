import type { JobEntry } from '@tunnel-console/shared/jobs'
import { expect, test, vi } from 'vitest'
import { describeAll, firstNames, jobIn, jobOf, startJobs, steer } from './jobs-world.ts'
import { problemIn, stored } from './steps.ts'
import { minute, passes, undosOf } from './undo-world.ts'
import { type Person, writes } from './world.ts'

const undoMinutes = 10
const far = { batchSize: 2, pauseSeconds: 60, undoMinutes } as const

async function startJob(rows: number, options: object = {}) {
  const world = await startJobs()
  const names = firstNames(world, rows)
  const described = () => names.map((name) => stored(world, name)?.description)
  const before = described()
  const { job } = await jobIn(await describeAll(world, world.admin, names, { undoMinutes, ...options }))
  return { ...world, names, before, described, id: job.id }
}

/** The first batch of two is done, the others wait. */
async function startHalf(rows = 4) {
  const world = await startJob(rows, far)
  await vi.waitFor(async () => expect((await jobOf(world.admin, world.id)).job.counts).toMatchObject({ done: 2 }))
  await world.services.owner.idle()
  return world
}

const choose = (person: { send: (method: string, path: string) => Promise<Response> }, id: string, word: string) =>
  person.send('POST', `/api/undos/${id}/${word}`)

test('four that write back and are not known yet hold nobody else up', async () => {
  const { before, described, ...world } = await startJob(8)
  await world.services.owner.idle()
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT', times: 4 })
  await passes(world, 1, undoMinutes * minute)
  await passes(world, 10, 1000)
  expect(described().filter((text, index) => text === before[index])).toHaveLength(4)
  expect((await undosOf(world.admin)).map(({ state }) => state).toSorted()).toEqual([
    ...Array(4).fill('undoing'),
    ...Array(4).fill('undone'),
  ])
})

test('S46 who may not change many decides about no job, and that is in the log', async () => {
  const world = await startHalf()
  const operator = await world.as('operator')
  for (const word of ['keep', 'undo']) {
    const answer = await choose(operator, world.id, word)
    expect([answer.status, (await problemIn(answer)).code]).toEqual([403, 'forbidden'])
  }
  expect((await undosOf(operator)).map(({ state }) => state)).toEqual(['counting', 'counting'])
  const { entries } = await world.services.owner.audit.list({ outcome: 'denied', limit: 10 })
  expect(entries.map(({ action }) => action).toSorted()).toEqual(['undo.keep', 'undo.now'])
})

test('Undo now takes back what a job has changed, and the job changes nothing more', async () => {
  const { before, described, ...world } = await startHalf()
  expect((await choose(world.admin, world.id, 'undo')).status).toBe(200)
  await passes(world, 4, minute)
  expect(described()).toEqual(before)
  expect((await jobOf(world.admin, world.id)).job).toMatchObject({
    state: 'paused',
    why: expect.stringContaining('chose to undo it'),
    counts: { done: 2, waiting: 2 },
  })
})

test('a job whose changes were taken back says so of itself and of each row, as long as it is remembered', async () => {
  const world = await startHalf()
  await choose(world.admin, world.id, 'undo')
  await passes(world, 4, minute)
  const told = async (person: Person) => {
    const { job, rows } = await jobOf(person, world.id)
    const { jobs } = (await (await person.get('/api/jobs')).json()) as { jobs: JobEntry[] }
    return [job.undone, jobs.map(({ undone }) => undone), rows.map(({ isUndone }) => isUndone)]
  }
  expect(await told(world.admin)).toEqual([2, [2], [true, true, false, false]])
  world.clock.advance(31 * 24 * 60 * minute)
  await passes(world, 2, minute)
  expect(await told(await world.as('admin'))).toEqual([2, [2], [true, true, false, false]])
})

test('Keep counts for what a job changes yet, too', async () => {
  const { described, ...world } = await startHalf()
  expect((await choose(world.admin, world.id, 'keep')).status).toBe(200)
  await passes(world, 3, minute)
  const { job } = await jobOf(world.admin, world.id)
  expect([job.state, job.options.undoMinutes]).toEqual(['done', null])
  await passes(world, 2, undoMinutes * minute)
  expect(described()).toEqual(Array(4).fill('by a job'))
})

test('a row that was just on its way when the changes of its job were kept is kept as well', async () => {
  const { described, ...world } = await startHalf()
  world.sandbox.faults.next({ kind: 'latency', ms: 300 }, { method: 'GET', path: /ipsec_tunnels\/\w{32}$/, times: 2 })
  world.clock.advance(minute)
  void world.services.owner.tick()
  await vi.waitFor(async () => expect((await jobOf(world.admin, world.id)).job.counts).toMatchObject({ running: 2 }))
  expect((await choose(world.admin, world.id, 'keep')).status).toBe(200)
  await vi.waitFor(async () => expect((await jobOf(world.admin, world.id)).job.state).toBe('done'))
  await passes(world, 2, undoMinutes * minute)
  expect(described()).toEqual(Array(4).fill('by a job'))
})

test('a job whose changes begin to go back by themselves is paused, and says which tunnel', async () => {
  const world = await startHalf(6)
  const done = async (rows: number) =>
    vi.waitFor(async () => expect((await jobOf(world.admin, world.id)).job.counts).toMatchObject({ done: rows }))
  await steer(world.admin, world.id, 'pause')
  await passes(world, 1, undoMinutes * minute - 1000)
  await steer(world.admin, world.id, 'resume')
  await done(4)
  await passes(world, 3, 1000)
  const { job } = await jobOf(world.admin, world.id)
  expect(job).toMatchObject({
    state: 'paused',
    why: expect.stringMatching(/ is being undone\. Nobody kept it\.$/),
    counts: { done: 4, waiting: 2 },
  })
  expect((await undosOf(world.admin)).map(({ state }) => state).toSorted()).toEqual([
    'counting',
    'counting',
    'undone',
    'undone',
  ])
})

test('a job that would take its first change back before its last is made is refused', async () => {
  const world = await startJobs()
  const wanted = { batchSize: 1, pauseSeconds: 300, undoMinutes: 5 }
  const answer = await describeAll(world, world.admin, firstNames(world, 2), wanted)
  expect(answer.status).toBe(422)
  expect((await problemIn(answer)).errors).toMatchObject([
    { pointer: '/undoMinutes', detail: expect.stringContaining('5 minutes') },
  ])
  expect(writes(world.sandbox)).toEqual([])
})

test('U7 while Cloudflare’s limit is nearly used up, what a job changed waits for the next window', async () => {
  const world = await startJob(2)
  await world.services.owner.idle()
  await passes(world, 1, undoMinutes * minute - 10_000)
  world.sandbox.faults.next({ kind: 'quota', remaining: 200 })
  await passes(world, 15, 1000)
  expect((await undosOf(world.admin)).map(({ state }) => state)).toEqual(['counting', 'counting'])
  await passes(world, 1, 5 * minute)
  await passes(world, 5, 1000)
  expect((await undosOf(world.admin)).map(({ state }) => state)).toEqual(['undone', 'undone'])
})

test('L9 a process that is about to stop begins no undo', async () => {
  const { described, ...world } = await startJob(2)
  await world.services.owner.idle()
  world.services.owner.hold()
  await passes(world, 2, undoMinutes * minute)
  expect(described()).toEqual(['by a job', 'by a job'])
})
