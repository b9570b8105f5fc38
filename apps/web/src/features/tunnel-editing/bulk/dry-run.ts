import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { freshTunnel, validateMany } from '../../../data/many.ts'
import type { BulkDraft, ChosenOne } from './bulk-start.ts'
import { type DryRow, judgedRow, planRow, unreadRow, wordsOf } from './plan.ts'

/** So many tunnels are asked about in one request, and so many are read at a time: Cloudflare's quota is everybody's. */
const chunkSize = 25
const readsAtOnce = 4

export interface DryRunEvents {
  /** Rows that are known by now. */
  onRows: (rows: readonly DryRow[]) => void
  /** It waits so many seconds, because Cloudflare or the console asked for it; `null`: it goes on. */
  onWait: (seconds: number | null) => void
}

/** Asks Cloudflare about each tunnel, some at a time. Ends when all are known, or when `signal` says so. */
export async function runDry(
  draft: BulkDraft,
  tunnels: readonly ChosenOne[],
  events: DryRunEvents,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < tunnels.length && !signal.aborted; from += chunkSize) {
    const chunk = tunnels.slice(from, from + chunkSize)
    const planned = await readAll(draft, chunk, events, signal)
    const judged = await ask(planned, events, signal)
    if (!signal.aborted) events.onRows(judged)
  }
}

async function readAll(
  draft: BulkDraft,
  chunk: readonly ChosenOne[],
  events: DryRunEvents,
  signal: AbortSignal,
): Promise<DryRow[]> {
  const rows: DryRow[] = []
  const left = [...chunk.entries()]
  const work = async () => {
    for (let next = left.shift(); next && !signal.aborted; next = left.shift()) {
      const [index, chosen] = next
      const read = await patiently(() => freshTunnel(chosen.id, signal), events, signal)
      rows[index] = read.ok ? planRow(chosen, read.value, draft) : unreadRow(chosen, read.problem)
    }
  }
  await Promise.all(Array.from({ length: readsAtOnce }, work))
  return rows.filter((row) => row !== undefined)
}

async function ask(rows: readonly DryRow[], events: DryRunEvents, signal: AbortSignal): Promise<DryRow[]> {
  const asked = rows.flatMap(({ result, change }) => (result === 'not-checked' && change ? [change] : []))
  if (asked.length === 0 || signal.aborted) return [...rows]
  const answer = await patiently(() => validateMany(asked, signal), events, signal)
  const isAsked = (row: DryRow) => row.result === 'not-checked' && row.change !== null
  return rows.map((row) => {
    if (!isAsked(row)) return row
    if (!answer.ok)
      return unanswered(
        row,
        answer.problem,
        asked.findIndex(({ id }) => id === row.id),
      )
    return judgedRow(
      row,
      answer.value.find(({ id }) => id === row.id),
    )
  })
}

/** The whole request was refused: a row that it names is at fault, the others were not looked at. */
function unanswered(row: DryRow, problem: Problem, index: number): DryRow {
  const own = problem.errors?.filter(({ pointer }) => pointer.startsWith(`/tunnels/${index}/`)) ?? []
  if (own.length > 0) return { ...row, result: 'refused', reason: own.map(({ detail }) => detail).join(' ') }
  return { ...row, reason: problem.errors ? 'Another tunnel of the same request was refused' : wordsOf(problem) }
}

type Attempt<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** Tries again for as long as somebody asks us to slow down, after the time that they name. */
export async function patiently<T>(
  work: () => Promise<T>,
  { onWait }: Pick<DryRunEvents, 'onWait'>,
  signal: AbortSignal,
): Promise<Attempt<T>> {
  for (;;) {
    try {
      return { ok: true, value: await work() }
    } catch (error) {
      const problem = problemOf(error)
      if (signal.aborted || problem.status !== 429) return { ok: false, problem }
      const seconds = Math.max(1, problem.retryAfter ?? usualWait)
      onWait(seconds)
      await pause(seconds * 1000, signal)
      onWait(null)
      if (signal.aborted) return { ok: false, problem }
    }
  }
}

/** Where nobody says how long, in seconds. */
const usualWait = 10

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
