import { expect, test, vi } from 'vitest'
import { chosen, firstNames, patiently, resultsIn, sentTo, startJobs } from './jobs-world.ts'
import { holdAnswers } from './lost-answers.ts'
import { auditOf, commit, idOf, restarted, startClockedWorld, stored } from './steps.ts'
import { type Person, type World, writes } from './world.ts'

const key = { 'idempotency-key': 'bulk-form-1' }
const bulk = { method: 'PUT', path: /ipsec_tunnels$/ }

async function startTogether(count = 4) {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, count)
  const tunnels = (await chosen(world, admin, names)).map((one) => ({ ...one, description: 'together' }))
  const put = (person: Person = admin, headers: Record<string, string> = key) =>
    person.send('PUT', '/api/tunnels?all_or_nothing=true', { tunnels }, headers)
  return { ...world, admin, names, tunnels, put }
}

const outcomesIn = async (answer: Promise<Response>) => (await resultsIn(await answer)).map(({ outcome }) => outcome)
const notesOf = (world: Pick<World, 'sandbox'>, names: string[]) =>
  names.map((name) => stored(world, name)?.description)
const all = <T>(names: string[], value: T) => names.map(() => value)

test('all or nothing is one request, with an intent, a read-back and an audit entry of each tunnel', async () => {
  const { put, names, ...world } = await startTogether()
  const results = await resultsIn(await put())
  expect(results.map(({ outcome, tunnel }) => [outcome, tunnel?.name])).toEqual(names.map((name) => ['applied', name]))
  expect(writes(world.sandbox)).toHaveLength(1)
  expect(notesOf(world, names)).toEqual(all(names, 'together'))
  const entries = await auditOf(world)
  expect(entries.map(({ outcome, changes }) => [outcome, changes.length])).toEqual(all(names, ['applied', 1]))
})

test('H1 one conflict holds all back: nothing is sent, and each tunnel says why', async () => {
  const { put, names, ...world } = await startTogether()
  world.sandbox.externalWrite(idOf(world, names[2] ?? ''), { description: 'theirs' })
  const results = await resultsIn(await put())
  expect(results.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
    ['rejected', 'held-back'],
    ['rejected', 'held-back'],
    ['conflict', 'conflict'],
    ['rejected', 'held-back'],
  ])
  expect(results[0]?.problem?.detail).toBe('1 of 4 could not be changed, so nothing was sent.')
  expect(writes(world.sandbox)).toEqual([])
})

test('what Cloudflare refuses of one tunnel is told at that tunnel, and none has changed', async () => {
  const { names, tunnels, admin, ...world } = await startTogether()
  const bad = tunnels.map((one, index) => (index === 1 ? { ...one, name: names[0] } : one))
  const results = await resultsIn(await admin.send('PUT', '/api/tunnels?all_or_nothing=true', { tunnels: bad }))
  const told = results.map(({ outcome, problem }) => [outcome, problem?.code, problem?.errors?.[0]?.pointer])
  expect(told.slice(2)).toEqual(all(names.slice(2), ['rejected', 'held-back', undefined]))
  expect(told[1]).toEqual(['rejected', 'rejected', '/tunnels/1/name'])
  expect(notesOf(world, names)).not.toContain('together')
})

test('a refusal that names no tunnel is told at all of them', async () => {
  const { put, names, ...world } = await startTogether()
  const body = { success: false, errors: [{ code: 1000, message: 'Not today' }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body }, bulk)
  const results = await resultsIn(await put())
  expect(results.map(({ problem }) => problem?.upstream?.[0]?.message)).toEqual(all(names, 'Not today'))
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(all(names, 'rejected'))
})

test('a refusal after which the tunnels have changed all the same is not believed', async () => {
  const { put, names, ...world } = await startTogether(2)
  const body = { success: false, errors: [{ code: 1021, message: 'No', source: { pointer: '/ipsec_tunnels/1/name' } }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body, commit: true }, bulk)
  expect(await outcomesIn(put())).toEqual(all(names, 'applied'))
})

test('a refusal after which nobody can look is unknown, and turns when somebody can', async () => {
  const { put, names, ...world } = await startTogether(2)
  const body = { success: false, errors: [{ code: 1021, message: 'No' }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body }, bulk)
  world.sandbox.faults.next({ kind: 'latency', ms: 0 }, { method: 'GET' })
  world.sandbox.faults.next({ kind: 'notSent' }, { method: 'GET', times: 3 })
  expect(await outcomesIn(put())).toEqual(all(names, 'unknown'))
  await world.later(301_000)
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(all(names, 'failed'))
})

test('tunnels that are so already are no part of the request', async () => {
  const { names, tunnels, admin, ...world } = await startTogether(3)
  const first = tunnels[0]?.id ?? ''
  world.sandbox.externalWrite(first, { description: 'together' })
  const [fresh] = await chosen(world, admin, names.slice(0, 1))
  const wanted = tunnels.map((one) => (one.id === first ? { ...one, ...fresh } : one))
  const answer = admin.send('PUT', '/api/tunnels?all_or_nothing=true', { tunnels: wanted })
  expect(await outcomesIn(answer)).toEqual(['unchanged', 'applied', 'applied'])
  expect(sentTo(world).has(first)).toBe(false)
})

test('L3 a lost answer is settled tunnel by tunnel: what arrived is applied', async () => {
  const { put, names, ...world } = await startTogether()
  world.sandbox.faults.next({ kind: 'commitThenDrop' }, bulk)
  expect(await outcomesIn(put())).toEqual(all(names, 'applied'))
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(all(names, 'applied'))
})

test('what never arrived is unknown and watched, and turns when it arrives after all', async () => {
  const { put, names, ...world } = await startTogether()
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, bulk)
  expect(await outcomesIn(put())).toEqual(all(names, 'unknown'))
  await commit(world, writes(world.sandbox)[0]?.body as object, '', 'PUT')
  await world.later(2000)
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(all(names, 'applied'))
  expect(await outcomesIn(put())).toEqual(all(names, 'applied'))
})

test('a yes that lacks a tunnel is looked up, not believed', async () => {
  const { put, names, ...world } = await startTogether(2)
  const change = (envelope: Record<string, unknown>) => ({
    ...envelope,
    result: { modified: true, modified_ipsec_tunnels: [] },
  })
  world.sandbox.faults.next({ kind: 'mutate', change }, bulk)
  expect(await outcomesIn(put())).toEqual(all(names, 'applied'))
})

test('H3 two clicks are one request, and a repeat is told the recorded ends', async () => {
  const { put, names, ...world } = await startTogether()
  expect(await Promise.all([outcomesIn(put()), outcomesIn(put())])).toEqual([
    all(names, 'applied'),
    all(names, 'applied'),
  ])
  expect(await outcomesIn(put())).toEqual(all(names, 'applied'))
  expect(writes(world.sandbox)).toHaveLength(1)
})

test('two such requests for the same tunnels in another order wait for each other without end', async () => {
  const { admin, tunnels, ...world } = await startTogether()
  const ask = (wanted: object[]) =>
    outcomesIn(admin.send('PUT', '/api/tunnels?all_or_nothing=true', { tunnels: wanted }))
  const [one, other] = await Promise.all([ask(tunnels), ask(tunnels.toReversed())])
  // Whichever comes first.
  const ends = [one, other].map((outcomes) => [...new Set(outcomes)].join())
  expect(ends.toSorted()).toEqual(['applied', 'conflict'])
  expect(writes(world.sandbox)).toHaveLength(1)
})

test('while an earlier change of one tunnel may still come, nothing is sent', async () => {
  const { put, names, tunnels, admin, ...world } = await startTogether()
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, { method: 'PUT' })
  const [one] = tunnels
  await admin.send('PUT', '/api/tunnels', { tunnels: [one] })
  const results = await resultsIn(await put())
  expect(results.map(({ problem }) => problem?.code)).toEqual(['unsettled', ...all(names.slice(1), 'held-back')])
  expect(writes(world.sandbox)).toHaveLength(1)
})

test('an audit log that cannot be written stops all of it before anything is sent', async () => {
  const { put, names, ...world } = await startTogether(3)
  const { batch } = world.deps.db
  let calls = 0
  vi.spyOn(world.deps.db, 'batch').mockImplementation((items) => {
    calls++
    return calls === 2 ? Promise.reject(new Error('locked')) : (batch.call(world.deps.db, items) as never)
  })
  const results = await resultsIn(await put())
  expect(results.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual(
    all(names, ['rejected', 'audit-unavailable']),
  )
  expect(writes(world.sandbox)).toEqual([])
})

/** A console that is killed at a step of the request, and the one that comes after it. */
async function killed(step: 'reading' | 'sent' | 'arrived' | 'read back') {
  const world = await startClockedWorld()
  const admin = await world.as('admin')
  const names = firstNames(world, 3)
  const tunnels = (await chosen(world, admin, names)).map((one) => ({ ...one, description: 'together' }))
  const put = (person: Person) => person.send('PUT', '/api/tunnels?all_or_nothing=true', { tunnels }, key)
  const hangs = {
    reading: () => world.sandbox.faults.next({ kind: 'hang' }, { method: 'GET', path: /ipsec_tunnels$/ }),
    sent: () => world.sandbox.faults.next({ kind: 'dropBeforeCommit', hang: true }, bulk),
    arrived: () => world.sandbox.faults.next({ kind: 'commitThenDrop', hang: true }, bulk),
    'read back': () =>
      holdAnswers(world, (method, path) => method === 'GET' && isWritten() && /ipsec_tunnels$/.test(path)),
  }
  const isWritten = () => writes(world.sandbox).length > 0
  const held = hangs[step]()
  void put(admin)
  const reached = {
    reading: async () => expect((await auditOf(world)).length).toBe(3),
    sent: () => expect(isWritten()).toBe(true),
    arrived: () => expect(isWritten()).toBe(true),
    'read back': () => expect(held?.held()).toBeGreaterThan(0),
  }
  await vi.waitFor(reached[step], patiently)
  held?.release()
  const next = await restarted(world)
  return { next, names, put, world }
}

test.each([
  ['reading', 'failed', ['applied', 'applied', 'applied'], 1],
  ['sent', 'unknown', ['unknown', 'unknown', 'unknown'], 1],
  ['arrived', 'applied', ['applied', 'applied', 'applied'], 1],
  ['read back', 'applied', ['applied', 'applied', 'applied'], 1],
] as const)(
  'L3 killed when it was %s, each tunnel is %s, and a repeat sends nothing twice',
  async (step, fate, ends, sent) => {
    const { next, names, put, world } = await killed(step)
    expect((await auditOf(next)).map(({ outcome }) => outcome)).toEqual(all(names, fate))
    expect(await outcomesIn(put(await next.as('admin')))).toEqual(ends)
    expect(writes(world.sandbox)).toHaveLength(sent)
  },
)
