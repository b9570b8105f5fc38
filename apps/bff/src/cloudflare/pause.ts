import { ProblemError } from '@tunnel-console/shared/problem'
import type { Call } from './envelope.ts'

/**
 * Keeps quiet for as long as Cloudflare asks, whoever calls: over the limit it refuses everything, and each further call
 * only makes that longer (U5). The REST API and GraphQL count on their own. In monotonic milliseconds, so that setting
 * the clock neither lifts a pause nor extends it (L7).
 */
export function createPause(monotonic: () => number) {
  const until = { rest: 0, graphql: 0 }
  const sideOf = ({ operation }: Call) => (operation.kind === 'graphql' ? 'graphql' : 'rest')
  return {
    /** Throws `upstream-rate-limited` during a pause. */
    check(call: Call): void {
      const retryAfter = Math.ceil((until[sideOf(call)] - monotonic()) / 1000)
      if (retryAfter > 0) throw ProblemError.of('upstream-rate-limited', { retryAfter })
    },
    learn(call: Call, failure: unknown): void {
      if (!(failure instanceof ProblemError) || failure.problem.code !== 'upstream-rate-limited') return
      until[sideOf(call)] = monotonic() + (failure.problem.retryAfter ?? 60) * 1000
    },
  }
}
