import { describe, expect, test, vi } from 'vitest'
import { faultsFor, idsOf, resultsIn, setKeys, setting } from './key-steps.ts'
import { auditOf, idOf, opened, outcomeOf, problemIn, restarted, startClockedWorld } from './steps.ts'
import { startWorld, type World, writes } from './world.ts'

const site = 'paris-a'
const key = { 'idempotency-key': 'rotation-instance-1' }
const lost = { kind: 'commitThenDrop' as const }
const neverCame = { kind: 'dropBeforeCommit' as const }

async function underWay(world: World): Promise<void> {
  await vi.waitFor(() => expect(writes(world.sandbox)).toHaveLength(1))
}

describe('U19 a key whose answer was lost', () => {
  test.each([
    ['came through', lost],
    ['never came', neverCame],
    ['came through and was answered by the edge', { kind: 'html' as const, commit: true }],
    ['came through and was answered by half', { kind: 'halfBody' as const }],
    ['came through and was answered by 500', { kind: 'status' as const, status: 500, body: {}, commit: true }],
  ])('and that %s is sent again with the same value, which is shown once and is Cloudflare’s', async (_, fault) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const [first = '', second = '', third = ''] = idsOf(world)
    faultsFor(world, second, fault)
    const bodies: string[] = []
    const { fetch } = world.deps.upstream
    Object.assign(world.deps.upstream, {
      fetch: (...[input, init]: Parameters<typeof fetch>) => {
        if (input.endsWith('/psk')) bodies.push(String(init.body))
        return fetch(input, init)
      },
    })
    const asked = [{ id: first }, { id: second }, { id: third, psk: 'own key' }]
    const answer = await setKeys(admin, asked, key)
    const text = await answer.clone().text()
    const results = await resultsIn(answer)
    expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
    for (const { id, psk = '' } of results) {
      expect(await world.sandbox.hasPsk(id, psk)).toBe(true)
      expect(text.split(psk)).toHaveLength(2)
    }
    const sent = bodies.filter((body) => body.includes(second))
    expect([sent.length, new Set(sent).size]).toEqual([2, 1])
    expect((await auditOf(world)).map(({ outcome, turns }) => [outcome, turns.length])).toEqual(
      Array(3).fill(['applied', 1]),
    )
    const again = await resultsIn(await setKeys(admin, asked, key))
    expect(again.map(({ psk, problem }) => [psk, problem?.code])).toEqual(
      Array(3).fill([undefined, 'already-revealed']),
    )
    expect(bodies).toHaveLength(4)
  })

  test('four times is unknown: not shown, watched, and told the same under its key', async () => {
    const world = await startClockedWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    world.sandbox.faults.next(lost, { ...setting, times: 4 })
    world.clock.advance(1000)
    const ask = async () => resultsIn(await setKeys(admin, [{ id, psk: 'canary-own-key' }], key))
    const [first] = await ask()
    expect(first).toMatchObject({ id, outcome: 'unknown', problem: { code: 'outcome-unknown' } })
    expect(first?.problem?.detail).toContain('has got a new key, and nobody can tell whether it is this one')
    expect(JSON.stringify(first)).not.toContain('canary')
    expect(writes(world.sandbox)).toHaveLength(4)
    expect(await ask()).toMatchObject([{ outcome: 'unknown' }])
    expect(await outcomeOf(admin, `${key['idempotency-key']}-${id}`)).toMatchObject({ outcome: 'unknown' })
    expect(writes(world.sandbox)).toHaveLength(4)
    expect((await resultsIn(await setKeys(admin, [{ id }])))[0]).toMatchObject({ outcome: 'applied' })
  })

  test('whose date has not moved is not said to be without effect, not after minutes either', async () => {
    const world = await startClockedWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    world.sandbox.faults.next(neverCame, { ...setting, times: 4 })
    const [first] = await resultsIn(await setKeys(admin, [{ id }], key))
    expect(first?.problem?.detail).toContain('this one may count, or the former one')
    const early = await resultsIn(await setKeys(admin, [{ id }]))
    expect(early).toMatchObject([{ outcome: 'rejected', problem: { code: 'unsettled' } }])
    await world.later(400_000)
    await world.later(40_000)
    const [settled] = (await auditOf(world)).filter(({ outcome }) => outcome !== 'failed')
    expect(settled).toMatchObject({ outcome: 'unknown', problem: { code: 'outcome-unknown' } })
    expect((await resultsIn(await setKeys(admin, [{ id }])))[0]).toMatchObject({ outcome: 'applied' })
  })

  test('and that is refused when it is sent again is unknown, since the lost one may have counted', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const result = { successfully_applied_psks: {}, unapplied_psks: { [id]: 'no' } }
    const no = { kind: 'status' as const, status: 200, body: { success: true, errors: [], result } }
    faultsFor(world, id, lost, no, { kind: 'notSent' }, no)
    expect(await resultsIn(await setKeys(admin, [{ id }]))).toMatchObject([{ outcome: 'unknown' }])
  })

  test('that certainly never left is refused at once, and may be asked for anew', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    faultsFor(world, id, { kind: 'notSent' })
    const ask = async () => resultsIn(await setKeys(admin, [{ id }], key))
    expect(await ask()).toMatchObject([{ outcome: 'rejected', problem: { code: 'not-sent' } }])
    expect(await ask()).toMatchObject([{ outcome: 'applied', psk: expect.any(String) }])
  })
})

describe('L3 a key that was being set when the process was killed', () => {
  test.each([
    ['had arrived', { ...lost, hang: true }, 'has got a new key'],
    ['had not arrived', { ...neverCame, hang: true }, 'The console stopped while the key was made or set'],
  ])('and that %s is unknown, its value gone: set again', async (_, fault, words) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const [first = '', second = ''] = idsOf(world)
    faultsFor(world, first, fault)
    void setKeys(admin, [{ id: first, psk: 'canary-own-key' }], key)
    await underWay(world)
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ action: 'psk.set', outcome: 'unknown' }])
    const again = await (await next.as('admin')).send(
      'POST',
      '/api/tunnels/psk',
      { tunnels: [{ id: first, psk: 'canary-own-key' }, { id: second }] },
      key,
    )
    const [told, done] = await resultsIn(again)
    expect([told?.outcome, told?.problem?.detail]).toEqual(['unknown', expect.stringContaining(words)])
    expect(told?.problem?.detail).toMatch(/set (or generate one again|a new one)/i)
    expect(done).toMatchObject({ outcome: 'applied' })
    expect(writes(world.sandbox)).toHaveLength(2)
  })

  test('before it was sent did not happen, and may be asked for anew', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET' })
    void setKeys(admin, [{ id }], key)
    await vi.waitFor(async () => expect(await auditOf(world)).toMatchObject([{ outcome: 'pending' }]))
    const next = await restarted(world)
    expect(await auditOf(next)).toMatchObject([{ outcome: 'failed', problem: { code: 'not-sent' } }])
    const again = await setKeys(await next.as('admin'), [{ id }], key)
    expect(await resultsIn(again)).toMatchObject([{ outcome: 'applied' }])
  })

  test('is not sent again by a process that was overtaken: the next key stays', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    const gate = Promise.withResolvers<void>()
    const { pause } = world.deps
    Object.assign(world.deps, { pause: () => gate.promise })
    faultsFor(world, id, lost)
    const late = setKeys(admin, [{ id, psk: 'the older key' }], key)
    await underWay(world)
    Object.assign(world.deps, { pause })
    const next = await restarted(world)
    const newer = await resultsIn(await setKeys(await next.as('admin'), [{ id, psk: 'the newer key' }]))
    expect(newer).toMatchObject([{ outcome: 'applied' }])
    gate.resolve()
    expect(await resultsIn(await late)).toMatchObject([{ outcome: 'unknown' }])
    expect(await world.sandbox.hasPsk(id, 'the newer key')).toBe(true)
    expect(writes(world.sandbox)).toHaveLength(2)
  })
})

test('a change that was prepared before the key was set is a conflict, and one after it is not', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world, site)
  const { ifMatch } = await opened(admin, id)
  await setKeys(admin, [{ id }])
  const put = (version: object) => admin.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...version })
  expect((await problemIn(await put(ifMatch))).code).toBe('conflict')
  expect((await put((await opened(admin, id)).ifMatch)).status).toBe(200)
})
