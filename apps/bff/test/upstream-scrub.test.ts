import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { formsOf, idOf, leaksOf, seenIn } from './security-world.ts'
import { opened } from './steps.ts'
import { failureOf, startUpstream } from './upstream-world.ts'
import { startWorld, type World } from './world.ts'

const sent = "M5$sent&by=u's%"
const stored = "M5$there\\before's"
const psk = 'P5k/that+Cloudflare=made?once"only'

type Json = Record<string, unknown>

/** Everything in which Cloudflare could quote a key: words, a link, a pointer, nested and coded. */
const quoting = (key: string) => ({
  success: false,
  result: { bgp: { md5_key: key }, psk: key },
  messages: [{ code: 1, message: key }],
  errors: formsOf(key).map((form) => ({
    code: 1111,
    message: `Invalid value "${form}" in {"bgp":{"md5_key":"${form}"}}`,
    documentation_url: `https://developers.cloudflare.com/?md5_key=${encodeURIComponent(form)}`,
    source: { pointer: `/ipsec_tunnels/0/bgp/md5_key/${form}` },
    error_chain: [{ code: 1, message: form }],
  })),
})

/** Every answer, log line and stored byte after somebody has met what Cloudflare says. */
async function traces(world: World, answers: readonly Response[]): Promise<string> {
  const seen = await Promise.all(answers.map(seenIn))
  const rows = await Promise.all(
    ['audit_event', 'change_intent'].map((table) => world.deps.db.all(sql.raw(`SELECT * FROM ${table}`))),
  )
  return [seen, world.logs, rows]
    .map((part) => JSON.stringify(part))
    .join('\n')
    .replaceAll('\\\\', '\\')
}

test.each([400, 404, 409, 500])(
  'S14 the MD5 key that a write carries comes back nowhere when Cloudflare quotes it with %i',
  async (status) => {
    const world = await startWorld()
    const operator = await world.as('operator')
    const path = `/api/tunnels/${idOf(world)}`
    const { ifMatch } = await opened(operator, idOf(world))
    const fault = { kind: 'status' as const, status, body: quoting(sent) }
    world.sandbox.faults.next(fault, { method: 'PUT', times: 9 })
    const change = { bgp: { customer_asn: 65010, md5_key: sent } }
    const answers = [
      await operator.send('PUT', `${path}?validate_only=true`, change, ifMatch),
      await operator.send('PUT', path, change, { ...ifMatch, 'idempotency-key': 'a-key-of-a-form' }),
    ]
    const said = await traces(world, [...answers, await operator.get('/api/audit')])
    expect(said).toContain('[redacted]')
    expect(leaksOf(sent, said)).toEqual([])
  },
)

test('S14 a page of HTML that quotes a key is not repeated', async () => {
  const world = await startWorld()
  const operator = await world.as('operator')
  const { ifMatch } = await opened(operator, idOf(world))
  const headers = { 'content-type': 'text/html' }
  const body = `<pre>${formsOf(sent).join(' ')}</pre>`
  world.sandbox.faults.next({ kind: 'status', status: 400, body, headers }, { method: 'PUT', times: 9 })
  const change = { bgp: { customer_asn: 65010, md5_key: sent } }
  const answer = await operator.send('PUT', `/api/tunnels/${idOf(world)}?validate_only=true`, change, ifMatch)
  expect(leaksOf(sent, await traces(world, [answer]))).toEqual([])
})

/** What our client throws, in full. */
async function thrown(work: Promise<unknown>): Promise<string> {
  const { problem, because } = (await failureOf(work)) as { problem?: unknown; because?: { problem: unknown } }
  return JSON.stringify(problem ?? because?.problem).replaceAll('\\\\', '\\')
}

test.each([
  [
    'the tunnel itself was read',
    (id: string) => (world: ReturnType<typeof startUpstream>) => world.client.getTunnel(id),
  ],
  ['all tunnels were read', () => (world: ReturnType<typeof startUpstream>) => world.client.listTunnels()],
  [
    'somebody wrote it, and the answer was lost',
    (id: string) => async (world: ReturnType<typeof startUpstream>) => {
      world.sandbox.faults.next({ kind: 'commitThenDrop' }, { method: 'PUT' })
      await failureOf(world.client.updateTunnel(id, { bgp: { customer_asn: 65010, md5_key: stored } }, false))
    },
  ],
])('S14 an MD5 key is known when Cloudflare quotes it later: %s', async (_what, learn) => {
  const world = startUpstream()
  world.sandbox.externalWrite(world.id, { bgp: { customer_asn: 65010, md5_key: stored } })
  await learn(world.id)(world)
  const { errors } = quoting(stored)
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors } }, { times: 9 })
  const said = await thrown(world.client.listRoutes())
  expect(said).toContain('[redacted]')
  expect(leaksOf(stored, said)).toEqual([])
})

test('S14 a pre-shared key beside errors is not among their words', async () => {
  const world = startUpstream()
  const change = (envelope: Json) => ({ ...envelope, result: { psk }, errors: quoting(psk).errors })
  world.sandbox.faults.next({ kind: 'mutate', change }, { method: 'POST' })
  const said = await thrown(world.client.generatePsk(world.id, false))
  expect(said).toContain('[redacted]')
  expect(leaksOf(psk, said)).toEqual([])
})

test('S14 a pre-shared key that a create carries is not repeated either', async () => {
  const world = startUpstream()
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors: quoting(psk).errors } })
  const said = await thrown(world.client.createTunnel({ name: 'a', psk }, false))
  expect(leaksOf(psk, said)).toEqual([])
})

test('S14 only so many keys are kept, the latest of them', async () => {
  const world = startUpstream()
  const tunnels = (from: number) =>
    Array.from({ length: 2000 }, (_, number) => ({
      id: String(from + number).padStart(32, '0'),
      bgp: { md5_key: `key-of-${from + number}.` },
    }))
  for (const from of [0, 2000]) {
    const body = { success: true, errors: [], result: { ipsec_tunnels: tunnels(from) } }
    world.sandbox.faults.next({ kind: 'status', status: 200, body })
    await world.client.listTunnels()
  }
  const errors = [{ code: 1, message: 'key-of-0. key-of-1999. key-of-2000. key-of-3999.' }]
  world.sandbox.faults.next({ kind: 'status', status: 400, body: { success: false, errors } })
  expect(await thrown(world.client.listRoutes())).toContain('"key-of-0. key-of-1999. [redacted] [redacted]"')
})
