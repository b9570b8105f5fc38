import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { readOnlyKeys } from '@tunnel-console/shared/tunnel'
import { assert, describe, expect, test, vi } from 'vitest'
import { auditOf, idOf, opened, problemIn, startClockedWorld, stored } from './steps.ts'
import { startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'
const url = (world: World) => `/api/tunnels/${idOf(world, site)}`

async function refused(response: Response) {
  return [response.status, (await problemIn(response)).code]
}

describe('H1 two people', () => {
  test('the second to save gets what is there now, and overwrites nothing', async () => {
    const world = await startClockedWorld()
    const [first, second] = [await world.as('operator'), await world.as('admin')]
    const { ifMatch } = await opened(second, idOf(world, site))
    expect((await first.send('PUT', url(world), { description: 'first' }, ifMatch)).status).toBe(200)
    const response = await second.send('PUT', url(world), { replay_protection: true }, ifMatch)
    const now = await opened(second, idOf(world, site))
    expect(response.status).toBe(412)
    expect(await problemIn(response)).toMatchObject({ code: 'conflict', current: now.tunnel, version: now.version })
    expect(stored(world, site)).toMatchObject({ description: 'first', replay_protection: false })
    expect(writes(world.sandbox)).toHaveLength(1)
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['conflict', 'applied'])
    expect((await second.send('PUT', url(world), { replay_protection: true }, now.ifMatch)).status).toBe(200)
  })

  test('who save at the same moment: one is first, the other is told', async () => {
    const world = await startWorld()
    const [first, second] = [await world.as('operator'), await world.as('admin')]
    const { ifMatch } = await opened(first, idOf(world, site))
    const answers = await Promise.all([
      first.send('PUT', url(world), { description: 'first' }, ifMatch),
      second.send('PUT', url(world), { description: 'second' }, ifMatch),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('B5 who count in one field at once lose no count', async () => {
    const world = await startWorld()
    const people = await Promise.all([world.as('operator'), world.as('admin')])
    const start = await opened(people[0], idOf(world, site))
    await people[0].send('PUT', url(world), { description: '0' }, start.ifMatch)
    const increment = async (person: (typeof people)[0]) => {
      const { tunnel, ifMatch } = await opened(person, idOf(world, site))
      const description = String(Number(tunnel.description) + 1)
      return (await person.send('PUT', url(world), { description }, ifMatch)).status
    }
    const statuses = await Promise.all(
      people.map(async (person) => {
        const told: number[] = []
        for (let round = 0; round < 15; round++) told.push(await increment(person))
        return told
      }),
    )
    const applied = statuses.flat().filter((status) => status === 200).length
    expect(stored(world, site)?.description).toBe(String(applied))
    expect(statuses.flat().filter((status) => status !== 200 && status !== 412)).toEqual([])
  })
})

describe('H2 somebody writes past the console', () => {
  test.each([
    ['a field', { description: 'outside' }],
    ['the key', { psk_metadata: { last_generated_on: '2020-01-01T00:00:00Z' } }],
  ])('%s: the edit, the deletion and their dry runs are stopped', async (_, patch) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const { ifMatch } = await opened(admin, idOf(world, site))
    world.sandbox.externalWrite(idOf(world, site), patch)
    const before = world.sandbox.state()
    for (const query of ['', '?validate_only=true']) {
      const put = await admin.send('PUT', url(world) + query, { description: 'mine' }, ifMatch)
      const gone = await admin.send('DELETE', url(world) + query, undefined, ifMatch)
      expect([await refused(put), await refused(gone)]).toEqual([
        [412, 'conflict'],
        [412, 'conflict'],
      ])
    }
    expect([world.sandbox.state(), writes(world.sandbox)]).toEqual([before, []])
  })

  test('status that moves by itself is no conflict', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const before = await opened(operator, idOf(world, site))
    world.clock.advance(600_000)
    const after = await opened(operator, idOf(world, site))
    expect(after.tunnel.bgp_status?.updated_at).not.toBe(before.tunnel.bgp_status?.updated_at)
    expect(after.version).toBe(before.version)
  })
})

test.each([
  ['none', undefined, 428, 'precondition-required'],
  ['a star', '*', 400, 'bad-request'],
  ['a weak tag', `W/"${'a'.repeat(43)}"`, 400, 'bad-request'],
  ['two tags', `"${'a'.repeat(43)}", "${'b'.repeat(43)}"`, 400, 'bad-request'],
  ['another version', `"${'a'.repeat(43)}"`, 412, 'conflict'],
])('If-Match with %s stops a change and a deletion', async (_, value, status, code) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const headers: Record<string, string> = value === undefined ? {} : { 'if-match': value }
  expect(await refused(await admin.send('PUT', url(world), { description: 'x' }, headers))).toEqual([status, code])
  expect(await refused(await admin.send('DELETE', url(world), undefined, headers))).toEqual([status, code])
  expect(writes(world.sandbox)).toEqual([])
})

describe('a change sends the whole writable tunnel', () => {
  async function change(world: World, patch: object, name = site) {
    const operator = await world.as('operator')
    const id = idOf(world, name)
    const { tunnel, ifMatch } = await opened(operator, id)
    const response = await operator.send('PUT', `/api/tunnels/${id}`, patch, ifMatch)
    const answer = (await response.json()) as WrittenTunnel
    return { before: tunnel, after: answer.tunnel, body: writes(world.sandbox).at(-1)?.body as Record<string, unknown> }
  }

  test('as just read, without keys, nulls and what Cloudflare sets itself', async () => {
    const world = await startWorld()
    const { before, after, body } = await change(world, { description: 'moved' })
    const { effective: _, ...target } = before.health_check.target
    expect(body).toEqual({
      name: site,
      description: 'moved',
      cloudflare_endpoint: before.cloudflare_endpoint,
      customer_endpoint: before.customer_endpoint,
      interface_address: before.interface_address,
      health_check: { ...before.health_check, target },
      bgp: { customer_asn: 64522, extra_prefixes: before.bgp?.extra_prefixes, md5_key: 'fra-dc1.core/2024' },
      replay_protection: false,
      automatic_return_routing: false,
    })
    expect(Object.keys(body).filter((key) => (readOnlyKeys as readonly string[]).includes(key))).toEqual([])
    const { modified_on, ...same } = after
    expect(same).toEqual({ ...before, description: 'moved', modified_on: undefined, bgp_status: same.bgp_status })
    expect(modified_on).not.toBe(before.modified_on)
  })

  test('with BGP added, changed, and removed', async () => {
    const world = await startWorld()
    const added = await change(world, { bgp: { customer_asn: 65010, md5_key: 'canary' } }, 'paris-a')
    expect(added.before.bgp).toBeNull()
    expect(added.after.bgp).toMatchObject({ customer_asn: 65010, md5_key: 'canary', extra_prefixes: [] })
    const changed = await change(world, { bgp: { extra_prefixes: ['0.0.0.0/0'] } }, 'paris-a')
    expect(changed.after.bgp).toEqual({ ...added.after.bgp, extra_prefixes: ['0.0.0.0/0'] })
    const cleared = await change(world, { bgp: { md5_key: '' } }, 'paris-a')
    expect(cleared.after.bgp).toEqual({ ...changed.after.bgp, md5_key: '' })
    const removed = await change(world, { bgp: null }, 'paris-a')
    expect([removed.after.bgp, removed.body['bgp']]).toEqual([null, null])
    const [, clearing, , adding] = await auditOf(world)
    const fields = adding?.changes.map(({ path, after }) => [path, after])
    expect(fields).toEqual([
      ['bgp.enabled', true],
      ['bgp.customer_asn', 65010],
      ['bgp.md5_key', '(set)'],
    ])
    expect(clearing?.changes).toEqual([{ path: 'bgp.md5_key', label: 'MD5 key', before: '(set)', after: '' }])
  })

  test('with texts cleared by ""', async () => {
    const world = await startWorld()
    const { after, body } = await change(world, { description: '', customer_endpoint: '' })
    expect([after.description, after.customer_endpoint]).toEqual(['', ''])
    expect(body).toMatchObject({ description: '', customer_endpoint: '' })
    expect(stored(world, site)).toMatchObject({ description: '', customer_endpoint: '' })
  })

  test('and none at all when nothing would change', async () => {
    const world = await startWorld()
    const { before, after } = await change(world, { name: site })
    expect([after, writes(world.sandbox)]).toEqual([{ ...before, bgp_status: after.bgp_status }, []])
    expect(await auditOf(world)).toMatchObject([{ outcome: 'applied', changes: [] }])
  })
})

describe('turns', () => {
  test('a writer whose turn does not come within ten seconds is told so, with nothing sent', async () => {
    const world = await startWorld()
    const [first, second] = [await world.as('operator'), await world.as('admin')]
    const { ifMatch } = await opened(first, idOf(world, site))
    const put = (person: typeof first, description: string) => person.send('PUT', url(world), { description }, ifMatch)
    world.sandbox.faults.next({ kind: 'latency', ms: 15_000 }, { method: 'PUT' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }).setTimerTickMode('nextTimerAsync')
    const both = await Promise.all([put(first, 'one'), put(second, 'another')]).finally(() => vi.useRealTimers())
    // Who of two at once gets the turn is nobody's promise.
    const [slow, told] = both.toSorted((one, other) => one.status - other.status)
    assert(slow && told)
    expect(slow.status).toBe(200)
    expect([told.headers.get('retry-after'), ...(await refused(told))]).toEqual(['2', 503, 'busy'])
    const outcomes = (await auditOf(world)).map(({ outcome }) => outcome)
    expect([writes(world.sandbox).length, ...outcomes.toSorted()]).toEqual([1, 'applied', 'failed'])
  })

  test('writers of other tunnels are not held up', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const other = idOf(world, 'rotterdam-a')
    const [mine, theirs] = [await opened(operator, idOf(world, site)), await opened(operator, other)]
    world.sandbox.faults.next({ kind: 'latency', ms: 400 }, { method: 'PUT' })
    const slow = operator.send('PUT', url(world), { description: 'slow' }, mine.ifMatch)
    const quick = await operator.send('PUT', `/api/tunnels/${other}`, { description: 'quick' }, theirs.ifMatch)
    const firstToEnd = await Promise.race([slow.then(() => 'slow'), Promise.resolve('quick')])
    expect([quick.status, firstToEnd]).toEqual([200, 'quick'])
    expect((await slow).status).toBe(200)
  })
})
