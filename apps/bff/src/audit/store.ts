import type { Role } from '@tunnel-console/shared/access'
import type { AuditPage } from '@tunnel-console/shared/api'
import type { AuditAction, AuditEntry } from '@tunnel-console/shared/audit'
import type { AuditOutcome } from '@tunnel-console/shared/audit-outcome'
import { type FieldChange, maskChanges } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { desc, eq, getTableColumns } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Deps } from '../deps.ts'
import type { Database } from '../storage/database.ts'
import { auditEvent } from '../storage/schema.ts'
import { type Also, type Appender, createAppender, type NewRow } from './append.ts'
import type { AuditRow } from './chain.ts'
import type { AuditFilter } from './filter.ts'
import { listEntries } from './list.ts'

/** A person; or, with the role `null`, somebody who is nobody here: the console itself, or a writer outside it. */
export interface AuditActor {
  id: string
  email: string
  role: Role | null
}

/** Who does something, and under which request. */
export interface By {
  actor: AuditActor
  requestId: string
}

export interface Intent {
  /** Made here, where the caller does not need it beforehand. */
  id?: string
  actor: AuditActor
  action: AuditAction
  target: AuditEntry['target']
  validateOnly: boolean
  changes: FieldChange[]
  requestId: string
  /** Why the person does it, in their own words. */
  reason?: string | undefined
}

export interface Settlement {
  outcome: Exclude<AuditOutcome, 'pending'>
  /** Absent: as they were. */
  changes?: FieldChange[] | undefined
  target?: AuditEntry['target'] | undefined
  /** Absent: none. Why it was unknown is no reason of what it turned out to be. */
  problem?: { code: string; detail: string; causes?: readonly string[] | undefined } | undefined
  /** Absent: as it was. */
  ray?: string | undefined
  /** How often it has happened by now. Absent: as it was. */
  times?: number | undefined
}

type Recorded = Omit<Intent, 'validateOnly' | 'changes'> & Settlement & { validateOnly?: boolean | undefined }

export interface AuditStore extends Pick<Appender, 'head'> {
  /**
   * Writes the intent before the deed, in one transaction with `also`, and gives its id. When that fails nothing is
   * committed and the deed must not happen: `audit-unavailable`.
   */
  begin(intent: Intent, also?: Also): Promise<string>
  /**
   * Says how an entry stands from now on, in one transaction with `also`. What was unknown may be settled again; saying
   * the same twice adds no row, but still commits `also`. Throws `audit-unavailable`.
   */
  settle(id: string, settlement: Settlement, also?: Also): Promise<void>
  /**
   * An entry that needs no intent, since it is over: a sign-in, a refusal, a change that others made. Gives its id. Throws
   * `audit-unavailable`.
   */
  record(entry: Recorded, also?: Also): Promise<string>
  /** As `record`, for what one deed did to several: all entries in one transaction with `also`, or none. */
  recordAll(entries: readonly Recorded[], also?: Also): Promise<void>
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditPage>
  /** Everyone who appears in the log, for the filter. */
  actors(): Promise<string[]>
}

/** The audit log. Nothing in it is ever a secret: changes are masked here, whoever hands them in. */
export function createAuditStore({ db, now }: Pick<Deps, 'db' | 'now'>): AuditStore {
  const appender = createAppender(db)

  async function append(build: (at: string) => Promise<readonly NewRow[]>, also?: Also): Promise<void> {
    try {
      await appender.append(() => build(now().toISOString()), also)
    } catch (cause) {
      throw ProblemError.of('audit-unavailable', {}, { cause })
    }
  }

  return {
    head: appender.head,

    async begin(intent, also) {
      const id = intent.id ?? crypto.randomUUID()
      await append(async (at) => [{ ...intentRow(intent, id, at), settledAt: null }], also)
      return id
    },

    async settle(id, settlement, also) {
      await append(async (at) => {
        const row = await newestRow(db, id)
        if (!row) throw new Error('There is no such entry')
        const next = { ...row, ...settledBy(settlement) }
        return saysTheSame(row, next) ? [] : [{ ...next, id: crypto.randomUUID(), at, settledAt: null }]
      }, also)
    },

    async record(entry, also) {
      const id = crypto.randomUUID()
      await append(async (at) => [overRow(entry, id, at)], also)
      return id
    },

    async recordAll(entries, also) {
      const ids = entries.map(() => crypto.randomUUID())
      await append(async (at) => entries.map((entry, index) => overRow(entry, ids[index] ?? '', at)), also)
    },

    list: (filter) => listEntries(db, filter),

    async actors() {
      const rows = await db
        .selectDistinct({ email: auditEvent.actorEmail })
        .from(auditEvent)
        .orderBy(auditEvent.actorEmail)
      return rows.map(({ email }) => email)
    },
  }
}

/** The row of an entry that is over as it is written. */
function overRow({ validateOnly = false, changes = [], ...entry }: Recorded, id: string, at: string): NewRow {
  return { ...intentRow({ validateOnly, changes, ...entry }, id, at), settledAt: at, ...settledBy(entry) }
}

function intentRow(intent: Intent, id: string, at: string) {
  const { actor, action, target, validateOnly, changes, requestId, reason = null } = intent
  return {
    id,
    entrySeq: null,
    at,
    actorId: actor.id,
    actorEmail: actor.email,
    actorRole: actor.role,
    action,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    validateOnly,
    outcome: 'pending' as const,
    changes: JSON.stringify(maskChanges(changes)),
    problemCode: null,
    problemDetail: null,
    problemCauses: null,
    ray: null,
    requestId,
    reason,
    times: 1,
  }
}

function settledBy({ outcome, changes, target, problem, ray, times }: Settlement) {
  return {
    outcome,
    problemCode: problem?.code ?? null,
    problemDetail: problem?.detail ?? null,
    problemCauses: problem?.causes ? JSON.stringify(problem.causes) : null,
    ...(changes && { changes: JSON.stringify(maskChanges(changes)) }),
    ...(target && { targetId: target.id, targetName: target.name }),
    ...(ray !== undefined && { ray }),
    ...(times !== undefined && { times }),
  }
}

function saysTheSame(row: AuditRow, next: AuditRow): boolean {
  return (Object.keys(row) as (keyof AuditRow)[]).every((key) => row[key] === next[key])
}

const entry = alias(auditEvent, 'entry')

async function newestRow(db: Database, id: string): Promise<AuditRow | undefined> {
  const [row] = await db
    .select(getTableColumns(auditEvent))
    .from(auditEvent)
    .innerJoin(entry, eq(entry.seq, auditEvent.entrySeq))
    .where(eq(entry.id, id))
    .orderBy(desc(auditEvent.seq))
    .limit(1)
  return row
}
