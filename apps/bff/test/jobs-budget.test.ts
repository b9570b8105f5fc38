import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { expect, test } from 'vitest'
import { versionOf } from '../src/changes/version.ts'
import { atOnce, jobIn, jobOf } from './jobs-world.ts'
import { createClock, listOf } from './steps.ts'
import { accountId, apiToken, startWorld } from './world.ts'

/** An account with so many plain tunnels. */
function accountOf(count: number) {
  const state = createSandbox({ accountId, token: apiToken }).state()
  const plain = state.tunnels.find(({ bgp }) => bgp === null)
  if (!plain) throw new Error('The seed has no tunnel without BGP')
  const tunnels = Array.from({ length: count }, (_, n) => ({
    ...plain,
    id: n.toString(16).padStart(32, '0'),
    name: `bulk-${n}`,
    customer_endpoint: `203.0.113.${(n % 250) + 1}`,
    interface_address: `10.${100 + Math.floor(n / 120)}.${n % 120}.0/31`,
    interface_address6: '',
  }))
  return { ...state, tunnels }
}

/** A console whose clock the test turns, and what Cloudflare said was left after each write. */
async function startLarge(count: number) {
  const clock = createClock()
  const world = await startWorld({ sandbox: { now: clock.now, state: accountOf(count) }, deps: clock })
  const { fetch } = world.deps.upstream
  const left: number[] = []
  Object.assign(world.deps.upstream, {
    fetch: async (...[input, init]: Parameters<typeof fetch>) => {
      const answer = await fetch(input, init)
      if (init?.method === 'PUT') left.push(Number(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1]))
      return answer
    },
  })
  return { ...world, clock, left, admin: await world.as('admin') }
}

const wish = async (tunnel: VisibleTunnel) => ({
  id: tunnel.id,
  version: await versionOf(tunnel),
  health_check: { rate: 'high' },
})

test('U7 500 tunnels in one job never meet a 429, and leave a fifth of the budget to people', async () => {
  const { admin, clock, left, ...world } = await startLarge(500)
  const tunnels = await Promise.all((await listOf(admin)).tunnels.map(wish))
  const made = await jobIn(await admin.send('POST', '/api/jobs', { ...atOnce, batchSize: 500, tunnels }))
  const state = async () => (await jobOf(admin, made.job.id)).job.state
  await world.services.owner.idle()
  expect([await state(), left.length > 250, left.length < 500]).toEqual(['running', true, true])
  for (let seconds = 0; seconds < 400 && left.length < 500; seconds += 10) {
    clock.advance(10_000)
    await world.services.owner.tick()
    await world.services.owner.idle()
  }
  expect((await jobOf(admin, made.job.id)).job).toMatchObject({ state: 'done', counts: { done: 500 } })
  expect(world.sandbox.ledger.filter(({ status }) => status === 429)).toEqual([])
  expect(Math.min(...left)).toBeGreaterThanOrEqual(240)
  expect(left).toHaveLength(500)
}, 120_000)
