import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { auditOf, create, idOf, opened, problemIn, startClockedWorld, stored } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const key = { 'idempotency-key': 'form-instance-1' }
const site = 'fra-dc1-a'

describe('H3 one key, one write', () => {
  test('100 clicks at once create one tunnel, and each is told of it', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const answers = await Promise.all(Array.from({ length: 100 }, () => create(operator, key)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const told = await Promise.all(answers.map(async (answer) => ((await answer.json()) as WrittenTunnel).tunnel.id))
    expect(new Set(told)).toEqual(new Set([idOf(world, newTunnel.name)]))
    expect([writes(world.sandbox).length, (await auditOf(world)).length]).toEqual([1, 1])
  })

  test('a change and a deletion are repeated from memory, though the version has moved on', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    const put = () => admin.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })
    const [first, again] = [await put(), await put()]
    expect([first.status, again.status]).toEqual([200, 200])
    expect(await again.json()).toEqual(await first.json())
    const now = await opened(admin, id)
    const remove = () =>
      admin.send('DELETE', `/api/tunnels/${id}`, undefined, { ...now.ifMatch, 'idempotency-key': 'dialog-instance-1' })
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 200])
    expect(writes(world.sandbox).map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
  })

  test('with another body is refused', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    expect((await create(operator, key)).status).toBe(201)
    const second = await create(operator, key, { ...newTunnel, description: 'another' })
    expect([second.status, (await problemIn(second)).code]).toEqual([400, 'bad-request'])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('a dry run takes no key from the change that follows it', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    expect((await operator.send('POST', '/api/tunnels?validate_only=true', newTunnel, key)).status).toBe(200)
    expect((await create(operator, key)).status).toBe(201)
  })

  test('of two people are two keys', async () => {
    const world = await startWorld()
    const [one, two] = [await world.as('operator'), await world.as('admin')]
    const other = { ...newTunnel, name: 'zurich-b', interface_address: '10.99.0.2/31' }
    const answers = [await create(one, key), await create(two, key, other)]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect([stored(world, 'zurich-a')?.name, stored(world, 'zurich-b')?.name]).toEqual(['zurich-a', 'zurich-b'])
  })

  test('a failure is not kept: whoever tries again asks anew', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    world.sandbox.faults.next({ kind: 'notSent' }, { method: 'POST' })
    expect((await create(operator, key)).status).toBe(503)
    expect((await create(operator, key)).status).toBe(201)
  })

  test('is forgotten after a day', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    expect((await create(operator, key)).status).toBe(201)
    const rows = () => world.deps.db.all<{ key: string }>(sql`SELECT key FROM change_intent`)
    expect((await rows()).length).toBe(1)
    world.clock.advance(86_400_001)
    await world.services.owner.tick()
    expect(await rows()).toEqual([])
  })

  test.each(['short', 'with space in it', 'a'.repeat(256), 'semi;colon-in-it'])('%j is no usable key', async (bad) => {
    const world = await startWorld()
    const response = await create(await world.as('operator'), { 'idempotency-key': bad })
    expect([response.status, writes(world.sandbox)]).toEqual([400, []])
  })
})

describe('S16 a generated key', () => {
  test('is shown to one of 100 parallel requests with one key, and rests nowhere', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const generate = () => operator.send('POST', `/api/tunnels/${idOf(world, site)}/psk_generate`, undefined, key)
    const answers = await Promise.all(Array.from({ length: 100 }, generate))
    const bodies = await Promise.all(
      answers.map(async (answer) => (await answer.json()) as { psk?: string; code?: string }),
    )
    const shown = bodies.flatMap(({ psk }) => psk ?? [])
    expect(shown).toHaveLength(1)
    expect(new Set(bodies.map(({ code }) => code))).toEqual(new Set([undefined, 'already-revealed']))
    expect(writes(world.sandbox)).toHaveLength(1)
    expect(JSON.stringify(await world.deps.db.all(sql`SELECT * FROM change_intent`))).not.toContain(shown[0])
  })

  test('U20 that was lost on the way is not made again by a repeat of the same request', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const generate = () => operator.send('POST', `/api/tunnels/${idOf(world, site)}/psk_generate`, undefined, key)
    world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'POST', path: /psk_generate/ })
    expect((await problemIn(await generate())).code).toBe('outcome-unknown')
    expect(await problemIn(await generate())).toMatchObject({
      code: 'outcome-unknown',
      detail: expect.stringContaining('Generate again'),
    })
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('a dry run repeated with one key is a dry run each time', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const path = `/api/tunnels/${idOf(world, site)}/psk_generate?validate_only=true`
    const ask = async () => (await operator.send('POST', path, undefined, key)).json()
    expect([await ask(), await ask()]).toMatchObject([{ valid: true }, { valid: true }])
  })

  test('reaches its person though its end cannot be written down, which is done later', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const full = sql.raw(
      "CREATE TRIGGER full BEFORE UPDATE ON change_intent WHEN NEW.phase = 'settled' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    await world.deps.db.run(full)
    const response = await operator.send('POST', `/api/tunnels/${idOf(world, site)}/psk_generate`, undefined, key)
    expect(response.status).toBe(200)
    const { psk } = (await response.json()) as { psk: string }
    expect(await world.sandbox.hasPsk(idOf(world, site), psk)).toBe(true)
    expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }])
    await world.deps.db.run(sql`DROP TRIGGER full`)
    await world.services.owner.tick()
    expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  })
})
