import { expect, test } from 'vitest'
import { quarantineMs, watchMs } from '../src/changes/watch.ts'
import { key, lost, site } from './lost-answers.ts'
import {
  auditOf,
  commit,
  create,
  idOf,
  listOf,
  opened,
  outcomeOf,
  problemIn,
  startClockedWorld,
  stored,
} from './steps.ts'
import { timed } from './timed.ts'
import { newTunnel, writes } from './world.ts'

const pass = { kind: 'latency' as const, ms: 0 }
const lags = { kind: 'staleReads' as const, ms: 10_000 }

test('who is signed in hears so at once while the account call hangs', timed, async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  world.sandbox.faults.next({ kind: 'hang' }, { times: 1000 })
  const start = performance.now()
  expect((await operator.get('/api/session')).status).toBe(200)
  expect(performance.now() - start).toBeLessThan(100)
})

test('a change that takes back an earlier one and never arrived is not called applied for a replica that lags', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const first = await opened(operator, id)
  const description = first.tunnel.description
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'y' }, first.ifMatch)).status).toBe(200)
  const second = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  world.sandbox.faults.next(pass, { method: 'GET' })
  world.sandbox.faults.next(lags, { method: 'GET' })
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description }, second.ifMatch)
  expect(stored(world, site)?.description).toBe('y')
  expect([answer.status, (await auditOf(world))[0]?.outcome]).toEqual([502, 'unknown'])
})

test('a deletion that never arrived is not called done for a replica that has not heard of the tunnel yet', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  await listOf(admin)
  expect((await create(admin)).status).toBe(201)
  const id = idOf(world, newTunnel.name)
  const { ifMatch } = await opened(admin, id)
  world.sandbox.faults.next(lost, { method: 'DELETE' })
  world.sandbox.faults.next(pass, { method: 'GET' })
  world.sandbox.faults.next(lags, { method: 'GET' })
  const answer = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)
  expect(stored(world, newTunnel.name)?.id).toBe(id)
  expect([answer.status, (await auditOf(world))[0]?.outcome]).toEqual([502, 'unknown'])
})

test('a second key that was never made is not told as made for a replica that lags', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  await listOf(operator)
  const url = `/api/tunnels/${id}/psk_generate`
  expect((await operator.send('POST', url)).status).toBe(200)
  world.clock.advance(2000)
  world.sandbox.faults.next(lost, { method: 'POST' })
  world.sandbox.faults.next(pass, { method: 'GET' })
  world.sandbox.faults.next(lags, { method: 'GET' })
  const answer = await operator.send('POST', url)
  expect((await problemIn(answer)).detail).not.toContain('A new key was made')
})

test('a gateway that cannot route is not told as "the tunnel does not exist any more"', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  const body = { success: false, errors: [{ code: 7003, message: 'Could not route' }], messages: [], result: null }
  world.sandbox.faults.next({ kind: 'status', status: 404, body }, { method: 'GET' })
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, ifMatch)
  expect([answer.status, (await problemIn(answer)).code]).not.toEqual([404, 'not-found'])
})

test('a stop does not wait for a poll that hangs', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  await listOf(operator)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  await operator.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, ifMatch)
  await world.later(watchMs)
  world.sandbox.externalDelete(id)
  world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: new RegExp(id), times: 100 })
  void world.services.owner.refresh()
  await new Promise((wake) => setTimeout(wake, 300))
  const late = new Promise((resolve) => setTimeout(() => resolve('still waiting after 2 s'), 2000))
  expect(await Promise.race([world.services.owner.idle().then(() => 'idle'), late])).toBe('idle')
})

test('the key of a change told as not applied tells its turn, though it was asked for again in vain', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  world.sandbox.faults.next(lost, { method: 'POST' })
  expect((await create(operator, key)).status).toBe(502)
  await world.later(watchMs)
  world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 50 })
  expect((await create(operator, key)).status).toBe(503)
  world.sandbox.faults.clear()
  world.clock.advance(20_000)
  await commit(world, writes(world.sandbox)[0]?.body as object)
  await world.services.owner.refresh()
  expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'applied' })
})

test('an outside creation of the same name is recorded while a lost creation is waited for', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  world.sandbox.faults.next(lost, { method: 'POST' })
  expect((await create(operator, key)).status).toBe(502)
  await commit(world, { ...newTunnel, description: 'by Terraform', interface_address: '10.99.7.0/31' })
  await world.services.owner.refresh()
  await world.later(watchMs)
  await world.services.owner.refresh()
  const entries = await auditOf(world)
  expect(entries.map(({ action }) => action)).toContain('tunnel.createdOutside')
})

test('a change is not called superseded when Cloudflare did not answer the look and nothing followed', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  await operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
  world.clock.advance(quarantineMs)
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${id}`, 'PUT')
  world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 50 })
  const next = await operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
  expect((await problemIn(next)).code).toBe('not-sent')
  world.sandbox.faults.clear()
  world.clock.advance(20_000)
  await world.services.owner.refresh()
  expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'applied' })
})

test('toggling a field twice within one tick of the clock does not lock the tunnel', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const told = []
  for (const description of ['a', 'b', 'a', 'b']) {
    const { ifMatch } = await opened(operator, id)
    told.push((await operator.send('PUT', `/api/tunnels/${id}`, { description }, ifMatch)).status)
  }
  expect(told).toEqual([200, 200, 200, 200])
})
