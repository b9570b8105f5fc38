import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { Transition } from '@tunnel-console/shared/status'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { describe, expect, test } from 'vitest'
import type { AnalyticsRow } from '../src/cloudflare/analytics.ts'
import { createCloseUps } from '../src/history/closeup.ts'
import { nameSpans } from '../src/history/former-names.ts'
import { idOf } from './security-world.ts'
import { opened, startClockedWorld } from './steps.ts'
import type { Person } from './world.ts'

const minute = 60_000
const hour = 60 * minute

async function started() {
  const world = await startClockedWorld()
  const { step } = world.services.owner.states
  const minutes = async (count: number) => {
    for (let index = 0; index < count; index++) {
      world.clock.advance(minute)
      await step()
    }
  }
  await step()
  return { ...world, id: idOf(world), step, minutes }
}

const json = async <T>(person: Person, path: string) => (await (await person.get(path)).json()) as T

/** Changes each row of health that Cloudflare answers from now on. */
function spoil(world: Awaited<ReturnType<typeof started>>, change: (row: Record<string, unknown>) => object) {
  const spoiled = (envelope: Record<string, unknown>) => {
    const { data } = structuredClone(envelope) as { data: { viewer: { accounts: Record<string, object[]>[] } } }
    const accounts = data.viewer.accounts.map((account) => ({
      ...account,
      ...(account['health'] && { health: account['health'].map((row) => change({ ...row })) }),
    }))
    return { ...envelope, data: { viewer: { accounts } } }
  }
  world.sandbox.faults.next({ kind: 'mutate', change: spoiled }, { path: /graphql/, times: 1000 })
}

test('the hours that a machine slept were measured by nobody', async () => {
  const world = await started()
  await world.minutes(5)
  world.clock.step(8 * hour)
  await world.minutes(5)
  const { periods, coverage } = await json<TunnelHistoryAnswer>(
    await world.as('operator'),
    `/api/tunnels/${world.id}/history`,
  )
  expect(periods.map(({ state }) => state)).toEqual(['unknown', 'up', 'unknown', 'up'])
  expect(coverage).toBeLessThan(0.01)
})

describe('after the hours that a machine slept', () => {
  const fault = { kind: 'status', status: 503, body: {} } as const
  const all = { path: /./, times: 10_000 }

  test.each([
    ['at once', async () => undefined],
    [
      'while health failed already',
      async (world: Awaited<ReturnType<typeof started>>) => {
        world.sandbox.faults.next(fault, { path: /graphql/, times: 10_000 })
        await world.minutes(1)
        await world.as('support').then((person) => person.get('/api/status'))
      },
    ],
  ])('U1 nothing is green by what was read before, though nobody has polled yet: %s', async (_when, before) => {
    const world = await started()
    await world.minutes(5)
    const read = world.clock.now().getTime()
    const support = await world.as('support')
    await before(world)
    world.clock.step(8 * hour)
    world.sandbox.faults.next(fault, all)
    const again = await world.as('support')
    const { statuses, sources } = await json<StatusAnswer>(again, '/api/status')
    expect(Object.values(statuses).filter(({ state }) => state === 'up')).toEqual([])
    expect(statuses[world.id]).toMatchObject({ state: 'unknown', was: { state: 'up' } })
    expect(Date.parse(statuses[world.id]?.was?.at ?? '')).toBeLessThanOrEqual(read + minute)
    expect([sources.tunnels.ok, sources.health.ok]).toEqual([false, false])
    expect((await support.get('/api/session')).status).toBe(401)
  })

  test('all sources are read at once, and states that are as they were are told to nobody as changed', async () => {
    const world = await started()
    await world.minutes(5)
    const told: Transition[] = []
    world.services.owner.states.onTransition((transition) => told.push(transition))
    world.clock.step(8 * hour)
    const before = world.sandbox.ledger.length
    await world.services.owner.tick()
    await world.services.owner.refresh()
    const asked = world.sandbox.ledger.slice(before).map(({ path }) => path.split('/').at(-1))
    expect(asked.filter((path) => path === 'ipsec_tunnels')).toHaveLength(1)
    const { statuses } = await json<StatusAnswer>(await world.as('support'), '/api/status')
    const ours = told.filter(({ tunnelId }) => tunnelId === world.id)
    expect([statuses[world.id]?.state, ours]).toEqual(['up', []])
  })
})

test('data centres as they were an hour ago are not told as they are', async () => {
  const world = await started()
  const path = `/api/tunnels/${world.id}/status`
  const { dataCentres } = await json<TunnelStatusAnswer>(await world.as('operator'), path)
  expect(dataCentres.length).toBeGreaterThan(0)
  world.sandbox.faults.next({ kind: 'status', status: 500, body: {} }, { path: /graphql/, times: 1000 })
  await world.minutes(60)
  const later = await json<TunnelStatusAnswer>(await world.as('operator'), path)
  expect([later.status.state, later.dataCentres]).toEqual(['unknown', []])
})

test('a data centre whose rows have no figure is not called down', async () => {
  const world = await started()
  spoil(world, ({ avg: _, ...row }) => row)
  const path = `/api/tunnels/${world.id}/status`
  const { status, dataCentres } = await json<TunnelStatusAnswer>(await world.as('operator'), path)
  expect([status.state, dataCentres]).toEqual(['up', []])
})

test.each([7, -1])('a figure of %d is none, and makes nothing green', async (tunnelState) => {
  const world = await started()
  spoil(world, (row) => ({ ...row, avg: { tunnelState } }))
  await world.minutes(1)
  const { statuses } = await json<StatusAnswer>(await world.as('operator'), '/api/status')
  expect(statuses[world.id]).toMatchObject({ state: 'unknown', health: null })
})

test('minutes that cannot be read do not tell since when checks pass', async () => {
  const world = await started()
  const row: AnalyticsRow = { count: 1, state: 1, bits: 0, name: 'fra-dc1-a', of: () => '' }
  const closeUpOf = createCloseUps({ analytics: async () => [row] }, world.deps, () => undefined)
  expect((await closeUpOf({ name: 'fra-dc1-a', madeAt: Number.NaN }))?.value.passingSince).toBeNull()
})

test('what a tunnel carried is asked for by the name that it had, also when it is gone', async () => {
  const world = await started()
  await world.minutes(10)
  const admin = await world.as('admin')
  const { ifMatch } = await opened(admin, world.id)
  expect((await admin.send('DELETE', `/api/tunnels/${world.id}`, undefined, ifMatch)).status).toBe(200)
  await world.minutes(20)
  const spans = await nameSpans(world.deps, new Map([[world.id, { name: '', madeAt: Number.NaN }]]))
  expect(spans).toMatchObject([{ name: 'fra-dc1-a', from: Number.NEGATIVE_INFINITY, to: expect.any(Number) }])
  expect(Number.isFinite(spans[0]?.to)).toBe(true)
})
