import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { readAuthSecret } from '../node/data-dir.ts'
import { openDatabase } from '../node/sqlite.ts'
import { newFolder, startedProgram, startProgram } from './program.ts'

/** A folder in which the console has run before. */
async function usedFolder(): Promise<string> {
  const DATA_DIR = newFolder()
  const program = await startedProgram({ env: { DATA_DIR } })
  program.child.kill('SIGTERM')
  await program.ended
  return DATA_DIR
}

test('L2 a database that another program holds at the start is one line', async () => {
  const DATA_DIR = await usedFolder()
  const file = path.join(DATA_DIR, 'sandbox.db')
  const other = new DatabaseSync(file)
  onTestFinished(() => other.close())
  other.exec('BEGIN EXCLUSIVE')
  const program = await startProgram({ env: { DATA_DIR } })
  expect(await program.ended).toBe(1)
  expect(program.stderr()).toBe(`DATA_DIR: ${file} is locked by another program; close that program and start again\n`)
  expect(program.stdout()).toBe('')
})

test('L1 a disk that takes nothing at the start is one line', async () => {
  const DATA_DIR = newFolder()
  const program = await startProgram({ env: { DATA_DIR }, before: 'ulimit -f 0' })
  expect(await program.ended).toBe(1)
  expect(program.stderr()).toMatch(
    /^DATA_DIR: [^\n]+sandbox\.db cannot be read or written: the disk is full or failing; [^\n]+\n$/,
  )
})

test('L1 a disk that gets full in the middle of a migration is one line, and the next start goes on', async () => {
  const folder = newFolder()
  const migrations = path.join(folder, 'migrations')
  cpSync(path.join(import.meta.dirname, '../migrations'), migrations, { recursive: true })
  const [first] = JSON.parse(readFileSync(path.join(migrations, 'meta/_journal.json'), 'utf8')).entries
  const sqlFile = path.join(migrations, `${first.tag}.sql`)
  const sql = readFileSync(sqlFile, 'utf8')
  writeFileSync(sqlFile, `PRAGMA max_page_count = 3;\n--> statement-breakpoint\n${sql}`)
  const file = path.join(folder, 'console.db')
  await expect(openDatabase(file, migrations)).rejects.toMatchObject({
    name: 'DatabaseRefused',
    message: `DATA_DIR: ${file} cannot be written: the disk is full; free some space and start again`,
  })
  writeFileSync(sqlFile, sql)
  const { close } = await openDatabase(file, migrations)
  close()
})

test('L1 a cookie key that cannot be written or read is one line', () => {
  const [unwritable, unreadable] = [newFolder(), newFolder()]
  mkdirSync(path.join(unwritable, `auth-secret.${process.pid}.tmp`))
  expect(() => readAuthSecret(unwritable)).toThrow(/^DATA_DIR: [^\n]+auth-secret cannot be written \(EISDIR\); [^\n]+$/)
  mkdirSync(path.join(unreadable, 'auth-secret'))
  expect(() => readAuthSecret(unreadable)).toThrow(/^DATA_DIR: [^\n]+auth-secret cannot be read \(EISDIR\); [^\n]+$/)
})
