import type { HandoffEntry } from '@tunnel-console/shared/api'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { stranger } from './security-world.ts'
import { idOf, problemIn, restarted, startClockedWorld } from './steps.ts'
import { type Person, startWorld, type World } from './world.ts'

const ciphertext = `canary-ciphertext-${'c'.repeat(60)}`
const hour = 3_600_000
const never = '00000000-0000-4000-8000-000000000000'

const leave = (person: Person, tunnelId: string, hours = 24) =>
  person.send('POST', '/api/handoffs', { tunnelId, ciphertext, hours })

async function left(world: World, person: Person, hours?: number): Promise<HandoffEntry> {
  const answer = await leave(person, idOf(world, 'paris-a'), hours)
  return ((await answer.json()) as { handoff: HandoffEntry }).handoff
}

const open = (world: World, id: string) => stranger(world).send('POST', `/api/handoffs/${id}/open`)

async function listed(person: Person): Promise<HandoffEntry[]> {
  return ((await (await person.get('/api/handoffs')).json()) as { handoffs: HandoffEntry[] }).handoffs
}

async function told(world: World) {
  const { entries } = await world.services.owner.audit.list({ limit: 200 })
  return entries.filter(({ action }) => action.startsWith('handoff.'))
}

const rests = async (world: World) =>
  JSON.stringify(await world.deps.db.all(sql`SELECT * FROM handoff`)).includes('canary')

/** Everybody comes from an address of their own. */
function startCrowd() {
  let people = 0
  return startWorld({ deps: { clientAddress: () => `203.0.${(++people >> 8) & 255}.${people & 255}` } })
}

describe('a hand-off', () => {
  test('is left by an operator, opened once without an account, and told in the audit log', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const answer = await leave(operator, idOf(world, 'paris-a'))
    expect(answer.status).toBe(201)
    const { handoff } = (await answer.json()) as { handoff: HandoffEntry }
    expect(handoff).toMatchObject({ name: 'paris-a', openedAt: null, revokedAt: null })
    expect(Date.parse(handoff.expiresAt) - Date.parse(handoff.createdAt)).toBe(24 * hour)
    expect(await listed(await world.as('admin'))).toEqual([handoff])

    const opened = await open(world, handoff.id)
    expect([opened.status, opened.headers.get('cache-control'), opened.headers.get('etag')]).toEqual([
      200,
      'no-store',
      null,
    ])
    expect(await opened.json()).toEqual({ ciphertext })
    expect(await rests(world)).toBe(false)
    expect(await listed(operator)).toEqual([{ ...handoff, openedAt: expect.any(String) }])
    expect(await told(world)).toMatchObject([
      {
        action: 'handoff.open',
        actor: { id: 'link', role: null },
        outcome: 'applied',
        target: { id: handoff.tunnelId, name: 'paris-a' },
        changes: [{ label: 'Opened from', after: '192.0.2.7' }],
      },
      {
        action: 'handoff.create',
        actor: { role: 'operator' },
        changes: [{ label: 'Can be opened until', after: handoff.expiresAt }],
      },
    ])
    expect(JSON.stringify([await told(world), world.logs])).not.toContain('canary')
  })

  test('is burnt exactly once under 50 parallel openings', async () => {
    const world = await startCrowd()
    const { id } = await left(world, await world.as('operator'))
    const answers = await Promise.all(Array.from({ length: 50 }, () => open(world, id)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(49).fill(410)])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(bodies.filter((body) => body.includes('canary'))).toHaveLength(1)
    expect((await told(world)).filter(({ action }) => action === 'handoff.open')).toHaveLength(1)
  })

  test('is opened by no look: neither the page nor any other method burns it', async () => {
    const world = await startWorld()
    const { id } = await left(world, await world.as('operator'))
    const looks = [
      await world.send(`/api/handoffs/${id}/open`),
      await world.send(`/api/handoffs/${id}`),
      await world.send(`/handoff/${id}`),
      await world.send(`/api/handoffs/${id}/open`, { method: 'HEAD' }),
      // A form on somebody else's page.
      await world.send(`/api/handoffs/${id}/open`, { method: 'POST' }),
      await world.send(`/api/handoffs/${id}/open`, {
        method: 'POST',
        headers: { 'x-tunnel-console': '1', 'sec-fetch-site': 'cross-site' },
      }),
    ]
    expect(looks.filter(({ ok }) => ok)).toEqual([])
    expect(await rests(world)).toBe(true)
    expect((await open(world, id)).status).toBe(200)
  })

  test('tells the same of one that was opened, was revoked, has run out or never was', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const [opened, revoked, over] = [
      await left(world, operator),
      await left(world, operator),
      await left(world, operator, 1),
    ]
    expect((await open(world, opened.id)).status).toBe(200)
    expect((await operator.send('DELETE', `/api/handoffs/${revoked.id}`)).status).toBe(200)
    world.clock.advance(hour)
    const answers = await Promise.all([opened.id, revoked.id, over.id, never].map((id) => open(world, id)))
    const problems = await Promise.all(answers.map(problemIn))
    expect(new Set(problems.map(({ requestId: _, ...problem }) => JSON.stringify(problem))).size).toBe(1)
    expect(problems[0]).toMatchObject({ status: 410, code: 'gone', detail: expect.stringContaining('somebody else') })
  })

  test('counts until its very end, and loses its ciphertext when time comes by, also after a restart', async () => {
    const world = await startClockedWorld()
    const operator = await world.as('operator')
    const [one, two] = [await left(world, operator, 2), await left(world, operator, 2)]
    await world.later(2 * hour - 1)
    expect([(await open(world, one.id)).status, await rests(world)]).toEqual([200, true])
    world.clock.advance(1)
    const next = await restarted(world)
    expect(await rests(world)).toBe(true)
    await next.services.owner.tick()
    expect(await rests(world)).toBe(false)
    expect((await open(next, two.id)).status).toBe(410)
    expect((await listed(await next.as('operator'))).map(({ id }) => id)).toContain(two.id)
    await world.later(31 * 24 * hour)
    await next.services.owner.tick()
    expect(await world.deps.db.all(sql`SELECT * FROM handoff`)).toEqual([])
  })

  test('that was revoked is erased; one that was opened says so instead', async () => {
    const world = await startWorld()
    const [operator, admin] = [await world.as('operator'), await world.as('admin')]
    const [one, two] = [await left(world, operator), await left(world, operator)]
    await open(world, two.id)
    expect((await admin.send('DELETE', `/api/handoffs/${one.id}`)).status).toBe(200)
    expect(await rests(world)).toBe(false)
    const again = await problemIn(await admin.send('DELETE', `/api/handoffs/${one.id}`))
    const late = await problemIn(await admin.send('DELETE', `/api/handoffs/${two.id}`))
    const none = await problemIn(await admin.send('DELETE', `/api/handoffs/${never}`))
    expect([again.code, again.detail, late.code, late.detail, none.code]).toEqual([
      'gone',
      expect.stringContaining('It was revoked at'),
      'gone',
      expect.stringContaining('It was opened at'),
      'not-found',
    ])
    expect((await told(world)).map(({ action, actor }) => `${action} ${actor.role}`)).toEqual([
      'handoff.revoke admin',
      'handoff.open null',
      'handoff.create operator',
      'handoff.create operator',
    ])
  })

  test('is either opened or revoked when both come at once', async () => {
    const world = await startCrowd()
    const operator = await world.as('operator')
    for (let round = 0; round < 10; round++) {
      const { id } = await left(world, operator)
      const both = [() => open(world, id), () => operator.send('DELETE', `/api/handoffs/${id}`)]
      const answers = await Promise.all((round % 2 ? both : both.toReversed()).map((act) => act()))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410])
    }
  })
})

describe('a hand-off is refused', () => {
  test.each<[string, object, string]>([
    ['for more than a day', { hours: 25 }, '/hours'],
    ['for less than an hour', { hours: 0 }, '/hours'],
    ['for half an hour more', { hours: 1.5 }, '/hours'],
    ['without a ciphertext', { ciphertext: '' }, '/ciphertext'],
    ['with something that is no base64url', { ciphertext: `${'c'.repeat(60)}!` }, '/ciphertext'],
    ['with a ciphertext of 20,001 characters', { ciphertext: 'c'.repeat(20_001) }, '/ciphertext'],
    ['for an id that is none', { tunnelId: '..' }, '/tunnelId'],
  ])('%s', async (_, wrong, pointer) => {
    const world = await startWorld()
    const good = { tunnelId: idOf(world, 'paris-a'), ciphertext, hours: 24 }
    const answer = await (await world.as('operator')).send('POST', '/api/handoffs', { ...good, ...wrong })
    expect([answer.status, (await problemIn(answer)).errors?.[0]?.pointer]).toEqual([422, pointer])
    expect([await told(world), await rests(world)]).toEqual([[], false])
  })

  test('for a tunnel that does not exist', async () => {
    const world = await startWorld()
    expect((await leave(await world.as('operator'), 'a'.repeat(32))).status).toBe(404)
    expect(await told(world)).toEqual([])
  })

  test('when 200 are open, until one has gone', async () => {
    const world = await startCrowd()
    const operator = await world.as('operator')
    const id = idOf(world, 'paris-a')
    const answers = await Promise.all(Array.from({ length: 205 }, () => leave(operator, id)))
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused.map(({ status }) => status)).toEqual(Array(5).fill(422))
    expect((await problemIn(refused[0] as Response)).detail).toContain('200 links are open')
    const [first] = await listed(operator)
    await open(world, first?.id ?? '')
    expect((await leave(operator, id)).status).toBe(201)
  })

  test('while the audit log cannot be written, and none is opened then', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const { id } = await left(world, operator)
    const full = "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    await world.deps.db.run(sql.raw(full))
    expect((await problemIn(await leave(operator, idOf(world, 'paris-a')))).code).toBe('audit-unavailable')
    expect((await problemIn(await open(world, id))).code).toBe('audit-unavailable')
    await world.deps.db.run(sql`DROP TRIGGER full`)
    expect((await open(world, id)).status).toBe(200)
    expect(await listed(operator)).toHaveLength(1)
  })

  test('S34 to somebody who tries links without end, and to nobody else', async () => {
    let address = '198.51.100.1'
    const world = await startWorld({ deps: { clientAddress: () => address } })
    const { id } = await left(world, await world.as('operator'))
    const tried = await Promise.all(Array.from({ length: 35 }, () => open(world, never)))
    expect(tried.map(({ status }) => status).toSorted()).toEqual([...Array(30).fill(410), ...Array(5).fill(429)])
    const refused = await open(world, id)
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.any(Number)])
    address = '198.51.100.2'
    expect((await open(world, id)).status).toBe(200)
  })
})
