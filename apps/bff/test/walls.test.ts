import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { NamesAnswer, WallScreen } from '@tunnel-console/shared/walls'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { call, idOf, pathFor, routeTable, stranger } from './security-world.ts'
import { problemIn, startClockedWorld } from './steps.ts'
import { ours, type Person, startWorld, type World } from './world.ts'

async function made(admin: Person, name = 'Hall') {
  const answer = await admin.send('POST', '/api/walls', { name })
  const { screen, url } = (await answer.json()) as { screen: WallScreen; url: string }
  return { screen, url: new URL(url), link: new URL(url).hash.slice('#link='.length) }
}

/** Opens a link, as a screen would, and gives the screen with its cookie. */
async function opened(world: World, link: string): Promise<Person> {
  const answer = await stranger(world).send('POST', '/api/wall/open', { link })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    cookie,
    get: (path, headers) => world.send(path, { headers: { cookie, ...headers } }),
    send: (method, path, body, headers) =>
      world.send(path, {
        method,
        headers: { cookie, ...ours, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  }
}

const screens = async (admin: Person) =>
  ((await (await admin.get('/api/walls')).json()) as { screens: WallScreen[] }).screens

test('a screen is let in by a link that works once, sees every state, and is told in the audit log', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const { screen, url, link } = await made(admin)
  expect([url.pathname, url.search]).toEqual(['/wall', ''])
  expect(screen).toMatchObject({ name: 'Hall', lastSeenAt: null, linkUntil: expect.any(String) })

  const wall = await opened(world, link)
  expect(await (await wall.get('/api/wall')).json()).toMatchObject({ screen: { name: 'Hall' } })
  const { names } = (await (await wall.get('/api/names')).json()) as NamesAnswer
  const { statuses } = (await (await wall.get('/api/status')).json()) as StatusAnswer
  expect(Object.keys(names).sort()).toEqual(Object.keys(statuses).sort())
  expect(names[idOf(world)]).toBe('fra-dc1-a')

  const again = await stranger(world).send('POST', '/api/wall/open', { link })
  expect([again.status, (await problemIn(again)).code]).toEqual([410, 'gone'])
  expect(await screens(admin)).toMatchObject([{ linkUntil: null, lastSeenAt: expect.any(String) }])
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  expect(entries.filter(({ action }) => action.startsWith('wall.'))).toMatchObject([
    { action: 'wall.open', actor: { id: 'link' }, target: { name: 'Hall' } },
    { action: 'wall.create', actor: { role: 'admin' }, target: { name: 'Hall' } },
  ])
})

test('S44 a screen reads the wall and nothing else, and writes nothing', async () => {
  const world = await startWorld()
  const wall = await opened(world, (await made(await world.as('admin'))).link)
  const forWalls = ['/api/wall', '/api/names', '/api/status']
  const passed: string[] = []
  for (const row of routeTable.filter(({ who }) => who !== 'public')) {
    const answer = await call(wall, row, pathFor(row.path, idOf(world), 'sandbox-operator'))
    if (answer.status !== 401) passed.push(`${row.method} ${row.path}`)
  }
  expect(passed.sort()).toEqual(forWalls.map((path) => `GET ${path}`).sort())
})

test('a screen is told of planned work, and not by whom', async () => {
  const world = await startWorld()
  const wall = await opened(world, (await made(await world.as('admin'))).link)
  const operator = await world.as('operator')
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const work = { tunnels: [idOf(world)], text: 'ISP work', until }
  await operator.send('POST', '/api/planned', work)
  const plannedOf = async (reader: Person) =>
    ((await (await reader.get('/api/status')).json()) as StatusAnswer).statuses[idOf(world)]?.planned
  expect(await plannedOf(operator)).toMatchObject({ by: 'operator@sandbox.example.com' })
  expect(await plannedOf(wall)).toEqual({ text: work.text, until, by: '' })
  const told = ['/api/wall', '/api/names', '/api/status'].map(async (path) => (await wall.get(path)).text())
  expect((await Promise.all(told)).join()).not.toContain('sandbox.example.com')
})

test('two who open a link at once are one screen', async () => {
  const world = await startWorld()
  const { link } = await made(await world.as('admin'))
  const open = () => stranger(world).send('POST', '/api/wall/open', { link })
  const answers = await Promise.all(Array.from({ length: 8 }, open))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410, 410, 410, 410])
})

test('a screen that is revoked sees nothing from the next look on', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const { screen, link } = await made(admin)
  const wall = await opened(world, link)
  expect((await wall.get('/api/status')).status).toBe(200)
  expect((await admin.send('DELETE', `/api/walls/${screen.id}`)).status).toBe(200)
  expect([(await wall.get('/api/status')).status, (await wall.get('/api/wall')).status]).toEqual([401, 401])
  expect(await screens(admin)).toEqual([])
})

test('of many who revoke a screen at once one has revoked it, and the log says so once', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const { screen } = await made(admin)
  const revoke = () => admin.send('DELETE', `/api/walls/${screen.id}`)
  const answers = await Promise.all(Array.from({ length: 5 }, revoke))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404])
  expect((await revoke()).status).toBe(404)
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  expect(entries.filter(({ action }) => action === 'wall.revoke')).toHaveLength(1)
  expect(await screens(admin)).toEqual([])
})

test('a screen stays signed in for months, and its cookie is renewed at each look', async () => {
  const world = await startClockedWorld()
  const wall = await opened(world, (await made(await world.as('admin'))).link)
  await world.later(200 * 86_400_000)
  const answer = await wall.get('/api/wall')
  expect(answer.status).toBe(200)
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toContain(`${wall.cookie};`)
  expect(cookie).toMatch(/^__Host-.*; Secure; HttpOnly; SameSite=Strict; Max-Age=34560000$/)
})

test('a link of yesterday opens nothing', async () => {
  const world = await startClockedWorld()
  const { link } = await made(await world.as('admin'))
  await world.later(24 * 3_600_000)
  expect((await stranger(world).send('POST', '/api/wall/open', { link })).status).toBe(410)
})

test('S29 neither link nor session of a screen rests in the database or a log', async () => {
  const world = await startWorld()
  const { link } = await made(await world.as('admin'))
  const wall = await opened(world, link)
  await wall.get('/api/status')
  const rows = JSON.stringify(await world.deps.db.all(sql`SELECT * FROM wall_screen`))
  const rested = rows + JSON.stringify(world.logs)
  expect(rested).not.toContain(link)
  expect(rested).not.toContain(wall.cookie.split('=')[1])
})

test('a person who looks at the wall needs no screen, and keeps their own session', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  const answer = await support.get('/api/wall')
  expect(await answer.json()).toMatchObject({ screen: null })
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('names are read again only when one has changed', async () => {
  const world = await startWorld()
  const support = await world.as('support')
  const etag = (await support.get('/api/names')).headers.get('etag') ?? ''
  expect((await support.get('/api/names', { 'if-none-match': etag })).status).toBe(304)
})

test('guessing links is slowed down, and a name is needed', async () => {
  const world = await startWorld()
  const guess = () => stranger(world).send('POST', '/api/wall/open', { link: 'x'.repeat(43) })
  const answers = await Promise.all(Array.from({ length: 31 }, guess))
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
  const nameless = await (await world.as('admin')).send('POST', '/api/walls', { name: ' ' })
  expect((await problemIn(nameless)).errors).toEqual([{ pointer: '/name', detail: 'Enter a name', source: 'console' }])
})
