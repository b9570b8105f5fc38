import { describe, expect, test, vi } from 'vitest'
import { auditOf, create, idOf, problemIn, restarted, stored } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const psk = 'canary-own-key'
const key = { 'idempotency-key': 'form-instance-1' }
const keyed = { ...newTunnel, psk }

describe('a new tunnel with a key of one’s own', () => {
  test('has it from the start, and tells of it nowhere', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const answer = await create(operator, key, keyed)
    const text = await answer.text()
    expect([answer.status, text.includes('canary')]).toEqual([201, false])
    expect(await world.sandbox.hasPsk(idOf(world, newTunnel.name), psk)).toBe(true)
    const [entry] = await auditOf(world)
    expect(entry).toMatchObject({ action: 'tunnel.create', outcome: 'applied' })
    expect(entry?.changes.at(-1)).toEqual({ path: 'psk', label: 'Pre-shared key', before: null, after: 'set' })
    expect(JSON.stringify(entry)).not.toContain('canary')
    const again = await create(operator, key, keyed)
    expect([again.status, await again.text()]).toEqual([201, text])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('under the same idempotency key with another key, or none, is another request', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    await create(operator, key, keyed)
    const others = [await create(operator, key, { ...keyed, psk: 'another' }), await create(operator, key)]
    expect(others.map(({ status }) => status)).toEqual([400, 400])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('is asked about by a dry run, which says that a key would be set', async () => {
    const world = await startWorld()
    const answer = await (await world.as('operator')).send('POST', '/api/tunnels?validate_only=true', keyed)
    expect([answer.status, stored(world, newTunnel.name)]).toEqual([200, undefined])
    expect(writes(world.sandbox)).toMatchObject([{ body: { psk: '[redacted]' }, committed: false }])
    expect((await auditOf(world))[0]).toMatchObject({ validateOnly: true, outcome: 'valid' })
  })

  test('that is refused says so at the key, without it', async () => {
    const world = await startWorld()
    const errors = [{ code: 1022, message: `psk "${psk}" is too short`, source: { pointer: '/psk' } }]
    world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors } }, { method: 'POST' })
    const answer = await create(await world.as('operator'), {}, keyed)
    const problem = await problemIn(answer)
    expect(problem.errors).toEqual([{ pointer: '/psk', detail: 'psk "[redacted]" is too short', source: 'cloudflare' }])
    expect(JSON.stringify([await auditOf(world), world.logs])).not.toContain('canary')
  })

  test('U17 whose answer was lost is found, once, and still says that a key was set', async () => {
    const world = await startWorld()
    world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST' })
    expect((await create(await world.as('operator'), key, keyed)).status).toBe(201)
    expect(writes(world.sandbox)).toHaveLength(1)
    expect((await auditOf(world))[0]?.changes.at(-1)).toMatchObject({ label: 'Pre-shared key', after: 'set' })
  })

  test('L3 that a kill cut short is found by the next process, which never sends it again', async () => {
    const world = await startWorld()
    world.sandbox.faults.next({ kind: 'commitThenDrop', hang: true }, { method: 'POST' })
    void create(await world.as('operator'), key, keyed)
    // Sent, and made: a restart between the two would find nothing yet.
    await vi.waitFor(() => expect(world.sandbox.state().tunnels.map(({ name }) => name)).toContain(newTunnel.name))
    const next = await restarted(world)
    const [entry] = await auditOf(next)
    expect(entry).toMatchObject({ outcome: 'applied' })
    expect(entry?.changes.at(-1)).toMatchObject({ label: 'Pre-shared key', after: 'set' })
    expect((await create(await next.as('operator'), key, keyed)).status).toBe(201)
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test.each<[string, unknown, number]>([
    ['empty', '', 422],
    ['too long', 'x'.repeat(1001), 422],
    ['a number', 7, 422],
    ['null', null, 422],
    ['with a control character', 'a\u0000b', 422],
  ])('%s is refused at the key', async (_, bad, status) => {
    const world = await startWorld()
    const answer = await create(await world.as('operator'), {}, { ...newTunnel, psk: bad })
    expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([status, '/psk'])
    expect(world.sandbox.ledger).toEqual([])
  })
})
