import { describe, expect, test } from 'vitest'
import { auditOf, stored } from './steps.ts'
import { change, minute, settingsOf, site, startUndoWorld, statesOf, undosOf } from './undo-world.ts'

type World = Awaited<ReturnType<typeof startUndoWorld>>['world']
type Json = Record<string, unknown>

const isSite = (row: unknown) => JSON.stringify(row).includes(`"${site}"`)

/** The next readings of health say that the tunnel's probes pass so often. */
function health({ sandbox }: World, tunnelState: number, times = 100): void {
  const change = (body: Json) =>
    JSON.parse(JSON.stringify(body), (key, value: unknown) =>
      key === 'health' && Array.isArray(value)
        ? value.map((row: Json) => (isSite(row) ? { ...row, avg: { tunnelState } } : row))
        : value,
    ) as Json
  sandbox.faults.next({ kind: 'mutate', change }, { method: 'POST', path: /graphql/, times })
}

/** The next lists say that the tunnel's BGP session is in this state. */
function bgp({ sandbox }: World, state: string, times = 100): void {
  const change = (body: Json) =>
    JSON.parse(JSON.stringify(body), (_key, value: unknown) => {
      const tunnel = value as Json | null
      const isOurs = typeof tunnel === 'object' && tunnel?.['name'] === site
      return isOurs ? { ...tunnel, bgp_status: { ...(tunnel['bgp_status'] as Json), state } } : value
    }) as Json
  sandbox.faults.next({ kind: 'mutate', change }, { method: 'GET', path: /ipsec_tunnels$/, times })
}

/** Cloudflare is read so often, with so much time before each. */
async function reads({ services, clock }: World, times: number, ms: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    clock.advance(ms)
    await services.owner.refresh()
    await services.owner.tick()
    await services.owner.idle()
  }
}

/** A tunnel that is up, and a change of it that waits to be kept for half an hour. */
async function counting() {
  const { world, operator, id } = await startUndoWorld()
  await world.services.owner.refresh()
  const before = settingsOf(world)
  await change(operator, id, undefined, { query: 'undo_minutes=30' })
  expect(await undosOf(operator)).toMatchObject([{ state: 'counting', stateBefore: 'up', bgpBefore: 'up' }])
  await reads(world, 1, 1000)
  return { world, operator, id, before }
}

describe('a tunnel that is worse than before its change is taken back before the time is up', () => {
  test.each([
    ['down', 0.1, '10%'],
    ['degraded', 0.6, '60%'],
  ])('when its health says %s twice running', async (_, score, words) => {
    const { world, operator, before } = await counting()
    health(world, score)
    await reads(world, 2, minute)
    expect(await undosOf(operator)).toMatchObject([{ state: 'undone', why: expect.stringContaining(words) }])
    expect(settingsOf(world)).toEqual(before)
    expect((await auditOf(world))[0]).toMatchObject({
      actor: { id: 'console' },
      reason: `The tunnel is worse than before the change: Health checks pass ${words}.`,
    })
  })

  test('when its BGP session is down and stays so', async () => {
    const { world, operator, before } = await counting()
    bgp(world, 'BGP_DOWN')
    await reads(world, 6, 5000)
    expect(await statesOf(operator)).toEqual(['counting'])
    await reads(world, 1, 5000)
    expect(await undosOf(operator)).toMatchObject([{ state: 'undone', why: expect.stringContaining('BGP is down') }])
    expect(settingsOf(world)).toEqual(before)
  })

  test('not for one bad reading between good ones', async () => {
    const { world, operator } = await counting()
    for (let n = 0; n < 3; n++) {
      // A reading is made of four queries.
      health(world, 0.1, 4)
      await reads(world, 2, minute)
    }
    expect([await statesOf(operator), stored(world, site)?.description]).toEqual([['counting'], 'moved'])
  })

  test('not when somebody has kept it', async () => {
    const { world, operator } = await counting()
    const [entry] = await undosOf(operator)
    await operator.send('POST', `/api/undos/${entry?.group}/keep`)
    health(world, 0.1)
    await reads(world, 6, minute)
    expect([await statesOf(operator), stored(world, site)?.description]).toEqual([['kept'], 'moved'])
  })

  test('not when it was no better before', async () => {
    const { world, operator, id } = await startUndoWorld()
    health(world, 0.1)
    await world.services.owner.refresh()
    await change(operator, id, undefined, { query: 'undo_minutes=30' })
    await reads(world, 6, minute)
    expect(await undosOf(operator)).toMatchObject([{ state: 'counting', stateBefore: 'down' }])
  })
})
