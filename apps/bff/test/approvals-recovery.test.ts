import { describe, expect, test, vi } from 'vitest'
import { watchMs } from '../src/changes/watch.ts'
import {
  approvalsOf,
  approve,
  ask,
  decline,
  site,
  startTwoPeople,
  storyOf,
  twoPeopleIn,
  wishOf,
} from './approval-steps.ts'
import { idOf, listOf, opened, problemIn, restarted, startClockedWorld, stored } from './steps.ts'
import { type World, writes } from './world.ts'

const underWay = (world: World) => vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(1))
const changedSince = 'The tunnel has changed since it was asked for.'

describe('an approval lapses with its version', () => {
  test('when we change the tunnel, at the next look at the list; both are told', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    await listOf(operator)
    const asked = await ask(operator, id)
    await admin.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, (await opened(admin, id)).ifMatch)
    for (const person of [operator, admin]) {
      expect(await approvalsOf(person)).toMatchObject([{ state: 'lapsed', why: changedSince, decidedBy: null }])
    }
    expect((await problemIn(await approve(admin, asked))).code).toBe('decided')
    expect((await storyOf(world, id)).map(({ action }) => action)).toEqual([
      'approval.lapse',
      'tunnel.update',
      'approval.ask',
    ])
  })

  test('when somebody outside changes or deletes it, once a reading has shown that', async () => {
    const writers = [
      ({ sandbox }: World, id: string) => sandbox.externalWrite(id, { description: 'changed elsewhere' }),
      ({ sandbox }: World, id: string) => sandbox.externalDelete(id),
    ]
    for (const write of writers) {
      const { world, operator, id } = await startTwoPeople()
      await listOf(operator)
      await ask(operator, id)
      write(world, id)
      await world.services.owner.refresh()
      expect(await approvalsOf(operator)).toMatchObject([{ state: 'lapsed', why: changedSince }])
    }
  })

  test('when it is approved before any reading has shown it: a conflict, and nothing is overwritten', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    await listOf(operator)
    const asked = await ask(operator, id)
    world.sandbox.externalWrite(id, { description: 'changed elsewhere' })
    const answer = await approve(admin, asked)
    expect([answer.status, (await problemIn(answer)).code]).toEqual([412, 'conflict'])
    expect(await approvalsOf(operator)).toMatchObject([{ state: 'lapsed', why: changedSince }])
    expect([stored(world, site)?.description, stored(world, site)?.health_check.enabled]).toEqual([
      'changed elsewhere',
      true,
    ])
  })

  test('and not because a list is older than the version that was asked for, or cannot be read', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    await listOf(operator)
    world.sandbox.externalWrite(id, { description: 'changed elsewhere' })
    const asked = await ask(operator, id)
    expect(await approvalsOf(admin)).toMatchObject([{ state: 'waiting' }])
    world.sandbox.externalWrite(id, { description: 'changed again' })
    world.sandbox.faults.next({ kind: 'notSent' }, { times: 50 })
    await world.services.owner.refresh()
    expect(await approvalsOf(admin)).toMatchObject([{ id: asked.id, state: 'waiting' }])
  })
})

describe('a change that was approved and did not go through', () => {
  test('waits again where nothing was sent, says why, and can be approved once more', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    world.sandbox.faults.next({ kind: 'notSent' }, { times: 50 })
    expect((await problemIn(await approve(admin, asked))).code).toBe('not-sent')
    world.sandbox.faults.clear()
    const [waits] = await approvalsOf(admin)
    expect(waits).toMatchObject({ state: 'waiting', decidedBy: null, why: expect.stringContaining('nothing was sent') })
    expect((await approve(admin, asked)).status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('has failed where Cloudflare refused it, in its words', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    world.sandbox.faults.next(
      { kind: 'successFalse', errors: [{ code: 1022, message: 'not like this' }] },
      { method: 'PUT' },
    )
    expect((await problemIn(await approve(admin, asked))).code).toBe('rejected')
    expect(await approvalsOf(operator)).toMatchObject([
      { state: 'failed', why: expect.stringContaining('not like this'), decidedBy: { id: 'sandbox-admin' } },
    ])
  })

  test('is unknown while its answer is lost, and turns when the change is found', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
    expect((await problemIn(await approve(admin, asked))).code).toBe('outcome-unknown')
    expect(await approvalsOf(operator)).toMatchObject([{ state: 'unknown' }])
    world.sandbox.externalWrite(id, { health_check: { ...stored(world, site)?.health_check, enabled: false } })
    await world.services.owner.refresh()
    expect(await approvalsOf(operator)).toMatchObject([{ state: 'applied', why: null }])
    expect((await problemIn(await approve(admin, asked))).code).toBe('decided')
  })
})

test('one that was told as not applied for want of a trace turns when the change appears after all', async () => {
  const { world, operator, admin, id } = await twoPeopleIn(await startClockedWorld())
  const asked = await ask(operator, id)
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
  await approve(admin, asked)
  await world.later(watchMs)
  expect(await approvalsOf(operator)).toMatchObject([{ state: 'failed' }])
  world.sandbox.externalWrite(id, { health_check: { ...stored(world, site)?.health_check, enabled: false } })
  await world.services.owner.refresh()
  expect(await approvalsOf(operator)).toMatchObject([{ state: 'applied' }])
})

describe('L3 a process that was killed while it carried an approved change out', () => {
  test.each([
    ['had arrived', 'commitThenDrop' as const, 'applied'],
    ['never arrived', 'dropBeforeCommit' as const, 'unknown'],
  ])('whose request %s: the next one settles it, and sends nothing', async (_, kind, state) => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    world.sandbox.faults.next({ kind, hang: true }, { method: 'PUT' })
    void approve(admin, asked)
    await underWay(world)
    const next = await restarted(world)
    await next.services.approvals.settle()
    expect(await approvalsOf(await next.as('operator'))).toMatchObject([{ id: asked.id, state }])
    expect((await approve(await next.as('admin'), asked)).status).toBe(409)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('before anything was sent: it waits again, and is carried out once when approved anew', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: new RegExp(`${id}$`) })
    void approve(admin, asked)
    await vi.waitFor(async () => expect((await storyOf(world, id))[0]).toMatchObject({ outcome: 'pending' }))
    const next = await restarted(world)
    await next.services.approvals.settle()
    expect(await approvalsOf(await next.as('admin'))).toMatchObject([{ state: 'waiting', decidedBy: null }])
    expect((await approve(await next.as('admin'), asked)).status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('between its approval and its change: it waits again, and what is left of the dead one cannot send', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    const gate = Promise.withResolvers<void>()
    const { run } = world.services.owner
    Object.assign(world.services.owner, {
      run: async (...request: Parameters<typeof run>) => {
        await gate.promise
        return run(...request)
      },
    })
    const late = approve(admin, asked)
    await vi.waitFor(async () => expect((await storyOf(world, id))[0]).toMatchObject({ action: 'approval.approve' }))
    const next = await restarted(world)
    await next.services.approvals.settle()
    expect(await approvalsOf(await next.as('admin'))).toMatchObject([
      { state: 'waiting', why: 'The console stopped before it was sent.' },
    ])
    gate.resolve()
    expect((await problemIn(await late)).code).toBe('closed')
    expect(writes(world.sandbox)).toEqual([])
    expect((await approve(await next.as('admin'), asked)).status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(1)
  })
})

test('a database that cannot be written takes no decision: nothing is sent, and it can be made again', async () => {
  const { world, operator, admin, id } = await startTwoPeople()
  const asked = await ask(operator, id)
  await world.deps.db.run(`CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END`)
  expect((await approve(admin, asked)).status).toBe(503)
  expect((await decline(admin, asked)).status).toBe(503)
  expect(writes(world.sandbox)).toEqual([])
  await world.deps.db.run('DROP TRIGGER full')
  expect((await approve(admin, asked)).status).toBe(200)
})

test('an administrator who looks through the eyes of an operator decides nothing', async () => {
  const { world, operator, id } = await startTwoPeople()
  const asked = await ask(operator, id)
  const admin = await world.as('admin')
  const answer = await admin.send('POST', `/api/approvals/${asked.id}/approve`, {}, { 'x-view-as': 'operator' })
  expect([answer.status, writes(world.sandbox).length]).toEqual([403, 0])
  expect((await admin.send('POST', '/api/approvals', await wishOf(admin, idOf(world, site)))).status).toBe(422)
})
