import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { FirstList } from '@tunnel-console/shared/first-list'
import type { Planned } from '@tunnel-console/shared/planned'
import { noHistory, stateRank } from '@tunnel-console/shared/status'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import type { Assets, Deps } from '../src/deps.ts'
import { createFirstRows } from '../src/readings/first-rows.ts'
import { idOf, listOf, startClockedWorld } from './steps.ts'
import type { Person } from './world.ts'

const shell = `<!doctype html><head><script src="/first.js" data-app="/assets/app.js"></script>
<script type="module" crossorigin src="/assets/base-1.js"></script>
<link rel="modulepreload" href="/assets/base-1.js"></head><body><div id="root"></div><div id="start"></div></body>`

const assets: Assets = async (path) =>
  path === '/index.html' ? new Response(shell, { headers: { 'content-type': 'text/html; charset=utf-8' } }) : null

async function started(deps: Partial<Deps> = {}) {
  const drawn: FirstList[] = []
  const draw = (list: FirstList) => {
    drawn.push(list)
    return list.rows.map(({ tunnel }) => `<b>${tunnel.name}</b>`).join('')
  }
  const world = await startClockedWorld(5, { assets, drawFirstList: () => draw, ...deps })
  await world.services.owner.refresh()
  const open = async (person: Person, path = '/tunnels', headers: Record<string, string> = {}) => {
    const answer = await person.get(path, { 'sec-fetch-dest': 'document', ...headers })
    return { answer, html: await answer.text(), list: drawn.pop() }
  }
  return { world, open }
}

test('T7, S58 who opens the list gets its page with the rows in it, and no cache keeps it', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  for (const path of ['/', '/tunnels']) {
    const { answer, html, list } = await open(admin, path)
    expect(html).toContain('<div id="root"></div><div id="first" aria-hidden="true" inert><b>paris-b</b>')
    expect(html).toContain(`data-first="${list?.session.user.id}" data-entry="/assets/base-1.js"`)
    // Should that script not come, it is asked for once more.
    expect(html.match(/<script src="\/first\.js"[^>]* data-entry="\/assets\/base-1\.js"/g)).toHaveLength(2)
    // Its code is begun once the rows are painted, and not compiled before.
    expect(html).not.toContain('type="module"')
    expect(html).toContain('rel="modulepreload" href="/assets/base-1.js"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'")
  }
  const { html } = await open(admin, '/audit')
  expect(html).toBe(shell)
})

test('T7 the rows are the first of the list as the page would sort them, and the figures those of all tunnels', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  const { tunnels } = await listOf(admin)
  const { statuses } = (await (await admin.get('/api/status')).json()) as StatusAnswer
  const stateOf = (id: string) => statuses[id]?.state ?? 'unknown'
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  const sorted = tunnels.toSorted(
    (a, b) => stateRank(stateOf(a.id)) - stateRank(stateOf(b.id)) || collator.compare(a.name, b.name),
  )
  const { list } = await open(admin)
  expect(list?.rows).toEqual(sorted.map((tunnel) => ({ tunnel, status: statuses[tunnel.id] })))
  expect(Object.fromEntries(list?.fleet.counts ?? [])).toEqual(
    Object.fromEntries([...Map.groupBy(tunnels, ({ id }) => stateOf(id))].map(([state, all]) => [state, all.length])),
  )
  expect(list?.session).toEqual(await (await admin.get('/api/session')).json())
})

test('S10 support gets what support may see, and no more', async () => {
  const { world, open } = await started()
  const support = await world.as('support')
  const { tunnels } = await listOf(support)
  const { list } = await open(support)
  const first = list?.rows[0]?.tunnel
  expect(first).toEqual(tunnels.find(({ id }) => id === first?.id))
  expect(first).not.toHaveProperty('psk_metadata')
})

test.each<[string, string, Record<string, string>]>([
  ['nobody who is signed in', '/tunnels', { cookie: '' }],
  ['a session that is made up', '/tunnels', { cookie: '__Host-tunnel-console=made-up' }],
  ['an address that says which rows', '/tunnels?state=down', {}],
  ['a script that reads the page', '/tunnels', { 'sec-fetch-dest': 'empty' }],
  ['a browser that fetches ahead', '/tunnels', { 'sec-purpose': 'prefetch' }],
  ['a frame', '/tunnels', { 'sec-fetch-dest': 'iframe' }],
])('the page of %s comes without rows', async (_, path, headers) => {
  const { world, open } = await started()
  const { answer, html } = await open(await world.as('admin'), path, headers)
  expect(html).toBe(shell)
  expect(answer.headers.get('cache-control')).toBe('no-cache')
})

test('S33 after a sign-out the page comes without rows', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  expect((await open(admin)).html).not.toBe(shell)
  await admin.send('POST', '/api/auth/sign-out')
  expect((await open(admin)).html).toBe(shell)
})

test('U1 what is not sure to be true is not in the page', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  const hasRows = async () => (await open(admin)).html !== shell
  expect(await hasRows()).toBe(true)
  // As old as it gets while nobody watches.
  world.clock.advance(70_000)
  expect(await hasRows()).toBe(true)
  world.clock.advance(10_000)
  expect(await hasRows()).toBe(false)
  await world.services.owner.refresh()
  expect(await hasRows()).toBe(true)
  world.sandbox.faults.next({ kind: 'status', status: 503 }, { method: 'GET', times: 99 })
  await world.services.owner.refresh()
  expect(await hasRows()).toBe(false)
  world.sandbox.faults.clear()
  await world.services.owner.refresh()
  expect(await hasRows()).toBe(true)
})

test('planned work is told in the zone of the reader, so a page with some comes without rows', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  const until = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  await admin.send('POST', '/api/planned', { tunnels: [idOf(world, 'paris-b')], text: 'ISP work', until })
  expect((await open(admin)).html).toBe(shell)
})

test('work that is announced on one of many in trouble is in the figures at once', async () => {
  const world = await startClockedWorld()
  const { tunnels } = await listOf(await world.as('support'))
  const [one] = tunnels
  if (!one) throw new Error('The sandbox has no tunnels')
  const many = Array.from({ length: 61 }, (_, i) => ({ ...one, id: `${i}`, name: `t-${i}` }) as Tunnel)
  let planned: Planned | null = null
  const firstRows = createFirstRows({
    statusOf: () => ({ state: 'down', reason: '', bgp: null, health: null, ...noHistory }),
    plannedOf: (id) => (id === '60' ? planned : null),
  })
  const standing = { tunnels: many, states: many.map(() => 'down' as const) }
  expect(firstRows(standing, 'admin', 0).fleet.announced).toBe(0)
  planned = { text: 'ISP work', until: new Date().toISOString(), by: '' }
  expect(firstRows(standing, 'admin', 1).fleet.announced).toBe(1)
})

test('a page that cannot be drawn comes without rows, and the log says why', async () => {
  const fails = () => () => {
    throw new Error('no such component')
  }
  const { world, open } = await started({ drawFirstList: fails })
  expect((await open(await world.as('admin'))).html).toBe(shell)
  expect(world.logs).toContainEqual(expect.objectContaining({ level: 'error', event: 'first-page.failed' }))
})

test('a phone is drawn for as one, by what its browser says of itself', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  const kinds: Record<string, string>[] = [
    { 'sec-ch-ua-mobile': '?1' },
    { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148' },
    { 'sec-ch-ua-mobile': '?0', 'user-agent': 'Mobile' },
  ]
  const seen = []
  for (const headers of kinds) {
    const { html, list } = await open(admin, '/tunnels', headers)
    seen.push([list?.isNarrow, html.includes(' data-narrow')])
  }
  expect(seen).toEqual([
    [true, true],
    [true, true],
    [false, false],
  ])
})

test('it goes out compressed, as whoever asks takes it', async () => {
  const { world, open } = await started()
  const admin = await world.as('admin')
  const answer = await admin.get('/tunnels', { 'sec-fetch-dest': 'document', 'accept-encoding': 'gzip' })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const stream = answer.body?.pipeThrough(new DecompressionStream('gzip'))
  expect(await new Response(stream).text()).toBe((await open(admin)).html)
})
