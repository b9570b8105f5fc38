import { can } from '@tunnel-console/shared/access'
import type { UndoEntry } from '@tunnel-console/shared/api'
import type { FieldChange } from '@tunnel-console/shared/diff'
import { ProblemError } from '@tunnel-console/shared/problem'
import type { AuditStore } from '../audit/store.ts'
import type { Author } from '../changes/change.ts'
import { type Budget, spareOf } from '../cloudflare/budget.ts'
import type { Deps } from '../deps.ts'
import type { Observed } from '../readings/observer.ts'
import { type View, viewOf } from '../readings/prepared.ts'
import type { DueTimes } from './due.ts'
import { authorOf, type Fire } from './fire.ts'
import type { StatesBefore, UndoRow, UndoStore } from './store.ts'
import type { Worse } from './worse.ts'

/** So many are written back at once: Cloudflare's budget is for everybody. Each is read, written and read again. */
const atOnce = 4
const callsEach = 3
/** A stored moment that is further off than this was stored by a clock that has been set since. */
const driftMs = 5000

interface UndoServices {
  store: UndoStore
  due: DueTimes
  fire: Fire
  worse: Worse
  audit: Pick<AuditStore, 'recordAll'>
  /** The state of a tunnel by the newest readings; `null` where it is not among them. */
  observe: (tunnelId: string) => Observed | null
  budget: () => Budget | null
  deps: Pick<Deps, 'log' | 'now'>
}

/** Who chooses, and under which request. */
export interface Chooser {
  actor: Author
  requestId: string
}

export type Undos = ReturnType<typeof createUndos>

/** Changes that undo themselves unless somebody keeps them: what time does with them, and what people choose. */
export function createUndos({ store, due, fire, worse, audit, observe, budget, deps }: UndoServices) {
  const underWay = new Map<string, Promise<void>>()
  let isCounting = false
  let isHeld = false

  async function tick(): Promise<void> {
    if (isHeld) return
    const rows = await store.open()
    const ids = new Set(rows.map(({ id }) => id))
    for (const part of [due, worse, fire]) part.keep(ids)
    const counting = rows.filter(({ state }) => state === 'counting')
    isCounting = counting.length > 0
    for (const row of counting) await follow(row)
    // What a job changed may wait for the next window of Cloudflare's limit; a change of its own is as urgent as a person's.
    const isScarce = spareOf(budget()) < atOnce * callsEach
    const mayStart = (row: UndoRow) => !underWay.has(row.id) && fire.isReady(row) && !(isScarce && isOfJob(row))
    const ready = rows.filter((row) => isDue(row) && mayStart(row))
    await Promise.all(ready.slice(0, Math.max(0, atOnce - underWay.size)).map(start))
  }

  const isDue = (row: UndoRow) => row.state === 'undoing' || (row.state === 'counting' && due.left(row) <= 0)

  /** One that counts: whether its tunnel has become worse, and whether the stored moment is still true. */
  async function follow(row: UndoRow): Promise<void> {
    const observed = observe(row.tunnelId)
    const why = observed && worse.look(row.id, statesOf(row), observed)
    if (why && due.left(row) > 0) {
      await store.worse(row.id, why)
      due.hurry(row.id)
      row.why = why
    } else if (Math.abs(due.at(row) - row.dueAt) > driftMs) await store.dueAt(row.id, due.at(row))
  }

  function start(row: UndoRow): Promise<void> {
    const work = fire
      .writeBack(row)
      .catch((error: unknown) => unforeseen(error))
      .finally(() => underWay.delete(row.id))
    underWay.set(row.id, work)
    return work
  }

  /** Commits the choice for all of a group with an audit entry for each of them, at once. */
  async function choose(
    action: 'undo.keep' | 'undo.now',
    group: string,
    { actor, requestId }: Chooser,
  ): Promise<UndoRow[]> {
    for (;;) {
      const rows = await store.ofGroup(group)
      const open = rows.filter(store.isChoosable)
      const [first] = open
      if (rows.some(isOfJob) && actor.role !== null && !can(actor.role, 'tunnel.bulkUpdate')) throw notOfMany()
      if (!first) throw tooLate(rows)
      const entry = (row: UndoRow) => ({ actor, requestId, action, target: targetOf(row), outcome: 'applied' as const })
      const why = `${actor.email} ${action === 'undo.keep' ? 'kept' : 'chose to undo'} it.`
      try {
        const statements = action === 'undo.keep' ? store.kept(group, open, why) : store.hurried(group, open, why)
        await audit.recordAll(open.map(entry), statements)
      } catch (error) {
        // Somebody, or time, was faster: what is left is looked at anew.
        const still = new Set((await store.ofGroup(group)).filter(store.isChoosable).map(({ id }) => id))
        if (open.every(({ id }) => still.has(id))) throw error
        continue
      }
      return open
    }
  }

  function unforeseen(error: unknown): void {
    deps.log({ level: 'error', event: 'undo.failed', cause: error instanceof Error ? error.message : String(error) })
  }

  function entryOf(row: UndoRow): UndoEntry {
    const { id, group, tunnelId, name, state, why } = row
    const { id: authorId, email } = authorOf(row)
    const { state: stateBefore, bgp: bgpBefore } = statesOf(row)
    const at = state === 'counting' ? due.at(row) : row.dueAt
    return {
      id,
      group,
      tunnelId,
      name,
      by: { id: authorId, email },
      state,
      changes: JSON.parse(row.changes) as FieldChange[],
      dueAt: new Date(at).toISOString(),
      stateBefore,
      bgpBefore,
      why,
    }
  }

  return {
    /** Whether a change waits to be kept: then its tunnel is looked at as if somebody watched. */
    isCounting: () => isCounting,

    /** What people see of them; not at all where they have it already (`If-None-Match`). */
    async view(ifNoneMatch: string | undefined): Promise<View> {
      const rows = await store.recent()
      const body = { undos: rows.map(entryOf) }
      return viewOf(JSON.stringify(body), stampOf(rows), { ifNoneMatch, now: deps.now() })
    },

    /** Lets a change, or all of one job's, stay. Throws `not-found`, or `undo-over` when it is too late. */
    async keep(group: string, chooser: Chooser): Promise<void> {
      await choose('undo.keep', group, chooser)
    },

    /** Writes back a change, or all of one job's. Throws as `keep`. What follows goes on without whoever asked. */
    async undoNow(group: string, chooser: Chooser): Promise<void> {
      for (const { id, state } of await choose('undo.now', group, chooser)) if (state === 'counting') due.hurry(id)
    },

    /** Begins nothing from now on: the process is about to stop, and the next one goes on. */
    hold: (): void => {
      isHeld = true
    },

    /** Undoes what is due. Never throws. */
    tick: (): Promise<void> => tick().catch(unforeseen),
  }
}

/**
 * What tells one list of undos from another. The stored moments count, not those that are sent: the latter are of the wall
 * clock as it stands and differ by a little each time, and what is more than a little is stored.
 */
const stampOf = (rows: readonly UndoRow[]) =>
  JSON.stringify(rows.map(({ id, state, dueAt, why }) => [id, state, dueAt, why]))

/** The changes of a job have its id as their group. */
const isOfJob = ({ id, group }: UndoRow) => id !== group

const statesOf = ({ before }: UndoRow) => JSON.parse(before) as StatesBefore
const targetOf = ({ tunnelId, name }: UndoRow) => ({ id: tunnelId, name })

const overWords: Partial<Record<UndoRow['state'], string>> = {
  undoing: 'The former version is being written back already.',
  kept: 'It has been kept already.',
  undone: 'It has been undone already.',
  blocked: 'Somebody changed the tunnel since, so it is not written over.',
  failed: 'The former version could not be written back.',
  void: 'The change itself did not happen.',
}

function notOfMany(): ProblemError {
  const detail = 'These are changes of a job. Whoever may change many tunnels at once decides about them.'
  return ProblemError.of('forbidden', { detail })
}

function tooLate([row]: readonly UndoRow[]): ProblemError {
  if (!row) return ProblemError.of('not-found', { detail: 'There is no such change that undoes itself' })
  const detail = [overWords[row.state], row.why].filter((text) => text).join(' ')
  return ProblemError.of('undo-over', { detail })
}
