import { expect, test } from 'vitest'
import { idOf, seenIn } from './security-world.ts'
import { type Person, startWorld, type World } from './world.ts'

type Json = Record<string, unknown>

/** What only those may see who may read the whole tunnel. */
const forOperators = {
  bgp: { md5_key: 'canary-operator-md5' },
  custom_remote_identities: { fqdn_id: 'canary-operator-fqdn' },
  remote_identities: {
    fqdn_id: 'canary-operator-remote-fqdn',
    hex_id: 'canary-operator-hex',
    user_id: 'canary-operator-user',
  },
  psk_metadata: { last_generated_on: 'canary-operator-key-date' },
}

/** What nobody may see: fields that this console does not know, wherever they turn up. */
const forNobody = {
  psk: 'canary-nobody-psk',
  pre_shared_key: 'canary-nobody-psk-2',
  secret: 'canary-nobody-secret',
  internal_notes: { deep: ['canary-nobody-notes'] },
  account_tag: 'canary-nobody-account',
  __proto: 'canary-nobody-proto',
}
const inBgp = { password: 'canary-nobody-bgp', md5: 'canary-nobody-bgp-2' }
const inHealth = { secret: 'canary-nobody-health', credentials: { a: 'canary-nobody-health-2' } }
const inTarget = { token: 'canary-nobody-target' }
const inStatus = { error_log: 'canary-nobody-bgp-status', md5_key: 'canary-nobody-bgp-status-2' }
const inKey = { psk: 'canary-nobody-key', history: ['canary-nobody-key-2'], fingerprint: 'canary-nobody-key-3' }
const inIdentities = { psk: 'canary-nobody-identities', other: 'canary-nobody-identities-2' }
const inEnvelope = {
  debug: 'canary-nobody-envelope',
  result_info: { cursor: 'canary-nobody-cursor' },
  messages: [{ code: 1, message: 'canary-nobody-message' }],
}
const inResult = { token: 'canary-nobody-result', modified_by: 'canary-nobody-result-2' }
/** Where a route holds, a person who may read tunnels is told, so that the console does not promise a way that is none elsewhere. */
const routeForOperators = { colo_names: ['canary-operator-colo'], colo_regions: ['canary-operator-region'] }
const inRoute = { secret: 'canary-nobody-route', scope: { token: 'canary-nobody-route-2', ...routeForOperators } }

function poisonedTunnel(tunnel: Json): Json {
  const health = tunnel['health_check'] as Json
  return {
    ...tunnel,
    ...forNobody,
    bgp: { ...(tunnel['bgp'] as Json), ...inBgp, ...forOperators.bgp },
    bgp_status: { ...(tunnel['bgp_status'] as Json), state: 'BGP_UP', ...inStatus },
    health_check: { ...health, ...inHealth, target: { ...(health['target'] as Json), ...inTarget } },
    psk_metadata: { ...forOperators.psk_metadata, ...inKey },
    custom_remote_identities: { ...forOperators.custom_remote_identities, ...inIdentities },
    remote_identities: { ...forOperators.remote_identities, ...inIdentities },
  }
}

function poisoned(envelope: Json): Json {
  const result = envelope['result'] as { ipsec_tunnels?: Json[]; ipsec_tunnel?: Json; routes?: Json[] }
  return {
    ...envelope,
    ...inEnvelope,
    result: {
      ...result,
      ...inResult,
      ...(result.ipsec_tunnels && { ipsec_tunnels: result.ipsec_tunnels.map(poisonedTunnel) }),
      ...(result.ipsec_tunnel && { ipsec_tunnel: poisonedTunnel(result.ipsec_tunnel) }),
      ...(result.routes && { routes: result.routes.map((route) => ({ ...route, ...inRoute })) }),
    },
  }
}

async function lookAround(world: World, person: Person): Promise<string> {
  const id = idOf(world)
  const paths = ['/api/tunnels', `/api/tunnels/${id}`, `/api/tunnels/${id}/routes`, '/api/status', '/api/session']
  const more = ['/api/audit', '/api/audit/actors', '/api/sign-in-options', '/readyz', '/healthz']
  const answers = await Promise.all([...paths, ...more].map((path) => person.get(path)))
  return (await Promise.all(answers.map(seenIn))).join('\n')
}

const canaries = (text: string) => [...new Set(text.match(/canary-[\w-]+/g) ?? [])]

async function startPoisoned(): Promise<World> {
  const world = await startWorld()
  world.sandbox.faults.next({ kind: 'mutate', change: poisoned }, { times: 1000, path: /magic/ })
  return world
}

test('S10 support sees none of the fields that are not meant for it, known or unknown', async () => {
  const world = await startPoisoned()
  const places = [
    forOperators,
    forNobody,
    inBgp,
    inHealth,
    inTarget,
    inStatus,
    inKey,
    inIdentities,
    inEnvelope,
    inResult,
    inRoute,
  ]
  expect(canaries(JSON.stringify(places)).length).toBeGreaterThanOrEqual(30)
  const seen = await lookAround(world, await world.as('support'))
  expect(seen).toContain('fra-dc1-a')
  expect(canaries(seen)).toEqual([])
  for (const key of ['md5_key', 'psk_metadata', 'remote_identities', 'internal_notes', 'pre_shared_key']) {
    expect(seen).not.toContain(key)
  }
})

test('S10 an operator sees the fields that are known, and only the names of those that are not', async () => {
  const world = await startPoisoned()
  const operator = await world.as('operator')
  const seen = await lookAround(world, operator)
  const known = canaries(JSON.stringify([forOperators, routeForOperators]))
  expect(canaries(seen).toSorted()).toEqual(known.toSorted())
  const { unknownFields } = (await (await operator.get(`/api/tunnels/${idOf(world)}`)).json()) as {
    unknownFields: string[]
  }
  expect(unknownFields.toSorted()).toEqual(['__proto', 'account_tag', 'internal_notes', 'pre_shared_key', 'secret'])
})

test('S10 a view made for an operator is never handed to support, in whatever order they ask', async () => {
  const world = await startPoisoned()
  const [operator, support] = [await world.as('operator'), await world.as('support')]
  const tag = (await operator.get('/api/tunnels')).headers.get('etag') ?? ''
  const answers = await Promise.all([operator, support, operator, support].map((person) => person.get('/api/tunnels')))
  const found = await Promise.all(answers.map(async (answer) => canaries(await answer.text()).length))
  expect(found).toEqual([6, 0, 6, 0])
  const other = await support.get('/api/tunnels', { 'if-none-match': tag })
  expect(other.status).toBe(200)
})

test('S10 Cloudflare’s words on an error are for operators; support gets ours', async () => {
  const world = await startWorld()
  const [operator, support] = [await world.as('operator'), await world.as('support')]
  const errors = [
    { code: 1, message: 'md5_key "canary-operator-md5" is bad', source: { pointer: '/bgp/canary-operator' } },
  ]
  for (const status of [200, 400, 401, 403, 404, 500, 429]) {
    const body = { success: status === 200, errors, result: { psk: 'canary-nobody' }, messages: ['canary-nobody'] }
    world.sandbox.faults.next(
      { kind: 'status', status, body, headers: { 'x-canary-nobody': 'canary-nobody' } },
      { times: 9 },
    )
    // One after the other: after a 429 nobody's request goes out for a while, and only the first hears the words.
    const whole = await seenIn(await operator.get(`/api/tunnels/${idOf(world)}`))
    const reduced = await seenIn(await support.get(`/api/tunnels/${idOf(world)}`))
    expect(canaries(whole)).toEqual(['canary-operator', 'canary-operator-md5'].toReversed())
    expect(canaries(reduced)).toEqual([])
    expect(reduced).toContain('requestId')
    world.sandbox.faults.clear()
  }
})

test('S10 no answer that support can get repeats Cloudflare’s words', async () => {
  const world = await startWorld()
  const errors = [{ code: 1, message: 'md5_key "canary-operator-md5" is bad' }]
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors } }, { times: 9 })
  expect(canaries(await lookAround(world, await world.as('support')))).toEqual([])
})

test('S10 the version that support gets says nothing about what support may not see', async () => {
  const world = await startWorld()
  const [operator, support] = [await world.as('operator'), await world.as('support')]
  const versions = async (person: Person) => (await person.get(`/api/tunnels/${idOf(world)}`)).headers.get('etag')
  const change = (md5_key: string) => (envelope: Json) => {
    const result = envelope['result'] as { ipsec_tunnel: Json }
    const tunnel = { ...result.ipsec_tunnel, bgp: { ...(result.ipsec_tunnel['bgp'] as Json), md5_key } }
    return { ...envelope, result: { ipsec_tunnel: tunnel } }
  }
  const seen: (string | null)[][] = []
  for (const md5_key of ['guess-1', 'guess-2']) {
    world.sandbox.faults.next({ kind: 'mutate', change: change(md5_key) }, { times: 2 })
    seen.push([await versions(operator), await versions(support)])
  }
  expect(seen[0]?.[0]).not.toBe(seen[1]?.[0])
  expect(seen[0]?.[1]).toBe(seen[1]?.[1])
})

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '@SUM(A1)',
  '\t=1',
  '</script><svg onload=alert(1)>',
  'javascript:alert(1)',
  '\u202egnp.exe',
  '{{7*7}}',
  '__proto__',
]

test.each(hostile)('S60 a tunnel called %j comes back as data, untouched, and nothing but JSON', async (text) => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world)
  world.sandbox.externalWrite(id, { name: text, description: text })
  for (const path of ['/api/tunnels', `/api/tunnels/${id}`, '/api/status']) {
    const answer = await operator.get(path)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.status).toBe(200)
  }
  const list = (await (await operator.get('/api/tunnels')).json()) as {
    tunnels: { name: string; description: string }[]
  }
  expect(list.tunnels.filter(({ name, description }) => name === text && description === text)).toHaveLength(1)
})

test('S60 a link of Cloudflare’s is passed on only when it leads to the web', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const links = [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' https://x',
    'data:text/html,x',
    '//evil.com',
    'ftp://x',
  ]
  const good = ['https://developers.cloudflare.com/x', 'http://example.com/']
  const errors = [...links, ...good].map((documentation_url) => ({ code: 1, message: 'no', documentation_url }))
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors, result: null } })
  const answer = await operator.get(`/api/tunnels/${idOf(world)}`)
  const { upstream } = (await answer.json()) as { upstream: { documentation_url?: string }[] }
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(upstream.flatMap(({ documentation_url }) => documentation_url ?? [])).toEqual(good)
})
