import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { getTableColumns } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../src/audit/chain.ts'
import { auditEvent } from '../src/storage/schema.ts'
import { fillLog, intent, openAudit, tampered, temporaryFolder, verdictOf, writtenLog } from './audit-world.ts'

const columns = Object.values(getTableColumns(auditEvent)).map(({ name }) => name)
const nullable = Object.values(getTableColumns(auditEvent)).filter(({ notNull }) => !notNull)

const changed = 'was changed after it was written'
const isAt = (seq: number, why: string) => ({ broken: { seq, id: expect.any(String), why } })
const gapAfter = (seq: number) => `does not follow row ${seq}: rows between them are missing`

describe('S65 the chain', () => {
  test('of a log that nobody touched is intact, to its head', async () => {
    const { file, audit, close } = await openAudit()
    await fillLog(audit)
    const head = await audit.head()
    close()
    expect(await verdictOf(file, { counted: 6, ...(head && { head }) })).toEqual({ rows: 6, before: 0, head })
    expect(head).toEqual({ seq: 6, hash: expect.stringMatching(/^[\w-]{43}$/) })
  })

  test.each(columns.filter((name) => name !== 'seq'))(
    'of a row whose %s was changed is broken there',
    async (column) => {
      const flipped = `CASE typeof(${column}) WHEN 'integer' THEN ${column} + 1 WHEN 'null' THEN 'x' ELSE ${column} || ' ' END`
      const file = tampered(await writtenLog(), (sqlite) =>
        sqlite.exec(`UPDATE audit_event SET ${column} = ${flipped} WHERE seq = 3`),
      )
      expect(await verdictOf(file)).toEqual(isAt(3, changed))
    },
  )

  test.each(nullable.map(({ name }) => name))('of a row whose %s was taken away is broken there', async (column) => {
    const log = await writtenLog()
    const source = new DatabaseSync(log)
    const seq = Number(
      source.prepare(`SELECT max(seq) AS seq FROM audit_event WHERE ${column} IS NOT NULL`).get()?.['seq'],
    )
    source.close()
    const file = tampered(log, (sqlite) => sqlite.exec(`UPDATE audit_event SET ${column} = NULL WHERE seq = ${seq}`))
    expect(seq).toBeGreaterThan(0)
    expect(await verdictOf(file)).toEqual(isAt(seq, changed))
  })

  const blows: [what: string, sql: string, broken: object][] = [
    [
      'one letter was changed',
      "UPDATE audit_event SET actor_email = 'adb@example.com' WHERE seq = 2",
      isAt(2, changed),
    ],
    [
      'text became bytes',
      'UPDATE audit_event SET target_name = CAST(target_name AS BLOB) WHERE seq = 5',
      isAt(5, changed),
    ],
    ['a row was deleted', 'DELETE FROM audit_event WHERE seq = 3', isAt(4, gapAfter(2))],
    [
      'a row was deleted and the rest moved up',
      'DELETE FROM audit_event WHERE seq = 3; UPDATE audit_event SET seq = seq - 1 WHERE seq > 3',
      isAt(3, changed),
    ],
    [
      'the first row was deleted',
      'DELETE FROM audit_event WHERE seq = 1',
      isAt(2, 'is the first of the chain, and the rows before it are not those that it was written after'),
    ],
    ['a row was moved to the end', 'UPDATE audit_event SET seq = 99 WHERE seq = 3', isAt(4, gapAfter(2))],
    [
      'two rows were swapped',
      'UPDATE audit_event SET seq = 99 WHERE seq = 2; UPDATE audit_event SET seq = 2 WHERE seq = 3; UPDATE audit_event SET seq = 3 WHERE seq = 99',
      isAt(2, changed),
    ],
    [
      'a row was added past the console',
      copyOf('7', 'NULL', 'NULL'),
      isAt(7, 'was not written by the console: it is not in the chain'),
    ],
    [
      'a row was put before the first',
      copyOf('0', 'NULL', 'NULL'),
      isAt(1, 'is the first of the chain, and the rows before it are not those that it was written after'),
    ],
    [
      'a row was taken out of the chain',
      'UPDATE audit_event SET prev = NULL, hash = NULL WHERE seq = 4',
      isAt(4, 'was not written by the console: it is not in the chain'),
    ],
  ]

  test.each(blows)('is broken where %s', async (_, sql, broken) => {
    const file = tampered(await writtenLog(), (sqlite) => sqlite.exec(sql))
    expect(await verdictOf(file)).toEqual(broken)
  })

  test('that was made to fork, with a hash that is right, is broken where it forks', async () => {
    const log = await writtenLog()
    const source = new DatabaseSync(log)
    const last = source.prepare('SELECT * FROM audit_event WHERE seq = 6').get()
    source.close()
    const forged = { ...last, seq: 7, id: 'forged', entry_seq: 7, prev: String(last?.['prev']) }
    const hash = await hashOf(forged, forged.prev)
    const file = tampered(log, (sqlite) => {
      sqlite.exec('DROP INDEX audit_event_prev')
      const row = { ...forged, hash }
      const marks = Object.keys(row).map(() => '?')
      sqlite.prepare(`INSERT INTO audit_event (${Object.keys(row)}) VALUES (${marks})`).run(...Object.values(row))
    })
    expect(await verdictOf(file)).toEqual(isAt(7, 'does not follow row 6'))
  })

  test('that lost its end is missed by what the database counted, and by a head that was logged', async () => {
    const { file, audit, close } = await openAudit()
    await fillLog(audit)
    const head = (await audit.head()) ?? { seq: 0, hash: '' }
    close()
    const cut = tampered(file, (sqlite) => sqlite.exec('DELETE FROM audit_event WHERE seq > 4'))
    const lost = isAt(4, 'is the last one, but there was a row 6')
    expect(await verdictOf(cut, { counted: 6 })).toEqual(lost)
    expect(await verdictOf(cut, { head })).toEqual(lost)
  })

  test('that was written anew does not lead to the head that was logged', async () => {
    const { audit } = await openAudit()
    await fillLog(audit)
    const head = (await audit.head()) ?? { seq: 0, hash: '' }
    const forged = await openAudit()
    await fillLog(forged.audit)
    forged.close()
    expect(await verdictOf(forged.file)).toMatchObject({ rows: 6 })
    expect(await verdictOf(forged.file, { head })).toEqual(
      isAt(6, 'is not the row that was logged: it was written anew'),
    )
  })
})

/** Row 2 once more, at another place. */
function copyOf(seq: string, prev: string, hash: string): string {
  const own: Record<string, string> = { seq, id: "'forged'", entry_seq: seq, prev, hash }
  return `INSERT INTO audit_event (${columns}) SELECT ${columns.map((name) => own[name] ?? name)} FROM audit_event WHERE seq = 2`
}

const command = path.join(import.meta.dirname, '../node/audit-verify.ts')

/** The command as `npm run audit:verify` starts it. */
function verify(env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command], { env: { PATH: process.env['PATH'], ...env } }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

describe('npm run audit:verify', () => {
  test('S65 proves the log of a console that runs, and of one that has stopped, and writes nothing', async () => {
    const { file, audit, close } = await openAudit()
    await fillLog(audit)
    const head = await audit.head()
    const intact = { code: 0, out: `6 rows, chain intact, head 6 ${head?.hash}\n`, err: '' }
    const env = { DATA_DIR: path.dirname(file), AUDIT_HEAD: `6 ${head?.hash}` }
    expect(await verify(env)).toEqual(intact)
    // It holds nothing that a writer would have to wait for.
    await audit.record({ ...intent, outcome: 'applied' })
    close()
    const before = statSync(file)
    expect((await verify(env)).out).toContain('7 rows, chain intact, head 7 ')
    expect(statSync(file)).toMatchObject({ mtimeMs: before.mtimeMs, size: before.size })
  })

  test('S65 names the first broken row, and fails', async () => {
    const file = tampered(await writtenLog(), (sqlite) =>
      sqlite.exec("UPDATE audit_event SET outcome = 'valid' WHERE seq > 3"),
    )
    const answer = await verify({ DATA_DIR: path.dirname(file) })
    expect(answer).toEqual({
      code: 1,
      out: expect.stringMatching(/^Row 4 \(id [\w-]{36}\) was changed after it was written\n$/),
      err: '',
    })
  })

  test('S65 misses rows that were cut off, and reads a number that is none of ours', async () => {
    const cut = tampered(await writtenLog(), (sqlite) => sqlite.exec('DELETE FROM audit_event WHERE seq = 6'))
    expect((await verify({ DATA_DIR: path.dirname(cut) })).out).toContain('is the last one, but there was a row 6')
    const huge = tampered(await writtenLog(), (sqlite) =>
      sqlite.exec('UPDATE audit_event SET times = 9007199254740993 WHERE seq = 6'),
    )
    expect((await verify({ DATA_DIR: path.dirname(huge) })).out).toContain(changed)
  })

  test('says in one line what it misses', async () => {
    const folder = temporaryFolder()
    expect(await verify({ DATA_DIR: folder })).toEqual({
      code: 1,
      out: '',
      err: `There is no database at ${folder}; set DATA_DIR\n`,
    })
    const file = await writtenLog()
    const { code, err } = await verify({ DATA_DIR: path.dirname(file), AUDIT_HEAD: 'x' })
    expect([code, err]).toEqual([1, expect.stringMatching(/^AUDIT_HEAD: .*\n$/)])
  })
})
