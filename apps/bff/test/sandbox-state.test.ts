import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createSandbox, type SandboxState } from '@tunnel-console/cloudflare-sandbox'
import { expect, test } from 'vitest'
import { openSandbox } from '../node/sandbox.ts'
import { isSandboxState } from '../node/sandbox-state.ts'
import { newFolder, signIn, startedProgram } from './program.ts'

const seed = () => createSandbox({ accountId: 'a'.repeat(32), token: 'x' }).state()
const copy = () => JSON.parse(JSON.stringify(seed())) as Record<string, unknown> & SandboxState

/** A whole state with one thing changed. */
function changed(change: (state: ReturnType<typeof copy>) => void): string {
  const state = copy()
  change(state)
  return JSON.stringify(state)
}

const first = (state: SandboxState) => state.tunnels[0] as unknown as Record<string, unknown>
const inFirst = (key: string, value: unknown) => changed((state) => Object.assign(first(state), { [key]: value }))
const withoutInFirst = (key: string) => changed((state) => delete first(state)[key])

const damaged: [string, string][] = [
  ['nothing', ''],
  ['no JSON', 'not json'],
  ['half a file', JSON.stringify(copy()).slice(0, 5000)],
  ['null', 'null'],
  ['a list', '[]'],
  ['a word', '"tunnels"'],
  ['an empty object', '{}'],
  ['JSON of something else', '{"version":1,"tunnels":{"a":1}}'],
  ['a version to come', changed((state) => Object.assign(state, { version: 2 }))],
  ['no tunnels', changed((state) => Reflect.deleteProperty(state, 'tunnels'))],
  ['a tunnel that is null', changed((state) => Object.assign(state.tunnels, { 0: null }))],
  ['an id that is none', inFirst('id', '../..')],
  ['a number for a name', inFirst('name', 7)],
  ['a tunnel without a name', withoutInFirst('name')],
  ['a tunnel without a story', withoutInFirst('story')],
  ['a story of another kind', inFirst('story', { health: 'happy', bgp: 'up', since: 'now', region: 'eu' })],
  ['a date that is none', inFirst('created_on', 'yesterday')],
  ['a health check that is none', inFirst('health_check', true)],
  ['BGP without its keys', inFirst('bgp', {})],
  ['a date of a key that is none', inFirst('psk_metadata', { last_generated_on: 5 })],
  ['routes that are none', changed((state) => Object.assign(state, { routes: [{ id: 'x' }] }))],
  ['endpoints that are none', changed((state) => Object.assign(state, { endpoints: [1] }))],
]

test.each(damaged)('a sandbox.json with %s gives the seed, with a word, and is kept', (_what, text) => {
  const folder = newFolder()
  const file = path.join(folder, 'sandbox.json')
  writeFileSync(file, text)
  const said: string[] = []
  const { sandbox } = openSandbox(folder, (line) => said.push(line))
  expect(sandbox.state().tunnels.map(({ name }) => name)).toEqual(seed().tunnels.map(({ name }) => name))
  expect(said).toEqual([
    `DATA_DIR: ${file} could not be read, so the sandbox starts from its seed; the old file is kept as sandbox.json.damaged`,
  ])
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text)
  sandbox.reset()
  expect(isSandboxState(JSON.parse(readFileSync(file, 'utf8')))).toBe(true)
})

test('a folder in the place of sandbox.json gives the seed too', () => {
  const folder = newFolder()
  mkdirSync(path.join(folder, 'sandbox.json'))
  const said: string[] = []
  const { sandbox } = openSandbox(folder, (line) => said.push(line))
  expect([sandbox.state().tunnels.length > 30, said.length]).toEqual([true, 1])
})

test('without a sandbox.json there is nothing to say', () => {
  const said: string[] = []
  openSandbox(newFolder(), (line) => said.push(line))
  expect(said).toEqual([])
})

test('what the sandbox wrote is read again, whatever happened in it', async () => {
  const folder = newFolder()
  const { sandbox, upstream } = openSandbox(folder, () => undefined)
  const [tunnel] = sandbox.state().tunnels
  const url = `${upstream.baseUrl}/accounts/${upstream.accountId}/magic/ipsec_tunnels/${tunnel?.id}`
  const headers = { authorization: `Bearer ${upstream.writeToken.reveal()}`, 'content-type': 'application/json' }
  const put = (body: object) => upstream.fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })
  expect((await put({ name: 'renamed', bgp: { customer_asn: 65_010, extra_prefixes: [], md5_key: 'k' } })).status).toBe(
    200,
  )
  expect((await upstream.fetch(`${url}/psk_generate`, { method: 'POST', headers, body: '{}' })).status).toBe(200)
  const before = sandbox.state()
  const said: string[] = []
  const again = openSandbox(folder, (line) => said.push(line))
  expect([again.sandbox.state(), said]).toEqual([before, []])
})

test('a state that cannot be written stops no change, and is told once', async () => {
  const folder = newFolder()
  const said: string[] = []
  const { sandbox } = openSandbox(folder, (line) => said.push(line))
  mkdirSync(path.join(folder, `sandbox.json.${process.pid}.tmp`))
  const [one, two] = sandbox.state().tunnels
  sandbox.externalWrite(one?.id ?? '', { description: 'kept in memory' })
  sandbox.externalWrite(two?.id ?? '', { description: 'too' })
  expect(sandbox.state().tunnels[0]?.description).toBe('kept in memory')
  expect(said).toEqual([expect.stringMatching(/^DATA_DIR: .*sandbox\.json cannot be written \(EISDIR\); .*$/)])
  expect(existsSync(path.join(folder, 'sandbox.json'))).toBe(false)
})

test('the program starts with a damaged sandbox.json and says so in one line', async () => {
  const DATA_DIR = newFolder()
  writeFileSync(path.join(DATA_DIR, 'sandbox.json'), '{"version":1')
  const program = await startedProgram({ env: { DATA_DIR } })
  expect(
    program
      .stderr()
      .split('\n')
      .filter((line) => line.includes('sandbox.json')),
  ).toHaveLength(1)
  const cookie = await signIn(program)
  expect((await fetch(`${program.url}/api/tunnels`, { headers: { cookie } })).status).toBe(200)
})
