import type { AuditPage } from '@tunnel-console/shared/api'
import type { AuditEntry } from '@tunnel-console/shared/audit'
import { and, asc, desc, eq, gt, inArray, lt, notExists } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Database } from '../storage/database.ts'
import { auditEvent } from '../storage/schema.ts'
import type { AuditRow } from './chain.ts'
import { type AuditFilter, conditionsOf } from './filter.ts'

/** A page of entries, newest first. */
export async function listEntries(db: Database, filter: AuditFilter): Promise<AuditPage> {
  const rows = await db
    .select()
    .from(auditEvent)
    .where(inArray(auditEvent.entrySeq, matching(db, filter)))
    .orderBy(desc(auditEvent.entrySeq), asc(auditEvent.seq))
  const byEntry = Map.groupBy(rows, ({ entrySeq }) => entrySeq)
  const entries = [...byEntry.values()].map(entryOf).slice(0, filter.limit)
  return { entries, nextCursor: byEntry.size > filter.limit ? String(entries.at(-1)?.seq) : null }
}

const later = alias(auditEvent, 'later')

/** The entries of the page and one more. The newest row of an entry is its state, so the filters look at that one alone. */
function matching(db: Database, filter: AuditFilter) {
  const { cursor, limit } = filter
  const isNewer = and(eq(later.entrySeq, auditEvent.entrySeq), gt(later.seq, auditEvent.seq))
  const conditions = [
    notExists(db.select({ seq: later.seq }).from(later).where(isNewer)),
    ...conditionsOf(db, filter),
    cursor !== undefined ? lt(auditEvent.entrySeq, cursor) : undefined,
  ]
  return db
    .select({ entrySeq: auditEvent.entrySeq })
    .from(auditEvent)
    .where(and(...conditions))
    .orderBy(desc(auditEvent.entrySeq))
    .limit(limit + 1)
}

/** An entry from its rows, oldest first: the entry itself, then how it was settled. */
function entryOf(rows: AuditRow[]): AuditEntry {
  const [first, newest] = [rows[0], rows.at(-1)]
  if (!first || !newest) throw new Error('An entry has at least one row')
  const turns = rows.flatMap(turnOf)
  return {
    seq: newest.entrySeq,
    id: first.id,
    at: first.at,
    settledAt: turns.at(-1)?.at ?? null,
    actor: { id: newest.actorId, email: newest.actorEmail, role: newest.actorRole },
    action: newest.action,
    target: newest.targetName === null ? null : { id: newest.targetId, name: newest.targetName },
    validateOnly: newest.validateOnly,
    outcome: newest.outcome,
    changes: JSON.parse(newest.changes) as AuditEntry['changes'],
    problem: problemOf(newest),
    ...(newest.reason !== null && { reason: newest.reason }),
    ray: newest.ray,
    requestId: newest.requestId,
    times: newest.times,
    turns,
  }
}

/** An intent is no turn: nothing is known yet. */
function turnOf({ seq, entrySeq, at, settledAt, outcome }: AuditRow): AuditEntry['turns'] {
  if (seq !== entrySeq) return [{ at, outcome }]
  return settledAt === null ? [] : [{ at: settledAt, outcome }]
}

function problemOf({ problemCode, problemDetail, problemCauses }: AuditRow): AuditEntry['problem'] {
  if (problemCode === null) return null
  return { code: problemCode, detail: problemDetail ?? '', causes: JSON.parse(problemCauses ?? '[]') as string[] }
}
