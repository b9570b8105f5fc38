import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { auditOf, create, idOf, opened, problemIn } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const site = 'fra-dc1-a'

describe('S67 without an audit log', () => {
  const broken = [
    ['is gone', 'DROP TABLE audit_event'],
    ['is full', "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END"],
  ] as const

  test.each(broken)('that %s, nothing is sent and reading goes on', async (_, statement) => {
    const world = await startWorld()
    const [admin, support] = [await world.as('admin'), await world.as('support')]
    const id = idOf(world, site)
    const { ifMatch } = await opened(admin, id)
    await world.deps.db.run(sql.raw(statement))
    const answers = [
      await create(admin),
      await admin.send('POST', '/api/tunnels?validate_only=true', newTunnel),
      await admin.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, ifMatch),
      await admin.send('DELETE', `/api/tunnels/${id}`, undefined, ifMatch),
      await admin.send('POST', `/api/tunnels/${id}/psk_generate`),
      await admin.send('POST', '/api/sandbox/reset'),
      // A refusal that cannot be recorded is a refusal all the same.
      await create(support),
    ]
    expect(await Promise.all(answers.map(problemIn))).toMatchObject(
      answers.map(() => ({ status: 503, code: 'audit-unavailable' })),
    )
    expect(writes(world.sandbox)).toEqual([])
    expect((await support.get('/api/tunnels')).status).toBe(200)
    expect((await support.get('/api/status')).status).toBe(200)
  })

  test('it recovers without a restart', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await world.deps.db.run(sql.raw(broken[1][1]))
    expect((await create(admin)).status).toBe(503)
    await world.deps.db.run(sql.raw('DROP TRIGGER full'))
    expect((await create(admin)).status).toBe(201)
  })

  test('that breaks in the middle, a write is told as what it was, and its entry stays pending', async () => {
    const world = await startWorld()
    const admin = await world.as('admin')
    await world.deps.db.run(
      sql.raw(
        "CREATE TRIGGER full BEFORE INSERT ON audit_event WHEN NEW.entry_seq <> NEW.seq BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      ),
    )
    expect((await create(admin)).status).toBe(201)
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['pending'])
    expect(world.logs).toContainEqual(expect.objectContaining({ event: 'audit.unsettled', outcome: 'applied' }))
  })
})
