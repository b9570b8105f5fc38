import { expect, test } from 'vitest'
import { chosen, firstNames, resultsIn, sentTo, startJobs } from './jobs-world.ts'
import { auditOf, idOf, problemIn, stored } from './steps.ts'
import { writes } from './world.ts'

const key = { 'idempotency-key': 'bulk-form-1' }

async function startMany(count: number) {
  const { admin, ...world } = await startJobs()
  const names = firstNames(world, count)
  const tunnels = (await chosen(world, admin, names)).map((one) => ({ ...one, description: 'by many' }))
  const put = (query = '', headers: Record<string, string> = {}, body: object = { tunnels }) =>
    admin.send('PUT', `/api/tunnels${query}`, body, headers)
  return { ...world, admin, names, tunnels, put }
}

test('many updates at once are each a change of their own, told in the order asked', async () => {
  const { put, names, tunnels, ...world } = await startMany(6)
  const results = await resultsIn(await put('', { 'change-reason': 'Ticket%204711' }))
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(tunnels.map(({ id }) => [id, 'applied']))
  expect(results[0]).toMatchObject({ tunnel: { name: names[0] }, changes: [{ path: 'description', after: 'by many' }] })
  expect((await auditOf(world)).map(({ outcome, reason }) => [outcome, reason])).toEqual(
    Array.from({ length: 6 }, () => ['applied', 'Ticket 4711']),
  )
})

test('H1 a conflict, a refusal, a lost answer and one that is so already each tell their own story', async () => {
  const { put, names, tunnels, admin, ...world } = await startMany(4)
  const [already = '', refused = '', conflict = '', lost = ''] = names
  world.sandbox.externalWrite(idOf(world, already), { description: 'by many' })
  const [fresh] = await chosen(world, admin, [already])
  world.sandbox.externalWrite(idOf(world, conflict), { description: 'theirs' })
  const at = (name: string) => ({ method: 'PUT', path: new RegExp(idOf(world, name)) })
  const body = { success: false, errors: [{ code: 1021, message: 'No' }] }
  world.sandbox.faults.next({ kind: 'status', status: 400, body }, at(refused))
  world.sandbox.faults.next({ kind: 'dropBeforeCommit' }, at(lost))
  const wanted = tunnels.map((one, index) => (index === 0 ? { ...one, ...fresh } : one))
  const results = await resultsIn(await put('', {}, { tunnels: wanted }))
  expect(results.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
    ['unchanged', undefined],
    ['rejected', 'rejected'],
    ['conflict', 'conflict'],
    ['unknown', 'outcome-unknown'],
  ])
  expect([...sentTo(world).keys()].toSorted()).toEqual([idOf(world, refused), idOf(world, lost)].toSorted())
})

test('a dry run of many reads the list once, stores nothing and says what would change', async () => {
  const { put, tunnels, ...world } = await startMany(6)
  const before = world.sandbox.state()
  world.sandbox.ledger.length = 0
  const results = await resultsIn(await put('?validate_only=true'))
  expect(results.map(({ outcome, changes }) => [outcome, changes?.length])).toEqual(tunnels.map(() => ['valid', 1]))
  expect(world.sandbox.ledger.filter(({ method }) => method === 'GET')).toHaveLength(1)
  expect(world.sandbox.state()).toEqual(before)
  expect((await auditOf(world)).every(({ validateOnly, outcome }) => validateOnly && outcome === 'valid')).toBe(true)
})

test('a dry run tells each conflict, and what is so already', async () => {
  const { put, names, ...world } = await startMany(3)
  world.sandbox.externalWrite(idOf(world, names[1] ?? ''), { description: 'theirs' })
  const results = await resultsIn(await put('?validate_only=true'))
  expect(results.map(({ outcome }) => outcome)).toEqual(['valid', 'conflict', 'valid'])
  expect(results[1]?.problem?.version).toMatch(/^[\w-]{43}$/)
})

test('H3 a repeat under the same key is told the recorded ends, and nothing is sent again', async () => {
  const { put, names, ...world } = await startMany(4)
  const both = await Promise.all([put('', key), put('', key)])
  const [first, second] = await Promise.all(both.map(resultsIn))
  const third = await resultsIn(await put('', key))
  expect([second, third].map((results) => results?.map(({ outcome, version }) => [outcome, version]))).toEqual(
    Array.from({ length: 2 }, () => first?.map(({ outcome, version }) => [outcome, version])),
  )
  expect([...sentTo(world).values()]).toEqual(names.map(() => 1))
})

test('S61 so many at once take nothing from what a person may change by hand', async () => {
  const { put, tunnels, admin, ...world } = await startMany(30)
  for (let round = 0; round < 3; round++) {
    const again = (await chosen(world, admin, firstNames(world, 30))).map((one) => ({
      ...one,
      description: `${round}`,
    }))
    const results = await resultsIn(await put('', {}, { tunnels: again }))
    expect(results.map(({ outcome }) => outcome)).toEqual(tunnels.map(() => 'applied'))
  }
})

test('U7 when the budget would fall below a fifth, the whole request waits and nothing is sent', async () => {
  const { put, tunnels, admin, ...world } = await startMany(10)
  world.sandbox.faults.next({ kind: 'quota', remaining: 260 }, { method: 'GET' })
  await admin.get(`/api/tunnels/${tunnels[0]?.id}`)
  const answer = await put()
  const { code, retryAfter } = await problemIn(answer)
  expect([answer.status, code, retryAfter]).toEqual([429, 'rate-limited', 300])
  expect(writes(world.sandbox)).toEqual([])
  expect(await auditOf(world)).toEqual([])
  world.clock.advance(300_000)
  expect((await resultsIn(await put())).map(({ outcome }) => outcome)).toEqual(tunnels.map(() => 'applied'))
})

test.each([
  ['none', () => [], '/tunnels', 'Choose at least one tunnel'],
  ['too many', (one: object) => Array.from({ length: 101 }, () => one), '/tunnels', 'Choose at most 100 tunnels'],
  ['the same twice', (one: object) => [one, one], '/tunnels/1/id', 'This tunnel is named twice'],
  [
    'no field',
    ({ id, version }: { id: string; version: string }) => [{ id, version }],
    '/tunnels/0',
    'Send at least one field to change',
  ],
  [
    'a bad value',
    (one: object) => [{ ...one, health_check: { rate: 'often' } }],
    '/tunnels/0/health_check/rate',
    expect.any(String),
  ],
])('an update of many with %s is refused at its place, and nothing is sent', async (_, make, pointer, detail) => {
  const { put, tunnels, ...world } = await startMany(1)
  const [one] = tunnels
  const answer = await put('', {}, { tunnels: make(one ?? { id: '', version: '', description: '' }) })
  const { errors } = await problemIn(answer)
  expect([answer.status, errors?.[0]]).toMatchObject([422, { pointer, detail }])
  expect(writes(world.sandbox)).toEqual([])
})

test('a key that is none is refused before anything is sent', async () => {
  const { put, ...world } = await startMany(1)
  expect((await problemIn(await put('', { 'idempotency-key': 'a b' }))).code).toBe('bad-request')
  expect(writes(world.sandbox)).toEqual([])
})

test('an MD5 key may be set for many at once, and rests nowhere', async () => {
  const { admin, put, ...world } = await startMany(1)
  const [one] = await chosen(world, admin, ['fra-dc1-a'])
  const results = await resultsIn(await put('', key, { tunnels: [{ ...one, bgp: { md5_key: 'canary-md5-many' } }] }))
  expect(results[0]).toMatchObject({ outcome: 'applied', changes: [{ path: 'bgp.md5_key', after: '(set)' }] })
  expect(stored(world, 'fra-dc1-a')?.bgp?.md5_key).toBe('canary-md5-many')
})

test('what is wrong with one of many is told at its place in the request', async () => {
  const { put, tunnels, ...world } = await startMany(2)
  const plain = world.sandbox.state().tunnels.find(({ bgp }) => bgp === null)
  const [one] = tunnels
  const [other] = await chosen(world, await world.as('admin'), [plain?.name ?? ''])
  const results = await resultsIn(await put('', {}, { tunnels: [one, { ...other, bgp: { md5_key: 'canary' } }] }))
  expect(results[1]).toMatchObject({
    outcome: 'rejected',
    problem: { errors: [{ pointer: '/tunnels/1/bgp/customer_asn' }] },
  })
})
