import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import type { Stop, WriteEvent } from '../write/write-state.ts'

/** What a failure means that is about the tunnel itself: it is another by now, or gone. `null` for every other failure. */
export function tunnelEventFor(problem: Problem): WriteEvent | null {
  const fate = fateOf(problem)
  if (fate === 'gone') return { type: 'stopped', stop: { kind: 'gone' } }
  return fate === 'conflict' ? { type: 'stopped', stop: conflictOf(problem) } : null
}

/** A conflict that does not bring the tunnel as it is now cannot be merged. */
function conflictOf(problem: Problem): Stop {
  const { current, version } = problem
  const tunnel = Tunnel.safeParse(current)
  return tunnel.success && typeof version === 'string'
    ? { kind: 'conflict', current: tunnel.data, version }
    : { kind: 'unchanged', problem }
}
