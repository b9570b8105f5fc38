import type { StatusAnswer } from '@tunnel-console/shared/api'
import { describe, expect, test, vi } from 'vitest'
import { Polled } from '../src/readings/polled.ts'
import { create, createClock, idOf, listOf, listReads, problemIn, startClockedWorld } from './steps.ts'
import { timed } from './timed.ts'
import { newTunnel, type Person, startWorld, type World } from './world.ts'

const list = { method: 'GET', path: /\/ipsec_tunnels$/ }
const graphql = { path: /\/graphql$/ }
const asked = ({ sandbox }: World, path: RegExp) => sandbox.ledger.filter((entry) => path.test(entry.path)).length

async function statusOf(person: Person): Promise<StatusAnswer> {
  return (await (await person.get('/api/status')).json()) as StatusAnswer
}

describe('T6 one copy for everybody', () => {
  test('100 people at once cost one request, cold or old', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const crowd = () => Promise.all(Array.from({ length: 100 }, () => support.get('/api/tunnels')))
    expect(new Set((await crowd()).map(({ status }) => status))).toEqual(new Set([200]))
    expect(listReads(world)).toBe(1)
    world.clock.advance(4999)
    await crowd()
    expect(listReads(world)).toBe(1)
    world.clock.advance(1)
    await crowd()
    expect(listReads(world)).toBe(2)
  })

  test('status and list share the reading, and health is asked once a minute', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    for (let poll = 0; poll < 12; poll++) {
      await Promise.all([listOf(support), statusOf(support), statusOf(support)])
      world.clock.advance(5000)
    }
    expect([listReads(world), asked(world, /graphql$/)]).toEqual([12, 4])
    await statusOf(support)
    expect(asked(world, /graphql$/)).toBe(7)
  })

  test('nobody who looks costs nothing', async () => {
    const world = await startClockedWorld()
    world.clock.advance(3_600_000)
    expect(world.sandbox.ledger).toEqual([])
  })

  test('a failed refresh is one refresh too: everyone who waits gets the same answer', async () => {
    const world = await startWorld()
    const support = await world.as('support')
    world.sandbox.faults.next({ kind: 'successFalse' }, list)
    const answers = await Promise.all(Array.from({ length: 20 }, () => support.get('/api/tunnels')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
    expect(listReads(world)).toBe(1)
  })
})

describe('a conditional read', () => {
  test('gives 304 with the time of the newest reading while nothing changed', async () => {
    // The sandbox's own clock stands still, or its BGP reports would change the list.
    const [clock, begin] = [createClock(), new Date()]
    const world = await startWorld({ sandbox: { now: () => begin }, deps: clock })
    const support = await world.as('support')
    const first = await support.get('/api/tunnels')
    const etag = first.headers.get('etag') ?? ''
    clock.advance(5000)
    const second = await support.get('/api/tunnels', { 'if-none-match': `W/${etag}` })
    expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', etag])
    const [earlier, later] = [first, second].map(({ headers }) => Date.parse(headers.get('x-fetched-at') ?? ''))
    expect(Number(later) - Number(earlier)).toBe(5000)
    expect(((await first.json()) as { fetchedAt: string }).fetchedAt).toBe(first.headers.get('x-fetched-at'))
  })

  test('gives the new list once something changed', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const etag = (await support.get('/api/tunnels')).headers.get('etag') ?? ''
    world.sandbox.externalWrite(idOf(world, 'fra-dc1-a'), { description: 'changed outside' })
    world.clock.advance(5000)
    const second = await support.get('/api/tunnels', { 'if-none-match': etag })
    expect(second.status).toBe(200)
    expect(second.headers.get('etag')).not.toBe(etag)
  })

  test('is per role: support’s copy has no keys, and its tag is not an operator’s', async () => {
    const world = await startWorld()
    const [support, operator, admin] = await Promise.all([world.as('support'), world.as('operator'), world.as('admin')])
    const [few, many, all] = await Promise.all([support, operator, admin].map((person) => person.get('/api/tunnels')))
    expect(await many?.text()).toBe(await all?.text())
    expect(await few?.text()).not.toMatch(/md5_key|psk_metadata|remote_identities/)
    expect(few?.headers.get('etag')).not.toBe(many?.headers.get('etag'))
    expect(listReads(world)).toBe(1)
  })

  test('gzip says the same', async () => {
    const world = await startWorld()
    const support = await world.as('support')
    const packed = await support.get('/api/tunnels', { 'accept-encoding': 'gzip, br' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    const text = await new Response(packed.body?.pipeThrough(new DecompressionStream('gzip'))).text()
    expect(text).toBe(await (await support.get('/api/tunnels')).text())
  })
})

describe('after a write', () => {
  test('the writer’s next list shows it, though an older refresh is still under way', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    await listOf(operator)
    world.clock.advance(6000)
    // Answered before the write, but so slowly that it arrives after it.
    world.sandbox.faults.next({ kind: 'slowBody', bytesPerSecond: 60_000 }, list)
    const slow = world.services.owner.refresh()
    await create(operator)
    expect((await listOf(operator)).tunnels.map(({ name }) => name)).toContain(newTunnel.name)
    await slow
    expect((await listOf(operator)).tunnels.map(({ name }) => name)).toContain(newTunnel.name)
  })

  test('so does the list of a writer whom a second writer overtakes', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    await listOf(operator)
    await create(operator)
    world.sandbox.faults.next({ kind: 'latency', ms: 200 }, list)
    const mine = listOf(operator)
    await vi.waitFor(() => expect(listReads(world)).toBe(3))
    const lost = { kind: 'commitThenDrop' as const }
    world.sandbox.faults.next(lost, { method: 'POST', path: /psk_generate/ })
    await operator.send('POST', `/api/tunnels/${idOf(world, 'fra-dc1-a')}/psk_generate`)
    expect((await mine).tunnels.map(({ name }) => name)).toContain(newTunnel.name)
  })

  test('a write that Cloudflare refuses in the fewest words leaves the list as it is', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const before = await listOf(operator)
    world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false } }, { method: 'POST' })
    expect((await create(operator)).status).toBe(422)
    expect((await listOf(operator)).tunnels).toEqual(before.tunnels)
  })
})

describe('staleness', () => {
  test('U1 who comes first after nobody watched is not told that Cloudflare does not answer, unless it does not', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    await listOf(support)
    world.clock.advance(40_000)
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', times: 9 })
    expect((await listOf(support)).stale).toBe(false)
    world.clock.advance(4000)
    expect((await listOf(support)).stale).toBe(false)
    // An interval later it has not answered.
    world.clock.advance(2000)
    expect((await listOf(support)).stale).toBe(true)
  })

  test('U1 readings that are thrown away, since a write ended meanwhile, are no newer value', async () => {
    const clock = createClock()
    let isWriting = false
    const polled = new Polled({
      load: async () => {
        clock.advance(1000)
        if (isWriting) polled.amend((value) => value)
        return 1
      },
      everyMs: () => 5000,
      deps: { ...clock, background: () => undefined },
    })
    await polled.read()
    isWriting = true
    for (let i = 0; i < 6; i++) {
      clock.advance(2000)
      await polled.read()
    }
    expect([polled.age(), polled.isStale()]).toEqual([16_000, true])
    isWriting = false
    await polled.read()
    expect(polled.isStale()).toBe(false)
  })

  test('begins with a failed refresh and ends with the next good one', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    expect((await listOf(support)).stale).toBe(false)
    world.sandbox.faults.next({ kind: 'successFalse' }, list)
    world.clock.advance(5000)
    await world.services.owner.refresh()
    const broken = await support.get('/api/tunnels')
    expect(await broken.clone().json()).toMatchObject({ stale: true })
    world.clock.advance(5000)
    await world.services.owner.refresh()
    const mended = await support.get('/api/tunnels', { 'if-none-match': broken.headers.get('etag') ?? '' })
    expect([mended.status, ((await mended.json()) as { stale: boolean }).stale]).toEqual([200, false])
  })

  test('U2 a Cloudflare that hangs costs a reader nothing while there is a copy', timed, async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const fresh = await listOf(support)
    world.sandbox.faults.next({ kind: 'hang' }, { ...list, times: 100 })
    world.clock.advance(16_000)
    const start = performance.now()
    await listOf(support)
    expect(performance.now() - start).toBeLessThan(100)
    world.clock.advance(6000)
    const answers = await Promise.all(Array.from({ length: 50 }, () => listOf(support)))
    expect(new Set(answers.map(({ stale, fetchedAt }) => `${stale} ${fetchedAt}`))).toEqual(
      new Set([`true ${fresh.fetchedAt}`]),
    )
    expect(listReads(world)).toBe(2)
  })
})

describe('status', () => {
  test('gives 304 while nothing changed, and its sources their times', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const first = await support.get('/api/status')
    const { statuses, sources } = (await first.clone().json()) as StatusAnswer
    expect(Object.keys(statuses).sort()).toEqual(
      world.sandbox
        .state()
        .tunnels.map(({ id }) => id)
        .sort(),
    )
    const fine = { at: world.clock.now().toISOString(), ok: true, failure: null }
    expect(sources).toEqual({ tunnels: fine, health: fine, traffic: fine })
    const again = await support.get('/api/status', { 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, again.headers.get('x-fetched-at')]).toEqual([304, sources.tunnels.at])
  })

  test('without health says unknown or what BGP says, never up, and the list goes on', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    world.sandbox.faults.next({ kind: 'successFalse' }, { ...graphql, times: 100 })
    const { statuses, sources } = await statusOf(support)
    expect([sources.tunnels.ok, sources.health]).toEqual([
      true,
      { at: null, ok: false, failure: expect.objectContaining({ code: expect.any(String) }) },
    ])
    const states = new Set(Object.values(statuses).map(({ state }) => state))
    expect(states).toContain('unknown')
    expect([...states].filter((state) => ['up', 'degraded', 'down'].includes(state))).toEqual([])
  })

  test('stops believing old health after three minutes', async () => {
    const world = await startClockedWorld()
    const support = await world.as('support')
    const upIn = ({ statuses }: StatusAnswer) => Object.values(statuses).filter(({ state }) => state === 'up').length
    const before = await statusOf(support)
    expect(upIn(before)).toBeGreaterThan(10)
    world.sandbox.faults.next({ kind: 'successFalse' }, { ...graphql, times: 100 })
    world.clock.advance(180_000)
    await world.services.owner.refresh()
    const old = await statusOf(support)
    expect([old.sources.health, upIn(old) > 10]).toEqual([
      { ...before.sources.health, ok: false, failure: expect.anything() },
      true,
    ])
    world.clock.advance(20_000)
    await world.services.owner.refresh()
    const older = await statusOf(support)
    expect([older.sources.health, upIn(older)]).toEqual([
      { ...before.sources.health, ok: false, failure: expect.anything() },
      0,
    ])
  })

  test('of tunnels that cannot be read at all is the failure itself', async () => {
    const world = await startWorld()
    const support = await world.as('support')
    world.sandbox.faults.next({ kind: 'html' }, { ...list, times: 10 })
    const response = await support.get('/api/status')
    expect([response.status, (await problemIn(response)).code]).toEqual([502, 'upstream-unexpected'])
  })
})
