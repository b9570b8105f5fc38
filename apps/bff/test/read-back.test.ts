import { expect, test } from 'vitest'
import { auditOf, create, idOf, listOf, opened, problemIn, startClockedWorld, stored } from './steps.ts'
import { startWorld, writes } from './world.ts'

const site = 'rotterdam-a'
type Json = Record<string, unknown>

/** Cloudflare says yes to a PUT and stores something else. */
const answersWith = (change: (tunnel: Json) => Json) => ({
  kind: 'mutate' as const,
  change: (envelope: Json) => {
    const result = envelope['result'] as Json
    return {
      ...envelope,
      result: { ...result, modified_ipsec_tunnel: change(result['modified_ipsec_tunnel'] as Json) },
    }
  },
})

test('a PUT that Cloudflare confirms and of which nothing is to be seen is unknown, not guessed at', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const before = stored(world, site)
  const { ifMatch } = await opened(operator, id)
  const { description = '' } = before ?? {}
  world.sandbox.faults.next(
    answersWith((tunnel) => ({ ...tunnel, description })),
    { method: 'PUT' },
  )
  world.sandbox.faults.next({ kind: 'staleReads', ms: 60_000 }, { method: 'GET', path: new RegExp(`${id}$`), times: 6 })
  await operator.get(`/api/tunnels/${id}`)
  const response = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'new words' }, ifMatch)
  expect((await problemIn(response)).code).toBe('outcome-unknown')
  expect(await auditOf(world)).toMatchObject([{ outcome: 'unknown' }])
})

test('H2 what a colleague did between our PUT and our look at it is told, and not under our person’s name', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
  world.sandbox.faults.next(
    { kind: 'externalWrite', id, patch: { description: 'somebody else' } },
    { method: 'GET', path: new RegExp(`${id}$`) },
  )
  const change = { description: 'mine', health_check: { rate: 'low' } }
  const response = await operator.send('PUT', `/api/tunnels/${id}`, change, ifMatch)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ notApplied: ['description'], tunnel: { description: 'somebody else' } })
  const [outside, mine] = await auditOf(world)
  expect(mine?.changes.find(({ path }) => path === 'description')?.after).toBe('mine')
  expect(outside).toMatchObject({
    action: 'tunnel.changedOutside',
    actor: { email: 'outside this console' },
    changes: [{ path: 'description', before: 'mine', after: 'somebody else' }],
  })
})

test('a field we do not know may move without making the tunnel look changed', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  let reads = 0
  const change = (envelope: Json) => {
    const result = envelope['result'] as Json
    return { ...envelope, result: { ipsec_tunnel: { ...(result['ipsec_tunnel'] as Json), last_seen_at: reads++ } } }
  }
  world.sandbox.faults.next({ kind: 'mutate', change }, { method: 'GET', path: new RegExp(`${id}$`), times: 9 })
  const { ifMatch } = await opened(operator, id)
  const response = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'still editable' }, ifMatch)
  expect(response.status).toBe(200)
})

test('BGP without an ASN is refused before anything is sent', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  const response = await operator.send('PUT', `/api/tunnels/${id}`, { bgp: { md5_key: 'abc' } }, ifMatch)
  expect(response.status).toBe(422)
  expect((await problemIn(response)).errors).toMatchObject([{ pointer: '/bgp/customer_asn' }])
  expect(writes(world.sandbox)).toEqual([])
})

test('a deleted tunnel is gone from the list though Cloudflare’s list does not answer any more', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world, site)
  await listOf(admin)
  const { ifMatch } = await opened(admin, id)
  expect((await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch)).status).toBe(200)
  world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: /ipsec_tunnels$/, times: 9 })
  const start = performance.now()
  expect((await listOf(admin)).tunnels.map(({ name }) => name)).not.toContain(site)
  expect(performance.now() - start).toBeLessThan(2000)
})

test('U5 once Cloudflare asks for a pause, nobody’s request goes out before it is over', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const path = `/api/tunnels/${idOf(world, site)}`
  const headers = { 'retry-after': '30' }
  world.sandbox.faults.next({ kind: 'status', status: 429, body: { success: false, errors: [] }, headers })
  expect((await operator.get(path)).status).toBe(429)
  const asked = world.sandbox.ledger.length
  world.clock.advance(10_000)
  const early = await operator.get(path)
  expect([early.status, early.headers.get('retry-after')]).toEqual([429, '20'])
  expect((await create(operator)).status).toBe(429)
  expect(world.sandbox.ledger.length).toBe(asked)
  world.clock.advance(21_000)
  expect((await operator.get(path)).status).toBe(200)
})

test('an account without static routes is not told as a tunnel that does not exist', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  world.sandbox.faults.next(
    { kind: 'status', status: 404, body: { success: false, errors: [] } },
    { path: /magic\/routes/ },
  )
  const response = await operator.get(`/api/tunnels/${idOf(world, site)}/routes`)
  expect([response.status, (await problemIn(response)).code]).toEqual([502, 'upstream-unexpected'])
})

test('S64 a refused dry run is recorded as a dry run', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  await support.send('DELETE', `/api/tunnels/${idOf(world, site)}?validate_only=true`)
  expect(await auditOf(world)).toMatchObject([{ outcome: 'denied', validateOnly: true }])
})

test('H3 a second click that waits for the first hears how it went and sends nothing', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const key = { 'idempotency-key': 'form-instance-9' }
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'POST' })
  const answers = await Promise.all([create(operator, key), create(operator, key)])
  const codes = await Promise.all(answers.map(async (answer) => (await problemIn(answer)).code))
  expect(codes).toEqual(['outcome-unknown', 'outcome-unknown'])
  expect(writes(world.sandbox)).toHaveLength(1)
})
