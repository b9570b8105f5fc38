import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { expect, test } from 'vitest'
import { causesOf } from '../src/cloudflare/causes.ts'
import { failureOf, fateOf, startUpstream, type UpstreamWorld } from './upstream-world.ts'

const down: Fault = { kind: 'status', status: 503, body: { success: false, errors: [] } }
const tunnels = { path: /ipsec_tunnels/, times: 1000 }

/** Two readings meet an outage: three attempts, and two before the circuit opens. */
async function openCircuit({ client, sandbox, id }: UpstreamWorld, fault = down): Promise<void> {
  sandbox.faults.next(fault, tunnels)
  await failureOf(client.getTunnel(id))
  await failureOf(client.getTunnel(id))
}

const asked = ({ sandbox }: UpstreamWorld) => sandbox.ledger.length

test.each<[string, Fault]>([
  ['says that it is unavailable', down],
  ['breaks every connection', { kind: 'reset' }],
])('U8 after five attempts without an answer nothing is asked for 15 seconds: Cloudflare %s', async (_how, fault) => {
  const world = startUpstream()
  await openCircuit(world, fault)
  expect(asked(world)).toBe(5)
  world.clock.advance(14_999)
  const failure = await failureOf(world.client.listTunnels())
  expect(failure).toMatchObject({ problem: { code: 'upstream-unavailable', retryAfter: 1 } })
  expect(causesOf(failure).slice(0, 2)).toEqual(['upstream-unavailable', 'circuit-open'])
  expect(causesOf(failure).at(-1)).toMatch(/^(http-503|ECONNRESET)$/)
  expect(asked(world)).toBe(5)
})

test('U8 U9 pages by which the edge says that nobody answered count like no answer', async () => {
  const world = startUpstream()
  world.sandbox.faults.next({ kind: 'html', status: 522 }, tunnels)
  for (let read = 0; read < 8; read++) expect(await fateOf(world.client.listTunnels())).toBe('upstream-unexpected')
  expect(asked(world)).toBe(5)
})

test('U8 then one read goes out alone, and its answer lets the others through', async () => {
  const world = startUpstream()
  await openCircuit(world)
  world.sandbox.faults.clear()
  world.clock.advance(15_000)
  const [probe, ...others] = await Promise.allSettled([1, 2, 3].map(() => world.client.getTunnel(world.id)))
  expect([probe?.status, ...others.map(({ status }) => status)]).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(asked(world)).toBe(6)
  expect(await Promise.all([1, 2].map(() => world.client.getTunnel(world.id)))).toHaveLength(2)
})

test('U8 a probe that fails keeps the circuit open for 15 more seconds, by one call', async () => {
  const world = startUpstream()
  await openCircuit(world)
  world.clock.advance(15_000)
  await failureOf(world.client.getTunnel(world.id))
  expect(asked(world)).toBe(6)
  world.clock.advance(14_000)
  await failureOf(world.client.getTunnel(world.id))
  expect(asked(world)).toBe(6)
  world.sandbox.faults.clear()
  world.clock.advance(1000)
  expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
})

test('U8 an outage of half a minute costs a bounded number of calls, and is over one probe later', async () => {
  const world = startUpstream()
  world.sandbox.faults.next(down, tunnels)
  for (let second = 0; second < 30; second += 5) {
    await failureOf(world.client.listTunnels())
    await failureOf(world.client.getTunnel(world.id))
    world.clock.advance(5000)
  }
  expect(asked(world)).toBeLessThanOrEqual(7)
  world.sandbox.faults.clear()
  world.clock.advance(15_000)
  expect((await world.client.listTunnels()).tunnels.length).toBeGreaterThan(0)
})

test('U8 while the circuit is open no write is sent', async () => {
  const world = startUpstream()
  await openCircuit(world)
  const failure = await failureOf(world.client.deleteTunnel(world.id, false))
  expect(failure).toMatchObject({ problem: { code: 'not-sent', status: 503, retryAfter: 15 } })
  expect(causesOf(failure)).toEqual(['not-sent', 'circuit-open', 'upstream-unavailable', 'http-503'])
  world.sandbox.faults.clear()
  world.clock.advance(15_000)
  expect(await fateOf(world.client.deleteTunnel(world.id, false))).toBe('not-sent')
  await world.client.getTunnel(world.id)
  expect(await world.client.deleteTunnel(world.id, false)).toMatchObject({})
})

test.each<[string, Fault]>([
  ['refuses', { kind: 'status', status: 400, body: { success: false, errors: [] } }],
  ['does not know the tunnel', { kind: 'status', status: 404, body: { success: false, errors: [{ code: 1032 }] } }],
  ['refuses our token', { kind: 'status', status: 403, body: { success: false, errors: [] } }],
  ['answers nonsense', { kind: 'badJson', text: '{' }],
])('U8 U24 Cloudflare that %s is not down', async (_how, fault) => {
  const world = startUpstream()
  world.sandbox.faults.next(fault, tunnels)
  for (let read = 1; read <= 9; read++) {
    await failureOf(world.client.getTunnel(world.id))
    expect(asked(world)).toBe(read)
  }
})

test('U8 an answer between two failures begins the count anew', async () => {
  const world = startUpstream()
  for (let round = 0; round < 4; round++) {
    world.sandbox.faults.next(down, { times: 2 })
    expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
  }
  expect(asked(world)).toBe(12)
})

test('U8 routes, account and health that fail take the tunnels with them as little as each other', async () => {
  const world = startUpstream()
  world.sandbox.faults.next(down, { path: /routes|graphql|accounts\/\w+$/, times: 1000 })
  for (let round = 0; round < 2; round++) {
    await failureOf(world.client.listRoutes())
    await failureOf(world.client.accountName())
    await failureOf(world.client.health(world.clock.now()))
  }
  expect(asked(world)).toBe(15)
  expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
})

test.each([3600_000, -3600_000])('L7 a step of the wall clock by %i ms moves no circuit', async (step) => {
  const world = startUpstream()
  await openCircuit(world)
  world.clock.step(step)
  await failureOf(world.client.getTunnel(world.id))
  expect(asked(world)).toBe(5)
  world.sandbox.faults.clear()
  world.clock.advance(15_000)
  expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
})
