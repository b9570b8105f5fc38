import { expect, test } from 'vitest'
import { chosen, describeAll, firstNames, jobIn, jobOf, sentTo, startJobs, steer } from './jobs-world.ts'
import { auditOf, idOf, problemIn, stored } from './steps.ts'

test('a job carries each row out as a change of its own, once, and tells what it changed and where that stands', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 6)
  const made = await jobIn(await describeAll(world, admin, names, { reason: 'Ticket 4711' }))
  expect(made.job).toMatchObject({
    kind: 'update',
    name: null,
    state: 'waiting',
    reason: 'Ticket 4711',
    counts: { waiting: 6 },
  })
  await world.services.owner.idle()
  const { job, rows } = await jobOf(admin, made.job.id)
  expect(job).toMatchObject({ state: 'done', why: null, counts: { done: 6, waiting: 0 } })
  expect(rows.map(({ name, state }) => `${name} ${state}`)).toEqual(names.map((name) => `${name} done`))
  expect([...sentTo(world).values()]).toEqual([1, 1, 1, 1, 1, 1])
  const entries = await auditOf(world)
  expect(new Set(entries.map(({ id }) => id))).toEqual(new Set(rows.map(({ auditId }) => auditId)))
  expect(entries[0]).toMatchObject({ outcome: 'applied', reason: 'Ticket 4711', actor: { role: 'admin' } })
  expect(rows[0]?.changes).toMatchObject([{ path: 'description', after: 'by a job' }])
})

test('each step of a job stands in the audit log under the request that its rows are found by', async () => {
  const { admin, ...world } = await startJobs()
  const { job } = await jobIn(await describeAll(world, admin, firstNames(world, 2)))
  await world.services.owner.idle()
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  const made = entries.find(({ action }) => action === 'job.create')
  expect(made).toMatchObject({ outcome: 'applied', target: { id: job.id, name: 'Update of 2 tunnels' } })
  const rows = entries.filter(({ action }) => action === 'tunnel.update')
  expect(rows.map(({ requestId }) => requestId)).toEqual([made?.requestId, made?.requestId])
})

test('a deletion of many is a job too, and needs the right to delete', async () => {
  const { admin, ...world } = await startJobs()
  const id = idOf(world, 'fra-dc1-a')
  const version = ((await (await admin.get(`/api/tunnels/${id}`)).json()) as { version: string }).version
  const { job } = await jobIn(await admin.send('POST', '/api/jobs', { kind: 'delete', tunnels: [{ id, version }] }))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).job).toMatchObject({ kind: 'delete', state: 'done', counts: { done: 1 } })
  expect(stored(world, 'fra-dc1-a')).toBeUndefined()
})

test('a row whose tunnel is already so is done, and nothing is sent', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 2)
  world.sandbox.externalWrite(idOf(world, names[0] ?? ''), { description: 'by a job' })
  const { job } = await jobIn(await describeAll(world, admin, names))
  await world.services.owner.idle()
  const { rows } = await jobOf(admin, job.id)
  expect(rows.map(({ state, changes }) => [state, changes.length])).toEqual([
    ['done', 0],
    ['done', 1],
  ])
  expect(sentTo(world).size).toBe(1)
})

test('H1 a tunnel that was changed since it was chosen is a conflict, and is not overwritten', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 3)
  const asked = describeAll(world, admin, names, {
    startsAt: new Date(world.clock.now().getTime() + 5000).toISOString(),
  })
  const { job } = await jobIn(await asked)
  world.sandbox.externalWrite(idOf(world, names[1] ?? ''), { description: 'theirs' })
  await world.later(5000)
  const { rows } = await jobOf(admin, job.id)
  expect(rows.map(({ state, problem }) => [state, problem?.code])).toEqual([
    ['done', undefined],
    ['conflict', 'conflict'],
    ['done', undefined],
  ])
  expect(stored(world, names[1] ?? '')?.description).toBe('theirs')
})

test('a job that has not begun tells what it would change of each tunnel as it is now, and what is so already', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 3)
  const [first, second, third] = names.map((name) => idOf(world, name))
  const startsAt = new Date(world.clock.now().getTime() + 600_000).toISOString()
  const { job } = await jobIn(await describeAll(world, admin, names, { startsAt }))
  world.sandbox.externalWrite(first ?? '', { description: 'by a job' })
  world.sandbox.externalWrite(second ?? '', { description: 'theirs' })
  world.sandbox.externalDelete(third ?? '')
  await world.later(120_000)
  await admin.get('/api/tunnels')
  const { rows } = await jobOf(admin, job.id)
  const after = 'by a job'
  expect(rows.map(({ coming }) => coming?.map(({ path, before, isAlready }) => [path, before, isAlready]))).toEqual([
    [['description', after, true]],
    [['description', 'theirs', false]],
    undefined,
  ])
  expect(rows.map(({ changes }) => changes.length)).toEqual([0, 0, 0])
})

test('a job that stops after a failure says which tunnel, and goes on when it is told to', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 6)
  world.sandbox.faults.next(
    { kind: 'status', status: 400, body: { success: false, errors: [{ code: 1021, message: 'No such rate' }] } },
    { method: 'PUT' },
  )
  const made = await jobIn(await describeAll(world, admin, names, { stopAfterFailure: true, batchSize: 1 }))
  await world.services.owner.idle()
  const paused = await jobOf(admin, made.job.id)
  expect(paused.job).toMatchObject({
    state: 'paused',
    why: `${names[0]} was refused: No such rate`,
    counts: { refused: 1, waiting: 5 },
  })
  expect((await jobIn(await steer(admin, made.job.id, 'resume'))).job.state).toBe('waiting')
  await world.services.owner.idle()
  expect((await jobOf(admin, made.job.id)).job).toMatchObject({ state: 'done', counts: { refused: 1, done: 5 } })
  await steer(admin, made.job.id, 'retry')
  await world.services.owner.idle()
  expect((await jobOf(admin, made.job.id)).job).toMatchObject({ state: 'done', counts: { done: 6 } })
})

test('batches are so large, and between them there is a pause', async () => {
  const { admin, ...world } = await startJobs()
  const made = await jobIn(await describeAll(world, admin, firstNames(world, 5), { batchSize: 2, pauseSeconds: 30 }))
  const done = async () => (await jobOf(admin, made.job.id)).job.counts.done
  await world.services.owner.idle()
  expect(await done()).toBe(2)
  await world.later(29_000)
  expect(await done()).toBe(2)
  await world.later(1000)
  expect(await done()).toBe(4)
  await world.later(30_000)
  expect((await jobOf(admin, made.job.id)).job).toMatchObject({ state: 'done', counts: { done: 5 } })
})

test('a paused job begins nothing more; a stopped one skips what it has not begun, and may be tried again', async () => {
  const { admin, ...world } = await startJobs()
  const { job } = await jobIn(await describeAll(world, admin, firstNames(world, 5), { batchSize: 2, pauseSeconds: 30 }))
  await world.services.owner.idle()
  expect((await jobIn(await steer(admin, job.id, 'pause'))).job).toMatchObject({
    state: 'paused',
    why: expect.any(String),
  })
  await world.later(60_000)
  expect((await jobOf(admin, job.id)).job.counts).toMatchObject({ done: 2, waiting: 3 })
  const stopped = await jobIn(await steer(admin, job.id, 'stop'))
  expect(stopped.job).toMatchObject({ state: 'stopped', counts: { done: 2, skipped: 3 } })
  expect(stopped.rows.at(-1)?.problem).toMatchObject({ code: 'skipped' })
  const again = await steer(admin, job.id, 'stop')
  expect([again.status, (await problemIn(again)).code]).toEqual([409, 'not-now'])
  await steer(admin, job.id, 'retry')
  await world.services.owner.idle()
  await world.later(30_000)
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 5 } })
})

test('one job of a kind runs at a time, the others in the order in which they were made', async () => {
  const { admin, ...world } = await startJobs()
  const [a = '', b = '', c = '', d = ''] = firstNames(world, 4)
  const first = await jobIn(await describeAll(world, admin, [a, b], { batchSize: 1, pauseSeconds: 30 }))
  await world.services.owner.idle()
  world.clock.advance(1)
  const second = await jobIn(await describeAll(world, admin, [c]))
  world.clock.advance(1)
  const third = await jobIn(await describeAll(world, admin, [d]))
  await world.services.owner.idle()
  const states = async () =>
    Promise.all([first, second, third].map(async ({ job }) => (await jobOf(admin, job.id)).job.state))
  expect(await states()).toEqual(['running', 'waiting', 'waiting'])
  await world.later(30_000)
  expect(await states()).toEqual(['done', 'done', 'done'])
  const list = ((await (await admin.get('/api/jobs')).json()) as { jobs: { id: string }[] }).jobs
  expect(list.map(({ id }) => id)).toEqual([third, second, first].map(({ job }) => job.id))
})

test('H3 a job that is asked for twice under one key is made once', async () => {
  const { admin, ...world } = await startJobs()
  const tunnels = (await chosen(world, admin, firstNames(world, 2))).map((one) => ({ ...one, description: 'by a job' }))
  const ask = (key: string) => admin.send('POST', '/api/jobs', { tunnels }, { 'idempotency-key': key })
  const answers = await Promise.all([ask('form-instance-1'), ask('form-instance-1')])
  const again = await ask('form-instance-1')
  const ids = await Promise.all([...answers, again].map(async (answer) => (await jobIn(answer)).job.id))
  expect(new Set(ids).size).toBe(1)
  const { entries } = await world.services.owner.audit.list({ limit: 50, action: 'job.create' })
  expect(entries.map(({ outcome }) => outcome)).toEqual(['applied'])
  expect((await problemIn(await ask('a b'))).code).toBe('bad-request')
  await world.services.owner.idle()
  expect([...sentTo(world).values()]).toEqual([1, 1])
})

test('H3 a key that made a job makes no other, and says so', async () => {
  const { admin, ...world } = await startJobs()
  const [one, other] = await chosen(world, admin, firstNames(world, 2))
  const ask = (tunnel: object | undefined) => {
    const body = { tunnels: [{ ...tunnel, description: 'by a job' }] }
    return admin.send('POST', '/api/jobs', body, { 'idempotency-key': 'form-instance-1' })
  }
  expect((await ask(one)).status).toBe(201)
  const answer = await ask(other)
  expect([answer.status, (await problemIn(answer)).detail]).toEqual([
    400,
    'This Idempotency-Key was used for another request',
  ])
  await world.services.owner.idle()
  expect([...sentTo(world).values()]).toEqual([1])
})
