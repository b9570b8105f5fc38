import { ProblemError } from '@tunnel-console/shared/problem'
import { Ambiguous } from '../cloudflare/ambiguous.ts'
import type { Call } from '../cloudflare/envelope.ts'

export type CallCounts = ReturnType<typeof createCallCounts>

/** Counts what is asked of Cloudflare, by kind and by how it ended. Both come from closed lists, so there are few series. */
export function createCallCounts() {
  const counts = new Map<string, { kind: string; result: string; times: number }>()
  return {
    /** Counts one request that has ended, well (`null`) or not. */
    count({ operation: { kind } }: Call, failure: unknown): void {
      const result = resultOf(failure)
      const key = `${kind} ${result}`
      counts.set(key, { kind, result, times: (counts.get(key)?.times ?? 0) + 1 })
    },
    list: () => [...counts.values()],
  }
}

function resultOf(failure: unknown): string {
  if (failure === null) return 'ok'
  if (failure instanceof Ambiguous) return resultOf(failure.because)
  return failure instanceof ProblemError ? failure.problem.code : 'internal'
}
