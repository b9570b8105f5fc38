import type { JobEntry } from '@tunnel-console/shared/jobs'
import { defaultJobOptions } from '@tunnel-console/shared/jobs'
import { eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { userRole } from '../src/storage/schema.ts'
import { chosen, describeAll, firstNames, jobIn, jobOf, sentTo, sites, startJobs, steer } from './jobs-world.ts'
import { commit, idOf, problemIn, restarted, startClockedWorld, stored } from './steps.ts'
import { writes } from './world.ts'

const inMinutes = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()

test('Cloudflare that asks to wait is waited for, and the rows are tried once more: no failure', async () => {
  const { admin, later, ...world } = await startJobs()
  const names = firstNames(world, 3)
  const body = { success: false, errors: [] }
  const headers = { 'retry-after': '40' }
  world.sandbox.faults.next({ kind: 'status', status: 429, body, headers }, { method: 'PUT' })
  const { job } = await jobIn(await describeAll(world, admin, names, { stopAfterFailure: true }))
  await world.services.owner.idle()
  await later(39_000)
  const counts = async () => (await jobOf(admin, job.id)).job.counts
  expect((await counts()).done).toBeLessThan(3)
  await later(1000)
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 3 } })
})

test('a row that circumstances stop five times in a row is refused, and says so', async () => {
  const { admin, later, ...world } = await startJobs()
  const [name = ''] = firstNames(world, 1)
  const { job } = await jobIn(await describeAll(world, admin, [name], { stopAfterFailure: true }))
  world.sandbox.faults.next({ kind: 'notSent' }, { method: 'PUT', times: 100 })
  await world.services.owner.idle()
  for (let n = 0; n < 4; n++) await later(60_000)
  const { rows } = await jobOf(admin, job.id)
  expect(rows.map(({ state, problem }) => [state, problem?.code])).toEqual([['refused', 'not-sent']])
  expect(writes(world.sandbox)).toEqual([])
})

test('a tunnel that somebody is changing makes its row wait, not fail', async () => {
  const { admin, later, ...world } = await startJobs()
  const [name = ''] = firstNames(world, 1)
  const [one] = await chosen(world, admin, [name])
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
  await admin.send('PUT', `/api/tunnels/${one?.id}`, { description: 'x' }, { 'if-match': `"${one?.version}"` })
  const { job } = await jobIn(await describeAll(world, admin, [name], { stopAfterFailure: true }))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'running', counts: { waiting: 1 } })
  await later(60_000)
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 1 } })
})

test('U23 a row of which nobody knows turns when its change is found, though the job has ended', async () => {
  const { admin, later, ...world } = await startJobs()
  const [name = ''] = firstNames(world, 1)
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
  const { job } = await jobIn(await describeAll(world, admin, [name]))
  await world.services.owner.idle()
  expect(await jobOf(admin, job.id)).toMatchObject({ job: { state: 'done' }, rows: [{ state: 'unknown' }] })
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${idOf(world, name)}`, 'PUT')
  await later(2000)
  await later(1000)
  expect(await jobOf(admin, job.id)).toMatchObject({
    job: { state: 'done', counts: { done: 1 } },
    rows: [{ state: 'done', problem: null, changes: [{ path: 'description' }] }],
  })
})

test('a row of which nothing is ever seen is refused after minutes, and turns if it appears after all', async () => {
  const { admin, later, ...world } = await startJobs()
  const [name = ''] = firstNames(world, 1)
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
  const { job } = await jobIn(await describeAll(world, admin, [name]))
  await world.services.owner.idle()
  await later(301_000)
  await later(1000)
  expect((await jobOf(admin, job.id)).rows).toMatchObject([{ state: 'refused', problem: { code: 'not-applied' } }])
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${idOf(world, name)}`, 'PUT')
  await world.services.owner.refresh()
  await later(1000)
  expect((await jobOf(admin, job.id)).rows).toMatchObject([{ state: 'done', problem: null }])
})

test('a job waits for its time, and starts then', async () => {
  const { admin, later, clock, ...world } = await startJobs()
  const names = firstNames(world, 2)
  const { job } = await jobIn(await describeAll(world, admin, names, { startsAt: inMinutes(clock.now(), 10) }))
  expect(job).toMatchObject({ state: 'scheduled', startedAt: null })
  await later(599_000)
  expect((await jobOf(admin, job.id)).job.state).toBe('scheduled')
  await later(1000)
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 2 } })
})

test('a job whose time passed while the console was away is missed, and runs only when it is told to', async () => {
  const world = await startJobs()
  const names = firstNames(world, 2)
  const startsAt = inMinutes(world.clock.now(), 10)
  const { job } = await jobIn(await describeAll(world, world.admin, names, { startsAt }))
  world.clock.advance(10 * 60_000 + 61_000)
  const next = await restarted(world)
  const tick = () => next.services.owner.tick().then(() => next.services.owner.idle())
  await tick()
  const admin = await next.as('admin')
  const missed = (await jobOf(admin, job.id)).job
  expect([missed.state, missed.why]).toEqual(['missed', 'Its time passed while the console did not run.'])
  await tick()
  expect(writes(world.sandbox)).toEqual([])
  await steer(admin, job.id, 'resume')
  await next.services.owner.idle()
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', why: null, counts: { done: 2 } })
})

test('a job that has not begun is moved to another time, started at once, or stopped', async () => {
  const { admin, later, clock, ...world } = await startJobs()
  const startsAt = inMinutes(clock.now(), 10)
  const names = firstNames(world, 3)
  const make = async (name = '') => (await jobIn(await describeAll(world, admin, [name], { startsAt }))).job.id
  const [moved, now, never] = [await make(names[0]), await make(names[1]), await make(names[2])]
  const patch = { startsAt: inMinutes(clock.now(), 30) }
  expect((await jobIn(await admin.send('PATCH', `/api/jobs/${moved}`, patch))).job).toMatchObject({
    ...patch,
    state: 'scheduled',
  })
  await steer(admin, now, 'resume')
  await steer(admin, never, 'stop')
  await later(600_000)
  const states = await Promise.all([moved, now, never].map(async (id) => (await jobOf(admin, id)).job.state))
  expect(states).toEqual(['scheduled', 'done', 'stopped'])
  const past = await admin.send('PATCH', `/api/jobs/${moved}`, { startsAt: inMinutes(clock.now(), -1) })
  expect([past.status, (await problemIn(past)).errors?.[0]?.pointer]).toEqual([422, '/startsAt'])
  const late = await admin.send('PATCH', `/api/jobs/${now}`, patch)
  expect([late.status, (await problemIn(late)).code]).toEqual([409, 'not-now'])
})

test.each([
  ['demoted', { role: 'operator' }, 'admin@sandbox.example.com now has the role operator, which may not do this.'],
  [
    'disabled',
    { disabled: true },
    'admin@sandbox.example.com may not come in any more, so nothing more is done in their name.',
  ],
] as const)('S48 the job of a person who was %s meanwhile pauses and says why', async (_, change, why) => {
  const { admin, later, clock, ...world } = await startJobs()
  const startsAt = inMinutes(clock.now(), 10)
  const { job } = await jobIn(await describeAll(world, admin, firstNames(world, 2), { startsAt }))
  const row = 'role' in change ? { role: change.role } : { disabledAt: clock.now().toISOString() }
  await world.deps.db.update(userRole).set(row).where(eq(userRole.userId, 'sandbox-admin'))
  await later(600_000)
  const now = await world.services.owner.jobs.get(job.id)
  expect('ok' in now && [now.ok.job.state, now.ok.job.why]).toEqual(['paused', why])
  expect(writes(world.sandbox)).toEqual([])
})

test('a job that stops when a tunnel turns worse looks before the next batch, and names the tunnel', async () => {
  const { admin, later, ...world } = await startJobs()
  await world.services.owner.refresh()
  const asked = describeAll(world, admin, sites, { stopWhenWorse: true, batchSize: 2, pauseSeconds: 60 })
  const { job } = await jobIn(await asked)
  await world.services.owner.idle()
  const { fetch } = world.deps.upstream
  Object.assign(world.deps.upstream, {
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      const answer = await fetch(input, init)
      const text = await answer.text()
      return new Response(text.replaceAll(/"tunnelState":(0\.[5-9]\d*|1)/g, '"tunnelState":0'), answer)
    },
  })
  await later(60_000)
  const { job: paused } = await jobOf(admin, job.id)
  expect(paused).toMatchObject({ state: 'paused', counts: { done: 2, waiting: 2 } })
  expect(paused.why).toMatch(/^fra-dc1-a was \w+ and is Down since its change/)
  await steer(admin, job.id, 'resume')
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', counts: { done: 4 } })
})

test('tunnels that fare as before do not stop a job that stops when one turns worse', async () => {
  const { admin, ...world } = await startJobs()
  const { job } = await jobIn(await describeAll(world, admin, sites, { stopWhenWorse: true, batchSize: 1 }))
  await world.services.owner.idle()
  expect((await jobOf(admin, job.id)).job).toMatchObject({ state: 'done', why: null, counts: { done: 4 } })
  expect(sentTo(world).size).toBe(4)
})

const one = { id: 'a'.repeat(32), version: 'v'.repeat(43), description: 'x' }

test.each([
  ['no tunnel', { tunnels: [] }, '/tunnels', 'Choose at least one tunnel'],
  ['5,000 tunnels', { tunnels: Array.from({ length: 5000 }, () => one) }, '/tunnels', 'Choose at most 1000 tunnels'],
  ['the same tunnel twice', { tunnels: [one, one] }, '/tunnels/1/id', 'This tunnel is named twice'],
  ['a tunnel that there is not', { tunnels: [one] }, '/tunnels/0/id', 'There is no such tunnel'],
  [
    'a tunnel without a change',
    { tunnels: [{ id: one.id, version: one.version }] },
    '/tunnels/0',
    'Send at least one field to change',
  ],
  [
    'a bad value',
    { tunnels: [{ ...one, health_check: { rate: 'often' } }] },
    '/tunnels/0/health_check/rate',
    expect.any(String),
  ],
  ['an unknown kind', { kind: 'paint', tunnels: [one] }, '/kind', 'Choose "update", "delete" or "plan"'],
  [
    'a moment that has passed',
    { tunnels: [one], startsAt: '2020-01-01T00:00:00Z' },
    '/startsAt',
    'This moment has passed',
  ],
  [
    'a moment in years',
    { tunnels: [one], startsAt: '2199-01-01T00:00:00Z' },
    '/startsAt',
    'Choose a moment within a year',
  ],
  [
    'a moment without a zone',
    { tunnels: [one], startsAt: '2026-12-24T02:00:00' },
    '/startsAt',
    expect.stringContaining('zone'),
  ],
  ['no batch', { tunnels: [one], batchSize: 0 }, '/batchSize', expect.any(String)],
  ['an undo that there is not', { tunnels: [one], undoMinutes: 7 }, '/undoMinutes', expect.any(String)],
  [
    'a deletion that undoes itself',
    { kind: 'delete', tunnels: [{ id: one.id, version: one.version }], undoMinutes: 5 },
    '/undoMinutes',
    'A deletion cannot undo itself',
  ],
  [
    'an MD5 key',
    { tunnels: [{ ...one, bgp: { md5_key: 'canary-md5-job' } }] },
    '/tunnels/0/bgp/md5_key',
    expect.stringContaining('Set an MD5 key at its own tunnel'),
  ],
])('a job with %s is refused at its place, and nothing is stored', async (_, body, pointer, detail) => {
  const { admin, ...world } = await startJobs()
  const answer = await admin.send('POST', '/api/jobs', body)
  const { errors } = await problemIn(answer)
  expect(answer.status).toBe(422)
  expect(errors).toContainEqual({ pointer, detail, source: 'console' })
  expect(await world.services.owner.jobs.list()).toEqual({ ok: [] })
  expect(writes(world.sandbox)).toEqual([])
})

test('what is not said of a job is as careful as can be', async () => {
  const { admin, ...world } = await startJobs()
  const [tunnel] = await chosen(world, admin, firstNames(world, 1))
  const answer = await admin.send('POST', '/api/jobs', { tunnels: [{ ...tunnel, description: 'x' }] })
  expect((await jobIn(answer)).job.options).toEqual(defaultJobOptions)
})

test('a job that the audit log cannot take down is not made', async () => {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, 2)
  vi.spyOn(world.deps.db, 'batch').mockRejectedValue(new Error('locked'))
  const tunnels = await chosen(world, admin, names)
  const answer = await admin.send('POST', '/api/jobs', {
    tunnels: tunnels.map((tunnel) => ({ ...tunnel, description: 'x' })),
  })
  vi.restoreAllMocks()
  expect([answer.status, (await problemIn(answer)).code]).toEqual([503, 'audit-unavailable'])
  expect(await world.services.owner.jobs.list()).toEqual({ ok: [] })
})

test('operators look at jobs and steer none', async () => {
  const world = await startClockedWorld()
  const [admin, operator] = [await world.as('admin'), await world.as('operator')]
  const { job } = await jobIn(await describeAll(world, admin, firstNames(world, 1)))
  expect((await operator.get(`/api/jobs/${job.id}`)).status).toBe(200)
  expect((await steer(operator, job.id, 'pause')).status).toBe(403)
  await world.services.owner.idle()
  expect(stored(world, firstNames(world, 1)[0] ?? '')?.description).toBe('by a job')
})

test('of a tunnel one can ask for the jobs that are still to change it', async () => {
  const { admin, later, clock, ...world } = await startJobs()
  const [first = '', second = ''] = firstNames(world, 2)
  const startsAt = inMinutes(clock.now(), 10)
  const { job } = await jobIn(await describeAll(world, admin, [first], { startsAt }))
  await jobIn(await describeAll(world, admin, [second]))
  await world.services.owner.idle()
  const ahead = async (tunnel: string) => {
    const { jobs } = (await (await admin.get(`/api/jobs?tunnel=${tunnel}`)).json()) as { jobs: JobEntry[] }
    return jobs.map(({ id }) => id)
  }
  expect(job.name).toBe(first)
  expect(await ahead(idOf(world, first))).toEqual([job.id])
  expect(await ahead(idOf(world, second))).toEqual([])
  expect((await admin.get('/api/jobs?tunnel=x')).status).toBe(400)
  await later(600_000)
  expect(await ahead(idOf(world, first))).toEqual([])
})
