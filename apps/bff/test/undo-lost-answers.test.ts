import { describe, expect, test } from 'vitest'
import { lost } from './lost-answers.ts'
import { auditOf, commit, stored } from './steps.ts'
import { change, minute, passes, settingsOf, site, startUndoWorld, statesOf, undosOf } from './undo-world.ts'
import { writes } from './world.ts'

describe('a change of which nobody knows yet whether it happened', () => {
  test('neither fires nor is lost, and counts from the moment at which it is known', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET', times: 2 })
    world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 100 })
    expect((await change(operator, id, undefined, { query: 'undo_minutes=5' })).status).toBe(502)
    expect(await statesOf(operator)).toEqual(['armed'])
    world.sandbox.faults.clear()
    await passes(world, 8, 5000)
    const [[entry], [told]] = [await undosOf(operator), await auditOf(world)]
    expect([entry?.state, told?.outcome, told?.turns.length]).toEqual(['counting', 'applied', 2])
    expect(Date.parse(entry?.dueAt ?? '') - Date.parse(told?.settledAt ?? '')).toBe(5 * minute)
    await world.later(5 * minute)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })

  test('is void when no trace of it comes, and counts after all when one does', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    world.sandbox.faults.next(lost, { method: 'PUT' })
    expect((await change(operator, id)).status).toBe(502)
    await world.later(5 * minute)
    expect(await statesOf(operator)).toEqual(['void'])
    const sent = writes(world.sandbox)[0]?.body as Record<string, unknown>
    world.sandbox.externalWrite(id, { description: sent['description'] })
    await world.services.owner.refresh()
    expect(await statesOf(operator)).toEqual(['counting'])
    await world.later(10 * minute)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })

  test('can be kept, and undone, before it is known', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET', times: 2 })
    world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 100 })
    await change(operator, id)
    const [entry] = await undosOf(operator)
    expect((await operator.send('POST', `/api/undos/${entry?.group}/undo`)).status).toBe(200)
    expect(await statesOf(operator)).toEqual(['armed'])
    world.sandbox.faults.clear()
    await passes(world, 8, 5000)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })
})

describe('writing back', () => {
  test('is tried again while Cloudflare is away, at growing intervals, and can be kept meanwhile', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next({ kind: 'notSent' }, { times: 10_000 })
    await world.later(10 * minute)
    for (let n = 0; n < 60; n++) await world.later(1000)
    const attempts = (await auditOf(world)).filter(({ actor }) => actor.id === 'console')
    expect(attempts.length).toBeGreaterThan(2)
    expect(attempts.length).toBeLessThan(8)
    expect(await statesOf(operator)).toEqual(['counting'])
    world.sandbox.faults.clear()
    await world.later(minute)
    await world.later(minute)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })

  test('whose answer is lost stays under way until it is known', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET', path: new RegExp(id) })
    world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', path: new RegExp(id), times: 100 })
    await world.later(10 * minute)
    expect(await statesOf(operator)).toEqual(['undoing'])
    world.sandbox.faults.clear()
    await passes(world, 8, 5000)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
    expect(writes(world.sandbox)).toHaveLength(2)
  })

  test('that leaves no trace for minutes is sent once more', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next(lost, { method: 'PUT' })
    await world.later(10 * minute)
    expect(await statesOf(operator)).toEqual(['undoing'])
    for (let n = 0; n < 8; n++) await world.later(minute)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })

  test('that turns up after it was taken for lost is told as undone, by nobody else’s hand', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    world.sandbox.faults.next(lost, { method: 'PUT' })
    await world.later(10 * minute)
    // Told as not applied, it counts again and rests.
    for (let n = 0; n < 70 && (await statesOf(operator))[0] === 'undoing'; n++) await world.later(5000)
    expect(await statesOf(operator)).toEqual(['counting'])
    await commit(world, writes(world.sandbox)[1]?.body as object, `/${id}`, 'PUT')
    await world.services.owner.refresh()
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
  })

  test('that Cloudflare refuses has failed, and says why', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const errors = [{ code: 1015, message: 'that is taken by now' }]
    world.sandbox.faults.next({ kind: 'successFalse', errors }, { method: 'PUT' })
    await world.later(10 * minute)
    expect(await undosOf(operator)).toMatchObject([
      { state: 'failed', why: expect.stringContaining('that is taken by now') },
    ])
    expect(stored(world, site)?.description).toBe('moved')
  })
})
