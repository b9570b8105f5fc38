import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { expect, test } from 'vitest'
import { auditOf, createClock, idOf, opened } from './steps.ts'
import { accountId, apiToken, type Person, startWorld } from './world.ts'

const minute = 60_000

type Stored = ReturnType<ReturnType<typeof createSandbox>['state']>['tunnels'][number]

/** A console over one tunnel of the seed, which is as `change` says, read once. `polls` lets minutes pass, with a reading in each. */
async function worldOf(name: string, change: (tunnel: Stored, now: number) => Partial<Stored> = () => ({})) {
  const clock = createClock()
  const seed = createSandbox({ accountId, token: apiToken, now: clock.now }).state()
  const tunnels = seed.tunnels
    .filter((tunnel) => tunnel.name === name)
    .map((tunnel) => ({ ...tunnel, ...change(tunnel, clock.now().getTime()) }))
  const world = await startWorld({
    sandbox: { now: clock.now, state: { ...seed, tunnels } },
    deps: { now: clock.now, monotonic: clock.monotonic },
  })
  const { step } = world.services.owner.states
  await step()
  const polls = async (times: number) => {
    for (let n = 0; n < times; n++) {
      clock.advance(minute)
      await step()
    }
  }
  const id = idOf(world, name)
  const seenBy = async (person: Person) =>
    (await (await person.get(`/api/tunnels/${id}/status`)).json()) as TunnelStatusAnswer
  return { world, id, polls, seenBy }
}

const goesDown =
  (afterMs: number) =>
  ({ story }: Stored, now: number) => ({
    story: { ...story, health: 'down' as const, since: new Date(now + afterMs).toISOString() },
  })

test('a tunnel that goes down after a change names it, and the version before it is what to go back to', async () => {
  const { world, id, polls, seenBy } = await worldOf('paris-a', goesDown(2 * minute))
  const operator = await world.as('operator')
  const { version } = await opened(operator, id)
  await operator.send('PUT', `/api/tunnels/${id}`, { description: 'New line' }, { 'if-match': `"${version}"` })
  await polls(6)
  const { status, cause, changes } = await seenBy(operator)
  const [entry] = (await auditOf(world)).filter(({ action }) => action === 'tunnel.update')
  expect(status).toMatchObject({ state: 'down', isSinceExact: true })
  expect(cause).toMatchObject({ rule: 'after-change', next: [{ restore: entry?.id }] })
  expect(cause?.text).toMatch(/^It went down \d min after a change: it was changed \(Description\) by /)
  expect(changes.map(({ auditId }) => auditId)).toEqual([entry?.id])
})

test('support is told the same cause, without what was changed and without a change to make', async () => {
  const { world, id, polls, seenBy } = await worldOf('paris-a', goesDown(2 * minute))
  const operator = await world.as('operator')
  const { version } = await opened(operator, id)
  await operator.send('PUT', `/api/tunnels/${id}`, { description: 'New line' }, { 'if-match': `"${version}"` })
  await polls(6)
  const { cause } = await seenBy(await world.as('support'))
  expect(cause?.rule).toBe('after-change')
  expect(JSON.stringify(cause)).not.toMatch(/Description|New line|"restore"|"patch"/)
})

test('a tunnel that has never passed a check since it was created never finished its key exchange', async () => {
  const { world, polls, seenBy } = await worldOf('paris-b', (tunnel, now) => ({
    ...goesDown(-10 * minute)(tunnel, now),
    created_on: new Date(now - 5 * minute).toISOString(),
  }))
  await polls(1)
  const { status, cause } = await seenBy(await world.as('operator'))
  expect(status.state).toBe('down')
  expect(cause?.rule).toBe('never-up')
})

test('of a tunnel that was down when the console first looked, nobody says that it never worked', async () => {
  const { world, seenBy } = await worldOf('paris-b', goesDown(-60 * minute))
  expect((await seenBy(await world.as('operator'))).cause).toMatchObject({
    rule: 'none',
    text: expect.stringMatching(/Go through the steps below/),
  })
})

test.each([
  ['dallas-a', 'not-monitored'],
  ['dublin-b', 'no-key'],
  ['aws-us-east-1-b', 'bgp-down'],
  ['madrid-b', 'partial'],
  ['chicago-a', 'hidden-loss'],
])('the cause of %s is %s', async (name, rule) => {
  const { world, seenBy } = await worldOf(name)
  expect((await seenBy(await world.as('operator'))).cause?.rule).toBe(rule)
})

test('a tunnel that is up has no cause to tell', async () => {
  const { world, seenBy } = await worldOf('paris-a')
  const { status, cause } = await seenBy(await world.as('operator'))
  expect([status.state, cause]).toEqual(['up', null])
})

test('the past of a tunnel that is not probed is not told as down, whatever analytics say of it', async () => {
  const { world, id } = await worldOf('dallas-a')
  await world.services.owner.states.backfill()
  const history = await (await world.as('support')).get(`/api/tunnels/${id}/history`)
  const { periods } = (await history.json()) as TunnelHistoryAnswer
  expect(periods.map(({ state }) => state)).not.toContain('down')
})
