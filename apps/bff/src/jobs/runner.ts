import type { TunnelState } from '@tunnel-console/shared/status'
import type { Author } from '../changes/change.ts'
import type { Intents } from '../changes/intents.ts'
import type { Outcome, Request } from '../changes/request.ts'
import type { Budget } from '../cloudflare/budget.ts'
import type { Deps } from '../deps.ts'
import { describe } from '../http/on-error.ts'
import { againAfter, endOf, endOfIntent, mostTries, type RowEnd } from './ends.ts'
import { keyOf, whyPaused } from './rows.ts'
import { movesOf, stepOf } from './step.ts'
import type { Attempt, JobStore, RowChange, StoredJob, StoredRow, Turning } from './store.ts'
import { worseOf } from './worse.ts'

export interface RunnerServices {
  store: JobStore
  intents: Pick<Intents, 'find'>
  /** Takes the change of a row through its stops. */
  run: (request: Request<RowChange>) => Promise<Outcome>
  budget: () => Budget | null
  /** The job's person with the role that they have now, or in words why they may do this no more. */
  authorOf: (job: Pick<StoredJob, 'by' | 'kind'>) => Promise<Author | string>
  /** How a tunnel stands, and reading it anew. */
  states: { of: (tunnelId: string) => TunnelState | null; refresh: () => Promise<unknown> }
  deps: Pick<Deps, 'db' | 'now' | 'monotonic' | 'background' | 'log'>
}

/** What of a job needs no memory beyond this process. Monotonic milliseconds. */
interface Memory {
  inFlight: Set<number>
  /** How often a row was sent back in a row. */
  tries: Map<number, number>
  batchEndedAt: number | null
  restsUntil: number
}

/** Rows whose end is not known yet are asked for so many at a time. */
const mostTurning = 16

export type Runner = ReturnType<typeof createRunner>

/**
 * Carries jobs out: takes each step that `step.ts` names, when time passes and when a row ends. No timer per job, and
 * nothing in memory that a restart would miss. Never throws.
 */
export function createRunner({ store, intents, run, budget, authorOf, states, deps }: RunnerServices) {
  const memories = new Map<string, Memory>()
  const working = new Set<Promise<void>>()
  let turning: Turning[] = []
  let pumping: Promise<void> | null = null
  let isWanted = false
  let isHeld = false
  /** Only the one owner of the account may take a row for left behind that it does not carry out itself. */
  let isOwner = false
  let hasStrays = false

  const memoryOf = (id: string): Memory => {
    const known = memories.get(id) ?? { inFlight: new Set(), tries: new Map(), batchEndedAt: null, restsUntil: 0 }
    memories.set(id, known)
    return known
  }
  const inFlightOf = (which: (id: string) => boolean) =>
    [...memories].reduce((sum, [id, { inFlight }]) => sum + (which(id) ? inFlight.size : 0), 0)

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
    if (isOwner && hasStrays) await settleStrays()
    const active = await store.inState('scheduled', 'waiting', 'running')
    const now = deps.now().getTime()
    for (const { id, to } of movesOf(active, now)) {
      const [from, more] = {
        waiting: [['scheduled'], {}] as const,
        missed: [['scheduled'], { why: 'Its time passed while the console did not run.' }] as const,
        running: [
          ['waiting'],
          { why: null, startedAt: active.find((one) => one.id === id)?.startedAt ?? now },
        ] as const,
      }[to]
      await store.move(id, from, { state: to, ...more })
    }
    if (active.length > 0) for (const one of await store.inState('running')) await advance(one)
  }

  async function advance(one: StoredJob): Promise<void> {
    const memory = memoryOf(one.id)
    const rows = await store.rowStates(one.id)
    const { id, options, batch } = one
    const step = stepOf({
      options,
      rows,
      batch,
      batchEndedAt: memory.batchEndedAt,
      inFlight: memory.inFlight.size,
      inFlightElsewhere: inFlightOf((other) => other !== id),
      restsUntil: memory.restsUntil,
      budget: budget(),
      now: deps.monotonic(),
    })
    switch (step.kind) {
      case 'start':
        return start(one, step.positions)
      case 'end':
        await store.finish(id, 'running', await worseSince(one, rows))
        memories.delete(id)
        // The next of its kind may begin.
        isWanted = true
        return
      case 'close':
        if (await pausedForWorse(one, rows)) return
        memory.batchEndedAt = deps.monotonic()
        return advance(one)
      case 'open': {
        if (await pausedForWorse(one, rows)) return
        const next = { positions: step.positions, before: standingOf(one, rows, step.positions) }
        await store.batch(id, next)
        memory.batchEndedAt = null
        return advance({ ...one, batch: next })
      }
    }
  }

  type Named = Awaited<ReturnType<JobStore['rowStates']>>

  function standingOf({ options }: StoredJob, rows: Named, positions: readonly number[]): Record<string, string> {
    if (!options.stopWhenWorse) return {}
    const chosen = rows.filter(({ position }) => positions.includes(position))
    return Object.fromEntries(
      chosen.flatMap(({ tunnelId }) => {
        const state = states.of(tunnelId)
        return state === null ? [] : [[tunnelId, state]]
      }),
    )
  }

  async function pausedForWorse(one: StoredJob, rows: Named): Promise<boolean> {
    const why = await worseSince(one, rows)
    if (why !== null) await pause(one, why)
    return why !== null
  }

  async function pause({ id }: StoredJob, why: string): Promise<void> {
    await store.move(id, ['running'], { state: 'paused', why })
    isWanted = true
  }

  /** Which tunnels of the batch stand worse than before it, by a reading of this moment. */
  async function worseSince({ options, batch }: StoredJob, rows: Named): Promise<string | null> {
    if (!options.stopWhenWorse || !batch) return null
    await states.refresh()
    const chosen = rows.filter(({ position }) => batch.positions.includes(position))
    return worseOf(
      chosen.map(({ tunnelId, name }) => ({
        name,
        before: (batch.before[tunnelId] as TunnelState | undefined) ?? null,
        now: states.of(tunnelId),
      })),
    )
  }

  async function start(one: StoredJob, positions: readonly number[]): Promise<void> {
    if (positions.length === 0) return
    const author = await authorOf(one)
    if (typeof author === 'string') {
      await pause(one, author)
      return
    }
    for (const position of positions) {
      const row = isHeld ? null : await store.claim(one.id, position)
      if (!row) continue
      const memory = memoryOf(one.id)
      memory.inFlight.add(position)
      const work = carryOut(one, row, author)
        .catch((error: unknown) => {
          hasStrays = true
          failed(error)
        })
        .then(() => {
          memory.inFlight.delete(position)
          isWanted = true
        })
        .then(pump)
        .finally(() => working.delete(work))
      working.add(work)
      deps.background(work)
    }
  }

  async function carryOut(one: StoredJob, row: StoredRow, author: Author): Promise<void> {
    const { id, reason, requestId, options, by } = one
    const outcome = await run({
      change: row.change,
      author,
      requestId,
      key: keyOf(row),
      reason: reason ?? undefined,
      isPaced: true,
      ...(options.undoMinutes !== null &&
        row.change.kind === 'update' && { undo: { minutes: options.undoMinutes, group: id } }),
    })
    const seconds = outcome.kind === 'problem' ? againAfter(outcome.problem) : null
    if (seconds === null) return conclude(one, row, endOf(outcome))
    const memory = memoryOf(id)
    memory.restsUntil = Math.max(memory.restsUntil, deps.monotonic() + seconds * 1000)
    const intent = await intents.find(by.id, keyOf(row))
    // What was written down of it has no end yet: what becomes of it is found there, and nowhere else.
    if (intent && endOfIntent(intent) === null) hasStrays = true
    else await sentBack(one, row, outcome)
  }

  /** Circumstances stood in the way. The same attempt is made again, under the same key. */
  async function sentBack(one: StoredJob, row: StoredRow, outcome: Outcome): Promise<void> {
    const { tries } = memoryOf(one.id)
    const times = (tries.get(row.position) ?? 0) + 1
    tries.set(row.position, times)
    if (times >= mostTries) await conclude(one, row, endOf(outcome))
    else await store.backInLine(row)
  }

  async function conclude(one: StoredJob, row: Attempt & { name: string }, end: RowEnd): Promise<void> {
    memoryOf(one.id).tries.delete(row.position)
    const pauses = end.state !== 'done' && one.options.stopAfterFailure
    const paused = store.move(one.id, ['running'], { state: 'paused', why: whyPaused(row.name, end) })
    await deps.db.batch([store.ended(row, end), ...(pauses ? [paused] : [])])
    follow({ ...row, userId: one.by.id }, end)
    await store.finish(one.id, 'paused')
  }

  function follow({ jobId, position, attempt, name, userId }: Turning, { state, problem }: RowEnd): void {
    if (state === 'unknown' || problem?.code === 'not-applied') turning.push({ jobId, position, attempt, name, userId })
  }

  /** Rows that nobody carries out any more: what became of them stands with their change. */
  async function settleStrays(): Promise<void> {
    hasStrays = false
    for (const stray of await store.turning('running')) {
      if (memories.get(stray.jobId)?.inFlight.has(stray.position)) continue
      const intent = await intents.find(stray.userId, keyOf(stray))
      const end = intent && endOfIntent(intent)
      const one = await store.find(stray.jobId)
      if (!intent || (end?.problem && againAfter(end.problem) !== null)) await store.backInLine(stray)
      else if (end && one) await conclude(one, stray, end)
      else hasStrays = true
    }
  }

  /** Lost answers of which it is known by now what became of them. */
  async function settleTurning(): Promise<void> {
    const some = turning.splice(0, mostTurning)
    for (const one of some) {
      const intent = await intents.find(one.userId, keyOf(one))
      // Nobody will ever know: what is stored of a change is kept for a day.
      if (!intent) continue
      const end = endOfIntent(intent)
      if (intent.phase === 'settled' && end) await store.ended(one, end)
      const isFinal = intent.phase === 'settled' && (end?.state === 'done' || intent.facts === null)
      if (!isFinal) turning.push(one)
    }
  }

  function failed(error: unknown): void {
    deps.log({ level: 'error', event: 'jobs.failed', cause: describe(error) })
  }

  return {
    /** Takes up what a former process left. Its changes have been settled before, as far as anybody knows. */
    async start(): Promise<void> {
      isOwner = true
      hasStrays = true
      turning = await store.turning('unknown')
    },

    /** Somebody steered a job, or made one. */
    pump,

    /** Begins what was left resting: a person said so. */
    forgetRest(id: string): void {
      Object.assign(memoryOf(id), { batchEndedAt: null, restsUntil: 0, tries: new Map() })
    },

    async tick(): Promise<void> {
      await settleTurning().catch(failed)
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
