import type { JobAnswer, JobEntry, JobOptions, JobRow, JobRowState, JobState } from '@tunnel-console/shared/jobs'
import { and, asc, count, desc, eq, inArray, lt, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Change, ChangeOf } from '../changes/change.ts'
import type { Intents } from '../changes/intents.ts'
import type { Deps } from '../deps.ts'
import { job, jobRow, undo } from '../storage/schema.ts'
import { isAheadOf } from './ahead.ts'
import { type Counted, countRows, uncounted } from './counts.ts'
import type { RowEnd } from './ends.ts'
import type { Batch } from './step.ts'

/** A job as the runner knows it. */
export interface StoredJob extends Omit<typeof job.$inferSelect, 'by' | 'options' | 'batch'> {
  by: { id: string; email: string }
  options: JobOptions
  batch: Batch | null
}

export type RowChange = ChangeOf<'create'> | ChangeOf<'update'> | ChangeOf<'delete'>
export interface StoredRow extends Omit<typeof jobRow.$inferSelect, 'change' | 'changes' | 'problem'> {
  change: RowChange
}
export type NewRow = Pick<StoredRow, 'position' | 'tunnelId' | 'name' | 'change'>

/** One attempt of a row. */
export type Attempt = Pick<StoredRow, 'jobId' | 'position' | 'attempt'>

/** A row and its job's person, for looking up what became of its change. */
export interface Turning extends Attempt {
  name: string
  userId: string
}

export type JobStore = ReturnType<typeof createJobStore>

/** Jobs and their rows, in the order in which people find them. */
const mostJobs = 100
const keepMs = 400 * 24 * 3600_000
/** D1 takes 100 bound parameters a statement, and a row of a job has ten. */
const rowsPerInsert = 10

/**
 * Jobs in the database. What the runner writes is written only while this process is the owner of the account: one that was
 * overtaken must not say how a row ended that another carries out.
 */
export function createJobStore({ db, now }: Pick<Deps, 'db' | 'now'>, { isHolder }: Pick<Intents, 'isHolder'>) {
  const ownRow = (jobId: string, position: number) =>
    and(eq(jobRow.jobId, jobId), eq(jobRow.position, position), isHolder())
  const rowIn = (jobId: string, ...states: JobRowState[]) => and(eq(jobRow.jobId, jobId), inArray(jobRow.state, states))

  /** How many changes of each job were written back by their undo. */
  async function undone(which: SQL): Promise<Map<string, number>> {
    const rows = await db
      .select({ jobId: undo.group, rows: count() })
      .from(undo)
      .where(and(which, eq(undo.state, 'undone')))
      .groupBy(undo.group)
    return new Map(rows.map(({ jobId, rows: number }) => [jobId, number]))
  }

  return {
    /** Statements that add a job with its rows, to be committed together. */
    inserts(one: StoredJob, rows: readonly NewRow[]): BatchItem<'sqlite'>[] {
      const { by, options, batch, ...rest } = one
      const values = rows.map((row) => ({ ...row, jobId: one.id, state: 'waiting' as const, change: text(row.change) }))
      const chunks = Array.from({ length: Math.ceil(rows.length / rowsPerInsert) }, (_, index) =>
        values.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert),
      )
      return [
        db.insert(job).values({ ...rest, by: text(by), options: text(options), batch: batch && text(batch) }),
        ...chunks.map((chunk) => db.insert(jobRow).values(chunk)),
      ]
    },

    /** Forgets jobs that ended long ago, with their rows. */
    async tidy(): Promise<void> {
      const isOver = inArray(job.state, ['done', 'stopped'])
      await db.delete(job).where(and(isOver, lt(job.endedAt, now().getTime() - keepMs), isHolder()))
    },

    async find(id: string): Promise<StoredJob | null> {
      const [row] = await db.select().from(job).where(eq(job.id, id))
      return row ? jobOf(row) : null
    },

    /** The newest; of a tunnel, those that name it and have not begun. */
    async list(tunnelId?: string): Promise<JobEntry[]> {
      const which = tunnelId === undefined ? undefined : isAheadOf(db, tunnelId)
      const order = [desc(job.createdAt), desc(job.id)]
      const newest = db
        .select()
        .from(job)
        .where(which)
        .orderBy(...order)
        .limit(mostJobs)
      const ids = db
        .select({ id: job.id })
        .from(job)
        .where(which)
        .orderBy(...order)
        .limit(mostJobs)
      const [jobs, counts, back] = await Promise.all([
        newest,
        countRows(db, inArray(jobRow.jobId, ids)),
        undone(inArray(undo.group, ids)),
      ])
      return jobs.map((row) => entryOf(jobOf(row), counts.get(row.id), back.get(row.id)))
    },

    async answer(id: string): Promise<JobAnswer | null> {
      const back = db
        .select({ id: undo.id })
        .from(undo)
        .where(and(eq(undo.group, id), eq(undo.state, 'undone')))
      const [[one], rows, counts, undos] = await Promise.all([
        db.select().from(job).where(eq(job.id, id)),
        db.select().from(jobRow).where(eq(jobRow.jobId, id)).orderBy(asc(jobRow.position)),
        countRows(db, eq(jobRow.jobId, id)),
        back,
      ])
      if (!one) return null
      const ids = new Set(undos.map((row) => row.id))
      return { job: entryOf(jobOf(one), counts.get(id), ids.size), rows: rows.map((row) => answerOf(row, ids)) }
    },

    /** Jobs in one of these states. */
    async inState(...states: JobState[]): Promise<StoredJob[]> {
      return (await db.select().from(job).where(inArray(job.state, states)).orderBy(asc(job.createdAt))).map(jobOf)
    },

    rowStates: (jobId: string): Promise<{ position: number; state: JobRowState; tunnelId: string; name: string }[]> =>
      db
        .select({ position: jobRow.position, state: jobRow.state, tunnelId: jobRow.tunnelId, name: jobRow.name })
        .from(jobRow)
        .where(eq(jobRow.jobId, jobId))
        .orderBy(asc(jobRow.position)),

    /** Statement: a job goes from one of these states to another, with what comes along. */
    move: (id: string, from: readonly JobState[], to: Partial<typeof job.$inferInsert> & { state: JobState }) =>
      db
        .update(job)
        .set(to)
        .where(and(eq(job.id, id), inArray(job.state, [...from]), isHolder()))
        .returning({ id: job.id }),

    /** Statement: the same at a person's word. Of a job that is in none of these states it fails the whole commit, since no row takes `NULL`. */
    turn: (id: string, from: readonly JobState[], to: Partial<typeof job.$inferInsert> & { state: JobState }) =>
      db
        .update(job)
        .set({ ...to, state: sql`CASE WHEN ${inArray(job.state, [...from])} THEN ${to.state} END` })
        .where(and(eq(job.id, id), isHolder())),

    /** A job whose turn it is runs from now on; for the first time, or once more. */
    async begin(id: string, at: number): Promise<void> {
      await db
        .update(job)
        .set({ state: 'running', why: null, startedAt: sql`coalesce(${job.startedAt}, ${at})` })
        .where(and(eq(job.id, id), eq(job.state, 'waiting'), isHolder()))
    },

    /** Statement: puts a batch in place of the last one. */
    batch: (id: string, batch: Batch | null) =>
      db
        .update(job)
        .set({ batch: batch && text(batch) })
        .where(and(eq(job.id, id), isHolder())),

    /** Takes a row that waits in a running job. `null`: somebody was faster, or the job runs no more. */
    async claim(jobId: string, position: number): Promise<StoredRow | null> {
      const isRunning = sql`EXISTS (SELECT 1 FROM ${job} WHERE ${job.id} = ${jobId} AND ${job.state} = 'running')`
      const rows = await db
        .update(jobRow)
        .set({ state: 'running', problem: null })
        .where(and(ownRow(jobId, position), eq(jobRow.state, 'waiting'), isRunning))
        .returning()
      return rows[0] ? rowOf(rows[0]) : null
    },

    /** Statement: how an attempt ended. */
    ended: ({ jobId, position, attempt }: Attempt, { changes, problem, ...end }: RowEnd) =>
      db
        .update(jobRow)
        .set({ ...end, changes: text(changes), problem: problem && text(problem) })
        .where(and(ownRow(jobId, position), eq(jobRow.attempt, attempt))),

    /** Statement: an attempt that was certainly not made waits again; in a stopped job it is skipped. */
    backInLine: ({ jobId, position, attempt }: Attempt) => {
      const isStopped = sql`EXISTS (SELECT 1 FROM ${job} WHERE ${job.id} = ${jobId} AND ${job.state} = 'stopped')`
      return db
        .update(jobRow)
        .set({
          state: sql`CASE WHEN ${isStopped} THEN 'skipped' ELSE 'waiting' END`,
          problem: sql`CASE WHEN ${isStopped} THEN ${text(skipped)} ELSE NULL END`,
        })
        .where(and(ownRow(jobId, position), eq(jobRow.attempt, attempt), eq(jobRow.state, 'running')))
    },

    /** Statement: what has not begun stays undone. */
    skipWaiting: (jobId: string) =>
      db
        .update(jobRow)
        .set({ state: 'skipped', problem: text(skipped) })
        .where(rowIn(jobId, 'waiting')),

    /** Statement: refused and skipped rows get another attempt. */
    tryAgain: (jobId: string) =>
      db
        .update(jobRow)
        .set({ state: 'waiting', problem: null, auditId: null, changes: '[]', attempt: sql`${jobRow.attempt} + 1` })
        .where(rowIn(jobId, 'refused', 'skipped')),

    /** A job in this state whose rows have all ended is done. Tells whether it is. */
    async finish(id: string, from: 'running' | 'paused', why: string | null = null): Promise<boolean> {
      const isOpen = db
        .select()
        .from(jobRow)
        .where(rowIn(id, 'waiting', 'running'))
      const moved = await db
        .update(job)
        .set({ state: 'done', endedAt: now().getTime(), why })
        .where(and(eq(job.id, id), eq(job.state, from), notExists(isOpen), isHolder()))
        .returning({ id: job.id })
      return moved.length > 0
    },

    /** Rows of whatever job that were left running, or whose end is not known or was told for want of a trace. */
    async turning(which: 'running' | 'unknown'): Promise<Turning[]> {
      const isUntraced = sql`${jobRow.state} = 'refused' AND instr(${jobRow.problem}, '"not-applied"') > 0`
      const rows = await db
        .select({
          jobId: jobRow.jobId,
          position: jobRow.position,
          attempt: jobRow.attempt,
          name: jobRow.name,
          by: job.by,
        })
        .from(jobRow)
        .innerJoin(job, eq(job.id, jobRow.jobId))
        .where(which === 'running' ? eq(jobRow.state, which) : or(eq(jobRow.state, which), isUntraced))
      return rows.map(({ by, ...row }) => ({ ...row, userId: personOf(by).id }))
    },
  }
}

const text = (value: object) => JSON.stringify(value)
const skipped = { code: 'skipped', detail: 'The job was stopped before its turn. Nothing was sent.' }

const personOf = (by: string) => JSON.parse(by) as StoredJob['by']

function jobOf({ by, options, batch, ...row }: typeof job.$inferSelect): StoredJob {
  return {
    ...row,
    by: personOf(by),
    options: JSON.parse(options) as JobOptions,
    batch: batch === null ? null : (JSON.parse(batch) as Batch),
  }
}

function rowOf({ change, changes: _, problem: __, ...row }: typeof jobRow.$inferSelect): StoredRow {
  return { ...row, change: JSON.parse(change) as Extract<Change, RowChange> }
}

function entryOf(one: StoredJob, { counts, name }: Counted = uncounted, undoneRows = 0): JobEntry {
  const { id, kind, state, why, by, reason, options } = one
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    id,
    kind,
    name,
    state,
    why,
    by,
    reason,
    options,
    createdAt: new Date(one.createdAt).toISOString(),
    startsAt: iso(one.startsAt),
    startedAt: iso(one.startedAt),
    endedAt: iso(one.endedAt),
    counts,
    undone: undoneRows,
  }
}

/** `undone`: the audit entries of changes that were written back. */
function answerOf(row: typeof jobRow.$inferSelect, undone: ReadonlySet<string>): JobRow {
  const { position, tunnelId, name, state, change, changes, problem, auditId } = row
  return {
    position,
    change: (JSON.parse(change) as RowChange).kind,
    tunnelId,
    name,
    state,
    changes: JSON.parse(changes) as JobRow['changes'],
    problem: problem === null ? null : (JSON.parse(problem) as JobRow['problem']),
    auditId,
    isUndone: auditId !== null && undone.has(auditId),
  }
}
