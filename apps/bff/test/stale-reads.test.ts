import type { WrittenTunnel } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { auditOf, idOf, opened, problemIn, restarted, startClockedWorld, stored } from './steps.ts'
import { writes } from './world.ts'

const site = 'fra-dc1-a'

/** A tunnel that was changed just now, at a Cloudflare whose reads have not heard of it. */
async function changedBehindAReplica() {
  const world = await startClockedWorld()
  const [first, second] = [await world.as('operator'), await world.as('admin')]
  const id = idOf(world, site)
  const before = await opened(second, id)
  world.sandbox.faults.next({ kind: 'staleReads', ms: 3000 }, { method: 'PUT' })
  const url = `/api/tunnels/${id}`
  const answer = await first.send('PUT', url, { description: 'first' }, before.ifMatch)
  expect(answer.status).toBe(200)
  const after = (await answer.json()) as WrittenTunnel
  return { world, id, url, first, second, before, after }
}

test('U23 H1 a colleague’s change does not pass the version check of a replica that has not heard of ours', async () => {
  const { world, url, second, before } = await changedBehindAReplica()
  const response = await second.send('PUT', url, { description: 'second' }, before.ifMatch)
  expect([response.status, (await problemIn(response)).code]).toEqual([503, 'busy'])
  expect([stored(world, site)?.description, writes(world.sandbox).length]).toEqual(['first', 1])
  world.clock.advance(3000)
  const later = await second.send('PUT', url, { description: 'second' }, before.ifMatch)
  expect([later.status, (await problemIn(later)).code]).toEqual([412, 'conflict'])
  expect(stored(world, site)?.description).toBe('first')
})

test('U23 whoever opens the tunnel meanwhile sees it as our write left it', async () => {
  const { second, id, after } = await changedBehindAReplica()
  const seen = await opened(second, id)
  expect([seen.tunnel.description, seen.version]).toEqual(['first', after.version])
})

test('U23 what the replica shows between two of our writes is nobody’s change', async () => {
  const { world, url, first, after } = await changedBehindAReplica()
  world.clock.advance(3000)
  world.sandbox.faults.next({ kind: 'staleReads', ms: 3000 }, { method: 'PUT' })
  const answer = await first.send('PUT', url, { description: 'again' }, { 'if-match': `"${after.version}"` })
  expect(answer.status).toBe(200)
  await world.services.owner.refresh()
  const { entries } = await world.services.owner.audit.list({ limit: 50 })
  expect(entries.filter(({ actor }) => actor.id === 'outside')).toEqual([])
  expect((await auditOf(world)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
})

test('U23 L3 a process that starts meanwhile is not taken in either', async () => {
  const { world, url, before } = await changedBehindAReplica()
  const next = await restarted(world)
  const response = await (await next.as('admin')).send('PUT', url, { description: 'second' }, before.ifMatch)
  expect([response.status, (await problemIn(response)).code]).toEqual([503, 'busy'])
  expect(stored(world, site)?.description).toBe('first')
})
