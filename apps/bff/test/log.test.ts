import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from '../node/log.ts'
import { newFolder, signIn, startedProgram } from './program.ts'

type Done = (error?: Error | null) => void

/** What a log needs of a stream; its writes end when told to. */
function startStream() {
  const lines: Record<string, unknown>[] = []
  const waiting: Done[] = []
  const world = {
    lines,
    fails: null as Error | null,
    isSlow: false,
    /** Characters that the stream has been given and not yet taken. */
    held: 0,
    on: () => undefined as never,
    write(text: string, done: Done) {
      world.held += text.length
      waiting.push(() => {
        world.held -= text.length
        if (!world.fails) lines.push(JSON.parse(text))
        done(world.fails)
      })
      if (!world.isSlow) queueMicrotask(world.release)
      return true
    },
    release() {
      for (const take of waiting.splice(0)) take()
    },
  }
  return world as typeof world & Pick<Writable, 'write' | 'on'>
}

/** Lets the stream say how its writes went. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a log line is one line of JSON with its time', async () => {
  const stream = startStream()
  createLog(stream).write({ level: 'info', event: 'a\nb' })
  await settled()
  expect(stream.lines).toEqual([{ at: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', event: 'a\nb' }])
})

test.each(['EPIPE', 'ENOSPC', 'EIO'])(
  'a log that fails with %s stops nothing, and tells later what it has lost',
  async (code) => {
    const world = startStream()
    const { write } = createLog(world)
    world.fails = Object.assign(new Error('canary'), { code })
    for (let line = 0; line < 3; line++) {
      write({ level: 'info', event: 'lost' })
      await settled()
    }
    world.fails = null
    write({ level: 'info', event: 'heard' })
    await settled()
    write({ level: 'info', event: 'heard too' })
    await settled()
    expect(world.lines.map(({ event, lines }) => [event, lines])).toEqual([
      ['log.lost', 3],
      ['heard', undefined],
      ['heard too', undefined],
    ])
  },
)

test('a reader that is too slow costs lines, not memory', async () => {
  const world = startStream()
  const { write } = createLog(world, { mostBytes: 1000 })
  world.isSlow = true
  for (let line = 0; line < 100; line++) write({ level: 'info', event: 'x'.repeat(60) })
  expect(world.held).toBeLessThanOrEqual(1000)
  world.isSlow = false
  world.release()
  await settled()
  write({ level: 'info', event: 'heard' })
  await settled()
  const kept = world.lines.filter(({ event }) => String(event).startsWith('x')).length
  expect(world.lines.at(-2)).toMatchObject({ event: 'log.lost', level: 'warn', lines: 100 - kept })
  expect(world.lines.at(-1)).toMatchObject({ event: 'heard' })
})

test('what cannot be written as JSON is a lost line', async () => {
  const world = startStream()
  const { write } = createLog(world)
  write({ level: 'info', event: 'big', size: 1n })
  write({ level: 'info', event: 'heard' })
  await settled()
  expect(world.lines.map(({ event }) => event)).toEqual(['log.lost', 'heard'])
})

test('a stream that was destroyed, or throws, stops nothing', async () => {
  const destroyed = new Writable({ write: (_chunk, _encoding, done) => done() })
  const { write, flush } = createLog(destroyed)
  destroyed.destroy(new Error('canary'))
  write({ level: 'info', event: 'lost' })
  await flush()
  const fail = () => {
    throw new Error('canary')
  }
  const throwing = createLog(Object.assign(startStream(), { write: fail }))
  throwing.write({ level: 'info', event: 'lost' })
  await throwing.flush()
})

/** A log that gathers for longer than a test lasts. */
function startGathering() {
  const world = startStream()
  const pieces: string[] = []
  const write = (text: string, done: Done) => {
    pieces.push(text)
    done()
    return true
  }
  const events = () => pieces.map((piece) => [...piece.matchAll(/"event":"(\w+)"/g)].map(([, event]) => event))
  return { events, ...createLog({ ...world, write } as typeof world, { gatherMs: 60_000 }) }
}

test('ordinary lines wait for one another and go out in one piece', async () => {
  const { write, flush, events } = startGathering()
  write({ level: 'info', event: 'one' })
  write({ level: 'info', event: 'two' })
  expect(events()).toEqual([])
  await flush()
  expect(events()).toEqual([['one', 'two']])
})

test.each(['warn', 'error'] as const)('a line of level %s takes along at once what waits before it', (level) => {
  const { write, events } = startGathering()
  write({ level: 'info', event: 'one' })
  write({ level, event: 'two' })
  expect(events()).toEqual([['one', 'two']])
})

test('what was gathered goes out when its time has come', async () => {
  const world = startStream()
  createLog(world, { gatherMs: 1 }).write({ level: 'info', event: 'heard' })
  expect(world.lines).toEqual([])
  await expect.poll(() => world.lines.map(({ event }) => event)).toEqual(['heard'])
})

test('flush waits for what is under way', async () => {
  const world = startStream()
  const { write, flush } = createLog(world)
  world.isSlow = true
  write({ level: 'info', event: 'heard' })
  let isFlushed = false
  const flushed = flush().then(() => (isFlushed = true))
  await settled()
  expect(isFlushed).toBe(false)
  world.release()
  await flushed
})

const requests = async (url: string, cookie: string, count: number) => {
  const statuses: number[] = []
  for (let request = 0; request < count; request++) {
    statuses.push((await fetch(`${url}/api/session`, { headers: { cookie } })).status)
  }
  return new Set(statuses)
}

test('L1 the program goes on when whoever read its log has gone', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder() } })
  const cookie = await signIn(program)
  program.child.stdout?.destroy()
  expect(await requests(program.url, cookie, 50)).toEqual(new Set([200]))
  program.child.stderr?.destroy()
  expect(await requests(program.url, cookie, 50)).toEqual(new Set([200]))
  expect(program.child.exitCode).toBeNull()
})

test('L1 the program goes on when the disk of its log is full', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder() }, stdout: { file: '/dev/full' } })
  expect(await requests(program.url, await signIn(program), 50)).toEqual(new Set([200]))
  program.child.kill('SIGTERM')
  expect(await program.ended).toBe(0)
})

test('L8 the program goes on when nobody reads its log', async () => {
  const program = await startedProgram({ env: { DATA_DIR: newFolder() } })
  const cookie = await signIn(program)
  program.child.stdout?.pause()
  // A pipe holds 64 KiB, and a line has 200 bytes.
  expect(await requests(program.url, cookie, 1000)).toEqual(new Set([200]))
  program.child.kill('SIGTERM')
  program.child.stdout?.resume()
  expect(await program.ended).toBe(0)
})
