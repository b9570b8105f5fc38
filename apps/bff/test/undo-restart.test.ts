import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { auditOf, restarted, stored } from './steps.ts'
import { change, minute, passes, settingsOf, site, startUndoWorld, statesOf, undosOf } from './undo-world.ts'
import { type World, writes } from './world.ts'

type Started = Awaited<ReturnType<typeof startUndoWorld>>['world']

const arrives = { kind: 'commitThenDrop' as const, hang: true }
const neverArrives = { kind: 'dropBeforeCommit' as const, hang: true }

async function underWay(world: Pick<World, 'sandbox'>, count: number): Promise<void> {
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(count))
}

/** Another process on what the killed one has left, with somebody at it. */
async function after(world: Started) {
  const next = { ...(await restarted(world)), clock: world.clock }
  await next.services.owner.idle()
  return { next, operator: await next.as('operator') }
}

/** Time comes to the end of an undo whose request hangs: only a kill ends that. */
async function dueAndHanging(world: Started): Promise<void> {
  world.clock.advance(10 * minute)
  void world.services.owner.tick()
  await underWay(world, 2)
}

describe('L3 killed at each step, a change still undoes itself, once', () => {
  test('before anything was written down: nothing is armed', async () => {
    const { world, operator, id } = await startUndoWorld()
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET' })
    void change(operator, id)
    await vi.waitFor(async () => expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }]))
    const { operator: next } = await after(world)
    expect([await undosOf(next), writes(world.sandbox)]).toEqual([[], []])
  })

  test('while it was sent, and it never arrived: armed, then void', async () => {
    const { world, operator, id } = await startUndoWorld()
    world.sandbox.faults.next(neverArrives, { method: 'PUT' })
    void change(operator, id)
    await underWay(world, 1)
    const { next, operator: person } = await after(world)
    expect(await statesOf(person)).toEqual(['armed'])
    await passes(next, 3, 5 * minute)
    expect([await statesOf(person), writes(world.sandbox).length]).toEqual([['void'], 1])
  })

  test('while it was sent, and it did arrive: it counts from the start of the next process', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    world.sandbox.faults.next(arrives, { method: 'PUT' })
    void change(operator, id)
    await underWay(world, 1)
    world.clock.advance(3 * minute)
    const { next, operator: person } = await after(world)
    expect(await undosOf(person)).toMatchObject([
      { state: 'counting', dueAt: new Date(world.clock.now().getTime() + 10 * minute).toISOString() },
    ])
    await passes(next, 2, 5 * minute)
    expect([settingsOf(world), await statesOf(person)]).toEqual([before, ['undone']])
  })

  test('while it counted: the rest of its time is left', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.clock.advance(4 * minute)
    const { next, operator: person } = await after(world)
    await passes(next, 1, 6 * minute - 1000)
    expect([stored(world, site)?.description, await statesOf(person)]).toEqual(['moved', ['counting']])
    await passes(next, 1, 1000)
    expect([settingsOf(world), await statesOf(person)]).toEqual([before, ['undone']])
  })

  test('and down when its time was up: it is undone at the start', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.clock.advance(25 * minute)
    const { operator: person } = await after(world)
    expect([settingsOf(world), await statesOf(person)]).toEqual([before, ['undone']])
  })

  test('and down when its time was up, but somebody changed the tunnel: it is not written over', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    world.clock.advance(15 * minute)
    world.sandbox.externalWrite(id, { replay_protection: true })
    const { operator: person } = await after(world)
    expect([stored(world, site)?.description, await statesOf(person)]).toEqual(['moved', ['blocked']])
  })

  test('after it had begun to write back, before it asked for it', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    await world.deps.db.run(sql`UPDATE undo SET state = 'undoing'`)
    const { operator: person } = await after(world)
    expect([settingsOf(world), await statesOf(person), writes(world.sandbox).length]).toEqual([before, ['undone'], 2])
  })

  test('while it wrote back, and that arrived: it is told as undone, and not sent again', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next(arrives, { method: 'PUT' })
    await dueAndHanging(world)
    const { next, operator: person } = await after(world)
    await passes(next, 2, 5000)
    expect([settingsOf(world), await statesOf(person), writes(world.sandbox).length]).toEqual([before, ['undone'], 2])
  })

  test('while it wrote back, and that never arrived: it is sent once more when it is given up', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next(neverArrives, { method: 'PUT' })
    await dueAndHanging(world)
    const { next, operator: person } = await after(world)
    expect(await statesOf(person)).toEqual(['undoing'])
    await passes(next, 8, minute)
    expect([settingsOf(world), await statesOf(person), writes(world.sandbox).length]).toEqual([before, ['undone'], 3])
  })

  test('by a process that was overtaken: it neither arms nor undoes any more', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const next = await restarted(world)
    await world.later(10 * minute)
    expect(stored(world, site)?.description).toBe('moved')
    await next.services.owner.tick()
    await next.services.owner.idle()
    expect((await auditOf(next)).filter(({ actor }) => actor.id === 'console').map(({ outcome }) => outcome)).toContain(
      'applied',
    )
  })
})

describe('L7 a clock that somebody sets', () => {
  test.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('%s by an hour neither fires an undo nor holds it up, in the next process neither', async (_, hour) => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.clock.step(hour)
    await passes(world, 5, minute)
    expect(stored(world, site)?.description).toBe('moved')
    const { next, operator: person } = await after(world)
    expect(await undosOf(person)).toMatchObject([
      { state: 'counting', dueAt: new Date(world.clock.now().getTime() + 5 * minute).toISOString() },
    ])
    await passes(next, 4, minute)
    expect(stored(world, site)?.description).toBe('moved')
    await passes(next, 1, minute)
    expect([settingsOf(world), await statesOf(person)]).toEqual([before, ['undone']])
  })

  test('back by a day while nobody was there makes no undo longer than it ever was', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.clock.step(-24 * 3_600_000)
    const { next } = await after(world)
    await passes(next, 10, minute)
    expect(settingsOf(world)).toEqual(before)
  })
})
