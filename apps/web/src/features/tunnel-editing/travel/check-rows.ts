import type { PlanAnswer } from '@tunnel-console/shared/api'
import type { AskedChange } from '@tunnel-console/shared/jobs'
import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { checkPlan } from '../../../data/many.ts'
import { type DryRunEvents, patiently } from '../bulk/dry-run.ts'
import type { TravelRow } from './rows.ts'

/** So many rows are asked about in one request: Cloudflare's quota is everybody's. */
const chunkSize = 25

/** What is asked about one row; `null`: nothing. */
export type AskedRow = Pick<TravelRow, 'key' | 'asked'>

export interface CheckEvents extends Pick<DryRunEvents, 'onWait'> {
  /** What is known by now, by the key of its row. */
  onAnswers: (answers: ReadonlyMap<string, PlanAnswer>) => void
}

/** Asks Cloudflare about each row, some at a time. Ends when all are known, or when `signal` says so. */
export async function checkRows(rows: readonly AskedRow[], events: CheckEvents, signal: AbortSignal): Promise<void> {
  const askable = rows.flatMap(({ key, asked }) => (asked ? [{ key, asked }] : []))
  for (let from = 0; from < askable.length && !signal.aborted; from += chunkSize) {
    const chunk = askable.slice(from, from + chunkSize)
    const answers = await answersTo(
      chunk.map(({ asked }) => asked),
      events,
      signal,
    )
    if (signal.aborted) return
    const none = refused(problemOf(null))
    events.onAnswers(new Map(chunk.map(({ key }, index) => [key, answers[index] ?? none])))
  }
}

async function answersTo(asked: AskedChange[], events: CheckEvents, signal: AbortSignal): Promise<PlanAnswer[]> {
  const answer = await patiently(() => checkPlan(asked, signal), events, signal)
  if (answer.ok) return answer.value
  return asked.map((_, index) => {
    const own = answer.problem.errors?.filter(({ pointer }) => pointer.startsWith(`/tunnels/${index}/`)) ?? []
    if (own.length > 0) return { outcome: 'rejected', problem: { ...answer.problem, errors: own } }
    return { ...refused(answer.problem), outcome: 'unknown' }
  })
}

const refused = (problem: Problem): PlanAnswer => ({ outcome: 'rejected', problem })
