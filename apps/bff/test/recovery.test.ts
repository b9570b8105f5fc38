import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { auditOf, create, idOf, opened, outcomeOf, problemIn, restarted, startClockedWorld, stored } from './steps.ts'
import { newTunnel, startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'
const key = { 'idempotency-key': 'form-instance-1' }
const neverAnswered = { kind: 'commitThenDrop' as const, hang: true }
const neverArrived = { kind: 'dropBeforeCommit' as const, hang: true }

/** Waits until Cloudflare has the request; its answer never comes. */
async function underWay(world: World): Promise<void> {
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(1))
}

describe('L3 what a killed process had under way', () => {
  test('a change that had arrived is found, told as applied, and not sent again under its key', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const { ifMatch } = await opened(operator, id)
    world.sandbox.faults.next(neverAnswered, { method: 'PUT' })
    void operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
    await underWay(world)
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([
      { outcome: 'applied', changes: [{ path: 'description', after: 'moved' }] },
    ])
    const again = await (await next.as('operator')).send(
      'PUT',
      `/api/tunnels/${id}`,
      { description: 'moved' },
      { ...ifMatch, ...key },
    )
    expect([again.status, ((await again.json()) as WrittenTunnel).tunnel.description]).toEqual([200, 'moved'])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('a creation that had arrived is one tunnel, whoever asks again', async () => {
    const world = await startWorld()
    world.sandbox.faults.next(neverAnswered, { method: 'POST' })
    void create(await world.as('operator'), key)
    await underWay(world)
    const next = await restarted(world)
    const again = await create(await next.as('operator'), key)
    const { tunnel } = (await again.json()) as WrittenTunnel
    expect([again.status, tunnel.id]).toEqual([201, idOf(world, newTunnel.name)])
    expect([writes(world.sandbox).length, (await auditOf(next)).map(({ outcome }) => outcome)]).toEqual([
      1,
      ['applied'],
    ])
  })

  test('a deletion that had arrived is told as done', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next(neverAnswered, { method: 'DELETE' })
    void admin.send('DELETE', `/api/tunnels/${id}`, undefined, { ...ifMatch, ...key })
    await underWay(world)
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ action: 'tunnel.delete', outcome: 'applied' }])
    expect(await outcomeOf(await next.as('admin'), key['idempotency-key'])).toMatchObject({ outcome: 'applied' })
  })

  test('a change of which nothing is to be seen is unknown and watched, and no other change goes over it', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const { ifMatch } = await opened(operator, id)
    world.sandbox.faults.next(neverArrived, { method: 'PUT' })
    void operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
    await underWay(world)
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ outcome: 'unknown' }])
    const other = await (await next.as('admin')).send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)
    expect([other.status, (await problemIn(other)).code]).toEqual([503, 'unsettled'])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test.each([
    ['was made', neverAnswered, 'A new key was made'],
    ['was never asked for', neverArrived, 'The console stopped while the key was made'],
  ])('a key that %s is lost: generate again, and no second call under the same request', async (_, fault, words) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const url = `/api/tunnels/${idOf(world, site)}/psk_generate`
    world.sandbox.faults.next(fault, { method: 'POST' })
    void operator.send('POST', url, undefined, key)
    await underWay(world)
    const next = await restarted(world)
    const again = await (await next.as('operator')).send('POST', url, undefined, key)
    const { code, detail } = await problemIn(again)
    expect([again.status, code]).toEqual([502, 'outcome-unknown'])
    expect(detail).toContain(words)
    expect(detail).toContain('Generate again')
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('a change that was written down but never sent did not happen, and may be asked for anew', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: /ipsec_tunnels$/ })
    void create(operator, key)
    await vi.waitFor(async () => expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }]))
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ outcome: 'failed', problem: { code: 'not-sent' } }])
    expect((await create(await next.as('operator'), key)).status).toBe(201)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('a dry run that was never answered changed nothing, and its entry says so', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'POST' })
    void operator.send('POST', '/api/tunnels?validate_only=true', newTunnel)
    await underWay(world)
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([
      { validateOnly: true, outcome: 'failed', problem: { code: 'not-sent' } },
    ])
  })

  test('a process that was overtaken can neither send nor settle any more', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const gate = Promise.withResolvers<void>()
    const { fetch } = world.deps.upstream
    Object.assign(world.deps.upstream, {
      fetch: async (...[input, init]: Parameters<typeof fetch>) => {
        await gate.promise
        return fetch(input, init)
      },
    })
    const late = create(operator, key)
    await vi.waitFor(async () => expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }]))
    await restarted(world)
    gate.resolve()
    expect((await problemIn(await late)).code).toBe('busy')
    expect(writes(world.sandbox)).toEqual([])
  })

  test('on Workers, where nobody recovers, a row that was left behind blocks its tunnel for minutes, not for ever', async () => {
    const world = await startClockedWorld()
    world.sandbox.faults.next(neverAnswered, { method: 'POST' })
    void create(await world.as('operator'), key)
    await underWay(world)
    const elsewhere = await restarted(world, { recovers: false })
    const other = () => create(operator, {}, { ...newTunnel, interface_address: '10.99.0.8/31' })
    const operator = await elsewhere.as('operator')
    expect((await problemIn(await other())).code).toBe('busy')
    world.clock.advance(180_000)
    expect((await problemIn(await other())).code).toBe('rejected')
    expect((await auditOf(elsewhere)).map(({ outcome }) => outcome)).toEqual(['rejected', 'failed', 'applied'])
  })

  test('Cloudflare being down delays the start by no more than its patience, and nothing is guessed', async () => {
    const world = await startWorld()
    world.sandbox.faults.next(neverAnswered, { method: 'POST' })
    void create(await world.as('operator'), key)
    await underWay(world)
    world.sandbox.faults.next({ kind: 'notSent' }, { times: 1000 })
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ outcome: 'unknown' }])
    world.sandbox.faults.clear()
    const operator = await next.as('operator')
    // Whoever asks does not wait for a look that takes long: they ask again.
    await vi.waitFor(async () =>
      expect(await outcomeOf(operator, key['idempotency-key'])).toMatchObject({ outcome: 'applied' }),
    )
    expect(await auditOf(next)).toMatchObject([{ outcome: 'applied' }])
  })

  test('no MD5 key rests in what is stored of a change', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const { tunnel, ifMatch } = await opened(operator, id)
    const md5_key = 'canary-md5-key'
    const put = await operator.send('PUT', `/api/tunnels/${id}`, { bgp: { md5_key } }, { ...ifMatch, ...key })
    expect([put.status, stored(world, site)?.bgp?.md5_key]).toEqual([200, md5_key])
    const rows = JSON.stringify(await world.deps.db.all(sql`SELECT * FROM change_intent`))
    expect(rows).toContain('hmac:')
    expect([rows.includes(md5_key), rows.includes(tunnel.bgp?.md5_key ?? 'none')]).toEqual([false, false])
  })
})
