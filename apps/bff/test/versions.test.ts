import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { tunnelVersion } from '../src/storage/schema.ts'
import { lostUpdate } from './lost-answers.ts'
import { auditOf, create, idOf, opened, restarted, startClockedWorld, stored } from './steps.ts'
import { change, passes, site, versionsOf } from './undo-world.ts'

async function startVersions() {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  await world.services.owner.refresh()
  return { world, admin, id: idOf(world, site) }
}

type World = Awaited<ReturnType<typeof startVersions>>['world']

/** A poll that sees what somebody did outside. */
async function polls(world: World): Promise<void> {
  world.clock.advance(5000)
  await world.services.owner.refresh()
}

describe('every change that is known leaves a version: the tunnel before and after it', () => {
  test('one that we create, change and delete; and they outlive it', async () => {
    const { world, admin } = await startVersions()
    await create(admin)
    const id = idOf(world, 'zurich-a')
    await change(admin, id, { description: 'first' }, { query: '' })
    await change(admin, id, { name: 'zurich-b' }, { query: '' })
    await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)
    const versions = await versionsOf(admin, id)
    expect(
      versions.map(({ name, by, before, after }) => [name, by, before?.description, after?.description, after?.name]),
    ).toEqual([
      ['zurich-b', 'admin@sandbox.example.com', 'first', undefined, undefined],
      ['zurich-b', 'admin@sandbox.example.com', 'first', 'first', 'zurich-b'],
      ['zurich-a', 'admin@sandbox.example.com', '', 'first', 'zurich-a'],
      ['zurich-a', 'admin@sandbox.example.com', undefined, '', 'zurich-a'],
    ])
    expect(versions.map(({ auditId }) => auditId)).toEqual((await auditOf(world)).map(({ id: entry }) => entry))
  })

  test('none for what changed nothing: a refusal, a dry run, a value that it has already, a new key', async () => {
    const { world, admin, id } = await startVersions()
    await change(admin, id, { description: 'x' }, { query: 'validate_only=true' })
    await change(admin, id, { description: stored(world, site)?.description }, { query: '' })
    await admin.send('POST', `/api/tunnels/${id}/psk_generate`)
    world.sandbox.faults.next({ kind: 'successFalse' }, { method: 'PUT' })
    await change(admin, id, { description: 'x' }, { query: '' })
    const answer = await admin.get(`/api/tunnels/${id}/versions`)
    expect([answer.status, await answer.json()]).toEqual([200, { versions: [] }])
  })

  test('one whose answer was lost leaves it when it is known, and one only, also when that is told twice', async () => {
    const { world, operator, id, arrives } = await lostUpdate()
    expect(await versionsOf(operator, id)).toEqual([])
    await arrives()
    await passes(world, 1, 4000)
    await passes(world, 2, 60_000)
    const next = await restarted(world)
    expect(await versionsOf(await next.as('operator'), id)).toMatchObject([
      { after: { description: 'moved' }, auditId: (await auditOf(next))[0]?.id },
    ])
  })

  test('what others do outside this console leaves versions too, and no audit entry of ours', async () => {
    const { world, admin, id } = await startVersions()
    world.sandbox.externalWrite(id, { description: 'by Terraform' })
    await polls(world)
    world.sandbox.externalDelete(id)
    await polls(world)
    expect(await versionsOf(admin, id)).toMatchObject([
      { by: 'outside this console', auditId: null, before: { description: 'by Terraform' }, after: null },
      { by: 'outside this console', auditId: null, after: { description: 'by Terraform' } },
    ])
  })

  test('what somebody else did in the moment of ours stands apart from it', async () => {
    const { world, admin, id } = await startVersions()
    const { ifMatch } = await opened(admin, id)
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'externalWrite', id, patch: { replay_protection: true } }, { method: 'GET' })
    await admin.send('PUT', `/api/tunnels/${id}`, { description: 'mine' }, ifMatch)
    expect(await versionsOf(admin, id)).toMatchObject([
      {
        by: 'outside this console',
        before: { description: 'mine', replay_protection: false },
        after: { description: 'mine', replay_protection: true },
      },
      {
        by: 'admin@sandbox.example.com',
        before: { replay_protection: false },
        after: { description: 'mine', replay_protection: false },
      },
    ])
  })

  test('but a key that was made outside changes no field, and leaves none', async () => {
    const { world, admin, id } = await startVersions()
    world.sandbox.externalWrite(id, { psk_metadata: { last_generated_on: world.clock.now().toISOString() } })
    await polls(world)
    expect(await versionsOf(admin, id)).toEqual([])
  })
})

test('a tunnel that never was has no versions: 404', async () => {
  const { admin } = await startVersions()
  expect((await admin.get(`/api/tunnels/${'0'.repeat(32)}/versions`)).status).toBe(404)
})

test('S16 no MD5 key rests in a version or an undo: it is only "set"', async () => {
  const { world, admin, id } = await startVersions()
  const canaries = ['canary-md5-one', 'canary-md5-two', 'canary-md5-three']
  await change(admin, id, { bgp: { md5_key: canaries[0] } }, { query: '' })
  await change(admin, id, { bgp: { md5_key: canaries[1] } }, { query: '' })
  world.clock.advance(1000)
  world.sandbox.externalWrite(id, { bgp: { ...stored(world, site)?.bgp, md5_key: canaries[2] } })
  await polls(world)
  expect((await change(admin, id, { description: 'undoes itself' })).status).toBe(200)
  await passes(world, 1, 10 * 60_000)
  await admin.send('DELETE', `/api/tunnels/${id}`, undefined, (await opened(admin, id)).ifMatch)
  const versions = await versionsOf(admin, id)
  expect(versions).toHaveLength(6)
  expect(versions.flatMap(({ before, after }) => [before?.bgp.md5_key, after?.bgp.md5_key])).not.toContain('')
  const tables = await world.deps.db.all<[string]>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
  const rows = await Promise.all(tables.map(([name]) => world.deps.db.all(sql`SELECT * FROM ${sql.identifier(name)}`)))
  expect(canaries.filter((canary) => JSON.stringify(rows).includes(canary))).toEqual([])
})

test('at most 200 are shown, 500 of a tunnel are kept, and none for longer than 400 days', async () => {
  const { world, admin, id } = await startVersions()
  await change(admin, id, { description: 'first' }, { query: '' })
  const [first] = await world.deps.db.select().from(tunnelVersion)
  const { seq: _, ...row } = first ?? ({} as never)
  const days = (n: number) => new Date(world.clock.now().getTime() - n * 86_400_000).toISOString()
  const older = Array.from({ length: 600 }, (_entry, n) => ({ ...row, auditId: null, at: days(n < 50 ? 401 : 399) }))
  await world.deps.db.insert(tunnelVersion).values(older.slice(0, 300))
  await world.deps.db.insert(tunnelVersion).values(older.slice(300))
  expect(await versionsOf(admin, id)).toHaveLength(200)
  await passes(world, 1, 3_600_000)
  const kept = await world.deps.db.select().from(tunnelVersion)
  expect([kept.length, kept.filter(({ at }) => at < days(400)).length]).toEqual([500, 0])
})
