import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Operation, upstreamUrl } from '../src/cloudflare/urls.ts'
import { call, etagOf, idOf, pageRoutes, pathFor, type RouteRow, routeTable } from './security-world.ts'
import { accountId, publicUrl, startWorld } from './world.ts'

const withId = routeTable.filter(({ path }) => path.includes(':'))
const hex = 'a'.repeat(32)

const withForm = ({ path }: RouteRow, form: string) => path.replace(/:\w+/, () => form)

/** `/api/tunnels/../status` is, before anybody sees it, the address of another route, which has rules of its own. */
const isOtherRoute = (row: RouteRow, form: string) =>
  routeTable.some(({ path }) => path === new URL(withForm(row, form), publicUrl).pathname)

/** Each leads elsewhere when it is put into a path, escaped or not, once `URL` has normalised it; and near misses. */
const hostileIds = [
  '..',
  '.',
  '',
  '%2e%2e',
  '../../tokens',
  '..\\..\\tokens',
  '\t..\n/..',
  'psk',
  'a/psk_generate',
  'a?x=1',
  'a#f',
  '//evil.com',
  'https://evil.com',
  hex.toUpperCase(),
  hex.slice(1),
  `${hex}a`,
  `${hex}%0a`,
  `${hex.slice(1)}а`,
]

test.each(hostileIds)(
  'S01 the id %j is refused on every route, however it is escaped, and nothing is sent',
  async (id) => {
    const world = await startWorld()
    const admin = await world.as('admin')
    const escaped = [id, encodeURIComponent(id), encodeURIComponent(encodeURIComponent(id))]
    for (const row of withId) {
      for (const form of escaped.filter((each) => !isOtherRoute(row, each))) {
        const answer = await call(admin, row, withForm(row, form))
        expect([400, 404], `${row.method} ${row.path} with ${form}`).toContain(answer.status)
      }
    }
    expect(world.sandbox.ledger).toEqual([])
  },
)

test('S01 no text but 32 hexadecimal digits passes for an id', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const nearMiss = fc
    .tuple(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 30, maxLength: 34 }), fc.string())
    .map(([digits, rest]) => digits + rest.slice(0, 1))
  const ids = fc
    .oneof(fc.string({ unit: 'binary', maxLength: 40 }), nearMiss)
    .filter((id) => !/^[0-9a-f]{32}$/.test(id) && id !== '..')
  await fc.assert(
    fc.asyncProperty(ids, fc.constantFrom(...withId), async (id, row) => {
      const answer = await call(
        admin,
        row,
        row.path.replace(/:\w+/, () => encodeURIComponent(id)),
      )
      expect([400, 404]).toContain(answer.status)
    }),
    { numRuns: 600 },
  )
  expect(world.sandbox.ledger).toEqual([])
})

test.each(['..', 'x', hex.toUpperCase(), `${hex}0`])('S01 an id in a query is checked too: %j', async (target) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  expect((await admin.get(`/api/audit?target=${encodeURIComponent(target)}`)).status).toBe(400)
})

test('S02 the URL builder throws, or gives one of its twelve templates and nothing else', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 32 })
  const good = digits.map((all) => all.join(''))
  const ids = fc.oneof(
    { weight: 2, arbitrary: good },
    { weight: 2, arbitrary: fc.constantFrom(...hostileIds) },
    { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom<string>([hex] as never, 7 as never, null as never, undefined as never) },
  )
  const kinds = fc.constantFrom(
    ...(['account', 'tunnels', 'psks', 'routes', 'gre', 'interconnects', 'leases', 'graphql'] as const),
    ...(['tunnel', 'pskGenerate', 'userToken', 'accountToken'] as const),
  )
  const bases = fc.constantFrom('https://api.cloudflare.com/client/v4', 'http://127.0.0.1:8788', 'http://[::1]:1/x/')
  const allowed =
    /^\/(graphql|user\/tokens\/verify|accounts\/[0-9a-f]{32}(\/tokens\/verify|\/addressing\/leases|\/magic\/(routes|gre_tunnels|cf_interconnects|ipsec_tunnels(\/psk|\/[0-9a-f]{32}(\/psk_generate)?)?))?)$/
  let built = 0
  fc.assert(
    fc.property(bases, ids, ids, kinds, fc.boolean(), (base, account, id, kind, isDryRun) => {
      const text = attempt(() => upstreamUrl(base, account, { kind, id } as Operation, isDryRun))
      if (text === null) return true
      built++
      const [url, origin] = [new URL(text), new URL(base)]
      const path = url.pathname.slice(origin.pathname.replace(/\/$/, '').length)
      const isInside = url.origin === origin.origin && url.username === '' && url.hash === '' && allowed.test(path)
      return isInside && url.search === (isDryRun ? '?validate_only=true' : '')
    }),
    { numRuns: 100_000 },
  )
  expect(built).toBeGreaterThan(5000)
})

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

test('S03 the routes are exactly these', async () => {
  const { app } = await startWorld()
  const routes = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  const expected = [...routeTable.map(({ method, path }) => `${method} ${path}`), ...pageRoutes]
  expect([...new Set(routes)].toSorted()).toEqual(expected.toSorted())
})

const marks = [
  '/',
  '//',
  '%2f',
  '%2F',
  '%5c',
  ';',
  ';x',
  '.',
  '..',
  '/..',
  '/./',
  '%2e',
  '%00',
  '%20',
  '%25',
  '\\',
  '~',
  '@',
  ':',
]

/** A path with one character changed, escaped or put in, at each place. */
function* mutations(path: string): Generator<string> {
  for (let at = 1; at <= path.length; at++) {
    const [before, here, after] = [path.slice(0, at), path.charAt(at), path.slice(at + 1)]
    if (at > 5) for (const mark of marks) yield before + mark + path.slice(at)
    if (here === '') continue
    yield before + here.toUpperCase() + after
    yield `${before}%${here.charCodeAt(0).toString(16).padStart(2, '0')}${after}`
    yield `${before}%25${here.charCodeAt(0).toString(16).padStart(2, '0')}${after}`
    yield before + after
  }
}

/** Mutated paths that are no address of ours, even after a browser has tidied them up. */
function strangePaths({ path }: RouteRow, id: string): string[] {
  const canonical = routeTable.map((row) => new RegExp(`^${pathFor(row.path, '[0-9a-f]{32}')}$`))
  const all = [...mutations(pathFor(path, id))]
  return [...new Set(all)].filter((one) => !canonical.some((known) => known.test(new URL(one, publicUrl).pathname)))
}

test('S03 thousands of paths that look almost like ours reach nothing', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const rows = routeTable.filter(({ path }) => /\/(tunnels|status)/.test(path))
  let tried = 0
  for (const row of rows) {
    const paths = strangePaths(row, idOf(world)).filter((_path, index) => index % 2 === 0)
    const answers = await Promise.all(paths.map(async (path) => [path, await call(admin, row, path)] as const))
    expect(answers.filter(([, { ok }]) => ok).map(([path]) => path)).toEqual([])
    tried += paths.length
  }
  expect(tried).toBeGreaterThanOrEqual(2000)
  expect(world.sandbox.ledger).toEqual([])
})

test('S03 the same addresses, written straight, do reach Cloudflare', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  expect(await etagOf(admin, idOf(world))).not.toBe('')
  expect(world.sandbox.ledger.map(({ path }) => path)).toEqual([
    `/client/v4/accounts/${accountId}/magic/ipsec_tunnels/${idOf(world)}`,
  ])
})

test('S45 no variant of a path lets support write', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  const rows = routeTable.filter(({ method, who }) => method !== 'GET' && Array.isArray(who))
  for (const row of rows) {
    const id = idOf(world)
    const answers = await Promise.all(
      [...mutations(pathFor(row.path, id))]
        .filter((_path, index) => index % 4 === 0)
        .map((path) => call(support, row, path)),
    )
    expect(answers.filter(({ ok }) => ok)).toEqual([])
  }
  expect(world.sandbox.ledger).toEqual([])
})
