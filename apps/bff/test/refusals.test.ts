import { expect, test } from 'vitest'
import { createRefusals } from '../src/audit/refusals.ts'
import type { Actor } from '../src/http/env.ts'
import { openAudit } from './audit-world.ts'

const sam: Actor = { id: 'sam', email: 'sam@example.com', name: 'Sam', role: 'support' }
const tunnel = { id: 'a'.repeat(32), isDryRun: false }

async function startRefusals() {
  const log = await openAudit()
  let at = 0
  const refusals = createRefusals(
    log.audit,
    () => 'paris-b',
    () => at,
  )
  const verdicts = async () =>
    (await log.audit.list({ limit: 200 })).entries.map(({ actor, action, times }) => `${actor.id} ${action} ${times}`)
  return {
    ...log,
    refusals,
    verdicts,
    refuse: (actor = sam, target = tunnel) => refusals.record(actor, 'tunnel.delete', target, crypto.randomUUID()),
    pass: (ms: number) => {
      at += ms
    },
    rows: async () => (await log.db.all<unknown[]>('SELECT seq FROM audit_event')).length,
  }
}

test('S64 the first refusal is in the log at once', async () => {
  const { audit, refuse } = await startRefusals()
  await refuse()
  expect((await audit.list({ limit: 9 })).entries).toMatchObject([
    {
      actor: { email: 'sam@example.com', role: 'support' },
      action: 'tunnel.delete',
      target: { id: tunnel.id, name: 'paris-b' },
      outcome: 'denied',
      validateOnly: false,
      times: 1,
    },
  ])
})

test('a thousand refusals in a minute are two rows: the entry, and how often', async () => {
  const { refuse, pass, refusals, rows, verdicts } = await startRefusals()
  await Promise.all(Array.from({ length: 500 }, () => refuse()))
  pass(59_999)
  for (let turn = 0; turn < 500; turn++) await refuse()
  await refusals.flush()
  expect([await rows(), await verdicts()]).toEqual([1, ['sam tunnel.delete 1']])
  pass(1)
  await refusals.flush()
  await refusals.flush()
  expect([await rows(), await verdicts()]).toEqual([2, ['sam tunnel.delete 1000']])
})

test('one refusal needs no count', async () => {
  const { refuse, pass, refusals, rows } = await startRefusals()
  await refuse()
  pass(60_000)
  await refusals.flush()
  expect(await rows()).toBe(1)
})

test('the next minute has an entry of its own, and the count of the last one is written with it', async () => {
  const { refuse, pass, verdicts } = await startRefusals()
  for (let turn = 0; turn < 3; turn++) await refuse()
  pass(60_000)
  await refuse()
  expect(await verdicts()).toEqual(['sam tunnel.delete 1', 'sam tunnel.delete 3'])
})

test('a stop writes the count of the minute under way', async () => {
  const { refuse, refusals, verdicts } = await startRefusals()
  await refuse()
  await refuse()
  await refusals.flush({ isStopping: true })
  await refusals.flush({ isStopping: true })
  expect(await verdicts()).toEqual(['sam tunnel.delete 2'])
})

test('each person, each action, and dry runs are counted apart', async () => {
  const { refuse, refusals, verdicts } = await startRefusals()
  await refuse()
  await refuse({ ...sam, id: 'sue' })
  await refuse(sam, { ...tunnel, isDryRun: true })
  await refusals.record(sam, 'tunnel.update', tunnel, 'r')
  await refusals.record(sam, 'audit.read', tunnel, 'r')
  expect(await verdicts()).toEqual([
    'sam tunnel.update 1',
    'sam tunnel.delete 1',
    'sue tunnel.delete 1',
    'sam tunnel.delete 1',
  ])
})

test('what is kept in memory has an end, and what is pushed out is written', async () => {
  const { audit, refuse } = await startRefusals()
  for (let turn = 0; turn < 5; turn++) await refuse()
  for (let turn = 0; turn < 999; turn++) await refuse({ ...sam, id: `${turn}`, email: 'other@example.com' })
  const timesOfSam = async () => (await audit.list({ actor: sam.email, limit: 9 })).entries.map(({ times }) => times)
  expect(await timesOfSam()).toEqual([1])
  await refuse({ ...sam, id: '999', email: 'other@example.com' })
  expect(await timesOfSam()).toEqual([5])
})

test('S67 while the log cannot be written each refusal says so, and the next one tries again', async () => {
  const { db, refuse, verdicts } = await startRefusals()
  await db.run("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END")
  const answers = await Promise.allSettled([refuse(), refuse()])
  expect(answers).toMatchObject(answers.map(() => ({ reason: { problem: { code: 'audit-unavailable' } } })))
  await db.run('DROP TRIGGER full')
  await refuse()
  expect(await verdicts()).toEqual(['sam tunnel.delete 1'])
})

test('a count that cannot be written is kept for the next time, and nothing is thrown', async () => {
  const { db, refuse, pass, refusals, verdicts } = await startRefusals()
  await refuse()
  await refuse()
  pass(60_000)
  await db.run("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END")
  await refusals.flush()
  expect(await verdicts()).toEqual(['sam tunnel.delete 1'])
  await db.run('DROP TRIGGER full')
  await refusals.flush()
  expect(await verdicts()).toEqual(['sam tunnel.delete 2'])
})
