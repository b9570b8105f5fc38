import { expect, test } from 'vitest'
import { describeAll, firstNames, jobIn, jobOf, startJobs, steer } from './jobs-world.ts'
import { problemIn } from './steps.ts'

/** A job that has made its first change and rests before the second. */
async function resting() {
  const { admin, ...world } = await startJobs()
  const wanted = { batchSize: 1, pauseSeconds: 30 }
  const { job } = await jobIn(await describeAll(world, admin, firstNames(world, 2), wanted))
  await world.services.owner.idle()
  const noted = async () => {
    const { entries } = await world.services.owner.audit.list({ limit: 20 })
    return entries.filter(({ target }) => target?.id === job.id).map(({ action }) => action)
  }
  return { admin, id: job.id, noted, world }
}

test('of many who stop and pause a job at once one is told yes, and the log tells of what was done alone', async () => {
  const { admin, id, noted } = await resting()
  const wishes = ['stop', 'pause', 'stop', 'pause', 'stop']
  const answers = await Promise.all(wishes.map((wish) => steer(admin, id, wish)))
  const yes = wishes.filter((_, index) => answers[index]?.status === 200)
  const told = await noted()
  expect(told.filter((action) => action !== 'job.create').toSorted()).toEqual(
    yes.map((wish) => `job.${wish}`).toSorted(),
  )
  expect(yes.filter((wish) => wish === 'stop')).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 200))
    expect((await problemIn(answer)).code).toBe('not-now')
})

test('of two who try the rows of a job once more at once one is told yes, and no row is tried twice', async () => {
  const { admin, id, noted, world } = await resting()
  await steer(admin, id, 'stop')
  const answers = await Promise.all([steer(admin, id, 'retry'), steer(admin, id, 'retry')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  await world.services.owner.idle()
  expect((await noted()).filter((action) => action === 'job.retry')).toHaveLength(1)
  expect((await jobOf(admin, id)).job).toMatchObject({ state: 'done', counts: { done: 2 } })
})
