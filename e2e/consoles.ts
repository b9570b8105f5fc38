import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** A console of the test's own: its services, its port, its data. Nothing to clean up, nothing shared. */
export interface Console {
  url: string
  dataDir: string
  /** What it printed so far. */
  output(): string
}

/** As `apps/bff/node/consoles.ts` tells it. */
type News = { of: number; printed: string } | { of: number; stopped: number }

const root = path.join(import.meta.dirname, '..')
let host: ChildProcess | null = null
let count = 0

/** Starts a console in the process that runs those of this worker, one after the other: it has compiled all of it before. */
export async function startConsole(env: Record<string, string>): Promise<Console & { stop(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tunnel-console-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const order = { open: count++, env: { PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir, ...env } }
  host ??= startHost()
  const child = host
  const console = follow(child, order.open)
  child.send(order)
  await console.printed(/Tunnel Console is at/)
  return {
    url,
    dataDir,
    output: console.output,
    async stop() {
      child.send({ stop: order.open })
      await console.stopped
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function startHost(): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = fork(path.join(root, 'apps/bff/built/consoles.js'), {
    cwd: root,
    env: { PATH, HOME },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  // It ends with this process, and keeps it from nothing.
  child.unref()
  child.channel?.unref()
  return child
}

/** Listens to one console of a host. */
function follow(child: ChildProcess, number: number) {
  const { promise: stopped, resolve: stop, reject: fail } = Promise.withResolvers<void>()
  // Who waits for what it prints hears of it as well.
  stopped.catch(() => undefined)
  let text = ''
  const listeners = new Set<() => void>()
  const onExit = () => fail(new Error(`The process of the consoles ended:\n${text}`))
  const onNews = (news: News) => {
    if (news.of !== number) return
    if ('printed' in news) text += news.printed
    for (const listener of listeners) listener()
    if (!('stopped' in news)) return
    child.off('message', onNews).off('exit', onExit)
    for (const stream of [child.stdout, child.stderr]) stream?.off('data', onPrint)
    stop()
  }
  // What is printed past the console's own log counts as its own, or a secret could be told there unseen.
  const onPrint = (chunk: Buffer) => {
    text += chunk.toString()
  }
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', onPrint)
  child.on('message', onNews).once('exit', onExit)
  return {
    output: () => text,
    stopped,
    printed: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => pattern.test(text) && resolve()
        listeners.add(look)
        stopped.then(() => reject(new Error(`The console stopped:\n${text}`)), reject)
        look()
      }),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
