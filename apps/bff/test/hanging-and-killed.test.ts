import { expect, test, vi } from 'vitest'
import { key, lost, site } from './lost-answers.ts'
import { auditOf, create, idOf, listOf, opened, problemIn, restarted, startClockedWorld } from './steps.ts'
import { timed } from './timed.ts'
import { startWorld, writes } from './world.ts'

test('a reset whose end the database refused is not pending for ever', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const { batch } = world.deps.db
  let calls = 0
  vi.spyOn(world.deps.db, 'batch').mockImplementation((items) => {
    calls++
    if (calls === 2) return Promise.reject(new Error('locked'))
    return batch.call(world.deps.db, items) as never
  })
  expect((await admin.send('POST', '/api/sandbox/reset')).status).toBe(200)
  await world.later(2000)
  const { entries } = await world.services.owner.audit.list({ limit: 10, action: 'sandbox.reset' })
  expect(entries.map(({ outcome }) => outcome)).toEqual(['applied'])
})

test('a clear yes stays applied though somebody takes the change back at once, and that is recorded as theirs', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  await listOf(operator)
  const { ifMatch, tunnel } = await opened(operator, id)
  world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
  world.sandbox.faults.next(
    { kind: 'externalWrite', id, patch: { description: tunnel.description } },
    { method: 'GET' },
  )
  world.clock.advance(1000)
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'mine' }, ifMatch)
  expect([answer.status, (await auditOf(world)).map(({ action, outcome }) => `${action} ${outcome}`)]).toEqual([
    200,
    ['tunnel.changedOutside applied', 'tunnel.update applied'],
  ])
})

test('the entry of a change that a kill cut short says what was to be changed', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next({ ...lost, hang: true }, { method: 'PUT' })
  void operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(1))
  const next = await restarted(world)
  expect(await auditOf(next)).toMatchObject([
    { outcome: 'unknown', target: { name: site }, changes: [{ path: 'description', after: 'moved' }] },
  ])
})

test('a look that hangs holds up nothing else that time causes', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  await operator.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, ifMatch)
  world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: new RegExp(id), times: 100 })
  world.clock.advance(5000)
  void world.services.owner.tick()
  await new Promise((wake) => setTimeout(wake, 50))
  const batch = vi.spyOn(world.deps.db, 'batch')
  world.sandbox.faults.next({ kind: 'latency', ms: 200 }, { method: 'POST' })
  const creating = create(operator)
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(2))
  batch.mockRejectedValueOnce(new Error('locked'))
  expect((await creating).status).toBe(201)
  expect(world.logs.filter(({ event }) => event === 'audit.unsettled')).toHaveLength(1)
  for (let n = 0; n < 3; n++) {
    world.clock.advance(1000)
    await world.services.owner.tick()
  }
  expect((await auditOf(world)).map(({ action, outcome }) => `${action} ${outcome}`)[0]).toBe('tunnel.create applied')
})

test('after a kill, a deletion that never arrived is not called done for a replica that lags', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  await listOf(admin)
  expect((await create(admin)).status).toBe(201)
  const id = idOf(world, 'zurich-a')
  const { ifMatch } = await opened(admin, id)
  world.sandbox.faults.next({ ...lost, hang: true }, { method: 'DELETE' })
  void admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(2))
  world.sandbox.faults.next({ kind: 'staleReads', ms: 5000 }, { method: 'GET' })
  const next = await restarted(world)
  expect((await auditOf(next))[0]).toMatchObject({ action: 'tunnel.delete', outcome: 'unknown' })
})

test('a key given with a lost "yes" is not told as unchanged while nobody looked', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const url = `/api/tunnels/${idOf(world, site)}/psk_generate`
  world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST' })
  const answer = await problemIn(await operator.send('POST', url, undefined, key))
  expect([answer.code, answer.detail]).toEqual(['outcome-unknown', expect.stringContaining('A new key was made')])
})

test('the list: a hanging Cloudflare delays no reader who has a copy by more than 50 ms', timed, async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  await listOf(operator)
  world.sandbox.faults.next({ kind: 'hang' }, { times: 1000 })
  world.clock.advance(6000)
  const delays = []
  for (let n = 0; n < 5; n++) {
    const start = performance.now()
    await operator.get('/api/tunnels')
    delays.push(Math.round(performance.now() - start))
  }
  expect(Math.max(...delays.slice(1)), String(delays)).toBeLessThan(50)
})

test('a creation that was done and then renamed by somebody is never told as not applied', async () => {
  const world = await startClockedWorld(3600)
  const operator = await world.as('operator')
  await listOf(operator)
  world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST' })
  world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
  world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 20 })
  expect((await create(operator, key)).status).toBe(502)
  world.sandbox.faults.clear()
  world.sandbox.externalWrite(idOf(world, 'zurich-a'), { name: 'renamed' })
  world.clock.advance(20_000)
  await world.later(300_000)
  await world.later(20_000)
  await world.services.owner.refresh()
  expect((await auditOf(world)).find(({ action }) => action === 'tunnel.create')?.outcome).not.toBe('failed')
})
