import { describe, expect, test } from 'vitest'
import { create, idOf, listOf, opened, startClockedWorld } from './steps.ts'
import { newTunnel, type World } from './world.ts'

const site = 'fra-dc1-a'
const list = { method: 'GET', path: /\/ipsec_tunnels$/ }

/** The lines of the log about what others did, newest first. */
async function outside({ services }: World) {
  const { entries } = await services.owner.audit.list({ limit: 200 })
  return entries.filter(({ actor }) => actor.id === 'outside')
}

async function watching() {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  await listOf(admin)
  const poll = async () => {
    world.clock.advance(5000)
    await world.services.owner.refresh()
  }
  return { world, admin, poll }
}

describe('H2 what is changed past the console', () => {
  test('has a line of its own at the next poll: what, and where', async () => {
    const { world, poll } = await watching()
    world.clock.advance(2000)
    world.sandbox.externalWrite(idOf(world, site), { description: 'by Terraform' })
    await poll()
    expect(await outside(world)).toMatchObject([
      {
        action: 'tunnel.changedOutside',
        actor: { email: 'outside this console', role: null },
        target: { name: site },
        outcome: 'applied',
        changes: [{ path: 'description', after: 'by Terraform' }],
      },
    ])
    await poll()
    expect(await outside(world)).toHaveLength(1)
  })

  test('be it a tunnel that comes or goes', async () => {
    const { world, poll } = await watching()
    world.sandbox.externalDelete(idOf(world, site))
    await poll()
    expect(await outside(world)).toMatchObject([{ action: 'tunnel.deletedOutside', target: { name: site } }])
  })

  test('an MD5 key is told as set, never in clear', async () => {
    const { world, poll } = await watching()
    world.clock.advance(2000)
    const bgp = { ...world.sandbox.state().tunnels.find(({ name }) => name === site)?.bgp, md5_key: 'canary-md5' }
    world.sandbox.externalWrite(idOf(world, site), { bgp })
    await poll()
    const [line] = await outside(world)
    expect(line?.changes).toMatchObject([{ path: 'bgp.md5_key', after: '(set)' }])
    expect(JSON.stringify(line)).not.toContain('canary-md5')
  })

  test('is not what the console itself did', async () => {
    const { world, admin, poll } = await watching()
    const { tunnel } = (await (await create(admin)).json()) as { tunnel: { id: string } }
    const before = await opened(admin, tunnel.id)
    await admin.send('PUT', `/api/tunnels/${tunnel.id}`, { description: 'mine' }, before.ifMatch)
    await admin.send('POST', `/api/tunnels/${tunnel.id}/psk_generate`)
    await poll()
    const now = await opened(admin, tunnel.id)
    await admin.send('DELETE', `/api/tunnels/${tunnel.id}`, undefined, now.ifMatch)
    await poll()
    expect(await outside(world)).toEqual([])
  })

  test('U23 nor what a replica shows that has not heard of our write yet, and the list does not flip back', async () => {
    const { world, admin, poll } = await watching()
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next({ kind: 'staleReads', ms: 6000 }, { method: 'PUT' })
    await admin.send('PUT', `/api/tunnels/${id}`, { description: 'mine' }, ifMatch)
    const described = async () => (await listOf(admin)).tunnels.find((tunnel) => tunnel.id === id)?.description
    const seen = [await described()]
    await poll()
    seen.push(await described())
    await poll()
    seen.push(await described())
    expect(seen).toEqual(['mine', 'mine', 'mine'])
    expect(await outside(world)).toEqual([])
  })

  test('nor the reset of the sandbox', async () => {
    const { world, admin, poll } = await watching()
    await create(admin)
    await admin.send('POST', '/api/sandbox/reset')
    await poll()
    expect(await outside(world)).toEqual([])
  })
})

describe('U12 a list that suddenly is empty or has lost more than half', () => {
  test.each([
    ['empty', 0],
    ['lost more than half', 15],
  ])('(%s) is not believed before a second reading says the same, and the answer says so', async (_, left) => {
    const { world, admin, poll } = await watching()
    const whole = world.sandbox.state().tunnels.length
    const change = (envelope: Record<string, unknown>) => {
      const { ipsec_tunnels } = envelope['result'] as { ipsec_tunnels: unknown[] }
      return { ...envelope, result: { ipsec_tunnels: ipsec_tunnels.slice(0, left) } }
    }
    world.sandbox.faults.next({ kind: 'mutate', change }, { ...list, times: 2 })
    await poll()
    expect(await listOf(admin)).toMatchObject({ stale: true, doubted: { tunnels: left } })
    expect((await listOf(admin)).tunnels).toHaveLength(whole)
    expect(await outside(world)).toEqual([])
    await poll()
    const believed = await listOf(admin)
    expect([believed.tunnels.length, believed.stale, believed.doubted]).toEqual([left, false, null])
    expect(await outside(world)).toHaveLength(whole - left)
  })

  test('and is whole again at the second reading leaves no trace', async () => {
    const { world, admin, poll } = await watching()
    const change = (envelope: Record<string, unknown>) => ({ ...envelope, result: { ipsec_tunnels: [] } })
    world.sandbox.faults.next({ kind: 'mutate', change }, list)
    await poll()
    await poll()
    const { stale, doubted, tunnels } = await listOf(admin)
    expect([stale, doubted, tunnels.length]).toEqual([false, null, world.sandbox.state().tunnels.length])
    expect(await outside(world)).toEqual([])
  })
})

describe('L7 a clock that somebody sets', () => {
  test.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('%s by an hour freezes no poll and makes no writer lose a turn', async (_, hour) => {
    const { world, admin, poll } = await watching()
    world.clock.step(hour)
    world.clock.advance(2000)
    const person = await world.as('admin')
    world.sandbox.externalWrite(idOf(world, site), { description: 'seen' })
    await poll()
    const { tunnels, stale } = await listOf(person)
    expect([tunnels.find(({ name }) => name === site)?.description, stale]).toEqual(['seen', false])
    expect((await create(person, {}, newTunnel)).status).toBe(201)
    expect(admin.cookie).not.toBe(person.cookie)
  })
})
