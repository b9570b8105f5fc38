import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { describe, expect, test } from 'vitest'
import { quarantineMs, watchMs } from '../src/changes/watch.ts'
import {
  auditOf,
  commit,
  create,
  idOf,
  opened,
  outcomeOf,
  problemIn,
  startClockedWorld,
  startSocketWorld,
  stored,
} from './steps.ts'
import { newTunnel, startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'
const commitThenDrop: Fault = { kind: 'commitThenDrop' }
const named = (world: World, name: string) => world.sandbox.state().tunnels.filter((tunnel) => tunnel.name === name)

/** A lost answer, however it is lost: the write has happened each time. */
const lostAnswers: [how: string, fault: Fault][] = [
  ['the connection breaks', commitThenDrop],
  ['the body breaks off', { kind: 'halfBody' }],
  ['the body is not JSON', { kind: 'badJson' }],
  ['an edge page with 200', { kind: 'html', status: 200, commit: true }],
  ['an edge page with 522', { kind: 'html', commit: true }],
  ['a 500 of Cloudflare’s', { kind: 'status', status: 500, body: { success: false, errors: [] }, commit: true }],
  ['the result is null', { kind: 'mutate', change: (envelope) => ({ ...envelope, result: null }) }],
  ['the result is a list', { kind: 'mutate', change: (envelope) => ({ ...envelope, result: [] }) }],
  ['success with errors', { kind: 'mutate', change: (envelope) => ({ ...envelope, errors: [{ code: 1 }] }) }],
]

describe('create', () => {
  test.each(lostAnswers)('U17 U10 U12 is found again when %s', async (_, fault) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next(fault, { method: 'POST' })
    const key = { 'idempotency-key': 'form-instance-1' }
    const [first, second] = [await create(operator, key), await create(operator, key)]
    expect([first.status, second.status]).toEqual([201, 201])
    const { tunnel } = (await first.json()) as WrittenTunnel
    expect(((await second.json()) as WrittenTunnel).tunnel).toEqual(tunnel)
    expect(named(world, newTunnel.name).map(({ id }) => id)).toEqual([tunnel.id])
    expect(writes(world.sandbox)).toHaveLength(1)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'applied', target: { id: tunnel.id } }])
  })

  test('U17 over a socket, too', async () => {
    const world = await startSocketWorld()
    world.sandbox.faults.next(commitThenDrop, { method: 'POST' })
    const response = await create(await world.as('operator'))
    expect(response.status).toBe(201)
    expect([named(world, newTunnel.name).length, writes(world.sandbox).length]).toEqual([1, 1])
  })

  test('U18 that was lost on the way there is unknown until it is certain, and makes one tunnel in the end', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
    const key = { 'idempotency-key': 'form-instance-1' }
    const first = await create(operator, key)
    expect([first.status, (await problemIn(first)).code]).toEqual([502, 'outcome-unknown'])
    expect(await auditOf(world)).toMatchObject([{ outcome: 'unknown', problem: { code: 'outcome-unknown' } }])
    expect((await problemIn(await create(operator, key))).code).toBe('outcome-unknown')
    expect(writes(world.sandbox)).toHaveLength(1)
    await world.later(watchMs)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'failed', problem: { code: 'not-applied' } }])
    expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'not-applied' })
    expect((await problemIn(await create(operator, key))).code).toBe('not-applied')
    expect((await create(operator, { 'idempotency-key': 'form-instance-2' })).status).toBe(201)
    expect(named(world, newTunnel.name)).toHaveLength(1)
  })

  test('U17 that commits late is never called "not applied": it turns to applied when it appears', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const key = { 'idempotency-key': 'form-instance-1' }
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
    expect((await problemIn(await create(operator, key))).code).toBe('outcome-unknown')
    // What was lost on the way arrives after all.
    await commit(world, newTunnel)
    await world.later(10_000)
    const [{ id } = { id: '' }] = named(world, newTunnel.name)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'applied', target: { id }, problem: null }])
    expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'applied', tunnel: { id } })
    expect((await create(operator, key)).status).toBe(201)
    expect(named(world, newTunnel.name)).toHaveLength(1)
  })

  test('U17 that may still appear is not offered again under another key', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
    await create(operator)
    const second = await create(operator)
    expect([second.status, (await problemIn(second)).code]).toEqual([503, 'unsettled'])
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(writes(world.sandbox)).toHaveLength(1)
    await world.later(quarantineMs)
    expect((await create(operator)).status).toBe(201)
  })

  test('U17 that cannot be looked up is unknown, and a second try makes no second tunnel', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next(commitThenDrop, { method: 'POST' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'reset' }, { method: 'GET', times: 12 })
    const response = await create(operator)
    expect([response.status, (await problemIn(response)).code]).toEqual([502, 'outcome-unknown'])
    expect(await auditOf(world)).toMatchObject([{ outcome: 'unknown', problem: { code: 'outcome-unknown' } }])
    await create(operator)
    expect(named(world, newTunnel.name)).toHaveLength(1)
  })

  test('B2 that is lost beside an equal tunnel that was there before does not call that one new', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    await create(operator)
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
    expect(await problemIn(await create(operator))).toMatchObject({ status: 502, code: 'outcome-unknown' })
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['unknown', 'applied'])
  })

  test('B2 that meets another’s tunnel of the same name does not call it its own', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next(commitThenDrop, { method: 'POST' })
    const change: Fault = {
      kind: 'mutate',
      change: (envelope) => JSON.parse(JSON.stringify(envelope).replaceAll('203.0.113.200', '203.0.113.201')),
    }
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next(change, { method: 'GET', times: 4 })
    expect((await problemIn(await create(operator))).code).toBe('outcome-unknown')
  })
})

describe('update and delete', () => {
  test.each(lostAnswers)('U21 U10 U12 are read back when %s', async (_, fault) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    world.sandbox.faults.next(fault, { method: 'PUT' })
    world.sandbox.faults.next(fault, { method: 'DELETE' })
    const put = await admin.send(
      'PUT',
      `/api/tunnels/${id}`,
      { description: 'moved' },
      (await opened(admin, id)).ifMatch,
    )
    const answer = (await put.json()) as WrittenTunnel
    expect([put.status, answer.tunnel.description, stored(world, site)?.description]).toEqual([200, 'moved', 'moved'])
    const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, { 'if-match': `"${answer.version}"` })
    expect([gone.status, await gone.json(), stored(world, site)]).toEqual([200, { deleted: true }, undefined])
    expect(writes(world.sandbox).map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
    expect(await auditOf(world)).toMatchObject([
      { action: 'tunnel.delete', outcome: 'applied' },
      { action: 'tunnel.update', outcome: 'applied', changes: [{ path: 'description', after: 'moved' }] },
    ])
  })

  test('U21 over a socket, too', async () => {
    const world = await startSocketWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    world.sandbox.faults.next(commitThenDrop, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'halfBody', at: 0.9 }, { method: 'DELETE' })
    const put = await admin.send(
      'PUT',
      `/api/tunnels/${id}`,
      { description: 'moved' },
      (await opened(admin, id)).ifMatch,
    )
    expect(put.status).toBe(200)
    const { version } = (await put.json()) as WrittenTunnel
    const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, { 'if-match': `"${version}"` })
    expect(gone.status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(2)
  })

  test('that were lost on the way there are unknown, and minutes later not applied', async () => {
    const world = await startClockedWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const before = stored(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next({ kind: 'reset' }, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'html', status: 200 }, { method: 'DELETE' })
    const put = await admin.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, ifMatch)
    expect([put.status, (await problemIn(put)).code]).toEqual([502, 'outcome-unknown'])
    await world.later(watchMs)
    const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)
    expect([gone.status, (await problemIn(gone)).code]).toEqual([502, 'outcome-unknown'])
    await world.later(watchMs)
    expect(stored(world, site)).toEqual(before)
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['failed', 'failed'])
  })

  test('U21 a deletion that is answered 404 has what it wanted', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next({ kind: 'externalWrite', id, patch: null }, { method: 'DELETE' })
    const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)
    expect([gone.status, await gone.json()]).toEqual([200, { deleted: true }])
    expect(await auditOf(world)).toMatchObject([{ action: 'tunnel.delete', outcome: 'applied' }])
  })

  test.each(['PUT', 'DELETE'])('U21 %s that cannot be read back is unknown', async (method) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next(commitThenDrop, { method })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'reset' }, { method: 'GET', times: 12 })
    const body = { PUT: { description: 'moved' } }[method]
    const response = await admin.send(method, `/api/tunnels/${id}`, body, ifMatch)
    expect([response.status, (await problemIn(response)).code]).toEqual([502, 'outcome-unknown'])
    expect(await auditOf(world)).toMatchObject([{ outcome: 'unknown', target: { id, name: site } }])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('H2 an update whose answer is lost and that somebody overwrote meanwhile is unknown, not "not applied"', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next(commitThenDrop, { method: 'PUT' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'externalWrite', id, patch: { description: 'theirs' } }, { method: 'GET' })
    const response = await admin.send('PUT', `/api/tunnels/${id}`, { description: 'mine' }, ifMatch)
    expect((await problemIn(response)).code).toBe('outcome-unknown')
  })

  test('U23 a replica that lags does not make a change look lost', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch, version } = await opened(admin, id)
    world.sandbox.faults.next({ kind: 'staleReads', ms: 60_000 }, { method: 'PUT' })
    const response = await admin.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, ifMatch)
    const answer = (await response.json()) as WrittenTunnel
    expect([response.status, answer.tunnel.description]).toEqual([200, 'moved'])
    expect(answer.version).not.toBe(version)
  })
})

describe('psk_generate', () => {
  const generate = async (world: World, headers = {}) =>
    (await world.as('operator')).send('POST', `/api/tunnels/${idOf(world, site)}/psk_generate`, undefined, headers)

  test.each([
    ...lostAnswers.filter(([, { kind }]) => kind !== 'halfBody'),
    ['half', { kind: 'halfBody', at: 0.2 }] as const,
  ])('U20 whose answer is lost (%s) goes out once and is told as lost', async (_, fault) => {
    const world = await startWorld()
    world.sandbox.faults.next(fault, { method: 'POST' })
    const response = await generate(world)
    const problem = await problemIn(response)
    expect([response.status, problem.code]).toEqual([502, 'outcome-unknown'])
    expect(problem.detail).toMatch(/new key was made.*Generate again/)
    expect(writes(world.sandbox)).toHaveLength(1)
    expect(await auditOf(world)).toMatchObject([{ action: 'psk.generate', outcome: 'unknown' }])
  })

  test('U20 over a socket, too', async () => {
    const world = await startSocketWorld()
    world.sandbox.faults.next(commitThenDrop, { method: 'POST' })
    expect((await problemIn(await generate(world))).detail).toContain('Generate again')
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('U20 that never arrived says that the old key probably still counts', async () => {
    const world = await startWorld()
    world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
    expect((await problemIn(await generate(world))).detail).toMatch(/old key probably still counts.*Generate again/)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('U20 that cannot be checked says so', async () => {
    const world = await startWorld()
    world.sandbox.faults.next(commitThenDrop, { method: 'POST' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'reset' }, { method: 'GET', times: 12 })
    expect((await problemIn(await generate(world))).detail).toMatch(/could not be read again.*Generate again/)
  })
})
