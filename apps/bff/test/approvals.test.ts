import { describe, expect, test } from 'vitest'
import { approval } from '../src/storage/schema.ts'
import {
  approvalIn,
  approvalsOf,
  approve,
  ask,
  decline,
  risky,
  site,
  startTwoPeople,
  storyOf,
  wishOf,
  withdraw,
} from './approval-steps.ts'
import { auditOf, idOf, opened, problemIn, stored } from './steps.ts'
import { startWorld, writes } from './world.ts'

const put = async (
  { operator, id }: Pick<Awaited<ReturnType<typeof startTwoPeople>>, 'operator' | 'id'>,
  patch: object,
) => operator.send('PUT', `/api/tunnels/${id}`, patch, (await opened(operator, id)).ifMatch)

describe('a change that a second person must approve', () => {
  test('is refused before Cloudflare is asked to make it, and the log says so', async () => {
    const two = await startTwoPeople()
    const answer = await put(two, risky)
    expect([answer.status, (await problemIn(answer)).code]).toEqual([403, 'approval-needed'])
    expect(writes(two.world.sandbox)).toEqual([])
    expect(await auditOf(two.world)).toMatchObject([{ outcome: 'denied', problem: { code: 'approval-needed' } }])
  })

  test('may still be tried as a dry run', async () => {
    const { operator, id } = await startTwoPeople()
    const { ifMatch } = await opened(operator, id)
    expect((await operator.send('PUT', `/api/tunnels/${id}?validate_only=true`, risky, ifMatch)).status).toBe(200)
  })

  test('is none of a lesser risk, and none of an administrator', async () => {
    const two = await startTwoPeople()
    expect((await put(two, { description: 'moved' })).status).toBe(200)
    expect((await put({ ...two, operator: two.admin }, risky)).status).toBe(200)
  })

  test('is none while the setting is off: nobody is asked, and asking is refused with a word', async () => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const id = idOf(world, site)
    const answer = await operator.send('POST', '/api/approvals', await wishOf(operator, id))
    expect([answer.status, (await problemIn(answer)).detail]).toEqual([
      422,
      expect.stringContaining('Apply it yourself'),
    ])
    expect((await put({ operator, id }, risky)).status).toBe(200)
    expect(await approvalsOf(operator)).toEqual([])
  })

  test('waits under the key of the form, which can be used again once the setting is off', async () => {
    const { operator, admin, id } = await startTwoPeople()
    const headers = { ...(await opened(operator, id)).ifMatch, 'idempotency-key': 'form-instance-1' }
    expect((await operator.send('PUT', `/api/tunnels/${id}`, risky, headers)).status).toBe(403)
    await admin.send('PATCH', '/api/settings', { secondPerson: 'nobody' })
    expect((await operator.send('PUT', `/api/tunnels/${id}`, risky, headers)).status).toBe(200)
  })
})

describe('asking', () => {
  test('keeps the change, what it does and why, for those who may see tunnels', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id, risky, { reason: 'the probe floods the device' })
    const expected = {
      state: 'waiting',
      tunnelId: id,
      name: site,
      patch: risky,
      effects: [{ path: 'health_check.enabled', before: true, after: false, risk: 'high' }],
      by: { email: 'operator@sandbox.example.com' },
      reason: 'the probe floods the device',
      decidedBy: null,
    }
    expect(asked).toMatchObject(expected)
    expect(await approvalsOf(admin)).toMatchObject([expected])
    expect(await storyOf(world, id)).toMatchObject([
      { action: 'approval.ask', reason: 'the probe floods the device', changes: [{ path: 'health_check.enabled' }] },
    ])
    expect(writes(world.sandbox)).toEqual([])
  })

  test('twice for the same is one wish, also at once; for something else of the tunnel it replaces the first', async () => {
    const { operator, id } = await startTwoPeople()
    const [first, second] = await Promise.all([ask(operator, id), ask(operator, id)])
    expect(first.id).toBe(second.id)
    const other = await ask(operator, id, { customer_endpoint: '203.0.113.77' })
    expect((await approvalsOf(operator)).map(({ id: one, state }) => [one, state])).toEqual(
      expect.arrayContaining([
        [other.id, 'waiting'],
        [first.id, 'lapsed'],
      ]),
    )
    expect(await approvalsOf(operator)).toHaveLength(2)
  })

  test('on an older version is a conflict that brings the tunnel as it is', async () => {
    const { operator, id } = await startTwoPeople()
    const wish = await wishOf(operator, id)
    await put({ operator, id }, { description: 'moved' })
    const answer = await operator.send('POST', '/api/approvals', wish)
    expect([answer.status, await problemIn(answer)]).toMatchObject([412, { current: { description: 'moved' } }])
  })

  test.each([
    ['sets an MD5 key', { bgp: { md5_key: 'canary-key' } }, '/patch/bgp/md5_key'],
    ['sets nothing', {}, '/patch'],
    ['sets what no field takes', { interface_address: 'x' }, '/patch/interface_address'],
  ])('for what %s is refused with a pointer, and nothing of it rests', async (_, patch, pointer) => {
    const { world, operator, id } = await startTwoPeople()
    const answer = await operator.send('POST', '/api/approvals', await wishOf(operator, id, patch))
    const text = await answer.text()
    expect([answer.status, text]).toEqual([422, expect.stringContaining(`"${pointer}"`)])
    expect(text).not.toContain('canary-key')
    expect(await storyOf(world, id)).toEqual([])
  })

  test('shows a key that the change takes away to nobody', async () => {
    const { world, operator, id } = await startTwoPeople()
    const key = stored(world, site)?.bgp?.md5_key ?? ''
    const asked = await ask(operator, id, { bgp: null })
    expect(asked.effects.map(({ path, before }) => [path, before])).toContainEqual(['bgp.md5_key', '(set)'])
    expect(key.length).toBeGreaterThan(3)
    const rows = JSON.stringify([await world.deps.db.query.approval.findMany(), await approvalsOf(operator)])
    expect(rows).not.toContain(key)
  })
})

describe('approving', () => {
  test('carries the change out at once as that of whoever asked, with the approver in the log', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id, risky, { reason: 'the probe floods the device' })
    const answer = await approve(admin, asked, { word: 'seen with Ben' })
    expect([answer.status, await approvalIn(answer)]).toMatchObject([
      200,
      { state: 'applied', decidedBy: { email: 'admin@sandbox.example.com' }, word: 'seen with Ben' },
    ])
    expect(stored(world, site)?.health_check.enabled).toBe(false)
    expect(await storyOf(world, id)).toMatchObject([
      {
        action: 'tunnel.update',
        outcome: 'applied',
        actor: { email: 'operator@sandbox.example.com' },
        reason: 'the probe floods the device\nApproved by admin@sandbox.example.com: seen with Ben',
      },
      { action: 'approval.approve', actor: { email: 'admin@sandbox.example.com' }, reason: 'seen with Ben' },
      { action: 'approval.ask' },
    ])
    expect(await approvalsOf(operator)).toMatchObject([{ state: 'applied' }])
  })

  test('is for nobody who asked: refused with words, and recorded', async () => {
    const { world, operator, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    for (const decide of [approve, decline]) {
      const answer = await decide(operator, asked)
      expect([answer.status, await problemIn(answer)]).toMatchObject([
        403,
        { code: 'forbidden', detail: 'You asked for this yourself. Somebody else has to decide.' },
      ])
    }
    expect(writes(world.sandbox)).toEqual([])
    expect((await storyOf(world, id)).map(({ action, outcome }) => [action, outcome])).toEqual([
      ['approval.decline', 'denied'],
      ['approval.approve', 'denied'],
      ['approval.ask', 'applied'],
    ])
  })

  test('twenty times at once sends it once: one is told yes, the others that it was decided', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    const answers = await Promise.all(Array.from({ length: 20 }, () => approve(admin, asked)))
    const statuses = answers.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
    expect(writes(world.sandbox)).toHaveLength(1)
  })

  test('and declining at once end in one of the two', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    const answers = await Promise.all([approve(admin, asked), decline(admin, asked)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const [{ state } = { state: '' }] = await approvalsOf(admin)
    expect([state, writes(world.sandbox).length]).toEqual(state === 'applied' ? ['applied', 1] : ['declined', 0])
  })

  test('after the person who asked was demoted or shut out lapses, and sends nothing', async () => {
    for (const change of [{ role: 'support' }, { disabled: true }]) {
      const { world, operator, admin, id } = await startTwoPeople()
      const asked = await ask(operator, id)
      await admin.send('PATCH', '/api/users/sandbox-operator', change)
      const answer = await approve(admin, asked)
      expect([answer.status, (await problemIn(answer)).detail]).toEqual([
        409,
        'It has lapsed. Whoever asked for it may not change tunnels any more.',
      ])
      expect(writes(world.sandbox)).toEqual([])
      expect((await storyOf(world, id))[0]).toMatchObject({
        action: 'approval.lapse',
        actor: { email: 'this console', role: null },
      })
    }
  })

  test('still works when the setting was turned off meanwhile', async () => {
    const { operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    await admin.send('PATCH', '/api/settings', { secondPerson: 'nobody' })
    expect((await approve(admin, asked)).status).toBe(200)
  })
})

describe('declining and withdrawing', () => {
  test('declining needs a word, which whoever asked is told', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    expect((await decline(admin, asked, ' ')).status).toBe(422)
    expect((await decline(admin, asked, 'not before Sunday')).status).toBe(200)
    expect(await approvalsOf(operator)).toMatchObject([
      { state: 'declined', word: 'not before Sunday', decidedBy: { email: 'admin@sandbox.example.com' } },
    ])
    const late = await approve(admin, asked)
    expect([late.status, await problemIn(late)]).toMatchObject([409, { code: 'decided', detail: 'It was declined.' }])
    expect((await storyOf(world, id))[0]).toMatchObject({ action: 'approval.decline', reason: 'not before Sunday' })
    expect(writes(world.sandbox)).toEqual([])
  })

  test('only whoever asked can withdraw, and then nobody can approve', async () => {
    const { world, operator, admin, id } = await startTwoPeople()
    const asked = await ask(operator, id)
    expect((await withdraw(admin, asked)).status).toBe(403)
    expect([(await withdraw(operator, asked)).status, (await approve(admin, asked)).status]).toEqual([200, 409])
    expect(await approvalsOf(admin)).toMatchObject([{ state: 'withdrawn' }])
    expect((await storyOf(world, id)).map(({ action }) => action)).toContain('approval.withdraw')
    expect(writes(world.sandbox)).toEqual([])
  })
})

test('one that was decided is listed for a week, one that waits until it is decided', async () => {
  const { world, operator, admin, id } = await startTwoPeople()
  const declined = await ask(operator, id)
  await decline(admin, declined)
  const waits = await ask(operator, idOf(world, 'fra-dc1-b'))
  const { now } = world.deps
  const old = now().getTime() - 8 * 24 * 3600_000
  await world.deps.db.run(`UPDATE approval SET asked_at = ${old}, decided_at = decided_at - 8 * 24 * 3600000`)
  expect((await approvalsOf(admin)).map((one) => one.id)).toEqual([waits.id])
})

test('what waits is found however much was decided since', async () => {
  const two = await startTwoPeople()
  const { db, now } = two.world.deps
  const wish = await ask(two.operator, two.id)
  const [row] = await db.select().from(approval)
  if (!row) throw new Error('nothing waits')
  const later = now().getTime() + 1000
  for (let number = 0; number < 201; number++) {
    const decided = { id: crypto.randomUUID(), state: 'declined' as const, askedAt: later, decidedAt: later }
    await db.insert(approval).values({ ...row, ...decided })
  }
  expect((await approvalsOf(two.admin)).map(({ id }) => id)).toContain(wish.id)
})
