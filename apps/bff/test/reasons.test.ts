import type { AuditEntry } from '@tunnel-console/shared/audit'
import { reasonHeaders } from '@tunnel-console/shared/reason'
import { expect, test } from 'vitest'
import { auditOf, create, idOf, opened, problemIn } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const why = 'Neue Leitung in „Zürich“\nTicket 4711'

test('why a tunnel was created, changed, given a key and deleted stands in the log and in its export', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const because = (reason: string) => reasonHeaders(reason)
  await admin.send('POST', '/api/tunnels', newTunnel, because('a new site'))
  const id = idOf(world, newTunnel.name)
  await admin.send(
    'PUT',
    `/api/tunnels/${id}`,
    { description: 'x' },
    {
      ...(await opened(admin, id)).ifMatch,
      ...because(why),
    },
  )
  await admin.send('POST', `/api/tunnels/${id}/psk_generate`, undefined, because('the first key'))
  await admin.send('DELETE', `/api/tunnels/${id}`, undefined, {
    ...(await opened(admin, id)).ifMatch,
    ...because('the site is closed'),
  })
  const entries = (await auditOf(world)).filter(({ action }) => /^(tunnel|psk)\./.test(action))
  expect(entries.map(({ action, outcome, reason }) => [action, outcome, reason])).toEqual([
    ['tunnel.delete', 'applied', 'the site is closed'],
    ['psk.generate', 'applied', 'the first key'],
    ['tunnel.update', 'applied', why],
    ['tunnel.create', 'applied', 'a new site'],
  ])
  const csv = await (await admin.get('/api/audit/export?format=csv&action=tunnel.update')).text()
  expect(csv).toContain('Neue Leitung in „Zürich“')
  const json = (await (await admin.get('/api/audit/export?format=json')).json()) as AuditEntry[]
  expect(json.map(({ reason }) => reason)).toContain(why)
})

test('a change without a reason has none', async () => {
  const world = await startWorld()
  await create(await world.as('admin'))
  const [entry] = await auditOf(world)
  expect(entry).not.toHaveProperty('reason')
})

test('S06 a reason goes into the log alone: Cloudflare sees nothing of it', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  await admin.send('POST', '/api/tunnels', newTunnel, reasonHeaders('only for us'))
  expect(writes(world.sandbox)).toHaveLength(1)
  expect(JSON.stringify(world.sandbox.ledger)).not.toMatch(/only( |%20)for( |%20)us|change-reason/)
})

test.each([
  ['too long', 'x'.repeat(501), /at most 500 characters/],
  ['not encoded', '50 % off', /percent-encoded/],
  ['turned around', encodeURIComponent('a\u202eb'), /Take out character 2/],
])('a reason that is %s is refused before anything is sent', async (_, header, detail) => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const answer = await admin.send('POST', '/api/tunnels', newTunnel, { 'change-reason': header })
  expect(answer.status).toBe(400)
  expect((await problemIn(answer)).detail).toMatch(detail)
  expect(writes(world.sandbox)).toEqual([])
})

test('a repeated request is the same change, whatever reason comes with it', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const key = { 'idempotency-key': 'key-of-this-change' }
  const first = await admin.send('POST', '/api/tunnels', newTunnel, { ...key, ...reasonHeaders('first') })
  const second = await admin.send('POST', '/api/tunnels', newTunnel, { ...key, ...reasonHeaders('second') })
  expect([first.status, second.status]).toEqual([201, 201])
  expect(writes(world.sandbox)).toHaveLength(1)
  expect((await auditOf(world)).flatMap(({ reason }) => reason ?? [])).toEqual(['first'])
})
