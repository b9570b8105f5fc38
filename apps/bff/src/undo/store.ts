import { maskChanges } from '@tunnel-console/shared/diff'
import { fateOf, type Problem } from '@tunnel-console/shared/problem'
import type { BgpState, TunnelState } from '@tunnel-console/shared/status'
import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Author } from '../changes/change.ts'
import type { Done } from '../changes/kind.ts'
import type { Deps } from '../deps.ts'
import { changeIntent, undo } from '../storage/schema.ts'
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

  /** All of a group about which can still be chosen. A `NULL` fails the whole commit where this one is none of them. */
  function choose({ id, group }: UndoRow, { state, ...set }: Choice): BatchItem<'sqlite'>[] {
    const certain = sql`CASE WHEN ${isChoosable} THEN ${state} END`
    const others = and(eq(undo.group, group), ne(undo.id, id), isChoosable)
    return [
      db
        .update(undo)
        .set({ ...set, state: certain })
        .where(eq(undo.id, id)),
      db
        .update(undo)
        .set({ ...set, state })
        .where(others),
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
            state: sql<'armed'>`'armed'`.as('state'),
            minutes: sql<number>`${minutes}`.as('minutes'),
            version: sql<null>`NULL`.as('version'),
            dueAt: sql<number>`${time() + minutes * 60_000}`.as('due_at'),
            endedAt: sql<null>`NULL`.as('ended_at'),
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
      { id, author }: { id: string; author: Author },
      { target, answer, outside }: Done,
    ): BatchItem<'sqlite'>[] {
      if (target.id === null) return []
      due.began(id)
      const others = and(eq(undo.tunnelId, target.id), eq(undo.state, 'counting'), ne(undo.id, id))
      const statements = [
        db
          .update(undo)
          .set(ends('blocked', `${author.email} changed the tunnel since.`))
          .where(others),
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

    /** Those that are open, and those that ended within a day; newest first. */
    recent: (): Promise<UndoRow[]> =>
      db
        .select()
        .from(undo)
        .where(or(isNull(undo.endedAt), gte(undo.endedAt, time() - dayMs)))
        .orderBy(desc(undo.dueAt), asc(undo.name)),

    ofGroup: (group: string): Promise<UndoRow[]> =>
      db.select().from(undo).where(eq(undo.group, group)).orderBy(asc(undo.name)),

    isChoosable: ({ state }: UndoRow) => choosableStates.some((one) => one === state),

    /** Keeps a change with all of its group that can still be kept. Fails where this one cannot. */
    kept: (row: UndoRow, why: string): BatchItem<'sqlite'>[] =>
      choose(row, { state: sql`'kept'`, endedAt: time(), why }),

    /** As `kept`: they are written back; those whose change is still under way, as soon as it is known. */
    hurried: (row: UndoRow, why: string): BatchItem<'sqlite'>[] =>
      choose(row, {
        state: sql`CASE WHEN ${undo.state} = 'counting' THEN 'undoing' ELSE ${undo.state} END`,
        dueAt: time(),
        minutes: 0,
        why,
      }),

    /** One alone is due at once. */
    async worse(id: string, why: string): Promise<void> {
      await db
        .update(undo)
        .set({ dueAt: time(), why })
        .where(and(eq(undo.id, id), eq(undo.state, 'counting')))
    },

    /** Begins to write back. `false`: it was kept or blocked meanwhile. */
    async begin(id: string): Promise<boolean> {
      const rows = await db
        .update(undo)
        .set({ state: 'undoing' })
        .where(and(eq(undo.id, id), eq(undo.state, 'counting')))
        .returning({ id: undo.id })
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
      await db.delete(undo).where(lt(undo.endedAt, time() - keepMs))
    },
  }
}
