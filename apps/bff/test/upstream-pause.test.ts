import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import { expect, test } from 'vitest'
import { failureOf, fateOf, startUpstream, type UpstreamWorld } from './upstream-world.ts'

const page: Fault = { kind: 'html', status: 429 }
const tooMany = (retryAfter?: string, body: unknown = { success: false, errors: [] }): Fault => ({
  kind: 'status',
  status: 429,
  body,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
})

const secondsAsked = async ({ client, id }: UpstreamWorld) =>
  ((await failureOf(client.getTunnel(id))) as { problem: { retryAfter: number } }).problem.retryAfter

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['300', 300],
  ['301', 300],
  ['1000000000', 300],
  ['99999999999999999999', 60],
  ['0', 1],
  ['-5', 60],
  ['1e9', 60],
  ['7.5', 60],
  ['0x10', 60],
  ['7, 9', 60],
  ['soon', 60],
  ['', 60],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 60],
  [undefined, 60],
])('U6 Retry-After %j is a pause of %i seconds', async (header, seconds) => {
  const world = startUpstream()
  world.sandbox.faults.next(tooMany(header))
  expect(await secondsAsked(world)).toBe(seconds)
  world.sandbox.faults.clear()
  const asked = world.sandbox.ledger.length
  world.clock.advance(seconds * 1000 - 1)
  expect(await fateOf(world.client.getTunnel(world.id))).toBe('upstream-rate-limited')
  expect(world.sandbox.ledger.length).toBe(asked)
  world.clock.advance(1)
  expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
})

test.each([
  ['a page of HTML', page, 60],
  ['a page of HTML that says when', tooMany('7', '<html>1015</html>'), 7],
  ['no body', tooMany('7', ''), 7],
])('U9 a 429 with %s pauses like any other', async (_what, fault, seconds) => {
  const world = startUpstream()
  world.sandbox.faults.next(fault)
  expect(await failureOf(world.client.getTunnel(world.id))).toMatchObject({
    problem: { code: 'upstream-rate-limited', status: 429, retryAfter: seconds },
  })
  expect(await fateOf(world.client.listTunnels())).toBe('upstream-rate-limited')
  expect(await fateOf(world.client.deleteTunnel(world.id, false))).toBe('upstream-rate-limited')
  expect(world.sandbox.ledger).toHaveLength(1)
})

test.each([page, tooMany('7')])('U9 a write that is answered 429 was not carried out: %j', async (fault) => {
  const world = startUpstream()
  world.sandbox.faults.next(fault, { method: 'DELETE' })
  expect(await fateOf(world.client.deleteTunnel(world.id, false))).toBe('upstream-rate-limited')
  expect(await fateOf(world.client.getTunnel(world.id))).toBe('upstream-rate-limited')
})

test.each([3600_000, -3600_000])(
  'L7 a step of the wall clock by %i ms neither lifts a pause nor extends it',
  async (step) => {
    const world = startUpstream()
    world.sandbox.faults.next(tooMany('30'))
    expect(await secondsAsked(world)).toBe(30)
    world.clock.step(step)
    expect(await secondsAsked(world)).toBe(30)
    world.clock.advance(29_000)
    expect(await secondsAsked(world)).toBe(1)
    world.clock.advance(1000)
    expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
    expect(world.sandbox.ledger).toHaveLength(2)
  },
)

test('U5 GraphQL and the REST API count on their own', async () => {
  const world = startUpstream()
  world.sandbox.faults.next(page, { path: /graphql/ })
  expect(await fateOf(world.client.health(world.clock.now()))).toBe('upstream-rate-limited')
  expect(await world.client.getTunnel(world.id)).toMatchObject({ id: world.id })
})
