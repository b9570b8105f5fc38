import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { bytesIn, faultsFor, idsOf, newFolder, resultsIn, setKeys, setting } from './key-steps.ts'
import { leaksOf } from './security-world.ts'
import { idOf, restarted } from './steps.ts'
import { newTunnel, startWorld, writes } from './world.ts'

const own = 'canary-own-key-"quoted"'
const key = { 'idempotency-key': 'rotation-instance-1' }

/** A console that keeps its database in a folder, and all that it and the sandbox leave behind. */
async function startKept() {
  const folder = newFolder()
  const { db, close } = await openDatabase(path.join(folder, 'console.db'))
  onTestFinished(close)
  const states: unknown[] = []
  const world = await startWorld({ sandbox: { onChange: (state) => states.push(state) }, deps: { db } })
  const left = () => bytesIn(folder) + JSON.stringify([world.logs, world.sandbox.ledger, states])
  return { world, close, folder, left }
}

test('S16 of a hundred requests with one Idempotency-Key, one gets the keys, and each was set once', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const asked = idsOf(world).map((id) => ({ id }))
  const answers = await Promise.all(Array.from({ length: 100 }, () => setKeys(admin, asked, key)))
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  const all = bodies.flatMap(
    (body) => (JSON.parse(body) as { results: { id: string; psk?: string; outcome: string }[] }).results,
  )
  const shown = all.flatMap(({ id, psk }) => (psk === undefined ? [] : [{ id, psk }]))
  expect(shown.map(({ id }) => id).toSorted()).toEqual(asked.map(({ id }) => id).toSorted())
  for (const { id, psk } of shown) {
    expect(await world.sandbox.hasPsk(id, psk)).toBe(true)
    expect(bodies.filter((body) => body.includes(psk))).toHaveLength(1)
  }
  expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(['applied']))
  expect(writes(world.sandbox)).toHaveLength(3)
})

test('S16 an Idempotency-Key with another key than before sets nothing and shows nothing', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const id = idOf(world, 'paris-a')
  await setKeys(admin, [{ id, psk: own }], key)
  for (const psk of ['another', undefined]) {
    const [refused] = await resultsIn(await setKeys(admin, [{ id, ...(psk !== undefined && { psk }) }], key))
    expect(refused).toMatchObject({ outcome: 'rejected', problem: { code: 'bad-request' } })
  }
  expect(await world.sandbox.hasPsk(id, own)).toBe(true)
  expect(writes(world.sandbox)).toHaveLength(1)
})

test('S17 no key that was given or made rests in a file, table, log or ledger, whatever became of it', async () => {
  const { world, close, folder, left } = await startKept()
  const admin = await world.as('admin')
  const { tunnels } = (await (await admin.get('/api/tunnels')).json()) as { tunnels: { id: string }[] }
  const ids = tunnels.map(({ id }) => id)
  const shown: string[] = []
  const hidden = () => {
    expect([own, ...shown].flatMap((psk) => leaksOf(psk, left()))).toEqual([])
  }
  const ask = async (chosen: { id: string; psk?: string }[], query = '') => {
    const results = await resultsIn(await setKeys(admin, chosen, { 'x-reason': 'rotation' }, query))
    shown.push(...results.flatMap(({ psk }) => psk ?? []))
    hidden()
    return results.map(({ outcome }) => outcome)
  }
  const [a = '', b = '', c = '', d = ''] = ids
  expect(await ask([{ id: a, psk: own }, { id: b }])).toEqual(['applied', 'applied'])
  expect(await ask([{ id: a, psk: own }, { id: b }], '?validate_only=true')).toEqual(['valid', 'valid'])
  expect(await ask([{ id: 'f'.repeat(32), psk: own }])).toEqual(['rejected'])
  expect(shown).toHaveLength(2)

  const created = await admin.send('POST', '/api/tunnels', { ...newTunnel, psk: own }, key)
  expect(created.status).toBe(201)
  expect(leaksOf(own, await created.text())).toEqual([])
  hidden()

  // A lost answer, sent again; one that echoes the key in its words; and one that is cut short by a kill.
  faultsFor(world, c, { kind: 'commitThenDrop' }, { kind: 'commitThenDrop' })
  expect(await ask([{ id: c, psk: own }])).toEqual(['applied'])
  const errors = [{ code: 1022, message: `psk ${own} is refused`, source: { pointer: '/psks/0/psk' } }]
  faultsFor(world, d, { kind: 'status', status: 400, body: { success: false, errors, result: null } })
  const refused = await (await setKeys(admin, [{ id: d, psk: own }])).text()
  expect([leaksOf(own, refused), refused.includes('[redacted]')]).toEqual([[], true])
  hidden()
  faultsFor(world, d, { kind: 'commitThenDrop', hang: true })
  void setKeys(admin, [{ id: d, psk: own }], key)
  await vi.waitFor(async () => {
    const [last] = (await world.services.owner.audit.list({ limit: 1 })).entries
    expect(last).toMatchObject({ action: 'psk.set', outcome: 'pending' })
  })
  hidden()
  await restarted(world)
  hidden()
  close()
  expect([own, ...shown].flatMap((psk) => leaksOf(psk, bytesIn(folder)))).toEqual([])
})

test('S17 a problem, a reading and the audit log tell that a key was given, and nothing of it', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  await admin.send('POST', '/api/tunnels', { ...newTunnel, psk: own })
  const audit = await (await admin.get('/api/audit?action=tunnel.create')).text()
  expect(audit).toContain('"label":"Pre-shared key","before":null,"after":"set"')
  const export_ = await (await admin.get('/api/audit/export?format=csv')).text()
  const seen = [audit, export_, await (await admin.get('/api/tunnels')).text()].join()
  expect(leaksOf(own, seen)).toEqual([])
})

test('S18 keys come by POST only, uncompressed, kept by nobody', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    expect([400, 404, 428]).toContain((await admin.send(method, '/api/tunnels/psk')).status)
  expect(world.sandbox.ledger).toEqual([])
  const headers = { 'accept-encoding': 'gzip, br, deflate', 'if-none-match': '*', range: 'bytes=0-10' }
  const answer = await setKeys(admin, [{ id: idOf(world, 'paris-a') }], headers)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const forbidden = ['etag', 'last-modified', 'expires', 'content-encoding', 'location', 'set-cookie', 'age']
  expect(forbidden.filter((name) => answer.headers.has(name))).toEqual([])
  const [shown] = await resultsIn(answer)
  expect(leaksOf(shown?.psk ?? '', JSON.stringify([world.logs, ...answer.headers]))).toEqual([])
})

test('S18 a dry run gives no key, whatever Cloudflare answers', async () => {
  const world = await startWorld()
  const id = idOf(world, 'paris-a')
  const result = { successfully_applied_psks: { [id]: { psk: 'canary-of-cloudflare', ipsec_id: 'x' } } }
  world.sandbox.faults.next({ kind: 'status', status: 200, body: { success: true, errors: [], result } }, setting)
  const answer = await setKeys(await world.as('admin'), [{ id, psk: own }], {}, '?validate_only=true')
  expect(await answer.json()).toEqual({ results: [{ id, outcome: 'valid' }] })
})
