import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createSlots } from '../src/changes/slots.ts'
import { createSpending } from '../src/changes/spending.ts'
import type { Budget } from '../src/cloudflare/budget.ts'
import { resultsIn, setKeys, setting } from './key-steps.ts'
import { commit, createClock, listOf, problemIn, startClockedWorld } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

test('S61 a hundred keys are no hundred changes of a person: they go through at once, four at a time', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  for (let n = 0; n < 60; n++) {
    await commit(world, {
      ...newTunnel,
      name: `extra-${n}`,
      customer_endpoint: '',
      interface_address: `10.98.${n}.0/31`,
    })
  }
  const tunnels = world.sandbox.state().tunnels.slice(0, 100)
  const { fetch } = world.deps.upstream
  const gate = Promise.withResolvers<void>()
  let [underWay, most] = [0, 0]
  Object.assign(world.deps.upstream, {
    fetch: async (...asked: Parameters<typeof fetch>) => {
      most = Math.max(most, ++underWay)
      await gate.promise
      return fetch(...asked).finally(() => underWay--)
    },
  })
  const asking = setKeys(
    admin,
    tunnels.map(({ id }) => ({ id })),
  )
  await vi.waitFor(() => expect(underWay).toBe(4))
  gate.resolve()
  const results = await resultsIn(await asking)
  expect(results.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(tunnels.map(({ id }) => `${id} applied`))
  expect([results.length, most]).toEqual([100, 4])
})

test('S61 a request for which Cloudflare’s limit has no room is refused before anything is sent', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const { tunnels } = await listOf(admin)
  const asked = tunnels.slice(0, 40).map(({ id }) => ({ id }))
  // A fifth of 1,200 is kept: 310 leave room for 70 calls, and this needs 80.
  world.sandbox.faults.next({ kind: 'quota', remaining: 311 }, { method: 'GET' })
  world.clock.advance(6000)
  await world.services.owner.refresh()
  const refused = await setKeys(admin, asked)
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 300])
  expect((await problemIn(refused)).code).toBe('rate-limited')
  expect(writes(world.sandbox)).toEqual([])
  expect((await setKeys(admin, asked, {}, '?validate_only=true')).status).toBe(429)
  expect((await setKeys(admin, asked.slice(0, 20))).status).toBe(200)
  world.clock.advance(300_000)
  expect((await setKeys(admin, asked)).status).toBe(200)
})

test('S61 once others have used the limit up, the rest of a request is not sent, and says when it may be', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const { tunnels } = await listOf(admin)
  world.sandbox.faults.next({ kind: 'quota', remaining: 200 }, setting)
  const results = await resultsIn(
    await setKeys(
      admin,
      tunnels.slice(0, 30).map(({ id }) => ({ id })),
    ),
  )
  const refused = results.filter(({ outcome }) => outcome === 'rejected')
  expect(refused.length).toBeGreaterThan(20)
  for (const { problem } of refused) expect(problem).toMatchObject({ code: 'rate-limited', retryAfter: 300 })
  expect(writes(world.sandbox)).toHaveLength(30 - refused.length)
})

function start(budget: Budget | null) {
  const clock = createClock()
  const told = { budget }
  return { clock, told, spending: createSpending(() => told.budget, clock) }
}

test('a fifth of what Cloudflare tells is kept, and what needs more than there ever is waits for half', () => {
  const { spending, told } = start({ remaining: 260, quota: 1200, resetAfterMs: 61_500 })
  expect([spending.wait(20), spending.wait(21)]).toEqual([null, 62])
  told.budget = { remaining: 61, quota: 100, resetAfterMs: 500 }
  expect([spending.wait(200), spending.wait(41)]).toEqual([null, null])
  told.budget = { remaining: 59, quota: 100, resetAfterMs: 500 }
  expect([spending.wait(200), spending.wait(39), spending.wait(40)]).toEqual([1, null, 1])
})

test('L7 where Cloudflare tells nothing, our own calls of five minutes count, whatever the wall clock does', () => {
  const { spending, clock } = start(null)
  spending.spend(900)
  clock.advance(100_000)
  expect([spending.wait(60), spending.wait(61)]).toEqual([null, 200])
  clock.step(3_600_000)
  expect(spending.wait(61)).toBe(200)
  clock.advance(200_000)
  expect(spending.wait(480)).toBe(null)
})

test('slots are taken in the order of asking, never more than there are, and given back after a failure', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 30 }),
      async (most, works) => {
        const slot = createSlots(most)
        const begun: number[] = []
        let [underWay, peak] = [0, 0]
        const ends = works.map(([turns, fails], index) =>
          slot(async () => {
            begun.push(index)
            peak = Math.max(peak, ++underWay)
            for (let turn = 0; turn < turns; turn++) await Promise.resolve()
            underWay--
            if (fails) throw new Error('failed')
          }),
        )
        const settled = await Promise.allSettled(ends)
        expect(settled.map(({ status }) => status === 'rejected')).toEqual(works.map(([, fails]) => fails))
        expect(begun).toEqual(works.map((_, index) => index))
        expect(peak).toBeLessThanOrEqual(most)
      },
    ),
  )
})
