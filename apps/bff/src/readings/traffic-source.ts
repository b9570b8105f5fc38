import type { StatusSource } from '@tunnel-console/shared/api'
import type { ProblemError } from '@tunnel-console/shared/problem'
import type { Deps } from '../deps.ts'
import { createFailureLog } from './failure-log.ts'
import { failureOf } from './tunnels.ts'

export type TrafficSource = ReturnType<typeof createTrafficSource>

/**
 * How traffic analytics stand, by whoever had to ask them last. A token without the permission is told of
 * once, in the log and in the sources; all else goes on without.
 */
export function createTrafficSource(deps: Pick<Deps, 'log' | 'monotonic' | 'now'>) {
  const failures = createFailureLog('traffic', deps)
  let at: string | null = null
  let lastFailure: ProblemError | null | undefined

  return {
    /** `undefined`: nobody had to ask. */
    told(failure: ProblemError | null | undefined): void {
      if (failure === undefined) return
      const isKnown = isRefusal(failure) && isRefusal(lastFailure)
      lastFailure = failure
      if (failure === null) at = deps.now().toISOString()
      if (failure === null) failures.recovered()
      else if (!isKnown) failures.failed(failure)
    },

    /** Absent until it has been asked. */
    source(): { traffic?: StatusSource } {
      if (lastFailure === undefined) return {}
      return { traffic: { at, ok: lastFailure === null, failure: failureOf({ lastFailure }) } }
    },
  }
}

const isRefusal = (failure: ProblemError | null | undefined) => failure?.problem.code === 'upstream-unauthorized'
