import { describe, expect, test } from 'vitest'
import { auditOf, idOf, opened, problemIn, stored } from './steps.ts'
import { change, minute, passes, settingsOf, site, startUndoWorld, statesOf, undosOf } from './undo-world.ts'
import { writes } from './world.ts'

describe('a change that undoes itself', () => {
  test('counts down where everybody who may read tunnels sees it, and is as before when nobody keeps it', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    expect((await change(operator, id)).status).toBe(200)
    const due = new Date(world.clock.now().getTime() + 10 * minute).toISOString()
    expect(await undosOf(await world.as('admin'))).toMatchObject([
      {
        tunnelId: id,
        name: site,
        by: { email: 'operator@sandbox.example.com' },
        state: 'counting',
        changes: [{ path: 'description', after: 'moved' }],
        dueAt: due,
        why: null,
      },
    ])
    await world.later(10 * minute - 1000)
    expect([stored(world, site)?.description, await statesOf(operator)]).toEqual(['moved', ['counting']])
    await world.later(1000)
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
    expect((await auditOf(world)).map(({ actor, outcome, reason }) => [actor.email, outcome, reason])).toEqual([
      ['this console', 'applied', 'Nobody kept the change by operator@sandbox.example.com within 10 minutes.'],
      ['operator@sandbox.example.com', 'applied', undefined],
    ])
    await world.later(minute)
    expect(writes(world.sandbox)).toHaveLength(2)
  })

  test('stays for good when somebody keeps it', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const [entry] = await undosOf(operator)
    expect((await operator.send('POST', `/api/undos/${entry?.group}/keep`)).status).toBe(200)
    await world.later(10 * minute)
    await world.later(minute)
    expect([stored(world, site)?.description, await statesOf(operator)]).toEqual(['moved', ['kept']])
    expect((await world.services.owner.audit.list({ action: 'undo.keep', limit: 5 })).entries).toMatchObject([
      { target: { id, name: site }, outcome: 'applied', actor: { role: 'operator' } },
    ])
  })

  test('goes back at once when somebody says so, by the console and for their reason', async () => {
    const { world, operator, id } = await startUndoWorld()
    const before = settingsOf(world)
    await change(operator, id)
    const [entry] = await undosOf(operator)
    expect((await operator.send('POST', `/api/undos/${entry?.group}/undo`)).status).toBe(200)
    await world.services.owner.idle()
    expect([settingsOf(world), await statesOf(operator)]).toEqual([before, ['undone']])
    expect((await auditOf(world))[0]).toMatchObject({
      actor: { email: 'this console' },
      reason: 'operator@sandbox.example.com chose to undo it.',
    })
    expect((await world.services.owner.audit.list({ action: 'undo.now', limit: 5 })).entries).toHaveLength(1)
  })

  test.each([
    ['kept', 'keep', 'keep', 'kept already'],
    ['kept', 'keep', 'undo', 'kept already'],
    ['undone', 'undo', 'keep', 'undone already'],
  ])('that was %s is too late for another word, and that is said', async (_, first, then, words) => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const [entry] = await undosOf(operator)
    await operator.send('POST', `/api/undos/${entry?.group}/${first}`)
    await world.services.owner.idle()
    const late = await operator.send('POST', `/api/undos/${entry?.group}/${then}`)
    const { code, detail } = await problemIn(late)
    expect([late.status, code, detail]).toEqual([409, 'undo-over', expect.stringContaining(words)])
  })

  test('hears one of two who choose at once', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const [entry] = await undosOf(operator)
    const choose = (word: string) => operator.send('POST', `/api/undos/${entry?.group}/${word}`)
    const answers = await Promise.all([choose('keep'), choose('keep')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await world.services.owner.audit.list({ action: 'undo.keep', limit: 5 })).entries).toHaveLength(1)
  })

  test('never happens for what nobody has ever armed: 404', async () => {
    const { operator } = await startUndoWorld()
    expect((await operator.send('POST', `/api/undos/${crypto.randomUUID()}/keep`)).status).toBe(404)
  })

  test('ends with a change that Cloudflare refuses', async () => {
    const { world, operator, id } = await startUndoWorld()
    world.sandbox.faults.next({ kind: 'successFalse' }, { method: 'PUT' })
    await change(operator, id)
    expect(await statesOf(operator)).toEqual(['void'])
  })
})

describe('what could not be undone is refused before anything is sent', () => {
  const md5 = { bgp: { md5_key: 'canary-md5-key' } }

  test.each([
    ['an MD5 key', md5, 'MD5 key', ['/bgp/md5_key']],
    ['turning off BGP that has an MD5 key', { bgp: null }, 'MD5 key', ['/bgp/md5_key']],
  ])('%s', async (_, patch, words, pointers) => {
    const { world, operator, id } = await startUndoWorld()
    for (const query of ['undo_minutes=10', 'undo_minutes=10&validate_only=true']) {
      const answer = await change(operator, id, patch, { query })
      const { code, detail, errors } = await problemIn(answer)
      expect([answer.status, code, detail]).toEqual([422, 'invalid', expect.stringContaining(words)])
      expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers)
    }
    expect([writes(world.sandbox), await undosOf(operator)]).toEqual([[], []])
    expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected'])
  })

  test('a change that changes nothing', async () => {
    const { world, operator, id } = await startUndoWorld()
    const answer = await change(operator, id, { description: stored(world, site)?.description })
    expect([answer.status, (await problemIn(answer)).code]).toEqual([422, 'invalid'])
    expect([writes(world.sandbox), await undosOf(operator)]).toEqual([[], []])
  })

  test('a dry run of what can be undone is valid, and arms nothing', async () => {
    const { operator, id } = await startUndoWorld()
    const answer = await change(operator, id, undefined, { query: 'undo_minutes=5&validate_only=true' })
    expect([answer.status, await undosOf(operator)]).toEqual([200, []])
  })

  test.each(['7', '0', '-5', '10m', ''])('a time that is none of the choices: %j', async (minutes) => {
    const { world, operator, id } = await startUndoWorld()
    expect((await change(operator, id, undefined, { query: `undo_minutes=${minutes}` })).status).toBe(400)
    expect(writes(world.sandbox)).toEqual([])
  })
})

describe('somebody else’s later change is never written over', () => {
  test('one through the console ends the undo, and that is told at once', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    const admin = await world.as('admin')
    const { ifMatch } = await opened(admin, id)
    expect((await admin.send('PUT', `/api/tunnels/${id}`, { replay_protection: true }, ifMatch)).status).toBe(200)
    expect(await undosOf(operator)).toMatchObject([
      { state: 'blocked', why: 'admin@sandbox.example.com changed the tunnel since.' },
    ])
    await world.later(10 * minute)
    expect(stored(world, site)).toMatchObject({ description: 'moved', replay_protection: true })
  })

  test('one outside is found when the time is up', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    world.clock.advance(1000)
    world.sandbox.externalWrite(id, { customer_endpoint: '203.0.113.77' })
    await world.later(10 * minute)
    expect(await undosOf(operator)).toMatchObject([
      { state: 'blocked', why: 'Somebody outside this console changed the tunnel since.' },
    ])
    expect(stored(world, site)).toMatchObject({ description: 'moved', customer_endpoint: '203.0.113.77' })
    expect((await auditOf(world)).find(({ actor }) => actor.id === 'console')?.outcome).toBe('conflict')
  })

  test('nor is a tunnel that is gone made again', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    world.sandbox.externalDelete(id)
    await world.later(10 * minute)
    expect([await statesOf(operator), idOf(world, site)]).toEqual([['blocked'], ''])
  })

  test('nor is a change that somebody made in the very moment of ours', async () => {
    const { world, operator, id } = await startUndoWorld()
    const { ifMatch } = await opened(operator, id)
    world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
    world.sandbox.faults.next({ kind: 'externalWrite', id, patch: { replay_protection: true } }, { method: 'GET' })
    await operator.send('PUT', `/api/tunnels/${id}?undo_minutes=5`, { description: 'moved' }, ifMatch)
    expect(await statesOf(operator)).toEqual(['blocked'])
    await world.later(5 * minute)
    expect(stored(world, site)).toMatchObject({ description: 'moved', replay_protection: true })
  })

  test('two that undo themselves, one after the other: the second counts, the first is blocked', async () => {
    const { world, operator, id } = await startUndoWorld()
    await change(operator, id)
    world.clock.advance(1000)
    await change(operator, id, { replay_protection: true })
    expect((await undosOf(operator)).map(({ state }) => state).toSorted()).toEqual(['blocked', 'counting'])
    await world.later(10 * minute)
    expect(stored(world, site)).toMatchObject({ description: 'moved', replay_protection: false })
  })
})

test('who has the list of undos already is told so, and hears of it as soon as one turns', async () => {
  const { world, operator, id } = await startUndoWorld()
  await change(operator, id)
  const first = await operator.get('/api/undos')
  const etag = first.headers.get('etag') ?? ''
  const again = () => operator.get('/api/undos', { 'if-none-match': etag })
  await passes(world, 2, 1000)
  expect([first.status, (await again()).status]).toEqual([200, 304])
  await operator.send('POST', `/api/undos/${(await undosOf(operator))[0]?.group}/keep`)
  const turned = await again()
  expect([turned.status, await turned.json()]).toMatchObject([200, { undos: [{ state: 'kept' }] }])
})
