import type { Author } from '../changes/change.ts'
import type { Outcome, Request } from '../changes/request.ts'
import type { Budget } from '../cloudflare/budget.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'
import type { Memories } from './memory.ts'
import type { RowEnds } from './row-ends.ts'
import { keyOf } from './rows.ts'
import { movesOf, stepOf } from './step.ts'
import type { JobStore, RowChange, StoredJob, StoredRow } from './store.ts'
import { type States, standingOf, worseSince } from './worse.ts'

export interface RunnerServices {
  store: JobStore
  ends: RowEnds
  memories: Memories
  /** Takes the change of a row through its stops. */
  run: (request: Request<RowChange>) => Promise<Outcome>
  budget: () => Budget | null
  /** The job's person with the role that they have now, or in words why they may do this no more. */
  authorOf: (job: Pick<StoredJob, 'by' | 'kind'>) => Promise<Author | string>
  states: States
  deps: Pick<Deps, 'now' | 'monotonic' | 'background' | 'log'>
}

export type Runner = ReturnType<typeof createRunner>

/**
 * Carries jobs out: takes each step that `step.ts` names, when time passes and when a row ends. No timer per job, and
 * nothing in memory that a restart would miss. Never throws.
 */
export function createRunner({ store, ends, memories, run, budget, authorOf, states, deps }: RunnerServices) {
  const working = new Set<Promise<void>>()
  let pumping: Promise<void> | null = null
  let isWanted = false
  let isHeld = false

  /** Does all that can be done now. One pass at a time; whoever comes meanwhile causes another. */
  function pump(): Promise<void> {
    isWanted = true
    pumping ??= passes()
    deps.background(pumping)
    return pumping
  }

  async function passes(): Promise<void> {
    do {
      isWanted = false
      await (isHeld ? null : pass().catch(failed))
    } while (isWanted)
    pumping = null
  }

  async function pass(): Promise<void> {
    await ends.settleStrays()
    const active = await store.inState('scheduled', 'waiting', 'running')
    const now = deps.now().getTime()
    for (const { id, to } of movesOf(active, now)) {
      if (to === 'waiting') await store.move(id, ['scheduled'], { state: to })
      else if (to === 'missed') await store.move(id, ['scheduled'], { state: to, why: missed })
      else await store.begin(id, now)
    }
    if (active.length > 0) for (const one of await store.inState('running')) await advance(one)
  }

  async function advance(one: StoredJob): Promise<void> {
    const { id, options, batch } = one
    const memory = memories.of(id)
    const rows = await store.rowStates(id)
    const step = stepOf({
      options,
      rows,
      batch,
      batchEndedAt: memory.batchEndedAt,
      inFlight: memory.inFlight.size,
      inFlightElsewhere: memories.inFlightElsewhere(id),
      restsUntil: memory.restsUntil,
      budget: budget(),
      now: deps.monotonic(),
    })
    if (step.kind === 'start') return start(one, step.positions)
    const worse = await worseSince(states, one, rows)
    if (step.kind === 'end') return end(id, worse)
    if (worse !== null) return pause(id, worse)
    memory.batchEndedAt = step.kind === 'close' ? deps.monotonic() : null
    if (step.kind === 'close') return advance(one)
    const next = { positions: step.positions, before: standingOf(states, one, rows, step.positions) }
    await store.batch(id, next)
    return advance({ ...one, batch: next })
  }

  /** Where it really ended, the next of its kind may begin. A process that was overtaken changes nothing. */
  async function end(id: string, why: string | null): Promise<void> {
    if (await store.finish(id, 'running', why)) isWanted = true
    memories.forget(id)
  }

  async function pause(id: string, why: string): Promise<void> {
    const moved = await store.move(id, ['running'], { state: 'paused', why })
    if (moved.length > 0) isWanted = true
  }

  async function start(one: StoredJob, positions: readonly number[]): Promise<void> {
    if (positions.length === 0) return
    const author = await authorOf(one)
    if (typeof author === 'string') return pause(one.id, author)
    for (const position of positions) {
      const row = isHeld ? null : await store.claim(one.id, position)
      if (row) track(one, row, author)
    }
  }

  function track(one: StoredJob, row: StoredRow, author: Author): void {
    const { inFlight } = memories.of(one.id)
    inFlight.add(row.position)
    const work = carryOut(one, row, author)
      .catch((error: unknown) => {
        ends.astray()
        failed(error)
      })
      .then(() => {
        inFlight.delete(row.position)
        return pump()
      })
      .finally(() => working.delete(work))
    working.add(work)
    deps.background(work)
  }

  async function carryOut(one: StoredJob, row: StoredRow, author: Author): Promise<void> {
    const { id, reason, requestId, options } = one
    const { change } = row
    const minutes = change.kind === 'update' ? options.undoMinutes : null
    const outcome = await run({
      change,
      author,
      requestId,
      key: keyOf(row),
      reason: reason ?? undefined,
      isPaced: true,
      ...(minutes !== null && { undo: { minutes, group: id } }),
    })
    await ends.came(one, row, outcome)
  }

  function failed(error: unknown): void {
    deps.log({ level: 'error', event: 'jobs.failed', cause: describe(error) })
  }

  return {
    /** Somebody steered a job, or made one. */
    pump,

    async tick(): Promise<void> {
      await ends.settleTurning().catch(failed)
      await pump()
    },

    /** Nothing new begins from now on: the process is about to stop. */
    hold(): void {
      isHeld = true
    },

    /** Resolves when no row is under way and nothing is left to do until time passes. */
    async idle(): Promise<void> {
      while (working.size > 0 || pumping) await Promise.allSettled([...working, pumping])
    },
  }
}

const missed = 'Its time passed while the console did not run.'
