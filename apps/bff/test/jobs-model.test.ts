import type { JobRowState } from '@tunnel-console/shared/jobs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeAll, firstNames, jobIn, jobOf, sentTo, startJobs, steer } from './jobs-world.ts'
import { restarted, stored } from './steps.ts'

const faults = {
  lost: { kind: 'dropBeforeCommit' },
  arrived: { kind: 'commitThenDrop' },
  hangs: { kind: 'dropBeforeCommit', hang: true },
  hangsArrived: { kind: 'commitThenDrop', hang: true },
  away: { kind: 'notSent' },
  refused: { kind: 'status', status: 400, body: { success: false, errors: [{ code: 1021, message: 'No' }] } },
  slowDown: { kind: 'status', status: 429, body: { success: false, errors: [] }, headers: { 'retry-after': '7' } },
  page: { kind: 'html', commit: true },
} as const

const event = fc.record({
  kind: fc.constantFrom('fault', 'fault', 'kill', 'pause', 'resume', 'stop', 'later', 'later', 'outside' as const),
  fault: fc.constantFrom(...(Object.keys(faults) as (keyof typeof faults)[])),
  method: fc.constantFrom('PUT', 'PUT', 'GET'),
  at: fc.nat(7),
})

const ended: readonly JobRowState[] = ['done', 'refused', 'conflict', 'unknown', 'skipped']

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

/** A job under a history of faults, kills and people; then time, until it has ended. */
async function live(events: Event[], size: number) {
  let world = await startJobs()
  const names = firstNames(world, 8)
  const wanted = { batchSize: size, pauseSeconds: 1, stopAfterFailure: size === 1 }
  const { job } = await jobIn(await describeAll(world, world.admin, names, wanted))
  const settle = () => Promise.race([world.services.owner.idle(), new Promise((wake) => setTimeout(wake, 30))])
  const later = async (ms: number) => {
    world.clock.advance(ms)
    await world.services.owner.tick()
    await settle()
  }
  const kill = async () => {
    const next = await restarted(world)
    world = { ...world, ...next, admin: await next.as('admin') }
  }
  for (const one of events) {
    if (one.kind === 'fault') world.sandbox.faults.next(faults[one.fault], { method: one.method })
    else if (one.kind === 'kill') await kill()
    else if (one.kind === 'later') await later(5000)
    else if (one.kind === 'outside')
      world.sandbox.externalWrite(stored(world, names[one.at] ?? '')?.id ?? '', { description: 'theirs' })
    else await steer(world.admin, job.id, one.kind)
    await settle()
  }
  world.sandbox.faults.clear()
  // What hangs in the dark belongs to a process that is no more.
  await kill()
  const isOpen = async () => {
    const { state, counts } = (await jobOf(world.admin, job.id)).job
    return !['done', 'stopped'].includes(state) || counts.waiting + counts.running > 0
  }
  for (let n = 0; n < 20 && (await isOpen()); n++) {
    await steer(world.admin, job.id, 'resume')
    world.clock.advance(60_000)
    await world.services.owner.tick()
    await world.services.owner.idle()
  }
  return { world, names, id: job.id }
}

test('B5 whatever is lost, killed, paused or stopped, every row ends in one state and no row is sent twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 2, maxLength: 10 }),
      fc.constantFrom(1, 3, 8),
      async (events, size) => {
        const { world, names, id } = await live(events, size)
        const { job, rows } = await jobOf(world.admin, id)
        expect(['done', 'stopped']).toContain(job.state)
        expect(rows.map(({ state }) => state).filter((state) => !ended.includes(state))).toEqual([])
        expect(Object.values(job.counts).reduce((sum, count) => sum + count, 0)).toBe(names.length)
        expect([...sentTo(world).values()].filter((times) => times > 1)).toEqual([])
        for (const { name, state, problem } of rows) {
          const note = stored(world, name)?.description
          if (state === 'done') expect(['by a job', 'theirs']).toContain(note)
          if (state === 'conflict') expect(note, 'a conflict is somebody else’s doing').toBe('theirs')
          if (state === 'refused' || state === 'skipped') expect(note, problem?.code).not.toBe('by a job')
        }
      },
    ),
    { numRuns: 12, seed: 20261128 },
  )
}, 240_000)
