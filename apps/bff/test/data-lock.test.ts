import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { lockDataDir } from '../node/data-lock.ts'
import { newFolder, signIn, startedProgram, startProgram } from './program.ts'

const live = {
  CLOUDFLARE_API_TOKEN: 'a-token-of-the-tests',
  CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32),
  CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9/client/v4',
}

test.each<[string, Record<string, string>]>([
  ['a sandbox', {}],
  ['a live console', live],
])(
  'L10 a second program on the same DATA_DIR, %s, says so in one line and takes nothing from the first',
  async (_what, env) => {
    const DATA_DIR = newFolder()
    const first = await startedProgram({ env: { DATA_DIR } })
    const cookie = await signIn(first)
    const before = readdirSync(DATA_DIR)
    const second = await startProgram({ env: { DATA_DIR, ...env } })
    expect(await second.ended).toBe(1)
    const line = `DATA_DIR: ${DATA_DIR} is in use by another Tunnel Console (process ${first.child.pid}); stop that one, or set DATA_DIR to another folder`
    expect(second.stderr()).toBe(`${line}\n`)
    expect(second.stdout()).toBe('')
    expect(readdirSync(DATA_DIR)).toEqual(before)
    const answers = [
      await fetch(`${first.url}/api/session`, { headers: { cookie } }),
      await fetch(`${first.url}/readyz`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  },
)

test('L10 L3 a program that was killed holds nothing: the next one starts at once', async () => {
  const DATA_DIR = newFolder()
  const first = await startedProgram({ env: { DATA_DIR } })
  const cookie = await signIn(first)
  first.child.kill('SIGKILL')
  await first.ended
  const second = await startedProgram({ env: { DATA_DIR } })
  expect((await fetch(`${second.url}/api/session`, { headers: { cookie } })).status).toBe(200)
  expect(readFileSync(path.join(DATA_DIR, 'lock-holder'), 'utf8')).toBe(`${second.child.pid}\n`)
})

test('L10 of several programs that start at once, one wins', async () => {
  const DATA_DIR = newFolder()
  const programs = await Promise.all([1, 2, 3].map(() => startProgram({ env: { DATA_DIR } })))
  const fates = await Promise.all(
    programs.map((program) =>
      Promise.race([
        program.ended,
        program.says('Tunnel Console is at').then(
          () => 'started',
          () => program.ended,
        ),
      ]),
    ),
  )
  expect(fates.toSorted()).toEqual([1, 1, 'started'])
})

test('L10 a folder is free again once it was released', () => {
  const folder = newFolder()
  lockDataDir(folder).release()
  lockDataDir(folder).release()
  const lock = lockDataDir(folder)
  expect(() => lockDataDir(folder)).toThrow(
    /^DATA_DIR: [^\n]+ is in use by another Tunnel Console \(process \d+\)[^\n]+$/,
  )
  expect(statSync(path.join(folder, 'lock')).mode & 0o777).toBe(0o600)
  lock.release()
  lock.release()
})

test('L10 without the name of its holder a folder is in use all the same', () => {
  const folder = newFolder()
  const other = new DatabaseSync(path.join(folder, 'lock'))
  onTestFinished(() => other.close())
  other.exec('BEGIN EXCLUSIVE')
  expect(() => lockDataDir(folder)).toThrow(/^DATA_DIR: [^\n]+ is in use by another Tunnel Console; stop/)
  writeFileSync(path.join(folder, 'lock-holder'), 'not\na\nnumber')
  expect(() => lockDataDir(folder)).toThrow(/^DATA_DIR: [^\n]+ is in use by another Tunnel Console; stop/)
})

test('L5 a lock that is no lock any more is told in one line', () => {
  const folder = newFolder()
  writeFileSync(path.join(folder, 'lock'), 'not a database '.repeat(300))
  expect(() => lockDataDir(folder)).toThrow(/^DATA_DIR: [^\n]+lock is damaged; delete it and start again$/)
})
