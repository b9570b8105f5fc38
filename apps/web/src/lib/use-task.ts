import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useRef, useState } from 'react'

export interface Task {
  isBusy: boolean
  /** Why the last one failed. */
  problem: Problem | null
  /** Does one piece of work at a time; what is started meanwhile, by a second press, does nothing. */
  run: <T>(work: () => Promise<T>, after: (result: T) => void, onFailure?: (problem: Problem) => void) => Promise<void>
  forget: () => void
}

/** For what no cache may hold, a password or a one-time link: runs a request of which only its failure is kept. */
export function useTask(): Task {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const isAtWork = useRef(false)
  const run: Task['run'] = async (work, after, onFailure) => {
    if (isAtWork.current) return
    isAtWork.current = true
    setBusy(true)
    setProblem(null)
    try {
      after(await work())
    } catch (error) {
      const failure = problemOf(error)
      // The shell asks to sign in again; the press can be repeated then.
      if (failure.code !== 'unauthenticated') setProblem(failure)
      onFailure?.(failure)
    }
    isAtWork.current = false
    setBusy(false)
  }
  return { isBusy, problem, run, forget: () => setProblem(null) }
}
