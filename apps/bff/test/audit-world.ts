import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../node/sqlite.ts'
import { type AuditStore, createAuditStore, type Intent } from '../src/audit/store.ts'
import { type Known, type Verdict, verifyChain } from '../src/audit/verify.ts'

export const ada = { id: 'ada', email: 'ada@example.com', role: 'admin' } as const

/** A change of a tunnel that a person means to make. */
export const intent: Intent = {
  actor: ada,
  action: 'tunnel.update',
  target: { id: '0'.repeat(32), name: 'paris-b' },
  validateOnly: false,
  changes: [{ path: 'description', label: 'Description', before: '', after: 'Paris' }],
  requestId: 'request-1',
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunnel-console-audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A log in a file of its own, written as the console writes it. */
export async function openAudit(file = path.join(temporaryFolder(), 'console.db')) {
  const { db, close } = await openDatabase(file)
  onTestFinished(close)
  let at = Date.parse('2026-11-22T14:02:11.000Z')
  const now = () => {
    at += 1000
    return new Date(at)
  }
  return { file, db, close, now, audit: createAuditStore({ db, now }) }
}

/** Six rows with every column in use: a sign-in, an unknown change that turned, a refusal, and an intent under way. */
export async function fillLog(audit: AuditStore): Promise<void> {
  await audit.record({ ...intent, action: 'session.signIn', target: null, changes: [], outcome: 'applied' })
  const id = await audit.begin({ ...intent, reason: 'New line' })
  const problem = { code: 'outcome-unknown', detail: 'No answer', causes: ['outcome-unknown', 'upstream-timeout'] }
  await audit.settle(id, { outcome: 'unknown', problem, ray: '8f1-CDG' })
  await audit.settle(id, { outcome: 'applied' })
  await audit.record({ ...intent, action: 'tunnel.delete', outcome: 'denied' })
  await audit.begin({ ...intent, action: 'psk.generate' })
}

/** The database of a stopped console, with six rows. */
export async function writtenLog(): Promise<string> {
  const { file, audit, close } = await openAudit()
  await fillLog(audit)
  close()
  return file
}

/** A copy of the file that somebody worked on with the triggers out of the way. */
export function tampered(file: string, work: (sqlite: DatabaseSync) => void): string {
  const copy = path.join(temporaryFolder(), 'console.db')
  copyFileSync(file, copy)
  const sqlite = new DatabaseSync(copy)
  for (const name of ['update', 'delete', 'replace']) sqlite.exec(`DROP TRIGGER audit_event_no_${name}`)
  work(sqlite)
  sqlite.close()
  return copy
}

export async function verdictOf(file: string, known?: Known): Promise<Verdict> {
  const sqlite = new DatabaseSync(file, { readOnly: true })
  try {
    return await verifyChain(sqlite.prepare('SELECT * FROM audit_event ORDER BY seq').all(), known)
  } finally {
    sqlite.close()
  }
}
