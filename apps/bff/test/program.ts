import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { ours } from './world.ts'

/** The program as it is built before the tests, which is how people start it. */
export const builtProgram = path.join(import.meta.dirname, '../built/main.js')

export interface Program {
  url: string
  child: ChildProcess
  stdout(): string
  stderr(): string
  /** The code with which it ended, once it has; `null` when a signal ended it. */
  ended: Promise<number | null>
  /** Waits until it has said this on stderr, or has ended. */
  says(text: string): Promise<void>
}

interface Settings {
  env?: Record<string, string>
  /** Given to a shell in front of the program, such as `ulimit -f 100`. */
  before?: string
  /** Where its stdout goes when nobody here reads it. */
  stdout?: 'pipe' | { file: string }
}

export const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'program-'))

/** Starts the real program on a port of its own. It is killed when the test ends. */
export async function startProgram({ env = {}, before = ':', stdout = 'pipe' }: Settings): Promise<Program> {
  const port = await freePort()
  const out = stdout === 'pipe' ? 'pipe' : createWriteStream(stdout.file)
  if (out !== 'pipe') await once(out, 'open')
  const child = spawn('sh', ['-c', `${before}; exec "$0" "$1"`, process.execPath, builtProgram], {
    cwd: newFolder(),
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), ...env },
    stdio: ['ignore', out, 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => (said.stdout += chunk))
  child.stderr?.on('data', (chunk) => (said.stderr += chunk))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    async says(text) {
      while (!said.stderr.includes(text)) {
        const closed = await Promise.race([
          ended.then(() => true),
          once(child.stderr ?? child, 'data').then(() => false),
        ])
        if (closed && !said.stderr.includes(text)) throw new Error(`It ended and said:\n${said.stderr}`)
      }
    },
  }
}

/** The same, once it takes requests. */
export async function startedProgram(settings: Settings): Promise<Program> {
  const program = await startProgram(settings)
  await program.says('Tunnel Console is at')
  return program
}

/** A cookie of the sandbox's administrator. */
export async function signIn({ url }: Program): Promise<string> {
  const headers = { ...ours, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/sandbox/sign-in`, { method: 'POST', headers, body: '{"role":"admin"}' })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
