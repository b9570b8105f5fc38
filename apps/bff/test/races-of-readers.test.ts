import { expect, test, vi } from 'vitest'
import { watchMs } from '../src/changes/watch.ts'
import { holdAnswers, key, lost, site } from './lost-answers.ts'
import {
  auditOf,
  commit,
  create,
  idOf,
  listOf,
  opened,
  outcomeOf,
  problemIn,
  restarted,
  startClockedWorld,
} from './steps.ts'
import { timed } from './timed.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const refusal = {
  kind: 'status' as const,
  status: 400,
  body: { success: false, errors: [{ code: 1001, message: 'no' }], messages: [], result: null },
}

async function took(work: Promise<Response>) {
  const start = performance.now()
  const { status } = await work
  return { status, ms: performance.now() - start }
}

test('an older look that comes in late must not turn applied into not applied', async () => {
  const world = await startClockedWorld(3600)
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  expect(
    (await operator.send('PUT', `/api/tunnels/${id}`, { description: 'moved' }, { ...ifMatch, ...key })).status,
  ).toBe(502)
  await world.services.owner.refresh()
  const hold = holdAnswers(world, (method, path) => method === 'GET' && path.endsWith(id))
  world.clock.advance(watchMs)
  const tick = world.services.owner.tick()
  await vi.waitFor(() => expect(hold.held()).toBe(1))
  await commit(world, writes(world.sandbox)[0]?.body as object, `/${id}`, 'PUT')
  await world.services.owner.refresh()
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
  hold.release()
  await tick
  await world.services.owner.idle()
  expect(await auditOf(world)).toMatchObject([{ outcome: 'applied' }])
})

test('status: a hanging Cloudflare delays no reader who has a copy by more than 50 ms', timed, async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  expect((await operator.get('/api/status')).status).toBe(200)
  world.clock.advance(61_000)
  world.sandbox.faults.next({ kind: 'hang' }, { times: 1000 })
  const { status, ms } = await took(operator.get('/api/status'))
  expect(status).toBe(200)
  expect(ms).toBeLessThan(50)
})

test('status: hanging analytics alone, never read, delay no reader of the copy', timed, async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  world.sandbox.faults.next({ kind: 'hang' }, { times: 1000, path: /graphql/ })
  const delays = []
  for (let n = 0; n < 2; n++) delays.push(Math.round((await took(operator.get('/api/status'))).ms))
  expect(Math.max(...delays)).toBeLessThan(50)
})

test('a created tunnel that somebody deletes is not shown for ten minutes', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  expect((await create(operator)).status).toBe(201)
  const id = idOf(world, newTunnel.name)
  const { ifMatch } = await opened(operator, id)
  world.sandbox.faults.next(refusal, { method: 'PUT' })
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'bad' }, ifMatch)).status).toBe(422)
  world.sandbox.externalDelete(id)
  await world.later(60_000)
  await world.services.owner.refresh()
  expect((await listOf(operator)).tunnels.map(({ name }) => name)).not.toContain(newTunnel.name)
})

test('a lost change soon after an applied one locks for its quarantine, not for ten minutes', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'one' }, ifMatch)).status).toBe(200)
  const second = await opened(operator, id)
  world.sandbox.faults.next(lost, { method: 'PUT' })
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'lost' }, second.ifMatch)).status).toBe(502)
  await world.later(120_000)
  const third = await opened(operator, id)
  const answer = await operator.send('PUT', `/api/tunnels/${id}`, { description: 'two' }, third.ifMatch)
  expect([answer.status, answer.ok ? '' : (await problemIn(answer)).detail]).toEqual([200, ''])
})

test('a change that meets the closing of its key is told closed', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const told: string[] = []
  for (let n = 0; n < 8; n++) {
    const one = `race-key-${n}`
    const works = [
      outcomeOf(operator, one).then(({ outcome }) => outcome),
      create(
        operator,
        { 'idempotency-key': one },
        { ...newTunnel, name: `r-${n}`, interface_address: `10.99.${n}.0/31` },
      ).then(async (answer) => (answer.ok ? 'created' : (await problemIn(answer)).code)),
    ]
    told.push((await Promise.all(works)).join(' '))
  }
  expect(told.join(', ')).not.toContain('audit-unavailable')
})

test('the outcome of an applied change is told while Cloudflare hangs', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const id = idOf(world, site)
  const { ifMatch } = await opened(operator, id)
  expect((await operator.send('PUT', `/api/tunnels/${id}`, { description: 'x' }, { ...ifMatch, ...key })).status).toBe(
    200,
  )
  const next = await restarted(world)
  const again = await next.as('operator')
  world.sandbox.faults.next({ kind: 'hang' }, { times: 1000 })
  const answer = outcomeOf(again, 'form-instance-1').then(({ outcome }) => outcome)
  const late = new Promise((resolve) => setTimeout(() => resolve('nothing in 3 s'), 3000))
  expect(await Promise.race([answer, late])).toBe('applied')
})

test('S61 dry runs have a limit as well', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const seen = new Set<number>()
  for (let n = 0; n < 70; n++)
    seen.add((await operator.send('POST', '/api/tunnels?validate_only=true', newTunnel)).status)
  expect([...seen]).toContain(429)
})

test('an outside change that the database refused to write down is not forgotten', async () => {
  const world = await startClockedWorld()
  const operator = await world.as('operator')
  await listOf(operator)
  world.sandbox.externalWrite(idOf(world, site), { description: 'theirs' })
  world.clock.advance(6000)
  const locked = vi.spyOn(world.deps.db, 'batch').mockRejectedValue(new Error('locked'))
  await world.services.owner.refresh()
  locked.mockRestore()
  expect(world.logs.filter(({ event }) => event === 'audit.unrecorded')).toHaveLength(1)
  await world.later(6000)
  await world.services.owner.refresh()
  await world.later(6000)
  expect((await auditOf(world)).map(({ action }) => action)).toContain('tunnel.changedOutside')
})
