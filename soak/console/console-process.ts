import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import path from 'node:path'
import { send } from './send.ts'
import { until } from './until.ts'

const root = path.join(import.meta.dirname, '../..')

export interface ConsoleOptions {
  /** Cloudflare, or what stands in for it. */
  upstream: { url: string; token: string; accountId: string }
  dataDir: string
  port: number
  admin: { email: string; password: string }
  pollSeconds?: number
}

export interface Exit {
  code: number | null
  signal: string | null
}

/** The real console in a process of its own. */
export interface ConsoleProcess {
  pid: number
  url: string
  /** Everything that it has printed. */
  output(): string
  errorOutput(): string
  exited: Promise<Exit>
  /** Sends the signal and waits for the end. Of a process that is gone already, gives how it went. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts the console and does not wait for it. */
export function spawnConsole(options: ConsoleOptions): ConsoleProcess {
  const child = spawn(process.execPath, ['apps/bff/built/main.js'], {
    cwd: root,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('The console cannot be started')
  alive.add(child)
  const printed: { from: 'out' | 'error'; text: string }[] = []
  child.stdout.on('data', (chunk: Buffer) => printed.push({ from: 'out', text: chunk.toString() }))
  child.stderr.on('data', (chunk: Buffer) => printed.push({ from: 'error', text: chunk.toString() }))
  const unwatch = watchOver(pid)
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      alive.delete(child)
      unwatch()
      resolve({ code, signal })
    })
  })
  return {
    pid,
    url: `http://127.0.0.1:${options.port}`,
    output: () => printed.map(({ text }) => text).join(''),
    errorOutput: () => printed.flatMap(({ from, text }) => (from === 'error' ? [text] : [])).join(''),
    exited,
    end: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}

/** Starts the console and waits until it takes requests. Throws what it printed when it stops instead. */
export async function startConsole(options: ConsoleOptions): Promise<ConsoleProcess> {
  const started = spawnConsole(options)
  let exit: Exit | undefined
  void started.exited.then((how) => {
    exit = how
  })
  try {
    await until('the console takes requests', () => exit !== undefined || takesRequests(started.url), 40_000)
  } catch (error) {
    await started.end('SIGKILL')
    throw new Error(`The console did not start: ${started.output()}`, { cause: error })
  }
  if (exit) throw new Error(`The console stopped with ${exit.code ?? exit.signal}: ${started.output()}`)
  return started
}

/** While it is held back by its own start, the console answers 503. */
async function takesRequests(url: string): Promise<boolean> {
  const reply = await send(`${url}/api/session`, { timeoutMs: 1000 })
  return reply !== null && reply.status !== 503
}

function environment({ upstream, dataDir, port, admin, pollSeconds = 1 }: ConsoleOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node'),
    CLOUDFLARE_BASE_URL: upstream.url,
    CLOUDFLARE_API_TOKEN: upstream.token,
    CLOUDFLARE_ACCOUNT_ID: upstream.accountId,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    DATA_DIR: dataDir,
    PORT: String(port),
    POLL_SECONDS: String(pollSeconds),
  }
}

/**
 * Ends the process when ours dies without a word, be it by SIGKILL: a shell waits for the end of a pipe that we hold.
 * Gives the function that calls it off.
 */
function watchOver(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined
  const watch = spawn('sh', ['-c', 'read _; kill -9 "$0" 2>/dev/null', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  if (watch.stdin instanceof Socket) watch.stdin.unref()
  return () => watch.kill('SIGKILL')
}
