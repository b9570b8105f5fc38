import { createSandbox, type SandboxOptions } from '@tunnel-console/cloudflare-sandbox'
import type { CheckOutcome, ConnectionReport, PermissionState, SourceName } from '@tunnel-console/shared/connection'
import { expect, test } from 'vitest'
import { createCloudflareClient } from '../src/cloudflare/client.ts'
import { checkConnection } from '../src/connection/check.ts'
import { Secret } from '../src/secret.ts'
import { leaksOf } from './security-world.ts'
import { createClock, startClockedWorld } from './steps.ts'
import { timed } from './timed.ts'
import { accountId, apiToken, type Person, startWorld, writes } from './world.ts'

const readToken = 'canary-read-token-1b6e05d9'

/** A console with a token for reading of its own. */
async function startWithTwoTokens(options: Partial<SandboxOptions> = {}) {
  const sandbox = createSandbox({ accountId, token: apiToken, readTokens: [readToken], ...options })
  const upstream = {
    baseUrl: 'https://api.cloudflare.com/client/v4',
    accountId,
    writeToken: new Secret(apiToken),
    readToken: new Secret(readToken),
    fetch: (input: string, init: RequestInit) => sandbox.fetch(input, init),
  }
  const world = await startWorld({ deps: { sandbox, upstream } })
  return { ...world, sandbox }
}

async function reportOf(admin: Person): Promise<ConnectionReport> {
  const answer = await admin.get('/api/connection')
  expect(answer.status).toBe(200)
  return (await answer.json()) as ConnectionReport
}

async function reportWith(sandbox: Partial<SandboxOptions>) {
  const world = await startWorld({ sandbox })
  return reportOf(await world.as('admin'))
}

const outcomesOf = ({ sources }: ConnectionReport) =>
  Object.fromEntries(sources.map(({ source, outcome }) => [source, outcome])) as Record<SourceName, CheckOutcome>
const statesOf = ({ permissions }: ConnectionReport) =>
  Object.fromEntries(permissions.map(({ permission, state }) => [permission, state])) as Record<string, PermissionState>

const allPresent = {
  magicRead: 'present',
  magicWrite: 'present',
  analyticsRead: 'present',
  leasesRead: 'present',
  accountRead: 'present',
}

test('a token that may everything: each source is counted, a change would be taken, and nothing was written', async () => {
  const world = await startWorld()
  const before = world.sandbox.state()
  const report = await reportOf(await world.as('admin'))
  expect(new Set(Object.values(outcomesOf(report)))).toEqual(new Set(['ok']))
  expect(report.sources.find(({ source }) => source === 'tunnels')).toMatchObject({
    status: 200,
    said: [],
    why: null,
    count: before.tunnels.length,
  })
  expect(report.write).toMatchObject({ outcome: 'ok', status: 200 })
  expect(statesOf(report)).toEqual(allPresent)
  expect(report.tokens).toMatchObject([{ token: 'api', isOnly: true, state: 'active', owner: 'user', expiresOn: null }])
  expect(report.budget).toMatchObject({ quota: 1200 })
  expect(world.sandbox.state()).toEqual(before)
  expect(writes(world.sandbox)).toMatchObject([{ method: 'PUT', query: { validate_only: 'true' }, committed: false }])
})

const missing: [lacks: SourceName, permission: string, state: PermissionState][] = [
  ['routes', 'magicRead', 'partly'],
  ['gre', 'magicRead', 'partly'],
  ['interconnects', 'magicRead', 'partly'],
  ['leases', 'leasesRead', 'missing'],
  ['analytics', 'analyticsRead', 'missing'],
  ['account', 'accountRead', 'missing'],
]

test.each(missing)('a token without %s is refused there and nowhere else, so %s is %s', async (lacks, ...expected) => {
  const [permission, state] = expected
  const report = await reportWith({ unreadable: [lacks] })
  expect(Object.entries(outcomesOf(report)).filter(([, outcome]) => outcome !== 'ok')).toEqual([[lacks, 'refused']])
  expect(report.sources.find(({ source }) => source === lacks)?.said[0]?.message).toMatch(/authenti|not authorized/i)
  expect(statesOf(report)).toEqual({ ...allPresent, [permission]: state })
})

test('a token that may read no tunnels: a change is not tried, and it says why', async () => {
  const report = await reportWith({ unreadable: ['tunnels', 'routes', 'gre', 'interconnects'] })
  expect(report.write).toMatchObject({
    outcome: 'untried',
    status: null,
    why: expect.stringMatching(/list of tunnels/),
  })
  expect(statesOf(report)).toMatchObject({ magicRead: 'missing', magicWrite: 'unknown', accountRead: 'present' })
})

test('an account without a tunnel: a change is not tried, and it says why', async () => {
  const world = await startWorld()
  for (const { id } of world.sandbox.state().tunnels) world.sandbox.externalDelete(id)
  const report = await reportOf(await world.as('admin'))
  expect(report.write).toMatchObject({ outcome: 'untried', why: 'The account has no tunnel to try it on' })
  expect([outcomesOf(report).tunnels, statesOf(report)['magicWrite']]).toEqual(['ok', 'unknown'])
  expect(writes(world.sandbox)).toEqual([])
})

test('a token that may only read: a change is refused, and that is the only permission that is missing', async () => {
  const report = await reportWith({ token: 'another', readTokens: [apiToken] })
  expect(report.write).toMatchObject({ outcome: 'refused', status: 403, said: [{ code: 10000 }] })
  expect(statesOf(report)).toEqual({ ...allPresent, magicWrite: 'missing' })
})

test('a dry run that Cloudflare rejects for its content got past the permission', async () => {
  const world = await startWorld()
  const body = { success: false, errors: [{ code: 1106, message: 'overlaps' }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body }, { method: 'PUT' })
  const report = await reportOf(await world.as('admin'))
  expect(report.write).toMatchObject({ outcome: 'rejected', status: 400, said: [{ message: 'overlaps' }] })
  expect(statesOf(report)['magicWrite']).toBe('present')
})

test('two tokens are each verified by themselves, and each is told what it lacks', async () => {
  const tokenFacts = {
    [apiToken]: { owner: 'account' as const, expiresOn: '2027-01-01T00:00:00Z' },
    [readToken]: { owner: 'user' as const },
  }
  const world = await startWithTwoTokens({ tokenFacts, unreadable: ['leases'] })
  const report = await reportOf(await world.as('admin'))
  expect(report.tokens).toMatchObject([
    { token: 'api', isOnly: false, state: 'active', owner: 'account', expiresOn: '2027-01-01T00:00:00Z' },
    { token: 'read', isOnly: false, state: 'active', owner: 'user', expiresOn: null },
  ])
  expect(report.permissions).toContainEqual({ permission: 'leasesRead', token: 'read', state: 'missing' })
  expect(report.permissions).toContainEqual({ permission: 'magicWrite', token: 'api', state: 'present' })
})

test.each(['expired', 'disabled'] as const)('of a token that is %s nothing else is said', async (status) => {
  const expiresOn = '2026-01-01T00:00:00Z'
  const report = await reportWith({ tokenFacts: { [apiToken]: { status, expiresOn } } })
  expect(report.tokens).toMatchObject([{ outcome: 'ok', state: status, expiresOn }])
  expect(new Set(Object.values(outcomesOf(report)))).toEqual(new Set(['refused']))
  expect(new Set(Object.values(statesOf(report)))).toEqual(new Set(['unknown']))
})

test('a token that Cloudflare does not know is refused in both places, and says so once', async () => {
  const report = await reportWith({ token: 'another' })
  expect(report.tokens).toMatchObject([{ outcome: 'refused', status: 403, state: null, owner: null }])
  expect(new Set(Object.values(statesOf(report)))).toEqual(new Set(['unknown']))
})

test('the clock is held against Cloudflare’s, within the way there and back', async () => {
  const clock = createClock()
  const world = await startWorld({
    sandbox: { now: () => new Date(clock.now().getTime() - 90_000) },
    deps: { now: clock.now, monotonic: clock.monotonic },
  })
  const { clock: skew } = await reportOf(await world.as('admin'))
  expect(Math.abs((skew?.aheadMs ?? 0) - 90_000)).toBeLessThanOrEqual(skew?.plusMinusMs ?? 0)
  expect(skew?.plusMinusMs).toBeLessThanOrEqual(500)
})

test('a page of HTML in place of an answer is unreadable, and the rest is told all the same', async () => {
  const world = await startWorld()
  world.sandbox.faults.next({ kind: 'html', status: 522 }, { path: /magic\/routes/ })
  const report = await reportOf(await world.as('admin'))
  expect(report.sources.find(({ source }) => source === 'routes')).toMatchObject({
    outcome: 'unreadable',
    status: 522,
    why: expect.stringMatching(/without JSON/),
  })
  expect(Object.values(outcomesOf(report)).filter((outcome) => outcome === 'ok')).toHaveLength(6)
  expect(statesOf(report)['magicRead']).toBe('present')
})

const bad: [what: string, fault: Parameters<ReturnType<typeof createSandbox>['faults']['next']>[0], outcome: string][] =
  [
    ['another kind of yes', { kind: 'mutate', change: (envelope) => ({ ...envelope, result: {} }) }, 'unreadable'],
    ['half a body', { kind: 'halfBody' }, 'unreadable'],
    ['a refused connection', { kind: 'notSent' }, 'unreachable'],
    ['Cloudflare’s own error', { kind: 'status', status: 500, body: { success: false, errors: [] } }, 'failed'],
    ['too many requests', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, 'limited'],
    ['no such route', { kind: 'status', status: 404, body: { success: false, errors: [] } }, 'rejected'],
  ]

test.each(bad)('%s is told for what it is', async (_what, fault, outcome) => {
  const world = await startWorld()
  world.sandbox.faults.next(fault, { path: /magic\/routes/ })
  expect(outcomesOf(await reportOf(await world.as('admin'))).routes).toBe(outcome)
})

test('a source that hangs is given up after a bound, and is the only one that is missing', timed, async () => {
  const sandbox = createSandbox({ accountId, token: apiToken })
  sandbox.faults.next({ kind: 'hang' }, { path: /graphql/ })
  const token = new Secret(apiToken)
  const upstream = {
    baseUrl: 'https://api.cloudflare.com/client/v4',
    accountId,
    writeToken: token,
    readToken: token,
    fetch: (input: string, init: RequestInit) => sandbox.fetch(input, init),
  }
  const deps = { now: () => new Date(), monotonic: () => performance.now(), upstream }
  const limits = { headers: 1000, idle: 1000, total: 1000, size: 1e8 }
  const report = await checkConnection({ client: createCloudflareClient(upstream, deps), deps, limits })
  const { analytics, ...others } = outcomesOf({ ...report, againInSeconds: 1 })
  expect(analytics).toBe('timeout')
  expect(new Set(Object.values(others))).toEqual(new Set(['ok']))
  expect(report.sources.find(({ source }) => source === 'analytics')?.why).toBe('No answer within 1 s')
  expect(report.durationMs).toBeLessThan(5000)
})

test('within a minute everybody is told the same check; after that there is a new one', async () => {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const [first, same] = await Promise.all([reportOf(admin), reportOf(admin)])
  const asked = world.sandbox.ledger.length
  expect(same).toEqual(first)
  world.clock.advance(20_000)
  expect(await reportOf(admin)).toEqual({ ...first, againInSeconds: 40 })
  expect(world.sandbox.ledger).toHaveLength(asked)
  world.clock.advance(40_000)
  const next = await reportOf(admin)
  expect(Date.parse(next.checkedAt) - Date.parse(first.checkedAt)).toBe(60_000)
  expect(world.sandbox.ledger).toHaveLength(2 * asked)
})

test('S14 neither token nor any part of one is in the report, though Cloudflare repeats both', async () => {
  const world = await startWithTwoTokens()
  const errors = [{ code: 1000, message: `Bearer ${apiToken} is not ${readToken}, nor ${apiToken.slice(7)}` }]
  for (const path of [/tokens/, /routes/, /gre/]) {
    world.sandbox.faults.next({ kind: 'status', status: 401, body: { success: false, errors } }, { path })
  }
  const text = JSON.stringify(await reportOf(await world.as('admin')))
  expect(text).toContain('[redacted]')
  expect([...leaksOf(apiToken, text), ...leaksOf(readToken, text)]).toEqual([])
  expect(JSON.stringify(world.logs)).not.toContain(readToken)
})
