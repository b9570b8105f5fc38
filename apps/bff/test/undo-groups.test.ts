import { describe, expect, test, vi } from 'vitest'
import { auditOf, idOf, problemIn, startClockedWorld, stored } from './steps.ts'
import { change, minute, passes, startUndoWorld, statesOf, undosOf } from './undo-world.ts'

const author = { id: 'sandbox-admin', email: 'admin@sandbox.example.com', role: 'admin' as const }
const names = ['fra-dc1-a', 'fra-dc1-b', 'ams-dc1-a']

/** Three tunnels whose changes belong together, as those of a job do. */
async function startGroup() {
  const world = await startClockedWorld()
  const { owner } = world.services
  const group = crypto.randomUUID()
  const describes = async (name: string, description: string) => {
    const tunnelId = idOf(world, name)
    const read = await owner.tunnel(tunnelId)
    const version = 'ok' in read ? read.ok.version : ''
    const patch = { description }
    const undo = { minutes: 10, group }
    return owner.run({ change: { kind: 'update', tunnelId, version, patch }, author, requestId: 'job', undo })
  }
  const before = names.map((name) => stored(world, name)?.description)
  for (const name of names) await describes(name, 'many')
  const described = () => names.map((name) => stored(world, name)?.description)
  return { world, admin: await world.as('admin'), group, before, described, describes }
}

describe('changes of one group', () => {
  test('are kept together, with an audit entry for each tunnel', async () => {
    const { world, admin, group, described } = await startGroup()
    expect((await admin.send('POST', `/api/undos/${group}/keep`)).status).toBe(200)
    await passes(world, 2, 10 * minute)
    expect([await statesOf(await world.as('admin')), described()]).toEqual([
      ['kept', 'kept', 'kept'],
      ['many', 'many', 'many'],
    ])
    const { entries } = await world.services.owner.audit.list({ action: 'undo.keep', limit: 10 })
    expect(entries.map(({ target }) => target?.name).toSorted()).toEqual(names.toSorted())
  })

  test('are kept in one commit: when it fails, none is kept and the log tells of none', async () => {
    const { world, admin, group } = await startGroup()
    const batch = vi.spyOn(world.deps.db, 'batch').mockRejectedValueOnce(new Error('disk full'))
    const failed = await admin.send('POST', `/api/undos/${group}/keep`)
    batch.mockRestore()
    expect([failed.status, await statesOf(admin)]).toEqual([503, ['counting', 'counting', 'counting']])
    expect((await world.services.owner.audit.list({ action: 'undo.keep', limit: 10 })).entries).toEqual([])
  })

  test('are undone together', async () => {
    const { world, admin, group, before, described } = await startGroup()
    expect((await admin.send('POST', `/api/undos/${group}/undo`)).status).toBe(200)
    await passes(world, 2, 1000)
    expect([await statesOf(admin), described()]).toEqual([['undone', 'undone', 'undone'], before])
  })

  test('of which one is over already: the word counts for the others', async () => {
    const { world, admin, group, before, described } = await startGroup()
    world.clock.advance(1000)
    await change(admin, idOf(world, 'fra-dc1-b'), { replay_protection: true }, { query: '' })
    expect((await admin.send('POST', `/api/undos/${group}/undo`)).status).toBe(200)
    await passes(world, 2, 1000)
    expect((await statesOf(admin)).toSorted()).toEqual(['blocked', 'undone', 'undone'])
    expect(described()).toEqual([before[0], 'many', before[2]])
  })

  test('may hold one that is so already: it is applied, and nothing is armed for it', async () => {
    const { admin, describes } = await startGroup()
    expect((await describes('ams-dc1-a', 'many')).kind).toBe('applied')
    expect(await statesOf(admin)).toEqual(['counting', 'counting', 'counting'])
  })

  test('are chosen about by one of two who say different things at once', async () => {
    const { world, admin, group, before, described } = await startGroup()
    const choose = (word: string) => admin.send('POST', `/api/undos/${group}/${word}`)
    const answers = await Promise.all([choose('keep'), choose('undo')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const [loser] = answers.filter(({ ok }) => !ok)
    expect(loser && (await problemIn(loser)).code).toBe('undo-over')
    await passes(world, 2, 1000)
    const [first, ...others] = await statesOf(admin)
    expect(others).toEqual([first, first])
    expect(described()).toEqual(first === 'kept' ? ['many', 'many', 'many'] : before)
  })
})

test('a database that fails when the change is settled loses no undo: it counts as soon as that is written', async () => {
  const { world, operator, id } = await startUndoWorld()
  const { batch } = world.deps.db
  let calls = 0
  const spy = vi.spyOn(world.deps.db, 'batch').mockImplementation((items) => {
    calls++
    // The entry, the row that says `sending`, and then the settlement.
    if (calls === 3) return Promise.reject(new Error('locked'))
    return batch.call(world.deps.db, items) as never
  })
  expect((await change(operator, id)).status).toBe(200)
  spy.mockRestore()
  expect(await statesOf(operator)).toEqual(['armed'])
  await passes(world, 1, minute)
  const [entry] = await undosOf(operator)
  expect([entry?.state, Date.parse(entry?.dueAt ?? '') - world.clock.now().getTime()]).toEqual(['counting', 9 * minute])
  await passes(world, 1, 9 * minute)
  expect([await statesOf(operator), (await auditOf(world)).map(({ outcome }) => outcome)]).toEqual([
    ['undone'],
    ['applied', 'applied'],
  ])
})
