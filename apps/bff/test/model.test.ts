import type { Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '../src/changes/request.ts'
import { watchMs } from '../src/changes/watch.ts'
import { restarted, startClockedWorld, stored } from './steps.ts'
import { newTunnel, type World, writes } from './world.ts'

const author = { id: 'sandbox-admin', email: 'admin@sandbox.example.com', role: 'admin' as const }

/** How the answer of a write gets lost, and whether the write took effect all the same. */
const lost: Record<string, { fault: Fault; commits: boolean }> = {
  reset: { fault: { kind: 'reset' }, commits: false },
  dropped: { fault: { kind: 'commitThenDrop' }, commits: true },
  page: { fault: { kind: 'html', status: 502, commit: true }, commits: true },
  half: { fault: { kind: 'halfBody', at: 0.5 }, commits: true },
  refused: { fault: { kind: 'successFalse' }, commits: false },
}

const step = fc.record({
  kind: fc.constantFrom('create', 'update', 'delete', 'key', 'outside', 'restart', 'later' as const),
  fault: fc.constantFrom(undefined, undefined, ...Object.keys(lost)),
  blind: fc.boolean(),
  repeat: fc.boolean(),
  slot: fc.nat(2),
})

interface Model {
  world: World & { later(ms: number): Promise<void> }
  sent: number
  outcomes: Outcome[]
}

const nameOf = (slot: number) => `model-${slot}`

/** Does one thing, and holds what the console says of it against what Cloudflare really has. */
async function act(
  model: Model,
  { kind, fault, blind, repeat, slot }: typeof step extends fc.Arbitrary<infer S> ? S : never,
) {
  const { world } = model
  const tunnel = stored(world, nameOf(slot))
  const method = { create: 'POST', update: 'PUT', delete: 'DELETE', key: 'POST' }[kind as string]
  if (kind === 'later') return world.later(watchMs)
  if (kind === 'restart') {
    const next = await restarted(world)
    Object.assign(world, next)
    return
  }
  if (kind === 'outside') {
    if (tunnel) world.sandbox.externalWrite(tunnel.id, { customer_endpoint: '203.0.113.77' })
    return
  }
  if (kind !== 'create' && !tunnel) return
  if (fault && method) {
    world.sandbox.faults.next(lost[fault]?.fault ?? { kind: 'reset' }, { method })
    // Cloudflare may not be readable afterwards either.
    if (blind) {
      world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
      world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 3 })
    }
  }
  const read = tunnel && (await world.services.owner.tunnel(tunnel.id))
  const version = read && 'ok' in read ? read.ok.version : ''
  const id = tunnel?.id ?? ''
  const input = { ...newTunnel, name: nameOf(slot), interface_address: `10.99.9.${slot * 2}/31` }
  const change = {
    create: { kind: 'create' as const, input },
    update: { kind: 'update' as const, tunnelId: id, version, patch: { description: `note ${model.sent}` } },
    delete: { kind: 'delete' as const, tunnelId: id, version },
    key: { kind: 'generate-key' as const, tunnelId: id },
  }[kind]
  const request = { change, author, requestId: 'model', key: `model-key-${model.sent++}` }
  const before = writes(world.sandbox).length
  const run = () => world.services.owner.run(structuredClone(request))
  const outcomes = repeat ? await Promise.all([run(), run()]) : [await run()]
  // Plain data goes in and out: the owner may live in another process.
  model.outcomes.push(...structuredClone(outcomes))
  expect(writes(world.sandbox).length - before, 'a change goes out at most once').toBeLessThanOrEqual(1)
  world.sandbox.faults.clear()
}

test('B5 whatever is lost, repeated or restarted, each change goes out once and its end is never told wrongly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const model: Model = { world: await startClockedWorld(), sent: 0, outcomes: [] }
      for (const one of steps) await act(model, one)
      const { world } = model
      await world.services.owner.idle()
      await world.later(watchMs)
      await world.services.owner.refresh()
      const { entries } = await world.services.owner.audit.list({ limit: 200 })
      const ours = entries.filter(({ actor }) => actor.id === author.id)
      expect(ours.filter(({ outcome }) => outcome === 'pending')).toEqual([])
      const upstream = writes(world.sandbox).filter(({ query }) => query['validate_only'] === undefined)
      expect(upstream.length, 'every request that left has its intent').toBeLessThanOrEqual(ours.length)
      for (const slot of [0, 1, 2]) {
        const there = world.sandbox.state().tunnels.filter(({ name }) => name === nameOf(slot))
        expect(there.length).toBeLessThanOrEqual(1)
        const mine = ours.filter(({ target, outcome }) => target?.name === nameOf(slot) && outcome !== 'conflict')
        const [last] = mine.filter(({ action }) => action === 'tunnel.create' || action === 'tunnel.delete')
        // The newest creation or deletion whose end is certain says whether the tunnel is there.
        if (last?.outcome === 'applied') expect(there.length === 1).toBe(last.action === 'tunnel.create')
        for (const entry of mine.filter(({ action, outcome }) => action === 'tunnel.update' && outcome === 'failed')) {
          const note = entry.changes.find(({ path }) => path === 'description')?.after
          expect(there[0]?.description, 'what is told as not applied is not there').not.toBe(note ?? 'none')
        }
      }
    }),
    { numRuns: 25, seed: 20261124 },
  )
}, 120_000)
