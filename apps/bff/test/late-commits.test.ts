import { describe, expect, test } from 'vitest'
import { quarantineMs, watchMs } from '../src/changes/watch.ts'
import { key, lost, lostUpdate, site } from './lost-answers.ts'
import { auditOf, create, idOf, opened, outcomeOf, problemIn, startClockedWorld, stored } from './steps.ts'
import { newTunnel, writes } from './world.ts'

describe('U21 a change that takes effect after its answer was lost', () => {
  test('is unknown first, and applied for the log, the page and a repeat once it is there', async () => {
    const { world, operator, put, first, arrives } = await lostUpdate()
    expect([first.status, (await problemIn(first)).code]).toEqual([502, 'outcome-unknown'])
    expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'unknown' })
    await arrives()
    await world.later(4000)
    expect(await auditOf(world)).toMatchObject([
      { outcome: 'applied', changes: [{ path: 'description', after: 'moved' }], turns: [{}, {}] },
    ])
    expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({
      outcome: 'applied',
      tunnel: { description: 'moved' },
    })
    const before = writes(world.sandbox).length
    expect((await put()).status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(before)
  })

  test('turns even after minutes in which nothing of it was to be seen', async () => {
    const { world, arrives } = await lostUpdate()
    await world.later(watchMs)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'failed', problem: { code: 'not-applied' } }])
    await arrives()
    await world.services.owner.refresh()
    expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  })

  test('keeps every other change of its tunnel waiting while it may still come, and tells for how long', async () => {
    const { world, operator, id, ifMatch } = await lostUpdate()
    const other = () => operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
    const refused = await other()
    expect([refused.status, (await problemIn(refused)).code]).toEqual([503, 'unsettled'])
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(quarantineMs / 1000)
    expect(writes(world.sandbox)).toHaveLength(1)
    await world.later(quarantineMs)
    expect((await other()).status).toBe(200)
    expect(stored(world, site)).toMatchObject({ description: expect.not.stringContaining('moved') })
  })

  test('lets the next change go at once when the look before it finds it', async () => {
    const { world, operator, id, arrives } = await lostUpdate()
    await arrives()
    const { ifMatch } = await opened(operator, id)
    expect((await operator.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)).status).toBe(200)
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
  })

  test('and that somebody changed since is never guessed at', async () => {
    const { world, arrives, id } = await lostUpdate()
    await arrives()
    world.sandbox.externalWrite(id, { description: 'theirs' })
    await world.later(watchMs)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'unknown' }])
  })
})

describe('U21 a deletion', () => {
  test.each([
    ['a page of HTML', { kind: 'html' as const, status: 404 }],
    ['JSON without an envelope', { kind: 'status' as const, status: 404, body: { error: 'no route' } }],
    ['an envelope that speaks of the address', { kind: 'status' as const, status: 404, body: notRouted() }],
  ])(
    'that is answered 404 with %s is not called done until Cloudflare says that the tunnel does not exist',
    async (_, fault) => {
      const world = await startClockedWorld()
      const admin = await world.as('admin')
      const id = idOf(world, site)
      const { ifMatch } = await opened(admin, id)
      world.sandbox.faults.next(fault, { method: 'DELETE' })
      const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, { ...ifMatch, ...key })
      expect([gone.status, (await problemIn(gone)).code]).toEqual([502, 'outcome-unknown'])
      world.sandbox.externalDelete(id)
      await world.later(3000)
      expect(await auditOf(world)).toMatchObject([{ action: 'tunnel.delete', outcome: 'applied' }])
    },
  )

  test('is not called done because a page is missing when it is looked for', async () => {
    const world = await startClockedWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next(lost, { method: 'DELETE' })
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'html', status: 404 }, { method: 'GET', times: 4 })
    const gone = await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)
    expect((await problemIn(gone)).code).toBe('outcome-unknown')
    expect(stored(world, site)?.id).toBe(id)
  })
})

function notRouted() {
  return { success: false, errors: [{ code: 7003, message: 'Could not route' }], messages: [], result: null }
}

describe('U20 a key whose answer was lost without a trace', () => {
  test('keeps the next one waiting, since it might still replace it', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const url = `/api/tunnels/${idOf(world, site)}/psk_generate`
    world.sandbox.faults.next(lost, { method: 'POST' })
    expect((await operator.send('POST', url)).status).toBe(502)
    expect((await problemIn(await operator.send('POST', url))).code).toBe('unsettled')
    await world.later(quarantineMs)
    expect((await operator.send('POST', url)).status).toBe(200)
    expect(writes(world.sandbox)).toHaveLength(2)
  })
})

describe('asking what became of a change', () => {
  test('closes a key under which nothing has arrived: a late original is refused', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    expect(await outcomeOf(operator, 'form-instance-1')).toEqual({ outcome: 'closed' })
    const late = await create(operator, key)
    expect([late.status, (await problemIn(late)).code]).toEqual([409, 'closed'])
    expect(writes(world.sandbox)).toEqual([])
    expect((await create(operator, { 'idempotency-key': 'form-instance-2' })).status).toBe(201)
  })

  test('is about one’s own changes only', async () => {
    const world = await startClockedWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    expect((await create(operator, key)).status).toBe(201)
    expect(await outcomeOf(admin, 'form-instance-1')).toEqual({ outcome: 'closed' })
    expect(await outcomeOf(operator, 'form-instance-1')).toMatchObject({ outcome: 'applied' })
  })

  test('says that one is running while it runs', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'latency', ms: 300 }, { method: 'POST' })
    const running = create(operator, key)
    await expect.poll(() => writes(world.sandbox).length).toBe(1)
    expect(await outcomeOf(operator, 'form-instance-1')).toEqual({ outcome: 'running' })
    expect((await running).status).toBe(201)
  })
})

describe('H3 a repeat', () => {
  test('tells the recorded result of that very write, while Cloudflare is down and after others have written', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const { ifMatch } = await opened(operator, id)
    const put = () => operator.send('PUT', `/api/tunnels/${id}`, { description: 'mine' }, { ...ifMatch, ...key })
    const first = (await (await put()).json()) as { tunnel: { description: string }; version: string }
    world.sandbox.externalWrite(id, { description: 'theirs' })
    world.sandbox.faults.next({ kind: 'notSent' }, { times: 100 })
    const again = await put()
    const told = (await again.json()) as typeof first
    expect([again.status, told.tunnel.description, told.version]).toEqual([200, 'mine', first.version])
    expect((await create(operator, key, { ...newTunnel, name: 'other' })).status).toBe(400)
  })
})
