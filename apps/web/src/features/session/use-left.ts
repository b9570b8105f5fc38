import { serverAhead } from '../../lib/server-clock.ts'
import { useTimely } from '../../ui/time-ago.tsx'

/** Nearer than this, each second counts. */
const nearMs = 150_000
const coarseMs = 10_000

/** How long until `at` by the server's clock, in milliseconds: fresh each second when it is near, else each ten seconds. */
export function useLeft(at: string): number {
  return useTimely((now) => {
    const left = Date.parse(at) - now.getTime() - serverAhead()
    const step = left > nearMs ? coarseMs : 1000
    return Math.ceil(left / step) * step
  })
}
