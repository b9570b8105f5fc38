import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError, readConfig } from '../node/config.ts'
import { builtProgram } from './program.ts'

const token = 'canary-config-token-5e6f'
const live = { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32) }

test.each([
  'http://api.cloudflare.com/client/v4',
  'https://api.cloudflare.com:8443/client/v4',
  'https://api.cloudflare.com.evil.com/client/v4',
  'https://api.cloudflare.com./client/v4',
  'https://api.cloudflare.com@evil.com/',
  'https://user@api.cloudflare.com/client/v4',
  'https://:password@api.cloudflare.com/client/v4',
  'https://api.cloudflare.com/client/v4?to=evil.com',
  'https://api.cloudflare.com/client/v4#x',
  'https://evil.com/client/v4',
  'http://127.0.0.1.evil.com/',
  'http://localhost.evil.com/',
  'http://127.0.0.1@evil.com/',
  'http://169.254.169.254/latest',
  'http://0.0.0.0:8080/',
  'http://[::ffff:10.0.0.1]/',
  'http://10.0.0.1/',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '//evil.com',
  'api.cloudflare.com',
])('S04 the token is never sent to %s', (url) => {
  expect(() => readConfig({ ...live, CLOUDFLARE_BASE_URL: url })).toThrow(/^CLOUDFLARE_BASE_URL: /)
})

test.each([
  [undefined, 'https://api.cloudflare.com/client/v4'],
  ['https://api.cloudflare.com/client/v4/', 'https://api.cloudflare.com/client/v4'],
  ['https://API.cloudflare.com:443/client/v4?', 'https://api.cloudflare.com/client/v4'],
  ['http://127.0.0.1:8788/client/v4', 'http://127.0.0.1:8788/client/v4'],
  ['http://localhost:1/client/v4', 'http://localhost:1/client/v4'],
  ['http://[::1]:1/client/v4', 'http://[::1]:1/client/v4'],
])('S04 %s is taken as %s', (given, taken) => {
  expect(readConfig({ ...live, CLOUDFLARE_BASE_URL: given }).cloudflare?.baseUrl).toBe(taken)
})

test.each([
  'https://tunnels.example.com/console',
  'https://tunnels.example.com?x',
  'https://user:password@tunnels.example.com',
  'https://:password@tunnels.example.com',
  'http://tunnels.example.com',
  'tunnels.example.com',
])('S04 %s is no PUBLIC_URL', (url) => {
  expect(() => readConfig({ ...live, PUBLIC_URL: url })).toThrow(ConfigError)
})

/** Starts the real program and waits for its end, or until it has said `until`. */
async function start(
  env: Record<string, string>,
  until = 'Tunnel Console is at',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'config-'))
  const child = spawn(process.execPath, [builtProgram], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    timeout: 18_000,
    killSignal: 'SIGKILL',
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (said.stdout += chunk))
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk
    if (said.stderr.includes(until)) child.kill('SIGKILL')
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, ...said }
}

const wrong: [variable: string, env: Record<string, string>][] = [
  ['CLOUDFLARE_BASE_URL', { ...live, CLOUDFLARE_BASE_URL: 'https://evil.com/client/v4' }],
  ['CLOUDFLARE_ACCOUNT_ID', { CLOUDFLARE_API_TOKEN: token }],
  ['CLOUDFLARE_ACCOUNT_ID', { ...live, CLOUDFLARE_ACCOUNT_ID: 'not-hex' }],
  ['CLOUDFLARE_ACCOUNT_ID', { ...live, CLOUDFLARE_ACCOUNT_ID: '../'.repeat(10) }],
  ['CLOUDFLARE_API_TOKEN', { CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32) }],
  ['CLOUDFLARE_API_TOKEN', { CLOUDFLARE_READ_TOKEN: token }],
  ['CLOUDFLARE_API_TOKEN', { ...live, CLOUDFLARE_API_TOKEN_FILE: '/etc/hostname' }],
  ['CLOUDFLARE_API_TOKEN_FILE', { CLOUDFLARE_API_TOKEN_FILE: '/nowhere/token' }],
  ['CLOUDFLARE_API_KEY', { ...live, CLOUDFLARE_API_KEY: token }],
  ['CLOUDFLARE_EMAIL', { ...live, CLOUDFLARE_EMAIL: 'ada@example.com' }],
  ['HOST', { HOST: '0.0.0.0' }],
  ['HOST', { HOST: '::' }],
  ['PORT', { PORT: '65536' }],
  ['POLL_SECONDS', { POLL_SECONDS: '0' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.1, proxy.example.com' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '::/0' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
  ['ADMIN_EMAIL', { ADMIN_EMAIL: 'ada@example.com' }],
  ['ADMIN_EMAIL', { ADMIN_PASSWORD: 'a long enough password' }],
]

test.each(wrong)('S04 S08 a configuration without a proper %s is refused in one line %#', (variable, env) => {
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(new RegExp(`^${variable}\\b[^\n]+$`))
  expect(() => readConfig(env)).not.toThrow(token)
})

test.each([
  ...wrong.filter((_case, index) => [0, 1, 7].includes(index)),
  ['ADMIN_PASSWORD', { ...live, ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'short' }] as const,
])('S04 S08 the program does not start without a proper %s and says so in one line', async (variable, env) => {
  const { code, stdout, stderr } = await start(env)
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(new RegExp(`^${variable}\\b`))])
  expect(stdout + stderr).not.toContain(token)
  expect(code).toBe(1)
})

test('S04 a port in use stops the start with one line', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const { code, stderr } = await start({ PORT: String(port) })
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(`^PORT: ${port} is in use`)])
  expect(code).toBe(1)
})

test('S04 a stand-in on this machine is started with, and the token is not printed', async () => {
  const env = { ...live, CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9/client/v4' }
  const { stdout, stderr } = await start(env, '/setup?token=')
  expect(stderr).toContain('Create the first administrator')
  expect(stdout + stderr).not.toContain(token)
})

test('S08 a token with a space or a line break is refused without showing it', () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'config-')), 'token')
  writeFileSync(file, `${token}\n${token}`)
  const env = { CLOUDFLARE_API_TOKEN_FILE: file, CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32) }
  expect(() => readConfig(env)).toThrow(/^CLOUDFLARE_API_TOKEN: [^\n]*$/)
  expect(() => readConfig(env)).not.toThrow(token)
})
