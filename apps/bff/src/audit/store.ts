import type { Role } from '@tunnel-console/shared/access'
import type { AuditPage } from '@tunnel-console/shared/api'
import type { AuditAction, AuditEntry, AuditOutcome } from '@tunnel-console/shared/audit'
import { type FieldChange, maskChanges } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import { and, desc, eq, lt, type SQL } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Deps } from '../deps.ts'
import { auditEvent } from '../storage/schema.ts'

export interface AuditActor {
  id: string
  email: string
  role: Role | null
}

export interface Intent {
  /** Made here where the caller does not need it beforehand. */
  id?: string
  actor: AuditActor
  action: AuditAction
  target: AuditEntry['target']
  validateOnly: boolean
  changes: FieldChange[]
  requestId: string
}

type Recorded = Omit<Intent, 'validateOnly' | 'changes'> & {
  outcome: AuditOutcome
  validateOnly?: boolean
  changes?: FieldChange[]
}

export interface Settlement {
  outcome: Exclude<AuditOutcome, 'pending'>
  changes?: FieldChange[] | undefined
  target?: AuditEntry['target'] | undefined
  problem?: { code: string; detail: string; causes?: string[] } | undefined
  ray?: string | undefined
}

export interface AuditFilter {
  actor?: string | undefined
  action?: string | undefined
  target?: string | undefined
  outcome?: AuditOutcome | undefined
  cursor?: number | undefined
  limit: number
}

export type AuditStore = ReturnType<typeof createAuditStore>

/** The audit log. Nothing in it is ever a secret: changes are masked here, whoever hands them in. */
export function createAuditStore({ db, now }: Pick<Deps, 'db' | 'now'>) {
  async function insert(
    intent: Intent,
    outcome: AuditOutcome,
    also: readonly BatchItem<'sqlite'>[] = [],
  ): Promise<string> {
    const id = intent.id ?? crypto.randomUUID()
    const at = now().toISOString()
    const { actor, target } = intent
    const row = {
      id,
      at,
      settledAt: outcome === 'pending' ? null : at,
      actorId: actor.id,
      actorEmail: actor.email,
      actorRole: actor.role,
      action: intent.action,
      targetId: target?.id ?? null,
      targetName: target?.name ?? null,
      validateOnly: intent.validateOnly,
      outcome,
      changes: JSON.stringify(maskChanges(intent.changes)),
      requestId: intent.requestId,
    }
    try {
      await db.batch([db.insert(auditEvent).values(row), ...also])
    } catch (cause) {
      throw ProblemError.of('audit-unavailable', {}, { cause })
    }
    return id
  }

  return {
    /** Writes the intent before the deed. When that fails, the deed must not happen: `audit-unavailable`. */
    async begin(intent: Intent, also?: readonly BatchItem<'sqlite'>[]): Promise<string> {
      return insert(intent, 'pending', also)
    },

    /** Only a pending entry can be settled: history is written once. */
    async settle(
      id: string,
      { outcome, changes, target, problem, ray }: Settlement,
      also: readonly BatchItem<'sqlite'>[] = [],
    ): Promise<void> {
      const update = db
        .update(auditEvent)
        .set({
          outcome,
          settledAt: now().toISOString(),
          ...(changes && { changes: JSON.stringify(maskChanges(changes)) }),
          ...(target && { targetId: target.id, targetName: target.name }),
          ...(problem && { problemCode: problem.code, problemDetail: problem.detail }),
          ...(ray && { ray }),
        })
        .where(eq(auditEvent.id, id))
      await db.batch([update, ...also])
    },

    /** An entry that needs no intent, since nothing outside our database happens: a sign-in, a refusal. */
    async record(entry: Recorded): Promise<void> {
      await insert({ validateOnly: false, changes: [], ...entry }, entry.outcome)
    },

    /** Newest first. */
    async list(filter: AuditFilter): Promise<AuditPage> {
      const conditions: (SQL | undefined)[] = [
        filter.actor !== undefined ? eq(auditEvent.actorEmail, filter.actor) : undefined,
        filter.action !== undefined ? eq(auditEvent.action, filter.action) : undefined,
        filter.target !== undefined ? eq(auditEvent.targetId, filter.target) : undefined,
        filter.outcome !== undefined ? eq(auditEvent.outcome, filter.outcome) : undefined,
        filter.cursor !== undefined ? lt(auditEvent.seq, filter.cursor) : undefined,
      ]
      const rows = await db
        .select()
        .from(auditEvent)
        .where(and(...conditions))
        .orderBy(desc(auditEvent.seq))
        .limit(filter.limit + 1)
      const entries = rows.slice(0, filter.limit).map(entryOf)
      return { entries, nextCursor: rows.length > filter.limit ? String(entries.at(-1)?.seq) : null }
    },

    /** Everyone who appears in the log, for the filter. */
    async actors(): Promise<string[]> {
      const rows = await db
        .selectDistinct({ email: auditEvent.actorEmail })
        .from(auditEvent)
        .orderBy(auditEvent.actorEmail)
      return rows.map(({ email }) => email)
    },
  }
}

function entryOf(row: typeof auditEvent.$inferSelect): AuditEntry {
  return {
    seq: row.seq,
    id: row.id,
    at: row.at,
    settledAt: row.settledAt,
    actor: { id: row.actorId, email: row.actorEmail, role: row.actorRole },
    action: row.action,
    target: row.targetName === null ? null : { id: row.targetId, name: row.targetName },
    validateOnly: row.validateOnly,
    outcome: row.outcome,
    changes: JSON.parse(row.changes) as AuditEntry['changes'],
    problem: row.problemCode === null ? null : { code: row.problemCode, detail: row.problemDetail ?? '', causes: [] },
    ray: row.ray,
    requestId: row.requestId,
    times: 1,
    turns: row.settledAt === null ? [] : [{ at: row.settledAt, outcome: row.outcome }],
  }
}
