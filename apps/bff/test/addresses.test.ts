import { nextFree } from '@tunnel-console/shared/address-pools'
import type { AddressesAnswer, HoldAnswer, RoutesAnswer } from '@tunnel-console/shared/addresses'
import { cidrsOverlap, peerAddress } from '@tunnel-console/shared/ip'
import { describe, expect, test } from 'vitest'
import { createServices } from '../src/services.ts'
import { addressHold } from '../src/storage/schema.ts'
import { create, idOf, listReads, problemIn, startClockedWorld, stored } from './steps.ts'
import { newTunnel, type Person, startWorld, type World } from './world.ts'

const minute = 60_000
const draft = (number = 0) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

async function addressesOf(person: Person): Promise<AddressesAnswer> {
  return (await (await person.get('/api/addresses')).json()) as AddressesAnswer
}

const ask = (person: Person, draftId = draft(), interface_address?: string) =>
  person.send('POST', '/api/addresses/holds', { draftId, ...(interface_address && { interface_address }) })

async function held(person: Person, draftId?: string, interface_address?: string): Promise<HoldAnswer['hold']> {
  return ((await (await ask(person, draftId, interface_address)).json()) as HoldAnswer).hold
}

const setPools = async (world: World, patch: object) => (await world.as('admin')).send('PATCH', '/api/settings', patch)

/** Requests for what only the page of addresses reads. */
const slowReads = ({ sandbox }: World) =>
  sandbox.ledger.filter(({ path }) => /gre_tunnels|cf_interconnects|leases|magic\/routes/.test(path)).length

describe('what is known of addresses', () => {
  test('every tunnel, GRE tunnel and interconnect takes its subnet, and the next free one is the lowest that is left', async () => {
    const world = await startWorld()
    const answer = await addressesOf(await world.as('operator'))
    const { tunnels, greTunnels } = world.sandbox.state()
    const count = (kind: string) => answer.taken.filter((taken) => taken.kind === kind).length
    expect([count('ipsec'), count('gre'), count('interconnect')]).toEqual([tunnels.length, greTunnels.length, 1])
    expect(answer.taken).toContainEqual({
      subnet: stored(world, 'paris-a')?.interface_address,
      kind: 'ipsec',
      id: idOf(world, 'paris-a'),
      name: 'paris-a',
    })
    expect(answer.next).toBe(nextFree(answer.pools, [...answer.taken.map(({ subnet }) => subnet), ...answer.reserved]))
    expect(answer.next).toMatch(/^10\.252\.0\.\d+\/31$/)
    expect(answer.checked.map(({ source, readable, count: read }) => [source, readable, read])).toEqual([
      ['ipsec', true, tunnels.length],
      ['gre', true, 2],
      ['interconnects', true, 1],
      ['routes', true, world.sandbox.state().routes.length],
      ['leases', true, 2],
    ])
  })

  test('Cloudflare’s own addresses are told with how many tunnels end on each, and whether they are leased', async () => {
    const { cloudflareEndpoints } = await addressesOf(await (await startWorld()).as('operator'))
    expect(cloudflareEndpoints).toEqual([
      { address: '162.159.135.10', tunnels: expect.any(Number), leased: true },
      { address: '172.64.240.10', tunnels: expect.any(Number), leased: true },
    ])
    expect(cloudflareEndpoints.reduce((sum, { tunnels }) => sum + tunnels, 0)).toBe(43)
  })

  test('what the token may not read is told as not checked, and takes nothing else with it', async () => {
    const world = await startWorld({ sandbox: { unreadable: ['gre', 'interconnects', 'routes', 'leases'] } })
    const operator = await world.as('operator')
    const { checked, next, cloudflareEndpoints } = await addressesOf(operator)
    const unread = { readable: false, count: 0, fetchedAt: null }
    expect(checked.slice(1)).toEqual(
      ['gre', 'interconnects', 'routes', 'leases'].map((source) => ({ source, ...unread })),
    )
    expect(next).not.toBeNull()
    expect(cloudflareEndpoints.map(({ leased }) => leased)).toEqual([null, null])
    expect(await (await operator.get('/api/addresses/routes')).json()).toEqual({ routes: null, fetchedAt: null })
  })

  test('answers that cannot be read count as not readable', async () => {
    const world = await startWorld()
    const lost = (path: RegExp) =>
      world.sandbox.faults.next({ kind: 'mutate', change: (envelope) => ({ ...envelope, result: null }) }, { path })
    for (const path of [/gre_tunnels/, /cf_interconnects/, /leases/]) lost(path)
    const { checked } = await addressesOf(await world.as('operator'))
    expect(checked.filter(({ readable }) => !readable).map(({ source }) => source)).toEqual([
      'gre',
      'interconnects',
      'leases',
    ])
  })

  test('any number of readers cost one reading in five minutes, and one of the routes a minute', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    await Promise.all(Array.from({ length: 20 }, () => addressesOf(operator)))
    expect([slowReads(world), listReads(world)]).toEqual([4, 1])
    world.clock.advance(2 * minute)
    await addressesOf(operator)
    await expect.poll(() => slowReads(world)).toBe(5)
  })

  test('a source that hangs is waited for two seconds at most, and told as unread', async () => {
    const world = await startWorld()
    world.sandbox.faults.next({ kind: 'hang' }, { path: /gre_tunnels/ })
    const { checked } = await addressesOf(await world.as('operator'))
    expect(checked.map(({ readable }) => readable)).toEqual([true, false, true, true, true])
  })

  test('the static routes are all there, with when they were read', async () => {
    const world = await startWorld()
    const { routes, fetchedAt } = (await (
      await (await world.as('operator')).get('/api/addresses/routes')
    ).json()) as RoutesAnswer
    expect(routes).toHaveLength(world.sandbox.state().routes.length)
    expect(routes?.[0]?.nexthop).toBe(peerAddress(world.sandbox.state().tunnels[0]?.interface_address ?? ''))
    expect(Date.parse(fetchedAt ?? '')).toBeGreaterThan(0)
  })
})

describe('a hold', () => {
  test('keeps the next free subnet for ten minutes, and others are offered another one', async () => {
    const world = await startClockedWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    const { next } = await addressesOf(operator)
    const answer = await ask(operator)
    const { hold, checked } = (await answer.json()) as HoldAnswer
    expect([answer.status, hold.interface_address, checked.length]).toEqual([201, next, 5])
    expect(Date.parse(hold.until) - world.clock.now().getTime()).toBe(10 * minute)

    const seen = await addressesOf(admin)
    expect(seen.holds).toEqual([
      { id: hold.id, subnet: next, by: expect.stringContaining('@'), mine: false, until: hold.until },
    ])
    expect(seen.next).not.toBe(next)
    expect((await addressesOf(operator)).holds[0]?.mine).toBe(true)

    world.clock.advance(10 * minute)
    expect(await addressesOf(admin)).toMatchObject({ holds: [], next })
  })

  test('asking again from the same draft extends it, and with another address moves it', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const first = await held(operator)
    world.clock.advance(6 * minute)
    const again = await held(operator)
    expect(again).toMatchObject({ id: first.id, interface_address: first.interface_address })
    expect(Date.parse(again.until) - Date.parse(first.until)).toBe(6 * minute)
    const moved = await held(operator, draft(), '10.99.0.5/30')
    expect((await addressesOf(operator)).holds).toMatchObject([{ id: moved.id, subnet: '10.99.0.5/30' }])
  })

  test('fifty that ask at the same moment all get another subnet', async () => {
    const world = await startWorld()
    const people = [await world.as('operator'), await world.as('admin')]
    const holds = await Promise.all(
      Array.from({ length: 50 }, (_, number) => held(people[number % 2] as Person, draft(number))),
    )
    const subnets = holds.map(({ interface_address }) => interface_address)
    expect(new Set(subnets).size).toBe(50)
    const taken = world.sandbox.state().tunnels.map(({ interface_address }) => interface_address)
    expect(subnets.filter((subnet) => taken.some((other) => cidrsOverlap(other, subnet)))).toEqual([])
  })

  test('another process that was faster is seen, and the next one is taken', async () => {
    const world = await startWorld()
    const others = Array.from({ length: 4 }, () => createServices(world.deps).owner.addresses)
    const [first, ...rest] = others.map((addresses, number) =>
      addresses.hold({ id: `person-${number}`, email: `${number}@example.com` }, { draftId: draft(number) }),
    )
    const answers = await Promise.all([first, ...rest])
    const subnets = answers.map((answer) => answer && 'ok' in answer && answer.ok.hold.interface_address)
    expect(new Set(subnets).size).toBe(4)
    expect(subnets).not.toContain(false)
  })

  test.each([
    ['paris-a', 'It overlaps the IPsec tunnel paris-a (10.252.0.40/31). 10.252.0.'],
    ['legacy-gre-lon', 'It overlaps the GRE tunnel legacy-gre-lon (10.255.255.0/31). 10.252.0.'],
    ['cni-ams-dc1', 'It overlaps the interconnect cni-ams-dc1 (10.252.1.0/31). 10.252.0.'],
  ])('of an address that %s has is refused, which names it and a free one', async (name, words) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const { taken, next } = await addressesOf(operator)
    const subnet = taken.find((one) => one.name === name)?.subnet ?? ''
    const answer = await ask(operator, draft(), subnet)
    const problem = await problemIn(answer)
    expect([answer.status, problem.code, problem.alternative]).toEqual([409, 'address-taken', next])
    expect(problem.errors?.[0]).toMatchObject({ pointer: '/interface_address', detail: problem.detail })
    expect(problem.detail).toContain(words.replace('10.252.0.40/31', subnet))
  })

  test('of an address that somebody else holds is refused, which names them, for how long, and a free one', async () => {
    const world = await startClockedWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    const { interface_address } = await held(operator)
    world.clock.advance(3 * minute)
    const answer = await ask(admin, draft(1), interface_address)
    const { by } = (await addressesOf(admin)).holds[0] ?? {}
    const { detail, alternative } = await problemIn(answer)
    expect([answer.status, detail]).toEqual([409, `${by} holds it for another 7 minutes. ${alternative} is free.`])
    expect((await held(admin, draft(1), alternative)).interface_address).toBe(alternative)
  })

  test('ends when a tunnel takes the address, when it is given back, and by nobody else’s hand', async () => {
    const world = await startWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    const { id } = await held(operator, draft(), '10.99.0.0/31')
    expect((await admin.send('DELETE', `/api/addresses/holds/${id}`)).status).toBe(404)
    expect((await addressesOf(operator)).holds).toHaveLength(1)
    expect((await create(operator)).status).toBe(201)
    expect((await addressesOf(operator)).holds).toEqual([])

    const again = await held(operator)
    expect((await operator.send('DELETE', `/api/addresses/holds/${again.id}`)).status).toBe(200)
    expect((await addressesOf(operator)).holds).toEqual([])
    expect((await operator.send('DELETE', `/api/addresses/holds/${again.id}`)).status).toBe(404)
  })

  test('stops no write: a dry run says who holds the address, and Cloudflare decides', async () => {
    const world = await startWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    await held(admin, draft(), newTunnel.interface_address)
    const dryRun = async (person: Person) =>
      (await person.send('POST', '/api/tunnels?validate_only=true', newTunnel)).json()
    expect(await dryRun(operator)).toMatchObject({
      valid: true,
      warnings: [expect.stringMatching(/@.* holds it for another 10 minutes\. Cloudflare accepts 10\.99\.0\.0\/31/)],
    })
    expect(await dryRun(admin)).not.toHaveProperty('warnings')
    expect((await create(operator)).status).toBe(201)
  })

  test('says why there is none: no pool, or all are full', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    await setPools(world, { addressPools: [] })
    expect(await addressesOf(operator)).toMatchObject({ pools: [], next: null })
    expect(await problemIn(await ask(operator))).toMatchObject({
      code: 'not-now',
      detail: expect.stringContaining('No pool'),
    })
    await setPools(world, { addressPools: ['10.9.0.0/30'], reservedAddresses: ['10.9.0.0/31'] })
    expect((await held(operator)).interface_address).toBe('10.9.0.2/31')
    expect(await problemIn(await ask(operator, draft(1)))).toMatchObject({ detail: expect.stringContaining('full') })
  })

  test('one person holds a hundred at most', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    await held(operator)
    const [{ userId, by, expiresAt } = { userId: '', by: '', expiresAt: 0 }] = await world.deps.db
      .select()
      .from(addressHold)
    const others = Array.from({ length: 99 }, (_, number) => draft(number + 1))
    await world.deps.db
      .insert(addressHold)
      .values(others.map((id) => ({ id, draftId: id, userId, by, expiresAt, interfaceAddress: '10.98.0.0/31' })))
    expect(await problemIn(await ask(operator, draft(100)))).toMatchObject({ code: 'not-now', status: 409 })
    expect((await ask(operator)).status).toBe(201)
  })

  test.each([
    [{ draftId: 'mine' }, 422, '/draftId'],
    [{ draftId: draft(), interface_address: '10.99.0.0/24' }, 422, '/interface_address'],
    [{ draftId: draft(), interface_address: '8.8.8.8/31' }, 422, '/interface_address'],
    [{ draftId: draft(), until: 'tomorrow' }, 400, '/until'],
    [{}, 422, '/draftId'],
  ])('asked for with %j is refused with %i', async (body, status, pointer) => {
    const operator = await (await startWorld()).as('operator')
    const answer = await operator.send('POST', '/api/addresses/holds', body)
    expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([status, pointer])
  })
})
