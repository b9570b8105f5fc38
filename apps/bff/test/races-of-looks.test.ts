import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { quarantineMs, watchMs } from '../src/changes/watch.ts'
import { holdAnswers, key, lost, lostUpdate, site } from './lost-answers.ts'
import {
  auditOf,
  commit,
  create,
  idOf,
  listOf,
  opened,
  outcomeOf,
  problemIn,
  restarted,
  startClockedWorld,
} from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const nobodyAnswers = { kind: 'hang' as const }

test('a refused change soon after an applied one must not lock the tunnel for ten minutes', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'one' }, ifMatch)).status).toBe(200)
  await world.later(1000)
  const second = await opened(operator, id)
  world.sandbox.faults.next(
    {
      kind: 'status',
      status: 400,
      body: { success: false, errors: [{ code: 1001, message: 'no' }], messages: [], result: null },
    },
    { method: 'PUT' },
  )
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'bad' }, second.ifMatch)).status).toBe(422)
  await world.later(60_000)
  const third = await opened(operator, id)
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'two' }, third.ifMatch)
  expect([answer.status, answer.ok ? '' : await problemIn(answer)]).toEqual([200, ''])
})

test('what the database refused must not overwrite what was found out since', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  const batch = world.deps.db.batch.bind(world.deps.db)
  let isLocked = true
  vi.spyOn(world.deps.db, 'batch').mockImplementation(async (statements) => {
    const isAfterTheWrite = writes(world.sandbox).length > 0
    if (!isAfterTheWrite || !isLocked) return batch(statements)
    isLocked = false
    throw new Error('locked')
  })
  const put = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
  expect(put.status).toBe(502)
  expect(world.logs.filter(({ event }) => event === 'audit.unsettled')).toHaveLength(1)
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${id}`, 'PUT')
  await world.services.owner.refresh()
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  await world.later(1000)
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'applied' })
})

test('an older look that comes in late must not turn applied into not applied', async () => {
  const { world, arrives, id } = await lostUpdate()
  const hold = holdAnswers(world, (method, path) => method === 'GET' && path.endsWith(id))
  world.clock.advance(watchMs)
  const tick = world.services.owner.tick()
  await vi.waitFor(() => expect(hold.held()).toBe(1))
  await arrives()
  await world.services.owner.refresh()
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  hold.release()
  await tick
  await world.services.owner.idle()
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
})

test('an older look before the next change must not turn applied into unknown', async () => {
  const { world, arrives, id, operator, ifMatch } = await lostUpdate()
  world.clock.advance(quarantineMs)
  const hold = holdAnswers(world, (method, path) => method === 'GET' && path.endsWith(id))
  const next = operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
  await vi.waitFor(() => expect(hold.held()).toBe(1))
  await arrives()
  await world.services.owner.refresh()
  expect((await auditOf(world)).at(-1)).toMatchObject({ outcome: 'applied' })
  hold.release()
  await next
  expect((await auditOf(world)).at(-1)).toMatchObject({ outcome: 'applied' })
})

describe('what was told as not applied and then came is found before the next change of the same', () => {
  test('create', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next(lost, { method: 'POST' })
    expect((await create(operator, key)).status).toBe(502)
    await world.later(watchMs)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'failed', problem: { code: 'not-applied' } }])
    await commit(world, writes(world.sandbox)[0]?.body as object)
    await create(operator, key)
    await world.services.owner.refresh()
    expect((await auditOf(world)).at(-1)).toMatchObject({ outcome: 'applied' })
  })
  test('update', async () => {
    const { world, arrives, id, operator } = await lostUpdate()
    await world.later(watchMs)
    await arrives()
    const { ifMatch } = await opened(operator, id)
    await operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
    await world.services.owner.refresh()
    expect((await auditOf(world)).at(-1)).toMatchObject({ outcome: 'applied' })
  })
})

test('a dry run that a kill cut short is not pending for ever', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  world.sandbox.faults.next(nobodyAnswers, { method: 'POST', path: /ipsec_tunnels\?validate_only/ })
  void operator.send('POST', '/api/tunnels?validate_only=true', newTunnel)
  await vi.waitFor(async () => expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }]))
  const next = await restarted(world)
  await next.services.owner.tick()
  expect((await auditOf(next)).map(({ outcome }) => outcome)).not.toContain('pending')
})

test('an MD5 key that begins with our own mark does not rest in the clear', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  const md5_key = 'hmac:canary-md5'
  const put = await operator.send('PUT', `/api/tunnels/${id}`, { bgp: { md5_key } }, { ...ifMatch, ...key })
  expect(put.status).toBe(200)
  const rows = JSON.stringify(await world.deps.db.all(sql`SELECT * FROM change_intent`))
  expect(rows).not.toContain('canary-md5')
})

test('the first reader is not refused because a write ended meanwhile', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  const hold = holdAnswers(world, (method, path) => method === 'GET' && path.endsWith('/ipsec_tunnels'))
  const reader = operator.get('/api/tunnels')
  await vi.waitFor(() => expect(hold.held()).toBe(1))
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, ifMatch)).status).toBe(200)
  hold.release()
  expect((await reader).status).toBe(200)
})

test('an outside change is recorded also while a change of the same tunnel is waited for', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  await listOf(operator)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  await operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
  world.sandbox.externalWrite(id, { description: 'theirs' })
  await world.services.owner.refresh()
  await world.later(watchMs)
  await world.services.owner.refresh()
  expect((await auditOf(world)).map(({ action }) => action)).toContain('tunnel.changedOutside')
})

test('a next change that is never sent ends no watch', async () => {
  const { world, arrives, id, operator } = await lostUpdate()
  await listOf(operator)
  await world.later(quarantineMs)
  const stale = { 'if-match': `"${'A'.repeat(43)}"` }
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, stale)).status).toBe(412)
  await arrives()
  await world.services.owner.refresh()
  const entries = await auditOf(world)
  expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).not.toContain('tunnel.changedOutside applied')
  expect(entries.find(({ outcome }) => outcome === 'applied')).toMatchObject({ action: 'tunnel.update' })
})

test('what was told as not applied is still noticed after a restart', async () => {
  const { world, arrives } = await lostUpdate()
  await world.later(watchMs)
  expect(await auditOf(world)).toMatchObject([{ outcome: 'failed' }])
  const next = await restarted(world)
  await next.services.owner.refresh()
  await arrives()
  await next.services.owner.refresh()
  expect((await auditOf(next)).at(-1)).toMatchObject({ outcome: 'applied' })
})
