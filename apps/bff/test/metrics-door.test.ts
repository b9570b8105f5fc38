import { request } from 'node:http'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../node/config.ts'
import { hashToken } from '../src/session/token.ts'
import { newFolder, startedProgram } from './program.ts'
import { problemIn } from './steps.ts'
import { startWorld } from './world.ts'

const token = 'canary-metrics-token-6c1d0f92'
const bearer = { authorization: `Bearer ${token}` }

const atHome = () => startWorld({ deps: { peerAddress: () => '127.0.0.1', publicUrl: 'http://localhost:8787' } })
const fromOutside = async () =>
  startWorld({ deps: { peerAddress: () => '192.0.2.7', metricsTokenHash: await hashToken(token) } })

test('this machine itself reads the metrics without a token', async () => {
  const world = await atHome()
  const answer = await world.send('http://127.0.0.1:8787/metrics')
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ])
})

test.each([
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-real-ip': '127.0.0.1' },
  { forwarded: 'for=127.0.0.1' },
  { via: '1.1 proxy' },
  { 'x-forwarded-proto': 'https' },
  { host: 'tunnels.example.com' },
  { host: 'localhost.evil.com' },
  { host: '127.0.0.1.evil.com' },
])(
  'S62 a request that a proxy on this machine passes on, or a foreign name leads to, is not at home: %j',
  async (headers) => {
    const world = await atHome()
    const answer = await world.send('http://127.0.0.1:8787/metrics', {
      headers: { host: 'localhost:8787', ...headers },
    })
    expect([answer.status, (await problemIn(answer)).code]).toEqual([401, 'unauthenticated'])
  },
)

test.each([
  {},
  { 'x-forwarded-for': '127.0.0.1' },
  { host: 'localhost' },
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${token}x` },
  { authorization: `Basic ${token}` },
])('S62 from another machine no header but the right token opens them: %j', async (headers) => {
  const world = await fromOutside()
  const answer = await world.send('/metrics', { headers })
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect((await world.send('/metrics', { headers: bearer })).status).toBe(200)
})

test('without METRICS_TOKEN no token opens them, and no session does', async () => {
  const world = await startWorld({ deps: { peerAddress: () => '192.0.2.7' } })
  const admin = await world.as('admin')
  expect((await world.send('/metrics', { headers: bearer })).status).toBe(401)
  expect((await admin.get('/metrics')).status).toBe(401)
})

test('METRICS_TOKEN is long, and its problem never shows it', () => {
  expect(readConfig({ METRICS_TOKEN: token }).metricsToken).toBe(token)
  expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(ConfigError)
  expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(/^METRICS_TOKEN: (?!.*short)/)
})

/** What the program answers on `/metrics`, asked over a real socket. */
function read(url: string, headers: Record<string, string>): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/metrics`, { headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    sent.on('error', reject).end()
  })
}

test('the program tells of its process too, and prints the token nowhere', async () => {
  const program = await startedProgram({
    env: { DATA_DIR: newFolder(), METRICS_TOKEN: token, TRUSTED_PROXIES: '127.0.0.1' },
  })
  const local = await read(program.url, {})
  expect(local.status).toBe(200)
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_delay_p99_seconds',
  ]) {
    expect(local.text).toMatch(new RegExp(`^${name} [\\d.e+-]+$`, 'm'))
  }
  expect((await read(program.url, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401)
  expect((await read(program.url, { 'x-forwarded-for': '192.0.2.7', ...bearer })).status).toBe(200)
  expect(program.stdout() + program.stderr() + local.text).not.toContain(token)
})
