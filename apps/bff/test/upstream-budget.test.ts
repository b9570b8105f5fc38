import { expect, test } from 'vitest'
import { startUpstream } from './upstream-world.ts'

/** A client that has had one answer with these headers. */
async function startWith(headers: Record<string, string>, operation: 'read' | 'write' | 'health' = 'read') {
  const world = startUpstream()
  const sending = startUpstream({
    fetch: async (input, init) => {
      const answer = await world.sandbox.fetch(input, init)
      const kept = new Headers({ 'content-type': answer.headers.get('content-type') ?? '', ...headers })
      return new Response(answer.body, { status: answer.status, headers: kept })
    },
  })
  const ask = {
    read: () => sending.client.getTunnel(world.id),
    write: () => sending.client.deleteTunnel(world.id, true),
    health: () => sending.client.health(sending.clock.now()),
  }
  await ask[operation]()
  return sending
}

test.each([
  ['"default";r=10;t=200', { remaining: 10, resetAfterMs: 200_000, quota: null }],
  ['"default"; r=10; t=200', { remaining: 10, resetAfterMs: 200_000, quota: null }],
  ['"default";t=200;r=10;x=1', { remaining: 10, resetAfterMs: 200_000, quota: null }],
  ['"default";r=0;t=1', { remaining: 0, resetAfterMs: 1000, quota: null }],
  ['"burst";r=199;t=1, "default";r=600;t=290', { remaining: 600, resetAfterMs: 290_000, quota: null }],
  ['"default";r=1;t=99999999', { remaining: 1, resetAfterMs: 3600_000, quota: null }],
])('U7 Ratelimit %s is what is left', async (ratelimit, budget) => {
  expect((await startWith({ ratelimit })).client.budget()).toEqual(budget)
})

test.each([
  '',
  'default;r=10;t=200',
  '"default";r=-1;t=200',
  '"default";r=1e9;t=200',
  '"default";r=;t=200',
  '"default";r=10',
  '"default";r=10;t=0',
  '"default"',
  ';;;,,,',
  'r=10;t=200',
  '"de<script>fault";r=10;t=200',
])('U7 Ratelimit %j says nothing', async (ratelimit) => {
  expect((await startWith({ ratelimit })).client.budget()).toBeNull()
})

test('U7 the policy says how much a window holds', async () => {
  const headers = {
    ratelimit: '"default";r=10;t=200',
    'ratelimit-policy': '"burst";q=100;w=60, "default";q=1200;w=300',
  }
  expect((await startWith(headers)).client.budget()).toMatchObject({ remaining: 10, quota: 1200 })
})

test('U7 what is left is told until the window ends, on a clock that nobody sets', async () => {
  const { client, clock } = await startWith({ ratelimit: '"default";r=10;t=200' })
  clock.step(3600_000)
  clock.advance(150_000)
  expect(client.budget()).toMatchObject({ remaining: 10, resetAfterMs: 50_000 })
  clock.advance(50_000)
  expect(client.budget()).toBeNull()
})

test.each(['write', 'health'] as const)('U7 a %s counts against another limit and is not heard', async (operation) => {
  expect((await startWith({ ratelimit: '"default";r=10;t=200' }, operation)).client.budget()).toBeNull()
})

test('U7 before the first answer nothing is known, and a refusal is an answer too', async () => {
  const { client, sandbox, id } = startUpstream()
  expect(client.budget()).toBeNull()
  const headers = { ratelimit: '"default";r=0;t=120' }
  sandbox.faults.next({ kind: 'status', status: 429, body: { success: false, errors: [] }, headers })
  await expect(client.getTunnel(id)).rejects.toThrow()
  expect(client.budget()).toEqual({ remaining: 0, resetAfterMs: 120_000, quota: 1200 })
})
