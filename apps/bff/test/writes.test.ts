import type { PskAnswer, WrittenTunnel } from '@tunnel-console/shared/api'
import { describe, expect, test } from 'vitest'
import { auditOf, create, idOf, opened, problemIn, stored } from './steps.ts'
import { newTunnel, type Person, startWorld, type World, writes } from './world.ts'

const site = 'fra-dc1-a'

interface Mutation {
  action: string
  method: string
  /** Whom the design forbids it. */
  lesser: 'support' | 'operator'
  target: string
  url(world: World): string
  run(person: Person, world: World, query?: string): Promise<Response>
  /** Something that no form of ours would send. */
  bad(person: Person, world: World): Promise<Response>
}

const path = (world: World) => `/api/tunnels/${idOf(world, site)}`

const mutations: Mutation[] = [
  {
    action: 'tunnel.create',
    method: 'POST',
    lesser: 'support',
    target: newTunnel.name,
    url: () => '/api/tunnels',
    run: (person, _, query = '') => person.send('POST', `/api/tunnels${query}`, newTunnel),
    bad: (person) => person.send('POST', '/api/tunnels', { ...newTunnel, interface_address: '10.0.0.0/29' }),
  },
  {
    action: 'tunnel.update',
    method: 'PUT',
    lesser: 'support',
    target: site,
    url: path,
    run: async (person, world, query = '') => {
      const { ifMatch } = await opened(person, idOf(world, site))
      return person.send('PUT', path(world) + query, { description: 'moved' }, ifMatch)
    },
    bad: async (person, world) => {
      const { ifMatch } = await opened(person, idOf(world, site))
      return person.send('PUT', path(world), { bgp: { customer_asn: 13335 } }, ifMatch)
    },
  },
  {
    action: 'tunnel.delete',
    method: 'DELETE',
    lesser: 'operator',
    target: site,
    url: path,
    run: async (person, world, query = '') => {
      const { ifMatch } = await opened(person, idOf(world, site))
      return person.send('DELETE', path(world) + query, undefined, ifMatch)
    },
    bad: (person, world) => person.send('DELETE', path(world), undefined, { 'if-match': 'W/"x"' }),
  },
  {
    action: 'psk.generate',
    method: 'POST',
    lesser: 'support',
    target: site,
    url: (world) => `${path(world)}/psk_generate`,
    run: (person, world, query = '') => person.send('POST', `${path(world)}/psk_generate${query}`),
    bad: (person, world) => person.send('POST', `${path(world)}/psk_generate?validate-only=true`),
  },
]

describe.each(mutations)('$action', ({ action, method, lesser, target, url, run, bad }) => {
  test('S64 is done once, and its entry says who did what to which tunnel', async () => {
    const world = await startWorld()
    const response = await run(await world.as('admin'), world)
    expect(response.status).toBe(action === 'tunnel.create' ? 201 : 200)
    expect(writes(world.sandbox)).toMatchObject([{ method, committed: true, query: {} }])
    expect(await auditOf(world)).toMatchObject([
      { action, outcome: 'applied', validateOnly: false, target: { name: target }, problem: null },
    ])
    const [entry] = await auditOf(world)
    expect([entry?.actor.role, entry?.target?.id?.length, entry?.settledAt]).toEqual(['admin', 32, expect.any(String)])
  })

  test('as a dry run asks Cloudflare once and stores nothing', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const known = ((await (await admin.send('POST', `${path(world)}/psk_generate`)).json()) as PskAnswer).psk
    const before = world.sandbox.state()
    const response = await run(admin, world, '?validate_only=true')
    expect([response.status, await response.json()]).toEqual([200, { valid: true, checkedAt: expect.any(String) }])
    expect(world.sandbox.state()).toEqual(before)
    expect(await world.sandbox.hasPsk(idOf(world, site), known)).toBe(true)
    expect(writes(world.sandbox).slice(1)).toMatchObject([
      { method, committed: false, query: { validate_only: 'true' } },
    ])
    expect((await auditOf(world))[0]).toMatchObject({ action, outcome: 'valid', validateOnly: true })
  })

  test('S46 is refused to a lesser role before Cloudflare is asked, dry run too, and the refusal is recorded', async () => {
    const world = await startWorld()
    const person = await world.as(lesser)
    await run(person, world).then(problemIn)
    const reads = world.sandbox.ledger.length
    const response = await person.send(method, `${url(world)}?validate_only=true`)
    expect([response.status, (await problemIn(response)).code]).toEqual([403, 'forbidden'])
    expect([world.sandbox.ledger.length, writes(world.sandbox)]).toEqual([reads, []])
    expect(await auditOf(world)).toMatchObject([
      { action, outcome: 'denied', actor: { role: lesser } },
      { action, outcome: 'denied', actor: { role: lesser } },
    ])
  })

  test('S09 refuses bad input before anything is sent or recorded', async () => {
    const world = await startWorld()
    const response = await bad(await world.as('admin'), world)
    expect([400, 422]).toContain(response.status)
    expect((await problemIn(response)).code).toMatch(/^(bad-request|invalid)$/)
    expect(writes(world.sandbox)).toEqual([])
    expect(await auditOf(world)).toEqual([])
  })

  test('U11 hands on Cloudflare’s refusal in its own words, on the field it points at', async () => {
    const world = await startWorld()
    const before = world.sandbox.state()
    const error = {
      code: 1106,
      message: 'overlaps with london-a',
      documentation_url: 'https://developers.cloudflare.com/x',
      source: { pointer: '/interface_address' },
    }
    const body = { success: false, errors: [error], messages: [], result: null }
    world.sandbox.faults.next({ kind: 'status', status: 400, body }, { method })
    const response = await run(await world.as('admin'), world)
    expect(response.status).toBe(422)
    const { source, ...upstream } = error
    expect(await problemIn(response)).toMatchObject({
      code: 'rejected',
      upstream: [upstream],
      errors: [{ pointer: source.pointer, detail: error.message, source: 'cloudflare' }],
      ray: expect.stringMatching(/^[0-9a-f]{16}-AMS$/),
    })
    expect([world.sandbox.state(), writes(world.sandbox).length]).toEqual([before, 1])
    expect(await auditOf(world)).toMatchObject([
      {
        action,
        outcome: 'rejected',
        target: { name: target },
        problem: { code: 'rejected', detail: 'overlaps with london-a (1106)' },
        ray: expect.any(String),
      },
    ])
  })

  test('U1 says that nothing was sent when the connection is refused, and it is not tried again', async () => {
    const world = await startWorld()
    const before = world.sandbox.state()
    world.sandbox.faults.next({ kind: 'notSent' }, { method })
    const response = await run(await world.as('admin'), world)
    expect([response.status, (await problemIn(response)).code]).toEqual([503, 'not-sent'])
    expect([world.sandbox.state(), writes(world.sandbox)]).toEqual([before, []])
    expect(await auditOf(world)).toMatchObject([{ action, outcome: 'failed', problem: { code: 'not-sent' } }])
  })
})

describe('create', () => {
  test('answers with the tunnel and its version, and records what was chosen', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const bgp = { customer_asn: 65010, md5_key: 'canary-md5' }
    const response = await create(operator, {}, { ...newTunnel, bgp })
    const { tunnel, version } = (await response.json()) as WrittenTunnel
    expect(tunnel).toMatchObject({ ...newTunnel, bgp: { ...bgp, extra_prefixes: [] } })
    expect(version).toBe((await opened(operator, tunnel.id)).version)
    const [entry] = await auditOf(world)
    const fields = Object.fromEntries(entry?.changes.map(({ path: field, after }) => [field, after]) ?? [])
    expect(fields).toEqual({ ...newTunnel, 'bgp.enabled': true, 'bgp.customer_asn': 65010, 'bgp.md5_key': '(set)' })
    expect(entry?.target).toEqual({ id: tunnel.id, name: newTunnel.name })
  })

  test.each([
    ['a name that is taken', { name: site }, '/name'],
    ['a subnet that is taken', { interface_address: '10.252.0.2/31' }, '/interface_address'],
    ['an endpoint of somebody else', { cloudflare_endpoint: '192.0.2.1' }, '/cloudflare_endpoint'],
  ])('hands on what Cloudflare says to %s', async (_, change, pointer) => {
    const world = await startWorld()
    const response = await create(await world.as('operator'), {}, { ...newTunnel, ...change })
    expect(response.status).toBe(422)
    expect((await problemIn(response)).errors?.map((error) => error.pointer)).toEqual([pointer])
  })
})

describe('psk_generate', () => {
  test('S16 S17 gives the key that counts, once, and the key is nowhere else', async () => {
    const world = await startWorld()
    const response = await (await world.as('operator')).send('POST', `${path(world)}/psk_generate`)
    const answer = (await response.json()) as PskAnswer
    expect(await world.sandbox.hasPsk(idOf(world, site), answer.psk)).toBe(true)
    expect(answer.psk_metadata.last_generated_on).toBe(stored(world, site)?.psk_metadata.last_generated_on)
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(JSON.stringify([await auditOf(world), world.logs])).not.toContain(answer.psk)
  })
})
