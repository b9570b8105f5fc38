import { readFileSync } from 'node:fs'
import path from 'node:path'
import { tunnelStates } from '@tunnel-console/shared/status'
import { expect, test } from 'vitest'
import { families, lineOf } from '../src/metrics/families.ts'
import { createMeasure } from '../src/metrics/measure.ts'
import { startClockedWorld } from './steps.ts'
import { apiToken } from './world.ts'

async function started() {
  const world = await startClockedWorld()
  world.deps.peerAddress = () => '::1'
  await world.services.owner.refresh()
  const metrics = async () => (await world.send('http://localhost:8787/metrics')).text()
  return { world, metrics }
}

const linesOf = (text: string, name: string) =>
  text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
const numberIn = (line: string | undefined) => Number(line?.split(' ').at(-1))

test('each tunnel has one series with its state, which the counts of all states agree with', async () => {
  const { world, metrics } = await started()
  const text = await metrics()
  const each = linesOf(text, 'tunnel_console_tunnel_state')
  expect(each).toHaveLength(world.sandbox.state().tunnels.length)
  const counts = linesOf(text, 'tunnel_console_tunnels')
  expect(counts).toHaveLength(tunnelStates.length)
  for (const state of tunnelStates) {
    const line = counts.find((one) => one.includes(`state="${state}"`))
    expect(numberIn(line)).toBe(each.filter((one) => one.includes(`state="${state}"`)).length)
  }
})

test('a tunnel whose health nobody knows is unknown to the machines, and never up', async () => {
  const { world, metrics } = await started()
  world.sandbox.faults.next({ kind: 'status', status: 500 }, { path: /graphql/, times: 1000 })
  await world.later(10 * 60_000)
  const text = await metrics()
  expect(linesOf(text, 'tunnel_console_tunnels').find((line) => line.includes('"up"'))).toMatch(/ 0$/)
  expect(linesOf(text, 'tunnel_console_source_ok')).toContain('tunnel_console_source_ok{source="health"} 0')
  const age = linesOf(text, 'tunnel_console_source_age_seconds').find((line) => line.includes('health'))
  expect(numberIn(age)).toBe(600)
})

test('BGP, the age of keys, sources, jobs, sessions and the budget are told', async () => {
  const { world, metrics } = await started()
  await world.as('admin')
  const text = await metrics()
  const withBgp = world.sandbox.state().tunnels.filter(({ bgp }) => bgp !== null)
  expect(linesOf(text, 'tunnel_console_tunnel_bgp_state')).toHaveLength(withBgp.length)
  const keyed = world.sandbox.state().tunnels.filter(({ psk_metadata: { last_generated_on: at } }) => at)
  const ages = linesOf(text, 'tunnel_console_tunnel_key_age_seconds')
  expect(ages).toHaveLength(keyed.length)
  const oldest = Math.min(...keyed.map(({ psk_metadata }) => Date.parse(psk_metadata.last_generated_on ?? '')))
  expect(Math.max(...ages.map(numberIn))).toBe((world.clock.now().getTime() - oldest) / 1000)
  expect(linesOf(text, 'tunnel_console_sessions')).toEqual(['tunnel_console_sessions 1'])
  expect(linesOf(text, 'tunnel_console_jobs')).toContain('tunnel_console_jobs{state="running"} 0')
  expect(numberIn(linesOf(text, 'tunnel_console_upstream_ratelimit_remaining')[0])).toBeGreaterThan(0)
})

test('requests to Cloudflare are counted by kind and result, and reading the metrics causes none', async () => {
  const { world, metrics } = await started()
  world.sandbox.faults.next({ kind: 'status', status: 429 }, { times: 1000 })
  await world.services.owner.refresh()
  const asked = world.sandbox.ledger.length
  const lines = linesOf(await metrics(), 'tunnel_console_upstream_requests_total')
  expect(lines).toContain('tunnel_console_upstream_requests_total{kind="tunnels",result="ok"} 1')
  expect(lines).toContain('tunnel_console_upstream_requests_total{kind="tunnels",result="upstream-rate-limited"} 1')
  expect(lines.map(numberIn).reduce((sum, value) => sum + value)).toBe(asked)
  expect(world.sandbox.ledger).toHaveLength(asked)
})

test('no token and no MD5 key is in the metrics', async () => {
  const { world, metrics } = await started()
  const text = await metrics()
  const keys = world.sandbox.state().tunnels.flatMap(({ bgp }) => bgp?.md5_key || [])
  expect(keys.length).toBeGreaterThan(0)
  expect([apiToken, ...keys].filter((secret) => text.includes(secret))).toEqual([])
})

test('S60 a hostile name stays within its label', () => {
  const line = lineOf('tunnel_console_tunnels', { labels: { state: 'a"} 1\nfake{x="\\' }, value: 2 })
  expect(line).toBe('tunnel_console_tunnels{state="a\\"} 1\\nfake{x=\\"\\\\"} 2\n')
})

test('while ten thousand tunnels are told of, others get their turn after each five hundred lines', async () => {
  const { world } = await started()
  const { owner } = world.services
  const [one] = (await owner.tunnel(world.sandbox.state().tunnels[0]?.id ?? '')) && world.sandbox.state().tunnels
  const tunnels = Array.from({ length: 10_000 }, (_, number) => ({ ...one, id: String(number), name: `t${number}` }))
  const reading = { value: { tunnels, unreadable: 0 }, at: 0, sequence: 1 }
  const polled = { peek: () => reading, age: () => 0, isStale: () => false }
  const status = { of: () => ({ state: 'up', reason: '', bgp: null, health: null }), health: polled }
  const measure = createMeasure({
    tunnels: { list: polled },
    status,
    client: { budget: () => null },
    calls: { count: () => undefined, list: () => [] },
    deps: world.deps,
  } as unknown as Parameters<typeof createMeasure>[0])
  let turns = 0
  const others = setInterval(() => turns++)
  const pieces: number[] = []
  for await (const piece of measure()) pieces.push(piece.split('\n').length)
  clearInterval(others)
  expect(Math.max(...pieces)).toBeLessThanOrEqual(501)
  expect(pieces.reduce((sum, lines) => sum + lines)).toBeGreaterThan(10_000)
  expect(turns).toBeGreaterThan(20)
})

test('compressed, it is the same text', async () => {
  const { world, metrics } = await started()
  const answer = await world.send('http://localhost:8787/metrics', { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const text = await new Response(answer.body?.pipeThrough(new DecompressionStream('gzip'))).text()
  expect(linesOf(text, 'tunnel_console_tunnel_state')).toEqual(linesOf(await metrics(), 'tunnel_console_tunnel_state'))
})

test.each(['alert-rules.yml', 'alert-rules.test.yml', 'grafana-dashboard.json'])(
  'every metric that ops/%s names is one that the console gives',
  (file) => {
    const text = readFileSync(path.join(import.meta.dirname, '../../../ops', file), 'utf8')
    const named = new Set(text.match(/\b(?:tunnel_console|process|nodejs)_[a-z0-9_]+/g))
    expect(named.size).toBeGreaterThan(5)
    expect([...named].filter((name) => !(name in families))).toEqual([])
  },
)
