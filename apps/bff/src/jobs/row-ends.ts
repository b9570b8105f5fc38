import type { Intents } from '../changes/intents.ts'
import type { Outcome } from '../changes/request.ts'
import type { Deps } from '../deps.ts'
import { againAfter, endOf, endOfIntent, mostTries, type RowEnd } from './ends.ts'
import type { Memories } from './memory.ts'
import { keyOf, whyPaused } from './rows.ts'
import type { Attempt, JobStore, StoredJob, StoredRow, Turning } from './store.ts'

interface RowEndServices {
  store: JobStore
  intents: Pick<Intents, 'find'>
  memories: Memories
  deps: Pick<Deps, 'db' | 'monotonic'>
}

/** Rows whose end is not known yet are asked for so many at a time. */
const mostTurning = 16

export type RowEnds = ReturnType<typeof createRowEnds>

/** Notes how rows end: by their outcome, or later by what is stored of their change. */
export function createRowEnds({ store, intents, memories, deps }: RowEndServices) {
  let turning: Turning[] = []
  /** Only the one owner of the account may take a row for left behind that it does not carry out itself. */
  let isOwner = false
  let hasStrays = false

  async function conclude(one: StoredJob, row: Attempt & { name: string }, end: RowEnd): Promise<void> {
    memories.of(one.id).tries.delete(row.position)
    const pauses = end.state !== 'done' && one.options.stopAfterFailure
    const paused = store.move(one.id, ['running'], { state: 'paused', why: whyPaused(row.name, end) })
    await deps.db.batch([store.ended(row, end), ...(pauses ? [paused] : [])])
    if (end.state === 'unknown' || end.problem?.code === 'not-applied') turning.push({ ...row, userId: one.by.id })
    await store.finish(one.id, 'paused')
  }

  /** Circumstances stood in the way. The same attempt is made again, under the same key. */
  async function sendBack(one: StoredJob, row: StoredRow, outcome: Outcome): Promise<void> {
    const { tries } = memories.of(one.id)
    const times = (tries.get(row.position) ?? 0) + 1
    tries.set(row.position, times)
    if (times >= mostTries) await conclude(one, row, endOf(outcome))
    else await store.backInLine(row)
  }

  async function settleStray(stray: Turning): Promise<'settled' | 'open'> {
    const intent = await intents.find(stray.userId, keyOf(stray))
    const end = intent && endOfIntent(intent)
    const one = await store.find(stray.jobId)
    if (intent && !end) return 'open'
    if (one && end && !(end.problem && againAfter(end.problem) !== null)) await conclude(one, stray, end)
    else await store.backInLine(stray)
    return 'settled'
  }

  /** Gives back what must be asked for again. */
  async function settleOne(one: Turning): Promise<Turning[]> {
    const intent = await intents.find(one.userId, keyOf(one))
    // Nobody will ever know: what is stored of a change is kept for a day.
    if (!intent) return []
    const end = intent.phase === 'settled' ? endOfIntent(intent) : null
    if (!end) return [one]
    await store.ended(one, end)
    // What was told for want of a trace turns once more if the trace appears.
    return end.state === 'done' || intent.facts === null ? [] : [one]
  }

  return {
    /** Takes up what a former process left. Its changes have been settled before, as far as anybody knows. */
    async start(): Promise<void> {
      isOwner = true
      hasStrays = true
      turning = await store.turning('unknown')
    },

    /** A row has come back from its stops. */
    async came(one: StoredJob, row: StoredRow, outcome: Outcome): Promise<void> {
      const seconds = outcome.kind === 'problem' ? againAfter(outcome.problem) : null
      if (seconds === null) return conclude(one, row, endOf(outcome))
      const memory = memories.of(one.id)
      memory.restsUntil = Math.max(memory.restsUntil, deps.monotonic() + seconds * 1000)
      const intent = await intents.find(one.by.id, keyOf(row))
      // What was written down of it has no end yet: what becomes of it is found there, and nowhere else.
      if (intent && endOfIntent(intent) === null) hasStrays = true
      else await sendBack(one, row, outcome)
    },

    /** The end of a row could not be noted: it stands with its change. */
    astray: () => {
      hasStrays = true
    },

    /** Rows that nobody carries out any more: what became of them stands with their change. */
    async settleStrays(): Promise<void> {
      if (!isOwner || !hasStrays) return
      const strays = (await store.turning('running')).filter(({ jobId, position }) => !memories.has(jobId, position))
      const fates: string[] = []
      for (const stray of strays) fates.push(await settleStray(stray))
      hasStrays = fates.includes('open')
    },

    /** Lost answers of which it is known by now what became of them. */
    async settleTurning(): Promise<void> {
      for (const one of turning.slice(0, mostTurning)) {
        const again = await settleOne(one)
        turning = [...turning.filter((other) => other !== one), ...again]
      }
    },
  }
}
