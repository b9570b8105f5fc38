import type { AuditQuery } from '@tunnel-console/shared/contract'
import { and, eq, exists, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Database } from '../storage/database.ts'
import { auditEvent } from '../storage/schema.ts'

/** Which entries. `outcome`, target and changes are as they stand by now, not as they were first told. */
export interface AuditFilter extends AuditQuery {
  /** Entries older than this `seq`. */
  cursor?: number | undefined
  limit: number
}

const named = alias(auditEvent, 'named')
const first = alias(auditEvent, 'first')
const bound = alias(auditEvent, 'bound')

/** What the newest row of an entry must meet, which is the row that the query looks at. */
export function conditionsOf(db: Database, filter: AuditFilter): (SQL | undefined)[] {
  const { actor, action, target, outcome, entry, text, validate_only } = filter
  return [
    actor !== undefined ? eq(auditEvent.actorEmail, actor) : undefined,
    action !== undefined ? eq(auditEvent.action, action) : undefined,
    target !== undefined ? eq(auditEvent.targetId, target) : undefined,
    outcome !== undefined ? eq(auditEvent.outcome, outcome) : undefined,
    entry !== undefined
      ? inArray(auditEvent.entrySeq, db.select({ seq: named.entrySeq }).from(named).where(eq(named.id, entry)))
      : undefined,
    validate_only !== undefined ? eq(auditEvent.validateOnly, validate_only === 'true') : undefined,
    text !== undefined ? tells(text) : undefined,
    began(db, filter),
  ]
}

/**
 * When an entry began is in its first row. The bounds only keep the search short, by the index on `at`; the first row
 * decides, so that an entry from a time when the clock was wrong is found under the time that it shows.
 */
function began(db: Database, { from, to }: AuditFilter): SQL | undefined {
  if (from === undefined && to === undefined) return undefined
  const [since, before] = [from === undefined ? '' : startOf(from), to === undefined ? never : endOf(to)]
  const isWithin = and(eq(first.seq, auditEvent.entrySeq), gte(first.at, since), lt(first.at, before))
  const oldest = db
    .select({ seq: sql`min(${bound.seq})` })
    .from(bound)
    .where(gte(bound.at, since))
  const newest = db
    .select({ seq: sql`max(${bound.seq})` })
    .from(bound)
    .where(lt(bound.at, before))
  return and(
    from !== undefined ? sql`${auditEvent.entrySeq} >= ${oldest}` : undefined,
    to !== undefined ? sql`${auditEvent.entrySeq} <= ${newest}` : undefined,
    exists(db.select({ seq: first.seq }).from(first).where(isWithin)),
  )
}

/** After every moment that the log can hold. */
const never = '~'
const dayMs = 24 * 60 * 60 * 1000

/** A moment as the log writes it. A day begins at midnight, UTC. */
const startOf = (moment: string) => asWritten(new Date(moment).getTime())

/** The end of a day, or the moment itself. */
function endOf(moment: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(moment)
  return asWritten(new Date(moment).getTime() + (isDay ? dayMs : 0))
}

/** Texts are compared, and a year of five digits would be written with a sign that comes before them all. */
function asWritten(ms: number): string {
  const text = new Date(ms).toISOString()
  return text.startsWith('+') ? never : text
}

/**
 * Whether a text stands in what an entry tells. `instr` rather than LIKE, whose patterns D1 limits to 50 bytes; both are
 * blind to case for plain letters only. Of the changes only names and values count: their JSON has words of its own. The
 * JSON is looked at as a whole first, since most entries end there.
 */
function tells(text: string): SQL | undefined {
  const wanted = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const asJson = JSON.stringify(wanted).slice(1, -1)
  return or(
    ...[auditEvent.targetName, auditEvent.actorEmail, auditEvent.action, auditEvent.reason].map(
      (column) => sql`instr(lower(${column}), ${wanted}) > 0`,
    ),
    sql`instr(lower(${auditEvent.changes}), ${asJson}) > 0 AND EXISTS (
      SELECT 1 FROM json_tree(${auditEvent.changes}) AS part WHERE instr(lower(part.atom), ${wanted}) > 0)`,
  )
}
