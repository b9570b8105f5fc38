import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { fateOf, fates } from '@tunnel-console/shared/fate'
import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useEffect, useReducer, useRef } from 'react'
import { useIdempotencyKey } from '../../../data/idempotency-key.ts'
import { isSettled } from '../../../data/outcome.ts'
import { type LeftHandle, type LeftWriteOptions, takeOver } from './left-writes.ts'
import { useAlone } from './use-alone.ts'
import { useOutcome } from './use-outcome.ts'
import { whyNot } from './why-not.ts'
import { startState, type WriteEvent, writeReducer } from './write-state.ts'

interface WriteOptions<Answer> {
  /** What is sent. The same thing goes out under the same key until it is certain that nothing happened (H3, H6). */
  payload: unknown
  send: (key: string) => Promise<Answer>
  /** The key by which its outcome is asked, where the console knows it under another one. */
  askedBy?: (key: string) => string
  onApplied: (answer: Answer) => void
  /** It turns out later that it happened: the answer of the write itself is lost, and this is what is left of it. */
  onAppliedLate: (answer: OutcomeAnswer) => void
  /** What the page makes of a failure that is certain. */
  eventFor?: (problem: Problem) => WriteEvent
  /** How to go on without the page, when the person leaves before it is known. Absent where nobody can. */
  left?: LeftWriteOptions<Answer>
}

const unchanged = (problem: Problem): WriteEvent => ({ type: 'stopped', stop: { kind: 'unchanged', problem } })

/**
 * One write of a page, from the press to its known fate. It is sent once under a key of its own. When its answer is lost,
 * what became of it is asked by that key until it is known, and nothing is sent meanwhile.
 */
export function useWrite<Answer>(options: WriteOptions<Answer>) {
  const [state, dispatch] = useReducer(writeReducer, startState)
  const once = useIdempotencyKey()
  const alone = useAlone()
  const isDone = useRef(false)
  const askedBy = options.askedBy ?? ((key: string) => key)
  const lost = state.stop?.kind === 'unknown' ? state.stop : null
  const watch = useOutcome(lost?.key ?? null)
  const sentKey = useRef<string | null>(null)
  const away = useAway(options.left, () =>
    lost ? { kind: 'unknown', key: lost.key } : sentKey.current ? { kind: 'running' } : null,
  )

  const finish = () => {
    isDone.current = true
    dispatch({ type: 'saved' })
  }
  const fail = (problem: Problem, key: string) => {
    const fate = fateOf(problem)
    // The shell asks to sign in again; the same request under the same key may follow then.
    if (problem.status === 401) dispatch({ type: 'interrupted' })
    else if (fate === 'unknown')
      dispatch({ type: 'stopped', stop: { kind: fate, problem, key: askedBy(key), since: Date.now() } })
    else dispatch((options.eventFor ?? unchanged)(problem))
    if (fates[fate].repeatable && problem.status !== 401) once.renew()
  }
  const settle = (answer: OutcomeAnswer) => {
    if (answer.outcome !== 'applied') return fail(whyNot(answer), '')
    finish()
    options.onAppliedLate(answer)
  }
  useSettling(lost && watch.answer, settle)

  /** Does it alone, and not at all once it is done or while nobody knows whether it is. */
  const free = (work: () => Promise<void>) => alone(async () => (isDone.current || lost !== null ? undefined : work()))
  const send = (isReady: () => Promise<boolean> = async () => true) =>
    free(async () => {
      dispatch({ type: 'applying' })
      if (!(await isReady())) return
      const key = once.for(options.payload)
      let answer: Answer
      sentKey.current = key
      try {
        answer = await options.send(key)
      } catch (error) {
        sentKey.current = null
        return away.current ? away.current.failed(problemOf(error), key) : fail(problemOf(error), key)
      }
      sentKey.current = null
      if (away.current) return away.current.applied(answer)
      finish()
      options.onApplied(answer)
    })
  /** As if nothing had been sent: the next write is another one. */
  const startOver = () => {
    isDone.current = false
    once.renew()
    dispatch({ type: 'rebased' })
  }
  return { state, dispatch, watch, free, send, startOver, isDone }
}

/** Hands the write over when the page goes before it is known what became of it. */
function useAway<Answer>(
  left: LeftWriteOptions<Answer> | undefined,
  standing: () => Parameters<typeof takeOver>[1] | null,
) {
  const latest = useRef({ left, standing })
  latest.current = { left, standing }
  const away = useRef<LeftHandle<Answer> | null>(null)
  // React tells of coming and going by effects alone.
  useEffect(() => {
    away.current = null
    return () => {
      const now = latest.current.standing()
      away.current = latest.current.left && now ? takeOver(latest.current.left, now) : null
    }
  }, [])
  return away
}

/** Turns the page when the outcome is known. */
function useSettling(answer: OutcomeAnswer | null, settle: (answer: OutcomeAnswer) => void): void {
  const latest = useRef(settle)
  latest.current = settle
  // The outcome comes from a poll, outside what the person does.
  useEffect(() => {
    if (answer && isSettled(answer)) latest.current(answer)
  }, [answer])
}
