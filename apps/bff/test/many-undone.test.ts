import { expect, test, vi } from 'vitest'
import { atOnce, chosen, jobIn, jobOf, startJobs } from './jobs-world.ts'
import { auditOf, restarted } from './steps.ts'
import { minute, passes, settingsOf, undosOf } from './undo-world.ts'
import { writes } from './world.ts'

const half = 15

/** The tunnels of the seed whose health is checked at the middle rate. */
function checkedAtMid({ sandbox }: Pick<Awaited<ReturnType<typeof startJobs>>, 'sandbox'>): string[] {
  const { tunnels } = sandbox.state()
  return tunnels.filter(({ health_check }) => health_check.rate === 'mid').map(({ name }) => name)
}

test('L3 a job that undoes itself is killed in the middle: each row comes to be known, and every tunnel is as before', async () => {
  const world = await startJobs()
  const names = checkedAtMid(world).slice(0, 2 * half)
  const before = names.map((name) => settingsOf(world, name))
  const tunnels = (await chosen(world, world.admin, names)).map((one) => ({ ...one, health_check: { rate: 'high' } }))
  const wanted = { ...atOnce, batchSize: half, pauseSeconds: 30, undoMinutes: 10, reason: 'Find faults sooner' }
  const { job } = await jobIn(await world.admin.send('POST', '/api/jobs', { ...wanted, tunnels }))
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(half), 10_000)
  await world.services.owner.idle()

  world.sandbox.faults.next({ kind: 'commitThenDrop', hang: true }, { method: 'PUT', times: 2 })
  world.sandbox.faults.next({ kind: 'dropBeforeCommit', hang: true }, { method: 'PUT', times: 2 })
  world.clock.advance(30_000)
  void world.services.owner.tick()
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(half + 4), 10_000)

  const next = { ...(await restarted(world)), clock: world.clock }
  const admin = await next.as('admin')
  await passes(next, 20, 1000)
  const { counts } = (await jobOf(admin, job.id)).job
  expect(counts).toEqual({
    waiting: 0,
    running: 0,
    done: names.length - 2,
    refused: 0,
    conflict: 0,
    unknown: 2,
    skipped: 0,
  })

  await passes(next, 22, minute / 2)
  await passes(next, 15, 1000)
  expect((await jobOf(admin, job.id)).job.counts).toMatchObject({ done: names.length - 2, refused: 2 })
  expect(names.map((name) => settingsOf(world, name))).toEqual(before)
  const undone = (await undosOf(admin)).filter(({ group }) => group === job.id).map(({ state }) => state)
  expect(undone.toSorted()).toEqual([...Array(names.length - 2).fill('undone'), 'void', 'void'])

  const told = (await auditOf(next)).filter(({ action }) => action === 'tunnel.update')
  const by = (email: string) => told.filter(({ actor }) => actor.email === email).map(({ outcome }) => outcome)
  expect(by('this console')).toEqual(Array(names.length - 2).fill('applied'))
  const ours = by('admin@sandbox.example.com')
  expect(ours.toSorted()).toEqual([...Array(names.length - 2).fill('applied'), 'failed', 'failed'])
})
