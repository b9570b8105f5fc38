import { createSandbox } from '@tunnel-console/cloudflare-sandbox'
import { seedState, seedTunnels } from '@tunnel-console/cloudflare-sandbox/seed'
import { cidrsOverlap, parseCidr, peerAddress } from '@tunnel-console/shared/ip'
import { describe, expect, test } from 'vitest'
import { accountId, createHarness, dig, newTunnel, start } from './harness.ts'

const list = `/accounts/${accountId}/magic/ipsec_tunnels`

describe('authentication', () => {
  test.each([
    ['no header', undefined, 400, 6003],
    ['another scheme', 'Basic d3JpdGUtdG9rZW4=', 400, 6003],
    ['a token with a space', 'Bearer a b', 400, 6003],
    ['a wrong token', 'Bearer nobody', 403, 10000],
  ])('%s', async (_, authorization, status, code) => {
    const { sandbox } = createHarness()
    const headers = authorization === undefined ? {} : { authorization }
    const response = await sandbox.fetch(`https://api.cloudflare.com/client/v4${list}`, { headers })
    expect(response.status).toBe(status)
    expect(dig(await response.json(), 'errors', '0', 'code')).toBe(code)
  })

  test('explains a malformed header in its error chain', async () => {
    const { body } = await createHarness().call('GET', list, undefined, { token: '' })
    expect(body.errors[0]?.error_chain?.[0]?.code).toBe(6111)
  })

  test('a read token reads and asks GraphQL, and may not even dry-run', async () => {
    const { call } = createHarness()
    const token = 'read-token'
    expect((await call('GET', list, undefined, { token })).status).toBe(200)
    expect((await call('POST', '/graphql', { query: '{viewer{budget}}' }, { token })).status).toBe(200)
    const write = await call('POST', `${list}?validate_only=true`, newTunnel, { token })
    expect([write.status, write.body.errors[0]?.code]).toEqual([403, 10000])
  })
})

describe('the account', () => {
  test('tells its name, verifies tokens, lists routes and GRE tunnels', async () => {
    const { call } = createHarness()
    const account = await call('GET', `/accounts/${accountId}`)
    expect(account.body.result).toMatchObject({ id: accountId, name: 'Sandbox Industries' })
    for (const path of [`/accounts/${accountId}/tokens/verify`, '/user/tokens/verify']) {
      expect((await call('GET', path)).body.result).toMatchObject({ status: 'active' })
    }
    const routes = await call('GET', `/accounts/${accountId}/magic/routes`)
    expect(dig(routes.body.result, 'routes', 'length')).toBeGreaterThan(45)
    const gre = await call('GET', `/accounts/${accountId}/magic/gre_tunnels`)
    expect(dig(gre.body.result, 'gre_tunnels')).toHaveLength(2)
    expect((await call('GET', '/zones')).body.errors.map(({ code }) => code)).toEqual([7003, 7000])
  })
})

describe('what a token may', () => {
  const paths = {
    account: `/accounts/${accountId}`,
    tunnels: list,
    routes: `/accounts/${accountId}/magic/routes`,
    gre: `/accounts/${accountId}/magic/gre_tunnels`,
    interconnects: `/accounts/${accountId}/magic/cf_interconnects`,
    leases: `/accounts/${accountId}/addressing/leases`,
  } as const

  test.each(Object.keys(paths) as (keyof typeof paths)[])('without %s that alone is refused', async (source) => {
    const { call } = createHarness({ unreadable: [source] })
    const statuses = await Promise.all(Object.values(paths).map(async (path) => (await call('GET', path)).status))
    expect(statuses).toEqual(Object.keys(paths).map((one) => (one === source ? 403 : 200)))
  })

  test('without analytics GraphQL says so in its errors', async () => {
    const { call } = createHarness({ unreadable: ['analytics'] })
    const query = `{ viewer { accounts(filter: { accountTag: "${accountId}" }) { __typename } } }`
    const { status, body } = await call('POST', '/graphql', { query })
    expect([status, dig(body.errors[0], 'extensions', 'code')]).toEqual([200, 'authz'])
  })

  test('a token is verified where its owner’s are, and the other place does not know it', async () => {
    const { call } = createHarness({
      tokenFacts: { 'write-token': { owner: 'account', expiresOn: '2027-01-01T00:00:00Z' } },
    })
    const asUser = await call('GET', '/user/tokens/verify')
    expect([asUser.status, asUser.body.errors[0]?.code]).toEqual([401, 1000])
    const asAccount = await call('GET', `/accounts/${accountId}/tokens/verify`)
    expect(asAccount.body.result).toMatchObject({ status: 'active', expires_on: '2027-01-01T00:00:00Z' })
  })

  test('one that has expired is good for nothing but being asked about', async () => {
    const { call } = createHarness({ tokenFacts: { 'write-token': { status: 'expired' } } })
    expect((await call('GET', '/user/tokens/verify')).body.result).toMatchObject({ status: 'expired' })
    expect((await call('GET', list)).status).toBe(403)
  })

  test('every answer is dated, by the clock of the sandbox', async () => {
    const { call } = createHarness()
    expect((await call('GET', list)).headers.get('date')).toBe('Sun, 22 Nov 2026 12:00:00 GMT')
  })
})

describe('quota', () => {
  const ratelimit = async (harness: ReturnType<typeof createHarness>) => {
    const { headers, status } = await harness.tunnels('GET', `/${harness.idOf('paris-a')}`)
    return [status, headers.get('ratelimit'), headers.get('retry-after')]
  }

  test('counts down on every answer, errors too', async () => {
    const harness = createHarness()
    expect(await ratelimit(harness)).toEqual([200, '"default";r=1199;t=300', null])
    harness.tick(10_000)
    const { headers } = await harness.tunnels('GET', '/nothing')
    expect(headers.get('ratelimit')).toBe('"default";r=1198;t=290')
    expect(headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300')
    expect(headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-AMS$/)
    harness.tick(290_000)
    expect(await ratelimit(harness)).toEqual([200, '"default";r=1199;t=300', null])
  })

  test('locks out for five minutes whoever goes beyond it, writes included', async () => {
    const harness = createHarness({ requestLimit: 2 })
    await ratelimit(harness)
    await ratelimit(harness)
    harness.tick(100_000)
    const { status, body, headers } = await harness.tunnels('POST', '', newTunnel)
    expect([status, headers.get('retry-after'), body.success]).toEqual([429, '300', false])
    expect(harness.sandbox.ledger.at(-1)?.committed).toBe(false)
    harness.tick(299_000)
    expect(await ratelimit(harness)).toEqual([429, '"default";r=0;t=1', '1'])
    harness.tick(1000)
    expect(await ratelimit(harness)).toEqual([200, '"default";r=1;t=300', null])
  })
})

describe('the seed', () => {
  const state = seedState(start, 33145236)

  test('is about forty tunnels, and the same on every machine', () => {
    expect(state.tunnels).toHaveLength(43)
    expect(state).toEqual(seedState(start, 33145236))
    expect(new Set(state.tunnels.map(({ id }) => id)).size).toBe(43)
    expect(state.tunnels.every(({ id }) => /^[0-9a-f]{32}$/.test(id))).toBe(true)
  })

  test('breaks none of its own rules', async () => {
    const harness = createHarness()
    const results = await Promise.all(
      state.tunnels.map(({ id }) => harness.tunnels('PUT', `/${id}?validate_only=true`, {})),
    )
    expect(results.flatMap(({ body }) => body.errors)).toEqual([])
  })

  test('is dated in the past, in order', () => {
    for (const { created_on, modified_on, psk_metadata } of state.tunnels) {
      const keyed = psk_metadata.last_generated_on ?? created_on
      const dates = [created_on, modified_on, keyed].map((text) => Date.parse(text))
      expect(Math.max(...dates)).toBeLessThanOrEqual(start.getTime())
      expect(Math.min(...dates)).toBe(dates[0])
    }
  })

  test('routes to the customer side of its tunnels', () => {
    const peers = new Set(state.tunnels.map((tunnel) => peerAddress(tunnel.interface_address)))
    expect(state.routes.filter(({ nexthop }) => !peers.has(nexthop))).toEqual([])
    expect(state.routes.filter(({ prefix }) => parseCidr(prefix) === null)).toEqual([])
  })

  test('knows every kind of tunnel', () => {
    const kinds = (pick: (tunnel: (typeof state.tunnels)[number]) => unknown) => new Set(state.tunnels.map(pick))
    expect(kinds(({ story }) => story.health)).toEqual(
      new Set(['up', 'down', 'degraded', 'flapping', 'recovering', 'silent', 'colo-down']),
    )
    expect(kinds(({ story, bgp }) => bgp && story.bgp)).toEqual(new Set([null, 'up', 'down', 'connecting', 'opening']))
    expect(kinds(({ interface_address }) => interface_address.split('/')[1])).toEqual(new Set(['30', '31']))
    expect(kinds(({ replay_protection }) => replay_protection).size).toBe(2)
  })

  test('grows to any number of valid tunnels', async () => {
    const tunnels = seedTunnels(10_000, start)
    const sandbox = createSandbox({ accountId, token: 't', state: { ...state, tunnels } })
    const response = await sandbox.fetch(`https://api.cloudflare.com/client/v4${list}`, {
      headers: { authorization: 'Bearer t' },
    })
    expect(dig(await response.json(), 'result', 'ipsec_tunnels')).toHaveLength(10_000)
    expect(new Set(tunnels.map(({ id }) => id)).size).toBe(10_000)
    const subnets = tunnels.map(({ interface_address }) => interface_address)
    expect(subnets.slice(1).filter((subnet, index) => cidrsOverlap(subnet, subnets[index] ?? ''))).toEqual([])
  })
})

describe('state', () => {
  test('goes through JSON into another sandbox, which goes on from there', async () => {
    const saved: string[] = []
    const first = createHarness({ onChange: (state) => saved.push(JSON.stringify(state)) })
    const created = await first.tunnels('POST', '', { ...newTunnel, psk: 'never persisted' })
    expect(saved).toHaveLength(1)
    expect(saved[0]).not.toContain('never persisted')
    const second = createHarness({ state: JSON.parse(saved[0] ?? '') })
    const { body } = await second.tunnels('GET', `/${String(created.body.result['id'])}`)
    expect(dig(body.result, 'ipsec_tunnel')).toEqual(created.body.result)
  })

  test('goes back to the seed, keys forgotten', async () => {
    const harness = createHarness()
    const seed = harness.sandbox.state()
    const id = harness.idOf('paris-a')
    await harness.tunnels('PUT', `/${id}`, { psk: 'gone after reset', name: 'paris-x' })
    harness.sandbox.reset()
    expect(harness.sandbox.state()).toEqual(seed)
    expect(await harness.sandbox.hasPsk(id, 'gone after reset')).toBe(false)
  })

  test('is changed by others too', async () => {
    const harness = createHarness()
    const id = harness.idOf('paris-a')
    harness.tick(5000)
    harness.sandbox.externalWrite(id, {
      description: 'by Terraform',
      health_check: { rate: 'low' },
      psk_metadata: { last_generated_on: '2026-11-22T12:00:03.000Z' },
    })
    const { body } = await harness.tunnels('GET', `/${id}`)
    expect(dig(body.result, 'ipsec_tunnel')).toMatchObject({
      description: 'by Terraform',
      modified_on: '2026-11-22T12:00:05.000Z',
      health_check: { rate: 'low', enabled: true },
      psk_metadata: { last_generated_on: '2026-11-22T12:00:03.000Z' },
    })
    harness.sandbox.externalDelete(id)
    expect((await harness.tunnels('GET', `/${id}`)).status).toBe(404)
    expect(() => harness.sandbox.externalDelete(id)).toThrow('no tunnel')
  })
})
