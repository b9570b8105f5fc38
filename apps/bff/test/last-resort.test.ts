import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { expect, test } from 'vitest'

const node = path.join(import.meta.dirname, '../node')

/** Runs a piece of code in a process of its own, behind the last resort, and tells what it said. */
async function run(code: string) {
  const program = `
    import { createLog } from '${node}/log.ts'
    import { installLastResort } from '${node}/last-resort.ts'
    const log = createLog(process.stdout)
    installLastResort(log)
    ${code}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [exitCode] = await once(child, 'close')
  return {
    exitCode,
    said,
    lines: said
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

const hostile = `Object.assign(new Error('canary\\n    at canary (canary.ts:1:1)'), { code: 'EPIPE', query: 'canary' })`

test('S68 an error thrown past everybody is one line without its words, and ends the process', async () => {
  const { exitCode, said, lines } = await run(`setTimeout(() => { throw ${hostile} })`)
  expect([exitCode, lines]).toEqual([
    1,
    [
      {
        at: expect.any(String),
        level: 'error',
        event: 'uncaught',
        cause: expect.stringMatching(/^Error at /),
        causes: ['EPIPE'],
      },
    ],
  ])
  expect(said).not.toContain('canary')
})

test('S68 a promise that nobody waited for is one line without its words, and stops nothing', async () => {
  const { exitCode, said, lines } = await run(
    `void Promise.reject(${hostile}); setTimeout(() => log.write({ level: 'info', event: 'alive' }), 10)`,
  )
  expect([exitCode, lines.map(({ event }) => event)]).toEqual([0, ['unhandled', 'alive']])
  expect(said).not.toContain('canary')
})

test('S68 what is thrown and is no error ends the process just so', async () => {
  const { exitCode, lines } = await run(`setTimeout(() => { throw 'canary' })`)
  expect([exitCode, lines]).toMatchObject([1, [{ event: 'uncaught', cause: 'string', causes: [] }]])
})
