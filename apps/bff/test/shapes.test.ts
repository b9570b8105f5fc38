import type { Envelope, Fault } from '@tunnel-console/cloudflare-sandbox/faults'
import type { StatusAnswer } from '@tunnel-console/shared/api'
import { describe, expect, test } from 'vitest'
import { idOf, listOf, problemIn, startClockedWorld } from './steps.ts'
import { startWorld, writes } from './world.ts'

const site = 'fra-dc1-a'
const list = { method: 'GET', path: /\/ipsec_tunnels$/ }
const one = { method: 'GET', path: /\/ipsec_tunnels\/[0-9a-f]{32}$/ }

const result = (change: (value: Record<string, unknown>) => unknown): Fault => ({
  kind: 'mutate',
  change: (envelope: Envelope) => ({ ...envelope, result: change(envelope['result'] as Record<string, unknown>) }),
})

test.each<[string, Fault, string]>([
  ['success:false with 200', { kind: 'successFalse' }, 'rejected'],
  [
    'success:true with errors',
    { kind: 'mutate', change: (envelope) => ({ ...envelope, errors: [{ code: 1 }] }) },
    'rejected',
  ],
  ['no envelope', { kind: 'mutate', change: () => ({ hello: 1 }) }, 'upstream-unexpected'],
  ['a redirect', { kind: 'redirect', location: 'https://evil.example', status: 302 }, 'upstream-unexpected'],
  ['null', result(() => null), 'upstream-unexpected'],
  ['no list', result(() => ({})), 'upstream-unexpected'],
  ['a list that is an object', result(() => ({ ipsec_tunnels: {} })), 'upstream-unexpected'],
  ['half a JSON', { kind: 'badJson' }, 'upstream-unexpected'],
  ['nothing', { kind: 'badJson', text: '' }, 'upstream-unexpected'],
  ['NaN', { kind: 'badJson', text: '{"success":true,"result":NaN}' }, 'upstream-unexpected'],
])('U11 U12 %s in place of the list keeps the copy, and is %3$s without one', async (_, fault, code) => {
  const world = await startClockedWorld()
  const support = await world.as('support')
  world.sandbox.faults.next(fault, list)
  expect((await problemIn(await support.get('/api/tunnels'))).code).toBe(code)
  world.clock.advance(6000)
  const fresh = await listOf(support)
  expect([fresh.stale, fresh.tunnels.length]).toEqual([false, world.sandbox.state().tunnels.length])
  world.sandbox.faults.next(fault, list)
  world.clock.advance(6000)
  await world.services.owner.refresh()
  expect(await listOf(support)).toEqual({ ...fresh, stale: true, failure: expect.anything() })
})

describe('what Cloudflare may leave out, add or change', () => {
  const each = (change: (tunnel: Record<string, unknown>) => unknown) =>
    result(({ ipsec_tunnels }) => ({ ipsec_tunnels: (ipsec_tunnels as Record<string, unknown>[]).map(change) }))

  test.each<[string, Fault]>([
    ['U13 unknown fields', each((tunnel) => ({ ...tunnel, canary: 1, bgp: { canary: 1 } }))],
    ['U15 nothing but ids', each(({ id }) => ({ id }))],
    [
      'U15 null for everything',
      each((tunnel) => ({ ...Object.fromEntries(Object.keys(tunnel).map((key) => [key, null])), id: tunnel['id'] })),
    ],
    ['U15 plain health targets', each((tunnel) => ({ ...tunnel, health_check: { target: '192.0.2.1' } }))],
  ])('%s: no tunnel is lost, nothing unknown is handed on', async (_, fault) => {
    const world = await startWorld()
    world.sandbox.faults.next(fault, list)
    const support = await world.as('support')
    const answer = await listOf(support)
    expect([answer.tunnels.length, answer.unreadable]).toEqual([world.sandbox.state().tunnels.length, 0])
    expect(JSON.stringify(answer)).not.toContain('canary')
    expect((await support.get('/api/status')).status).toBe(200)
  })

  test.each(['BGP_FLAPPING', 'constructor'])('U14 the BGP state %s is unknown and never up', async (state) => {
    const world = await startWorld()
    const support = await world.as('support')
    world.sandbox.faults.next(
      each((tunnel) => ({ ...tunnel, bgp: { customer_asn: 1 }, bgp_status: { state } })),
      list,
    )
    const { statuses } = (await (await support.get('/api/status')).json()) as StatusAnswer
    const all = Object.values(statuses)
    expect(new Set(all.map(({ bgp }) => bgp?.word))).toEqual(new Set([`Unknown (${state})`]))
    expect(all.map((status) => status.state)).not.toContain('up')
  })

  test('entries without a usable id are counted and left out', async () => {
    const world = await startWorld()
    const stray = result(({ ipsec_tunnels }) => ({
      ipsec_tunnels: [...(ipsec_tunnels as object[]), null, 'x', {}, { id: '..' }],
    }))
    world.sandbox.faults.next(stray, list)
    const answer = await listOf(await world.as('support'))
    expect([answer.tunnels.length, answer.unreadable]).toEqual([world.sandbox.state().tunnels.length, 4])
  })

  test('U13 an unknown field is named to whoever edits, and kept by the edit', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const url = `/api/tunnels/${idOf(world, site)}`
    const future = result(({ ipsec_tunnel }) => ({
      ipsec_tunnel: { ...(ipsec_tunnel as object), future: { on: true } },
    }))
    world.sandbox.faults.next(future, { ...one, times: 3 })
    const response = await operator.get(url)
    expect(await response.json()).toMatchObject({ unknownFields: ['future'] })
    const ifMatch = { 'if-match': response.headers.get('etag') ?? '' }
    expect((await operator.send('PUT', url, { description: 'moved' }, ifMatch)).status).toBe(200)
    expect(writes(world.sandbox)[0]?.body).toMatchObject({ future: { on: true }, description: 'moved' })
  })
})
