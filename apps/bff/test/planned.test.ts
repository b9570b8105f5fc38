import type { StatusAnswer } from '@tunnel-console/shared/api'
import type { PlannedWork } from '@tunnel-console/shared/planned'
import type { TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { expect, test } from 'vitest'
import { idOf } from './security-world.ts'
import { commit, problemIn, startClockedWorld } from './steps.ts'
import { newTunnel, type Person } from './world.ts'

const minute = 60_000

async function started() {
  const world = await startClockedWorld()
  await world.services.owner.refresh()
  const operator = await world.as('operator')
  const inMinutes = (minutes: number) => new Date(world.clock.now().getTime() + minutes * minute).toISOString()
  const plan = (tunnels: string[], minutes: number, text = 'ISP work, call +44 20 7946 0000') =>
    operator.send('POST', '/api/planned', { tunnels, text, until: inMinutes(minutes) })
  return { world, operator, plan, inMinutes }
}

async function works(person: Person): Promise<PlannedWork[]> {
  return ((await (await person.get('/api/planned')).json()) as { works: PlannedWork[] }).works
}

async function plannedOf(person: Person, id: string) {
  const { statuses } = (await (await person.get('/api/status')).json()) as StatusAnswer
  return statuses[id]?.planned
}

test('announced work is seen by everybody until it is over, and told in the audit log', async () => {
  const { world, operator, plan, inMinutes } = await started()
  const id = idOf(world, 'paris-a')
  const answer = await plan([id], 20)
  expect(answer.status).toBe(201)
  const { work } = (await answer.json()) as { work: PlannedWork }
  expect(work).toMatchObject({
    tunnels: [{ id, name: 'paris-a' }],
    until: inMinutes(20),
    by: 'operator@sandbox.example.com',
  })
  const support = await world.as('support')
  expect(await works(support)).toEqual([work])
  expect(await plannedOf(support, id)).toEqual({ until: work.until, text: work.text, by: work.by })
  await world.later(20 * minute)
  expect([await works(operator), await plannedOf(operator, id)]).toEqual([[], null])
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  expect(entries.find(({ action }) => action === 'planned.create')).toMatchObject({
    target: { id, name: 'paris-a' },
    changes: [{ after: work.text }, { after: work.until }],
  })
})

test('while the database cannot be read, announced work is not forgotten, nor does it last beyond its end', async () => {
  const { world, operator, plan } = await started()
  const id = idOf(world, 'paris-a')
  await plan([id], 20)
  expect(await plannedOf(operator, id)).toMatchObject({ text: expect.any(String) })
  const { refresh, of } = world.services.owner.planned
  await world.deps.db.run('ALTER TABLE planned_work RENAME TO planned_work_gone')
  world.clock.advance(minute)
  await refresh()
  expect(of(id)).toMatchObject({ text: expect.any(String) })
  world.clock.advance(20 * minute)
  await refresh()
  expect(of(id)).toBeNull()
})

test('work that is done early is ended at once, once', async () => {
  const { world, operator, plan } = await started()
  const { work } = (await (await plan([idOf(world)], 90)).json()) as { work: PlannedWork }
  expect((await operator.send('DELETE', `/api/planned/${work.id}`)).status).toBe(200)
  expect([await works(operator), await plannedOf(operator, idOf(world))]).toEqual([[], null])
  expect((await operator.send('DELETE', `/api/planned/${work.id}`)).status).toBe(404)
})

test('of many who end work at once one has ended it, and the log says so once', async () => {
  const { world, operator, plan } = await started()
  const { work } = (await (await plan([idOf(world)], 20)).json()) as { work: PlannedWork }
  const ends = await Promise.all([1, 2, 3].map(() => operator.send('DELETE', `/api/planned/${work.id}`)))
  expect(ends.map(({ status }) => status).sort()).toEqual([200, 404, 404])
  const { entries } = await world.services.owner.audit.list({ limit: 10 })
  expect(entries.filter(({ action }) => action === 'planned.end')).toHaveLength(1)
})

test('work on many tunnels is one announcement, and of two on one tunnel the longer one is told', async () => {
  const { world, operator, plan } = await started()
  const ids = world.sandbox.state().tunnels.map(({ id }) => id)
  await plan([...ids, ...ids], 30, 'All of it')
  await plan(ids.slice(0, 1), 60, 'This one')
  const listed = await works(operator)
  expect(listed.map(({ text, tunnels }) => [text, tunnels.length])).toEqual([
    ['All of it', ids.length],
    ['This one', 1],
  ])
  const told = await Promise.all(ids.slice(0, 2).map((id) => plannedOf(operator, id)))
  expect(told.map((planned) => planned?.text)).toEqual(['This one', 'All of it'])
})

test('a tunnel that nobody knows is no tunnel to plan for: the answer says which one it is', async () => {
  const { world, operator, inMinutes } = await started()
  const tunnels = [idOf(world), 'e'.repeat(32), 'f'.repeat(32)]
  const answer = await operator.send('POST', '/api/planned', { tunnels, text: 'ISP work', until: inMinutes(5) })
  const { code, errors } = await problemIn(answer)
  expect([answer.status, code, errors]).toEqual([
    422,
    'invalid',
    [
      { pointer: '/tunnels/1', detail: `There is no tunnel ${'e'.repeat(32)}`, source: 'console' },
      { pointer: '/tunnels/2', detail: `There is no tunnel ${'f'.repeat(32)}`, source: 'console' },
    ],
  ])
  expect(await works(operator)).toEqual([])
})

test('a tunnel that was made a moment ago can be planned for', async () => {
  const { world, plan } = await started()
  await commit(world, newTunnel)
  expect((await plan([idOf(world, newTunnel.name)], 5)).status).toBe(201)
})

test('while the list was never read nobody is told that their tunnel does not exist', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  world.sandbox.faults.next({ kind: 'status', status: 503, body: {} }, { path: /ipsec_tunnels/, times: 100 })
  const until = new Date(world.clock.now().getTime() + minute).toISOString()
  const answer = await operator.send('POST', '/api/planned', { tunnels: [idOf(world)], text: 'ISP work', until })
  expect([answer.status, (await problemIn(answer)).code]).toEqual([503, 'upstream-unavailable'])
})

test('while the list cannot be read anew nobody is told that a new tunnel does not exist', async () => {
  const { world, plan } = await started()
  await commit(world, newTunnel)
  world.sandbox.faults.next({ kind: 'status', status: 503, body: {} }, { path: /ipsec_tunnels/, times: 100 })
  const answer = await plan([idOf(world, newTunnel.name)], 5)
  expect([answer.status, (await problemIn(answer)).code]).toEqual([503, 'upstream-unavailable'])
})

test.each([
  [{ until: '2000-01-01T00:00:00Z' }, '/until', 'This time is over'],
  [{ until: 'tomorrow' }, '/until', 'Give a moment with its zone, such as 2026-11-29T02:00:00+01:00'],
  [{ until: '2999-01-01T00:00:00Z' }, '/until', 'Choose a time within 30 days'],
  [{ text: ' ' }, '/text', 'Say what is done, and whom to call'],
  [{ tunnels: [] }, '/tunnels', 'Choose at least one tunnel'],
  [{ tunnels: ['x'] }, '/tunnels/0', 'A tunnel id is 32 hexadecimal digits'],
])('%j is no announcement: it says what, where and how to mend', async (wrong, pointer, detail) => {
  const { world, operator, inMinutes } = await started()
  const body = { tunnels: [idOf(world)], text: 'ISP work', until: inMinutes(5), ...wrong }
  const { code, errors } = await problemIn(await operator.send('POST', '/api/planned', body))
  expect([code, errors]).toEqual(['invalid', [{ pointer, detail, source: 'console' }]])
})

test('a tunnel that is down while work goes on has that as its cause, and has none of it once it is over', async () => {
  const { world, operator, plan, inMinutes } = await started()
  const id = idOf(world, 'paris-b')
  const until = inMinutes(20)
  await plan([id], 20)
  await world.services.owner.states.step()
  const causeSeen = async () =>
    ((await (await operator.get(`/api/tunnels/${id}/status`)).json()) as TunnelStatusAnswer).cause
  expect(await causeSeen()).toMatchObject({ rule: 'planned', text: expect.stringContaining('ISP work'), until })
  await world.later(20 * minute)
  expect((await causeSeen())?.rule).not.toBe('planned')
})
