import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSandbox } from '../node/sandbox.ts'
import { openDatabase } from '../node/sqlite.ts'
import { bytesIn, newFolder } from './key-steps.ts'
import { builtProgram } from './program.ts'
import { etagOf, idOf, leaksOf, seeded } from './security-world.ts'
import { ours, startWorld, writes } from './world.ts'

/** Keys that are known beforehand: 32 bytes of this. */
const random = (size: number) => new Uint8Array(size).fill(0x5a)
const canaryPsk = Buffer.from(random(32)).toString('base64url')

test('S16 of a hundred requests with one Idempotency-Key, one gets the key, and one was made', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const url = `/api/tunnels/${idOf(world)}/psk_generate`
  const headers = { 'idempotency-key': 'one-click-only' }
  const answers = await Promise.all(Array.from({ length: 100 }, () => operator.send('POST', url, undefined, headers)))
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { psk?: string; code?: string }[]
  const [shown, ...more] = bodies.filter(({ psk }) => psk !== undefined)
  expect(more).toEqual([])
  expect(await world.sandbox.hasPsk(idOf(world), shown?.psk ?? '')).toBe(true)
  expect(bodies.filter(({ code }) => code === 'already-revealed')).toHaveLength(99)
  expect(bodies.filter((body) => JSON.stringify(body).includes(shown?.psk ?? ''))).toHaveLength(1)
  expect(writes(world.sandbox)).toHaveLength(1)
})

test('S16 the same Idempotency-Key of somebody else, or for another tunnel, shows nothing old', async () => {
  const world = await startWorld()
  const [operator, admin] = [await world.as('operator'), await world.as('admin')]
  const headers = { 'idempotency-key': 'one-click-only' }
  const url = `/api/tunnels/${idOf(world)}/psk_generate`
  const first = (await (await operator.send('POST', url, undefined, headers)).json()) as { psk: string }
  const others = (await (await admin.send('POST', url, undefined, headers)).json()) as { psk: string }
  expect(others.psk).not.toBe(first.psk)
  const elsewhere = `/api/tunnels/${idOf(world, 'ams-dc1-a')}/psk_generate`
  expect((await operator.send('POST', elsewhere, undefined, headers)).status).toBe(400)
})

test('S17 a generated key rests in no file, log or ledger', async () => {
  const folder = newFolder()
  const { db, close } = await openDatabase(path.join(folder, 'console.db'))
  const { upstream } = openSandbox(folder)
  const shared = await startWorld({ sandbox: { random } })
  const world = await startWorld({ deps: { db, upstream } })
  const [live, canary] = [await world.as('admin'), await shared.as('admin')]
  const headers = { 'idempotency-key': 'one-click-only' }
  const url = `/api/tunnels/${idOf(world)}/psk_generate`
  const { psk } = (await (await live.send('POST', url, undefined, headers)).json()) as { psk: string }
  expect(psk).toMatch(/^[\w-]{43}$/)
  await live.send('POST', url, undefined, headers)
  await live.get('/api/tunnels')
  expect(readdirSync(folder).toSorted()).toEqual(['console.db', 'console.db-shm', 'console.db-wal', 'sandbox.json'])
  expect(leaksOf(psk, bytesIn(folder) + JSON.stringify(world.logs))).toEqual([])
  close()
  expect(leaksOf(psk, bytesIn(folder))).toEqual([])

  const shown = await (await canary.send('POST', url, undefined, headers)).text()
  expect(shown).toContain(canaryPsk)
  const kept = JSON.stringify([shared.sandbox.ledger, shared.sandbox.state(), shared.logs])
  expect(leaksOf(canaryPsk, kept)).toEqual([])
})

test('S17 an MD5 key rests neither in the database nor in a log', async () => {
  const folder = newFolder()
  const { db, close } = await openDatabase(path.join(folder, 'console.db'))
  const world = await startWorld({ deps: { db } })
  const admin = await world.as('admin')
  const url = `/api/tunnels/${idOf(world)}`
  const headers = { 'if-match': await etagOf(admin, idOf(world)), 'idempotency-key': 'one-click-only' }
  const change = { bgp: { md5_key: 'canary-md5-key' } }
  const first = await (await admin.send('PUT', url, change, headers)).text()
  const again = await (await admin.send('PUT', url, change, headers)).text()
  expect(first).toContain('canary-md5-key')
  expect(again).toBe(first)
  expect(writes(world.sandbox)).toHaveLength(1)
  const audit = await (await admin.get('/api/audit?action=tunnel.update')).text()
  expect(audit).toContain('(set)')
  close()
  expect(leaksOf('canary-md5-key', bytesIn(folder) + JSON.stringify(world.logs) + audit)).toEqual([])
})

test('S17 S66 the real program writes the key nowhere, and one JSON line a request', async () => {
  const folder = newFolder()
  const port = 20_000 + Math.floor(process.pid % 20_000)
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, PORT: String(port) }
  const child = spawn(process.execPath, [builtProgram], { env, cwd: folder })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  while (!stderr.includes('Tunnel Console is at')) await once(child.stderr, 'data')

  const base = `http://127.0.0.1:${port}`
  const json = { ...ours, 'content-type': 'application/json' }
  const signIn = await fetch(`${base}/api/sandbox/sign-in`, { method: 'POST', headers: json, body: '{"role":"admin"}' })
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const list = (await (await fetch(`${base}/api/tunnels`, { headers: { cookie } })).json()) as ListAnswer
  const id = list.tunnels.find(({ name }) => name === seeded)?.id
  const hostile = { ...ours, cookie, 'idempotency-key': 'one-click-only', 'accept-encoding': 'gzip, br' }
  const answer = await fetch(`${base}/api/tunnels/${id}/psk_generate`, { method: 'POST', headers: hostile })
  const { psk } = (await answer.json()) as { psk: string }
  expect(psk).toMatch(/^[\w-]{43}$/)
  expect(answer.headers.get('content-encoding')).toBeNull()
  await fetch(`${base}/%0a%1b[31m/forged?psk=${psk}`)

  expect(leaksOf(psk, bytesIn(folder))).toEqual([])
  child.kill('SIGTERM')
  await once(child, 'close')
  expect(leaksOf(psk, bytesIn(folder) + stdout + stderr)).toEqual([])
  const lines = stdout.trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(4)
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), at: expect.any(String) })
  expect(stdout).not.toMatch(/[^\P{Cc}\n]|forged/u)
})

interface ListAnswer {
  tunnels: { id: string; name: string }[]
}

test('S18 a key comes by POST only, uncompressed, kept by nobody', async () => {
  const world = await startWorld({ sandbox: { random } })
  const operator = await world.as('operator')
  const url = `/api/tunnels/${idOf(world)}/psk_generate`
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
    expect((await operator.send(method, url)).status).toBe(404)
  }
  expect(writes(world.sandbox)).toEqual([])

  const headers = { 'accept-encoding': 'gzip, br, deflate', 'if-none-match': '*', range: 'bytes=0-10' }
  const answer = await operator.send('POST', url, undefined, headers)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const forbidden = ['etag', 'last-modified', 'expires', 'content-encoding', 'location', 'set-cookie', 'age']
  expect(forbidden.filter((name) => answer.headers.has(name))).toEqual([])
  expect(leaksOf(canaryPsk, [...answer.headers].join())).toEqual([])
  expect(await answer.json()).toMatchObject({ psk: canaryPsk })
  expect(leaksOf(canaryPsk, JSON.stringify(world.logs))).toEqual([])
})

test('S18 a dry run of a generation gives no key, whatever Cloudflare answers', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const change = (envelope: object) => ({ ...envelope, result: { psk: canaryPsk, ipsec_id: 'x' } })
  world.sandbox.faults.next({ kind: 'mutate', change }, { method: 'POST' })
  const answer = await operator.send('POST', `/api/tunnels/${idOf(world)}/psk_generate?validate_only=true`)
  expect(answer.status).toBe(200)
  expect(leaksOf(canaryPsk, await answer.text())).toEqual([])
})

test('S18 a key that Cloudflare slips into another answer is shown to nobody', async () => {
  const world = await startWorld()
  const admin = await world.as('admin')
  const change = (envelope: { result?: { ipsec_tunnel?: object } }) => ({
    ...envelope,
    result: { ipsec_tunnel: { ...envelope.result?.ipsec_tunnel, psk: canaryPsk } },
  })
  world.sandbox.faults.next({ kind: 'mutate', change })
  const answer = await admin.get(`/api/tunnels/${idOf(world)}`)
  expect(answer.status).toBe(200)
  expect(leaksOf(canaryPsk, await answer.text())).toEqual([])
})
