import type { AuditPage } from '@tunnel-console/shared/api'
import { describe, expect, test } from 'vitest'
import { createHeadLog } from '../src/audit/head.ts'
import { auditOf, create, idOf, opened, problemIn, startClockedWorld } from './steps.ts'
import { newTunnel, type Person, startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'

async function page(person: Person, query = ''): Promise<AuditPage> {
  return (await (await person.get(`/api/audit${query}`)).json()) as AuditPage
}

/** Dry runs by one person and sign-ins of another, who is refused once: entries without a change to the sandbox. */
async function fill(world: World, count: number) {
  const [operator, support] = [await world.as('operator'), await world.as('support')]
  for (let turn = 0; turn < count; turn++) {
    await operator.send('POST', '/api/tunnels?validate_only=true', newTunnel)
    await support.send('DELETE', `/api/tunnels/${idOf(world, site)}`)
  }
}

describe('the list', () => {
  test('is newest first, and its pages meet without gap or overlap while new entries come', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await fill(world, 6)
    const all = (await page(admin, '?limit=200')).entries.map(({ seq }) => seq)
    expect(all).toEqual(all.toSorted((a, b) => b - a))
    const seen: number[] = []
    let query = '?limit=4'
    for (let turn = 0; turn < Math.ceil(all.length / 4); turn++) {
      const { entries, nextCursor } = await page(admin, query)
      seen.push(...entries.map(({ seq }) => seq))
      await fill(world, 1)
      query = `?limit=4&cursor=${nextCursor}`
    }
    expect(seen).toEqual(all)
    expect(query).toBe('?limit=4&cursor=null')
  })

  test('can be asked for a person, an action, a tunnel, an outcome, and several at once', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await fill(world, 2)
    const id = idOf(world, site)
    await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)
    const found = async (query: string) =>
      (await page(admin, query)).entries.map(({ action, outcome }) => `${action} ${outcome}`)
    expect(await found('?outcome=valid')).toEqual(['tunnel.create valid', 'tunnel.create valid'])
    expect(await found('?action=tunnel.create')).toEqual(['tunnel.create valid', 'tunnel.create valid'])
    expect(await found(`?target=${id}`)).toEqual(['tunnel.delete applied', 'tunnel.delete denied'])
    expect(await found(`?target=${id}&outcome=applied`)).toEqual(['tunnel.delete applied'])
    const { actors } = (await (await admin.get('/api/audit/actors')).json()) as { actors: string[] }
    expect(actors).toHaveLength(3)
    const byActor = await Promise.all(actors.map((actor) => page(admin, `?actor=${encodeURIComponent(actor)}`)))
    const total = byActor.reduce((sum, { entries }) => sum + entries.length, 0)
    expect(total).toBe((await page(admin, '?limit=200')).entries.length)
    expect(byActor.every(({ entries }, index) => entries.every(({ actor }) => actor.email === actors[index]))).toBe(
      true,
    )
  })

  test('can be asked for the time in which entries began, by days and by moments', async () => {
    const world = await startClockedWorld()
    const start = Date.UTC(2030, 0, 1, 22)
    world.clock.step(start - world.clock.now().getTime())
    const at = (hours: number) => new Date(start + hours * 3600_000).toISOString()
    const { audit } = world.services.owner
    const base = { actor: { id: 'a', email: 'a@example.com', role: null }, target: null, requestId: 'r' } as const
    const ids: string[] = []
    // Nine entries, six hours apart; each is settled when the next but one has begun.
    for (let turn = 0; turn < 9; turn++) {
      ids.push(await audit.begin({ ...base, action: 'tunnel.update', validateOnly: false, changes: [] }))
      if (turn > 0) await audit.settle(ids[turn - 1] ?? '', { outcome: 'applied' })
      world.clock.advance(6 * 3600_000)
    }
    const found = async (filter: object) => {
      const { entries } = await audit.list({ ...filter, limit: 50 })
      return entries.map(({ id }) => ids.indexOf(id)).toReversed()
    }
    expect(await found({ from: '2030-01-02', to: '2030-01-02' })).toEqual([1, 2, 3, 4])
    expect(await found({ from: at(12) })).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect(await found({ to: at(12) })).toEqual([0, 1])
    expect(await found({ from: at(12), to: at(12) })).toEqual([])
    expect(await found({ from: '2030-01-02T11:00:00+01:00', to: '2030-01-02T11:00:01+01:00' })).toEqual([2])
    expect(await found({ from: '2031-01-01' })).toEqual([])
    expect(await found({ to: '2029-12-31' })).toEqual([])
    expect(await found({ to: '9999-12-31' })).toHaveLength(9)
  })

  test('finds an entry under the time that it shows, though the clock was wrong', async () => {
    const world = await startClockedWorld()
    const { audit } = world.services.owner
    const base = { actor: { id: 'a', email: 'a@example.com', role: null }, target: null, requestId: 'r' } as const
    const year = 365 * 24 * 3600_000
    world.clock.step(Date.UTC(2030, 5, 1) - world.clock.now().getTime())
    for (const step of [0, 5 * year, -5 * year, -year, year]) {
      world.clock.step(step)
      await audit.record({ ...base, action: 'session.signIn', outcome: 'applied' })
    }
    const found = async (filter: object) => (await audit.list({ ...filter, limit: 9 })).entries.map(({ seq }) => seq)
    expect(await found({ from: '2030-01-01', to: '2030-12-31' })).toEqual([5, 3, 1])
    expect(await found({ from: '2031-01-01' })).toEqual([2])
    expect(await found({ to: '2029-12-31' })).toEqual([4])
  })

  test('can be asked for a text in a name, an address, an action or a changed value, and for nothing else', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const { ifMatch } = await opened(operator, id)
    const description = 'Zürich "north" 100%_x'
    await operator.send('PUT', `/api/tunnels/${id}`, { description }, ifMatch)
    const count = async (text: string) =>
      (await page(operator, `?text=${encodeURIComponent(text)}`)).entries.map(({ action }) => action)
    for (const text of [
      'FRA-dc1',
      'operator@',
      'Tunnel.Update',
      'Zürich',
      'NORTH',
      '"north"',
      '100%_',
      'description',
    ]) {
      expect(await count(text), text).toContain('tunnel.update')
    }
    // Words of the JSON, wildcards of LIKE, and what is not there.
    for (const text of ['before', '","', 'n%th', 'zürich "south"', 'x'.repeat(100)]) {
      expect(await count(text), text).toEqual([])
    }
  })

  test('leaves dry runs out, or everything else', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await fill(world, 2)
    const found = async (query: string) => (await page(admin, query)).entries.map(({ validateOnly }) => validateOnly)
    expect(await found('?validate_only=true')).toEqual([true, true])
    const others = await found('?validate_only=false')
    expect(new Set(others)).toEqual(new Set([false]))
    expect(others.length + 2).toBe((await found('')).length)
  })

  test('knows a tunnel that is gone by its id, and a person by theirs', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const id = idOf(world, site)
    await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)
    expect((await admin.get(`/api/tunnels/${id}`)).status).toBe(404)
    expect((await page(admin, `?target=${id}`)).entries).toMatchObject([
      { action: 'tunnel.delete', outcome: 'applied', target: { id, name: site } },
    ])
    await admin.send('PATCH', '/api/users/sandbox-support', { role: 'operator' })
    expect((await page(admin, '?target=sandbox-support')).entries).toMatchObject([{ action: 'user.changeRole' }])
  })

  test.each([
    '?limit=0',
    '?limit=201',
    '?limit=x',
    '?cursor=0',
    '?cursor=-1',
    '?outcome=great',
    '?target=x',
    '?entry=x',
    '?page=2',
    '?from=yesterday',
    '?from=2026-13-01',
    '?to=2026-11-24T08:00:00',
    '?text=',
    `?text=${'x'.repeat(101)}`,
    '?validate_only=no',
    '?target=00000000-0000-0000-0000-00000000000G',
    '?limit=1&limit=2',
  ])('refuses %s', async (query) => {
    const world = await startWorld()
    const response = await (await world.as('admin')).get(`/api/audit${query}`)
    expect([response.status, (await problemIn(response)).code]).toEqual([400, 'bad-request'])
  })

  test.each([
    ['from', '0000-01-01'],
    ['from', '9999-12-31'],
    ['to', '1999-12-31T23:59:59Z'],
  ])('refuses a slip such as %s %s with what to give, in the list and in the export', async (name, moment) => {
    const admin = await (await startWorld()).as('admin')
    const paths = [`/api/audit?${name}=${moment}`, `/api/audit/export?format=csv&${name}=${moment}`]
    for (const answer of await Promise.all(paths.map((path) => admin.get(path)))) {
      const { errors } = await problemIn(answer)
      expect([answer.status, errors?.map(({ pointer }) => pointer)]).toEqual([422, [`/${name}`]])
      expect(errors?.[0]?.detail).toMatch(/^Give a moment .*2000/)
    }
    expect((await admin.get('/api/audit?to=2999-12-31')).status).toBe(200)
  })

  test('S47 is not for support', async () => {
    const world = await startWorld()
    const support = await world.as('support')
    expect([(await support.get('/api/audit')).status, (await support.get('/api/audit/actors')).status]).toEqual([
      403, 403,
    ])
  })
})

describe('an entry', () => {
  test('S64 has its times, its request, and one ledger entry for each that was applied', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    await create(operator)
    await create(operator, {}, { ...newTunnel, name: site, interface_address: '10.99.0.2/31' })
    await operator.send('POST', `/api/tunnels/${idOf(world, site)}/psk_generate`)
    const entries = await auditOf(world)
    expect(entries.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'applied'])
    expect(writes(world.sandbox).filter(({ committed }) => committed)).toHaveLength(2)
    const at = world.clock.now().toISOString()
    expect(entries.map((entry) => [entry.at, entry.settledAt])).toEqual([
      [at, at],
      [at, at],
      [at, at],
    ])
    const requests = world.logs.filter(({ event, method }) => event === 'request' && method === 'POST')
    expect(requests.map(({ requestId }) => requestId)).toEqual(
      expect.arrayContaining(entries.map(({ requestId }) => requestId)),
    )
  })

  test('is there, pending, before anything leaves the house', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const outcomes: string[][] = []
    const { fetch } = world.deps.upstream
    world.deps.upstream.fetch = async (input, init) => {
      outcomes.push((await auditOf(world)).map(({ outcome }) => outcome))
      return fetch(input, init)
    }
    await create(operator)
    expect(new Set(outcomes.map(String))).toEqual(new Set(['pending']))
    expect(outcomes.length).toBeGreaterThan(1)
  })
})

test('S66 a name never reaches the log, so it breaks no line there; the audit log keeps it as it was', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const hostile = 'a\r\nb\u001b[31mred\u202e'
  await world.services.owner.audit.settle(
    await world.services.owner.audit.begin({
      actor: { id: 'x', email: hostile, role: null },
      action: 'tunnel.changedOutside',
      target: { id: null, name: hostile },
      validateOnly: false,
      changes: [],
      requestId: 'r',
    }),
    { outcome: 'applied' },
  )
  const log = createHeadLog({ audit: world.services.owner.audit, log: world.deps.log })
  await log.tick()
  await page(admin, `?actor=${encodeURIComponent(hostile)}`)
  await admin.get(`/api/audit/export?format=csv&actor=${encodeURIComponent(hostile)}`)
  expect((await page(admin)).entries[0]).toMatchObject({ actor: { email: hostile }, target: { name: hostile } })
  expect(world.logs.map(({ event }) => event)).toContain('audit.head')
  expect(JSON.stringify(world.logs)).not.toContain('red')
})
