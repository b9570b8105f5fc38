import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Head } from '../src/audit/chain.ts'
import { type Verdict, verifyChain } from '../src/audit/verify.ts'

/**
 * Proves the audit log of the databases in DATA_DIR (`./data`), or of the file that is named as argument, while the console
 * runs or not. `AUDIT_HEAD="123 <hash>"`, taken from a line `audit.head` of the log, is checked as well. Prints one line for
 * each database; exit code 1 when one of them is not as it was written.
 */
async function main(): Promise<void> {
  const files = filesOf(process.argv[2], path.resolve(process.env['DATA_DIR'] || './data'))
  const head = headOf(process.env['AUDIT_HEAD'])
  for (const file of files) {
    const verdict = await verifyFile(file, head)
    const name = files.length > 1 ? `${path.basename(file)}: ` : ''
    console.log(`${name}${sentence(verdict)}`)
    if ('broken' in verdict) process.exitCode = 1
  }
}

function filesOf(named: string | undefined, directory: string): string[] {
  const wanted = named ? [path.resolve(named)] : ['console.db', 'sandbox.db'].map((name) => path.join(directory, name))
  const files = wanted.filter((file) => existsSync(file))
  if (files.length === 0) throw new Refused(`There is no database at ${named ?? directory}; set DATA_DIR`)
  return files
}

function headOf(text: string | undefined): Head | undefined {
  if (!text) return undefined
  const [, seq, hash] = /^(\d+)\s+([\w-]{43})$/.exec(text.trim()) ?? []
  if (!seq || !hash)
    throw new Refused('AUDIT_HEAD: write the seq and the hash of an audit.head line, such as "123 oVYc…"')
  return { seq: Number(seq), hash }
}

/** One read transaction, so that rows that the console adds meanwhile do not show half. Nothing is ever written. */
async function verifyFile(file: string, head: Head | undefined): Promise<Verdict> {
  try {
    const sqlite = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    try {
      sqlite.exec('BEGIN')
      const counted = sqlite.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'").get()?.['seq']
      const rows = sqlite.prepare('SELECT * FROM audit_event ORDER BY seq')
      // A number that no row of ours holds must be read too, and found.
      rows.setReadBigInts(true)
      return await verifyChain(plainRows(rows.iterate()), {
        ...(counted !== undefined && { counted: Number(counted) }),
        ...(head && { head }),
      })
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw new Refused(`${file} cannot be read (${error instanceof Error ? error.message : error})`)
  }
}

function* plainRows(rows: Iterable<Record<string, unknown>>) {
  for (const row of rows) {
    yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
  }
}

function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}n`
}

function sentence(verdict: Verdict): string {
  if ('broken' in verdict) return `Row ${verdict.broken.seq} (id ${verdict.broken.id}) ${verdict.broken.why}`
  const { rows, before, head } = verdict
  const old = before > 0 ? `, ${before} of them from before the chain` : ''
  return `${rows} ${rows === 1 ? 'row' : 'rows'}${old}, ${head ? `chain intact, head ${head.seq} ${head.hash}` : 'no chain yet'}`
}

/** Said in one line, without a stack. */
class Refused extends Error {}

main().catch((error: unknown) => {
  console.error(error instanceof Refused ? error.message : error)
  process.exit(1)
})
