import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type StopOptions, stopGracefully } from '../node/stop.ts'
import { newFolder, signIn, startedProgram } from './program.ts'

/** A server that answers when told to, and what happens around its stop, in order. */
async function start(changes: Partial<StopOptions> = {}) {
  const happened: string[] = []
  const open: ServerResponse[] = []
  const server = createServer((_request, response) => open.push(response)).listen(0, '127.0.0.1')
  server.keepAliveTimeout = 60_000
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    happened,
    url,
    /** Sends a request; resolves when it is under way. */
    async ask(signal: AbortSignal | null = null) {
      const here = once(server, 'request')
      const told = (word: string) => () => void happened.push(word)
      const answered = fetch(url, { signal }).then(told('answered'), told('gave up'))
      await here
      return { answered }
    },
    answer: () => {
      for (const response of open.splice(0)) response.end('ok')
    },
    stop: () =>
      stopGracefully({
        server,
        idle: async () => undefined,
        flush: async () => void happened.push('flush'),
        close: () => void happened.push('close'),
        exit: (code) => void happened.push(`exit ${code}`),
        log: ({ event }) => void happened.push(event),
        graceMs: 10_000,
        ...changes,
      }),
  }
}

/** A promise that is resolved from outside. */
function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

const end = ['flush', 'close', 'exit 0']

test('L9 a stop with nothing under way writes the log, lets go of the database and ends', async () => {
  const { stop, happened } = await start()
  await stop()
  expect(happened).toEqual(['stopping', ...end])
})

test('L9 a stop takes nothing new and waits for the answer that is under way', async () => {
  const { stop, happened, ask, answer, url } = await start()
  const { answered } = await ask()
  const stopped = stop()
  await expect(fetch(url)).rejects.toThrow()
  expect(happened).toEqual(['stopping'])
  answer()
  await Promise.all([answered, stopped])
  expect(happened.filter((word) => word !== 'answered')).toEqual(['stopping', ...end])
  expect(happened).toContain('answered')
})

test('L9 a stop waits for a write whose client has gone', async () => {
  const write = deferred()
  const { stop, happened, ask } = await start({ idle: () => write.promise })
  const client = new AbortController()
  const { answered } = await ask(client.signal)
  client.abort()
  await answered
  const stopped = stop()
  expect(happened).toEqual(['gave up', 'stopping'])
  write.resolve()
  await stopped
  expect(happened).toEqual(['gave up', 'stopping', ...end])
})

test('L9 a stop waits for a write that the last request has begun', async () => {
  const write = deferred()
  const seen: number[] = []
  const idle = () => [Promise.resolve(), write.promise][seen.push(1) - 1] ?? Promise.resolve()
  const { stop, happened, ask, answer } = await start({ idle })
  const { answered } = await ask()
  const stopped = stop()
  answer()
  await answered
  expect(happened).not.toContain('exit 0')
  write.resolve()
  await stopped
  expect(happened.slice(-3)).toEqual(end)
  expect(seen).toHaveLength(2)
})

test.each<[string, Partial<StopOptions>]>([
  ['takes too long', { idle: () => new Promise(() => undefined), graceMs: 30 }],
  ['fails', { idle: () => Promise.reject(new Error('canary')) }],
])('L9 a write that %s is left to the next start, and the code says so', async (_how, changes) => {
  const { stop, happened } = await start(changes)
  await stop()
  expect(happened).toEqual(['stopping', 'stop.unfinished', 'flush', 'close', 'exit 1'])
})

test('L9 an answer that takes too long is cut off', async () => {
  const { stop, happened, ask } = await start({ graceMs: 30 })
  const { answered } = await ask()
  await Promise.all([stop(), answered])
  expect(happened).toContain('gave up')
  expect(happened).toContain('exit 1')
})

test.each<[string, Partial<StopOptions>]>([
  ['a log that fails', { flush: () => Promise.reject(new Error('canary')) }],
  [
    'a database that cannot be closed',
    {
      close: () => {
        throw new Error('canary')
      },
    },
  ],
])('L9 %s holds up no stop', async (_what, changes) => {
  const { stop, happened } = await start(changes)
  await stop()
  expect(happened.at(-1)).toBe('exit 0')
})

test('L9 the program ends at once on SIGTERM, kept connections or not, with its last line written', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder() } })
  await signIn(program)
  program.child.kill('SIGTERM')
  expect(await program.ended).toBe(0)
  expect(
    program
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).event)
      .slice(-2),
  ).toEqual(['stopping', 'audit.head'])
})
