import { describe, expect, test } from 'vitest'
import { faultsFor, idsOf, resultsIn, setKeys, setting, sites } from './key-steps.ts'
import { auditOf, idOf, listOf, problemIn, startClockedWorld, stored } from './steps.ts'
import { startWorld, writes } from './world.ts'

const key = { 'idempotency-key': 'rotation-instance-1' }
const nobody = '0'.repeat(32)

describe('keys for many', () => {
  test('are made with 256 bits, set one by one, and told in the order asked', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const ids = idsOf(world)
    const answer = await setKeys(
      admin,
      ids.map((id) => ({ id })),
      { ...key, 'x-reason': 'yearly rotation' },
    )
    expect(answer.status).toBe(200)
    const results = await resultsIn(answer)
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map((id) => [id, 'applied']))
    for (const { id, psk = '', psk_metadata, ipsec_id } of results) {
      expect(psk).toMatch(/^[\w-]{43}$/)
      expect(await world.sandbox.hasPsk(id, psk)).toBe(true)
      expect([psk_metadata?.last_generated_on, ipsec_id]).toEqual([expect.any(String), expect.stringContaining(id)])
    }
    expect(new Set(results.map(({ psk }) => psk)).size).toBe(3)
    const sent = writes(world.sandbox).map(({ path, body }) => `${path.split('/').at(-1)} ${JSON.stringify(body)}`)
    expect(sent.toSorted()).toEqual(ids.map((id) => `psk {"psks":[{"id":"${id}","psk":"[redacted]"}]}`).toSorted())
    const entries = await auditOf(world)
    expect(entries).toHaveLength(3)
    for (const entry of entries) expect(entry).toMatchObject({ action: 'psk.set', outcome: 'applied', changes: [] })
    expect(entries.map(({ target }) => target?.name).toSorted()).toEqual(sites.toSorted())
  })

  test('may be one’s own, the same for two tunnels, and as weak as Cloudflare takes them', async () => {
    const world = await startWorld()
    const [first = '', second = '', third = ''] = idsOf(world)
    const asked = [
      { id: first, psk: 'abcde' },
      { id: second, psk: 'abcde' },
      { id: third, psk: 'ünïcode "quoted" \\ key' },
    ]
    const results = await resultsIn(await setKeys(await world.as('admin'), asked))
    expect(results.map(({ id, psk, outcome }) => ({ id, psk, outcome }))).toEqual(
      asked.map((one) => ({ ...one, outcome: 'applied' })),
    )
    for (const { id, psk } of asked) expect(await world.sandbox.hasPsk(id, psk)).toBe(true)
  })

  test('show their date in the list at once', async () => {
    const world = await startClockedWorld()
    const admin = await world.as('admin')
    await listOf(admin)
    world.clock.advance(1000)
    await setKeys(admin, [{ id: idOf(world, 'dublin-b') }])
    const dated = (await listOf(admin)).tunnels.find(({ name }) => name === 'dublin-b')
    expect(dated).toMatchObject({ psk_metadata: { last_generated_on: world.clock.now().toISOString() } })
    await world.later(6000)
    expect((await auditOf(world)).map(({ action }) => action)).toEqual(['psk.set'])
  })

  test('keep the date that is there when Cloudflare tells none', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await listOf(admin)
    const id = idOf(world, 'paris-a')
    const before = stored(world, 'paris-a')?.psk_metadata.last_generated_on
    const result = { successfully_applied_psks: { [id]: {} }, unapplied_psks: {} }
    world.sandbox.faults.next({ kind: 'status', status: 200, body: { success: true, errors: [], result } }, setting)
    expect(await resultsIn(await setKeys(admin, [{ id, psk: 'own' }]))).toEqual([
      { id, outcome: 'applied', psk: 'own', psk_metadata: { last_generated_on: before } },
    ])
    const listed = (await listOf(admin)).tunnels.find((tunnel) => tunnel.id === id)
    expect(listed).toMatchObject({ psk_metadata: { last_generated_on: before } })
  })

  test('a dry run asks Cloudflare, reveals nothing and sets nothing', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const [first = '', second = ''] = idsOf(world)
    const before = world.sandbox.state()
    const asked = [{ id: first, psk: 'canary-own-key' }, { id: second }, { id: nobody }]
    const answer = await setKeys(admin, asked, key, '?validate_only=true')
    const text = await answer.clone().text()
    expect(await resultsIn(answer)).toMatchObject([
      { id: first, outcome: 'valid' },
      { id: second, outcome: 'valid' },
      { id: nobody, outcome: 'rejected', problem: { code: 'not-found' } },
    ])
    expect([text.includes('psk'), text.includes('canary')]).toEqual([false, false])
    expect(world.sandbox.state()).toEqual(before)
    expect(writes(world.sandbox).map(({ query, committed }) => [query, committed])).toEqual(
      Array(2).fill([{ validate_only: 'true' }, false]),
    )
    expect((await resultsIn(await setKeys(admin, asked.slice(0, 1), key)))[0]).toMatchObject({ outcome: 'applied' })
  })
})

describe('U22 a partial result', () => {
  test('is told tunnel by tunnel, Cloudflare’s reason scrubbed, and only what was applied is shown', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const [first = '', second = '', third = ''] = idsOf(world)
    const reason = 'The key "canary-refused-key" is too short\u001b[31m'
    const result = { successfully_applied_psks: {}, unapplied_psks: { [second]: reason } }
    const body = { success: true, errors: [], messages: [], result }
    faultsFor(world, second, { kind: 'status', status: 200, body })
    const asked = [{ id: first }, { id: second, psk: 'canary-refused-key' }, { id: third }]
    const results = await resultsIn(await setKeys(admin, asked))
    expect(results.map(({ id, outcome, psk }) => [id, outcome, psk !== undefined])).toEqual([
      [first, 'applied', true],
      [second, 'rejected', false],
      [third, 'applied', true],
    ])
    expect(results[1]?.problem).toMatchObject({
      code: 'rejected',
      upstream: [{ message: 'The key "[redacted]" is too short [31m' }],
    })
    const entries = await auditOf(world)
    expect(entries.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'applied', 'rejected'])
    expect(JSON.stringify(entries)).not.toContain('canary')
  })

  test('a refusal of the whole call points at the key in the request', async () => {
    const world = await startWorld()
    const errors = [{ code: 1022, message: 'must be longer', source: { pointer: '/psks/0/psk' } }]
    const [first = '', second = ''] = idsOf(world)
    const body = { success: false, errors, result: null }
    faultsFor(world, second, { kind: 'status', status: 400, body })
    const [, refused] = await resultsIn(
      await setKeys(await world.as('admin'), [{ id: first }, { id: second, psk: 'x' }]),
    )
    expect(refused).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'rejected', errors: [{ pointer: '/tunnels/1/psk', detail: 'must be longer' }] },
    })
  })

  test.each([
    ['neither', {}, {}],
    ['both', { applied: {} }, { unapplied: 'no' }],
    ['another key', { applied: { psk: 'canary-other-key' } }, {}],
  ])('%s is no answer: the same key is sent again, and then it is unknown', async (_, applied, unapplied) => {
    const world = await startWorld()
    const id = idOf(world, 'paris-a')
    const named = (value: object) => Object.fromEntries(Object.values(value).map((one) => [id, one]))
    const result = { successfully_applied_psks: named(applied), unapplied_psks: named(unapplied) }
    const fault = { kind: 'status' as const, status: 200, body: { success: true, errors: [], result } }
    world.sandbox.faults.next(fault, { ...setting, times: 4 })
    const answer = await setKeys(await world.as('admin'), [{ id }])
    const text = await answer.clone().text()
    expect(await resultsIn(answer)).toMatchObject([{ id, outcome: 'unknown', problem: { code: 'outcome-unknown' } }])
    expect([text.includes('canary'), text.includes('"psk"'), writes(world.sandbox).length]).toEqual([false, false, 4])
  })
})

describe('what cannot be asked', () => {
  const id = 'a'.repeat(32)
  test.each<[string, unknown, number, string]>([
    ['no tunnel', { tunnels: [] }, 422, '/tunnels'],
    [
      '101 tunnels',
      { tunnels: Array.from({ length: 101 }, (_, n) => ({ id: String(n).padStart(32, '0') })) },
      422,
      '/tunnels',
    ],
    ['a tunnel twice', { tunnels: [{ id }, { id }] }, 422, '/tunnels/1/id'],
    ['an id that is none', { tunnels: [{ id: '..' }] }, 422, '/tunnels/0/id'],
    ['an empty key', { tunnels: [{ id, psk: '' }] }, 422, '/tunnels/0/psk'],
    ['a key with a line break', { tunnels: [{ id, psk: 'a\nb' }] }, 422, '/tunnels/0/psk'],
    ['a key of 1,001 characters', { tunnels: [{ id, psk: 'x'.repeat(1001) }] }, 422, '/tunnels/0/psk'],
    ['a key that is a number', { tunnels: [{ id, psk: 7 }] }, 422, '/tunnels/0/psk'],
    ['an unknown field', { tunnels: [{ id, md5_key: 'x' }] }, 400, '/tunnels/0/md5_key'],
  ])('%s is refused, and nothing is sent', async (_, body, status, pointer) => {
    const world = await startWorld()
    const answer = await (await world.as('admin')).send('POST', '/api/tunnels/psk', body)
    expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([status, pointer])
    expect([world.sandbox.ledger, await auditOf(world)]).toEqual([[], []])
  })

  test('an idempotency key with no room for a tunnel’s id is refused', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const answer = await setKeys(admin, [{ id: idOf(world, 'paris-a') }], { 'idempotency-key': 'k'.repeat(223) })
    expect([answer.status, world.sandbox.ledger]).toEqual([400, []])
  })

  test('by an operator is refused and recorded', async () => {
    const world = await startWorld()
    const answer = await setKeys(await world.as('operator'), [{ id: idOf(world, 'paris-a') }])
    expect([answer.status, world.sandbox.ledger]).toEqual([403, []])
    expect(await auditOf(world)).toMatchObject([{ action: 'psk.set', outcome: 'denied' }])
  })
})
