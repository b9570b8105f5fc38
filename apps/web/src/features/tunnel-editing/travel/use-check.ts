import type { PlanAnswer } from '@tunnel-console/shared/api'
import { useEffect, useRef, useState } from 'react'
import { checkRows } from './check-rows.ts'
import type { TravelRow } from './rows.ts'

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
  const running = useRef<AbortController | null>(null)
  const cancel = () => running.current?.abort()
  // Requests are outside React.
  useEffect(() => () => running.current?.abort(), [])

  const start = async (rows: readonly TravelRow[]) => {
    cancel()
    const own = new AbortController()
    running.current = own
    const change = (next: (now: CheckState) => CheckState) => running.current === own && setState(next)
    setState({ answers: new Map(), progress: { done: 0, of: rows.length }, wait: null })
    await checkRows(
      rows,
      {
        onAnswers: (known) => change((now) => withAnswers(now, known)),
        onWait: (wait) => change((now) => ({ ...now, wait })),
      },
      own.signal,
    )
    change((now) => ({ ...now, progress: null, wait: null }))
  }
  const forget = () => {
    cancel()
    running.current = null
    setState(nothing)
  }
  return { ...state, start, cancel, forget }
}

function withAnswers(now: CheckState, known: CheckState['answers']): CheckState {
  const answers = new Map([...now.answers, ...known])
  return { ...now, answers, progress: now.progress && { ...now.progress, done: answers.size } }
}
