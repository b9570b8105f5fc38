import type { PlanAnswer } from '@tunnel-console/shared/api'
import { useState } from 'react'
import { useNewestRun } from '../use-newest-run.ts'
import { type AskedRow, checkRows } from './check-rows.ts'

interface CheckState {
  answers: ReadonlyMap<string, PlanAnswer>
  /** `null` while none is under way. */
  progress: { done: number; of: number } | null
  /** Seconds that it waits, because it was asked to. */
  wait: number | null
}

const nothing: CheckState = { answers: new Map(), progress: null, wait: null }

/** The dry run of rows: one at a time, and none that outlives its page or what it was asked about. */
export function useCheck() {
  const [state, setState] = useState(nothing)
  const runs = useNewestRun()

  const start = async (rows: readonly AskedRow[]) => {
    const { signal, isNewest } = runs.begin()
    const change = (next: (now: CheckState) => CheckState) => isNewest() && setState(next)
    setState({ answers: new Map(), progress: { done: 0, of: rows.length }, wait: null })
    await checkRows(
      rows,
      {
        onAnswers: (known) => change((now) => withAnswers(now, known)),
        onWait: (wait) => change((now) => ({ ...now, wait })),
      },
      signal,
    )
    change((now) => ({ ...now, progress: null, wait: null }))
  }
  const forget = () => {
    runs.forget()
    setState(nothing)
  }
  return { ...state, start, cancel: runs.cancel, forget }
}

function withAnswers(now: CheckState, known: CheckState['answers']): CheckState {
  const answers = new Map([...now.answers, ...known])
  return { ...now, answers, progress: now.progress && { ...now.progress, done: answers.size } }
}
