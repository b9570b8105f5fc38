import { consoleActor } from '@tunnel-console/shared/audit'
import { maskChanges } from '@tunnel-console/shared/diff'
import { fateOf } from '@tunnel-console/shared/fate'
import { mostTunnels } from '@tunnel-console/shared/jobs'
import type { Problem } from '@tunnel-console/shared/problem'
import type { BgpState, TunnelState } from '@tunnel-console/shared/status'
import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, notExists, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Author } from '../changes/change.ts'
import type { Done } from '../changes/kind.ts'
import type { Deps } from '../deps.ts'
import { changeIntent, job, undo } from '../storage/schema.ts'
import type { Undoing } from './arm.ts'
import type { DueTimes } from './due.ts'

export type UndoRow = typeof undo.$inferSelect

/** How the tunnel was when the change was sent. */
export interface StatesBefore {
  state: TunnelState | null
  bgp: BgpState | null
}

/** An undo that is to be armed. The id is that of the change's audit entry. */
export interface NewUndo extends Undoing {
  id: string
  group: string
  tunnelId: string
  name: string
  by: Author
  before: StatesBefore
  minutes: number
}

const dayMs = 24 * 3600_000
const keepMs = 30 * dayMs

/** D1 takes 100 bound parameters a statement. */
const idsPerUpdate = 80

const openStates = ['armed', 'counting', 'undoing'] as const
/** Before anything is written back somebody can still choose. */
const choosableStates = ['armed', 'counting'] as const

type Choice = { state: SQL } & Partial<Pick<UndoRow, 'dueAt' | 'minutes' | 'why' | 'endedAt'>>

export type UndoStore = ReturnType<typeof createUndoStore>

/**
 * The changes that undo themselves, as rows. The functions that give statements leave it to the caller to commit them
 * together with what they follow from.
 */
export function createUndoStore({ db, now }: Pick<Deps, 'db' | 'now'>, due: DueTimes) {
  const time = () => now().getTime()
  const isChoosable = inArray(undo.state, choosableStates)

  /** Ends it, and says why. */
  const ends = (state: UndoRow['state'], why: string | null) => ({ state, why, endedAt: time() })

  const isKept = (group: string) =>
    sql`EXISTS (SELECT 1 FROM ${undo} AS other WHERE other.group_id = ${group} AND other.state = 'kept')`

  /** Statement: the job of a group changes nothing more until somebody has looked. */
  const pauseJob = (group: string, why: string): BatchItem<'sqlite'> =>
    db
      .update(job)
      .set({ state: 'paused', why })
      .where(and(eq(job.id, group), inArray(job.state, ['waiting', 'running'])))

  /**
   * All of a group about which can still be chosen. A `NULL` fails the whole commit where one that was told of is none of
   * them any more, so that the audit log never tells of a choice that did not count.
   */
  function choose(group: string, rows: readonly UndoRow[], { state, ...set }: Choice): BatchItem<'sqlite'>[] {
    const certain = sql`CASE WHEN ${isChoosable} THEN ${state} END`
    const chunks = Array.from({ length: Math.ceil(rows.length / idsPerUpdate) }, (_, index) =>
      rows.slice(index * idsPerUpdate, (index + 1) * idsPerUpdate).map(({ id }) => id),
    )
    return [
      ...chunks.map((ids) =>
        db
          .update(undo)
          .set({ ...set, state: certain })
          .where(inArray(undo.id, ids)),
      ),
      // And what its job has armed since.
      db
        .update(undo)
        .set({ ...set, state })
        .where(and(eq(undo.group, group), isChoosable)),
    ]
  }

  return {
    /** Goes with the row that says `sending`, and is there exactly when that one is: an overtaken process arms nothing. */
    arm({ id, group, tunnelId, name, by, patch, changes, before, minutes }: NewUndo): BatchItem<'sqlite'> {
      return db.insert(undo).select(
        db
          .select({
            id: changeIntent.id,
            group: sql<string>`${group}`.as('group_id'),
            tunnelId: sql<string>`${tunnelId}`.as('tunnel_id'),
            name: sql<string>`${name}`.as('name'),
            by: sql<string>`${JSON.stringify(by)}`.as('by'),
            patch: sql<string>`${JSON.stringify(patch)}`.as('patch'),
            changes: sql<string>`${JSON.stringify(maskChanges(changes))}`.as('changes'),
            before: sql<string>`${JSON.stringify(before)}`.as('before'),
            // Whoever kept the changes of a job meant this one too, which was just on its way.
            state: sql<'armed' | 'kept'>`CASE WHEN ${isKept(group)} THEN 'kept' ELSE 'armed' END`.as('state'),
            minutes: sql<number>`${minutes}`.as('minutes'),
            version: sql<null>`NULL`.as('version'),
            dueAt: sql<number>`${time() + minutes * 60_000}`.as('due_at'),
            endedAt: sql<number | null>`CASE WHEN ${isKept(group)} THEN ${time()} END`.as('ended_at'),
            why: sql<null>`NULL`.as('why'),
            attempt: sql<number>`0`.as('attempt'),
          })
          .from(changeIntent)
          .where(and(eq(changeIntent.id, id), eq(changeIntent.phase, 'sending'))),
      )
    },

    /**
     * A change was applied: if it undoes itself, its time begins, unless somebody else changed the tunnel in the same
     * moment. It ends every other undo of this tunnel, which would have nothing of its own left to write over.
     */
    afterApplied(
      { id, author, requestId }: { id: string; author: Author; requestId: string },
      { target, answer, outside }: Done,
    ): BatchItem<'sqlite'>[] {
      if (target.id === null) return []
      due.began(id)
      const counting = and(eq(undo.tunnelId, target.id), eq(undo.state, 'counting'), ne(undo.id, id))
      const statements = [
        // An attempt of our own that was taken for lost.
        ...(author.id === consoleActor.id
          ? [
              db
                .update(undo)
                .set({ state: 'undone', endedAt: time() })
                .where(and(counting, eq(undo.id, undoIdIn(requestId)))),
            ]
          : []),
        db
          .update(undo)
          .set(ends('blocked', `${author.email} changed the tunnel since.`))
          .where(counting),
      ]
      if (!('version' in answer)) return statements
      const mine = and(eq(undo.id, id), inArray(undo.state, ['armed', 'void']))
      const begins = {
        state: 'counting' as const,
        version: answer.version,
        dueAt: sql`${time()} + ${undo.minutes} * 60000`,
        endedAt: null,
      }
      const lost = ends('blocked', 'The tunnel was changed outside this console in the same moment.')
      return [
        ...statements,
        db
          .update(undo)
          .set(outside.length > 0 ? lost : begins)
          .where(mine),
      ]
    },

    /** A change ended without having been applied, for all that is known. */
    afterEnded(id: string, problem: Problem): BatchItem<'sqlite'>[] {
      const why = 'It is not known whether the change was made, and the tunnel has been changed since.'
      const end = fateOf(problem) === 'unknown' ? ends('blocked', why) : { state: 'void' as const, endedAt: time() }
      return [
        db
          .update(undo)
          .set(end)
          .where(and(eq(undo.id, id), eq(undo.state, 'armed'))),
      ]
    },

    /** Those whose end is not known yet, the one that is due first at the head. */
    open: (): Promise<UndoRow[]> =>
      db
        .select()
        .from(undo)
        .where(inArray(undo.state, [...openStates]))
        .orderBy(asc(undo.dueAt)),

    /**
     * Those that are open, which are one a tunnel at most, and of those that ended within a day the last thousand: a job
     * has no more. What is due last comes first.
     */
    async recent(): Promise<UndoRow[]> {
      const isEnded = gte(undo.endedAt, time() - dayMs)
      const [open, ended] = await db.batch([
        db.select().from(undo).where(isNull(undo.endedAt)),
        db.select().from(undo).where(isEnded).orderBy(desc(undo.endedAt)).limit(mostTunnels.job),
      ])
      return [...open, ...ended].sort((a, b) => b.dueAt - a.dueAt || (a.name < b.name ? -1 : 1))
    },

    ofGroup: (group: string): Promise<UndoRow[]> =>
      db.select().from(undo).where(eq(undo.group, group)).orderBy(asc(undo.name)),

    isChoosable: ({ state }: UndoRow) => choosableStates.some((one) => one === state),

    /** Keeps these changes of a group, and what its job makes yet. Fails where one of them cannot be kept any more. */
    kept: (group: string, rows: readonly UndoRow[], why: string): BatchItem<'sqlite'>[] => [
      ...choose(group, rows, { state: sql`'kept'`, endedAt: time(), why }),
      db
        .update(job)
        .set({ options: sql`json_set(${job.options}, '$.undoMinutes', NULL)` })
        .where(eq(job.id, group)),
    ],

    /** As `kept`: they are written back; those whose change is still under way, as soon as it is known. */
    hurried: (group: string, rows: readonly UndoRow[], why: string): BatchItem<'sqlite'>[] => [
      ...choose(group, rows, {
        state: sql`CASE WHEN ${undo.state} = 'counting' THEN 'undoing' ELSE ${undo.state} END`,
        dueAt: time(),
        minutes: 0,
        why,
      }),
      pauseJob(group, why),
    ],

    /** One alone is due at once. */
    async worse(id: string, why: string): Promise<void> {
      await db
        .update(undo)
        .set({ dueAt: time(), why })
        .where(and(eq(undo.id, id), eq(undo.state, 'counting')))
    },

    /** Begins to write back, and lets its job make no further changes meanwhile. `false`: it was kept or blocked. */
    async begin({ id, group, name, why }: UndoRow): Promise<boolean> {
      const begun = db
        .update(undo)
        .set({ state: 'undoing' })
        .where(and(eq(undo.id, id), eq(undo.state, 'counting')))
        .returning({ id: undo.id })
      const [rows] = await db.batch([begun, pauseJob(group, `${name} is being undone. ${why ?? 'Nobody kept it.'}`)])
      return rows.length > 0
    },

    /** Nothing was sent: it counts again, long since due, and can be kept until the next attempt. */
    async again(id: string, attempt: number): Promise<void> {
      await db
        .update(undo)
        .set({ state: 'counting', attempt })
        .where(and(eq(undo.id, id), eq(undo.state, 'undoing')))
    },

    async end(id: string, state: 'undone' | 'blocked' | 'failed', why: string | null): Promise<void> {
      await db
        .update(undo)
        .set(ends(state, why))
        .where(and(eq(undo.id, id), eq(undo.state, 'undoing')))
    },

    /** Somebody set the clock: the next process would take the stored moment for another one. */
    async dueAt(id: string, at: number): Promise<void> {
      await db
        .update(undo)
        .set({ dueAt: at })
        .where(and(eq(undo.id, id), eq(undo.state, 'counting')))
    },

    async tidy(): Promise<void> {
      // A job tells as long as it is remembered that its changes were taken back.
      const isOfNoJob = notExists(db.select().from(job).where(eq(job.id, undo.group)))
      await db.delete(undo).where(and(lt(undo.endedAt, time() - keepMs), isOfNoJob))
    },
  }
}

/** The idempotency key, and the request, of an attempt to write back. */
export const keyOf = ({ id, attempt }: Pick<UndoRow, 'id' | 'attempt'>) => `undo-${id}-${attempt}`

const undoIdIn = (key: string) => /^undo-(.*)-\d+$/.exec(key)?.[1] ?? ''
