import { type Budget, keptShare, usualQuota } from '../cloudflare/budget.ts'
import type { Deps } from '../deps.ts'

/** Cloudflare's published window, where its answers do not tell one. */
const usual = { quota: usualQuota, windowMs: 300_000 }

export type Spending = ReturnType<typeof createSpending>

/**
 * What requests for many tunnels may spend of Cloudflare's limit: all but a fifth of it. It is counted by what Cloudflare
 * tells, and by our own calls where it tells nothing. In memory and on monotonic time.
 */
export function createSpending(budget: () => Budget | null, { monotonic }: Pick<Deps, 'monotonic'>) {
  let spent: { at: number; calls: number }[] = []

  function left(): { calls: number; quota: number; resetAfterMs: number } {
    const told = budget()
    if (told?.quota) return { calls: told.remaining, quota: told.quota, resetAfterMs: told.resetAfterMs }
    const now = monotonic()
    spent = spent.filter(({ at }) => at > now - usual.windowMs)
    const calls = usual.quota - spent.reduce((sum, one) => sum + one.calls, 0)
    return { calls, quota: usual.quota, resetAfterMs: (spent[0]?.at ?? now) + usual.windowMs - now }
  }

  return {
    /** Seconds until so many calls may be made; `null`: now. What is more than half of what is free needs half of it. */
    wait(calls: number): number | null {
      const { calls: remaining, quota, resetAfterMs } = left()
      const free = remaining - quota * keptShare
      if (free >= Math.min(calls, (quota * (1 - keptShare)) / 2)) return null
      return Math.max(1, Math.ceil(resetAfterMs / 1000))
    },

    /** So many calls are made now. */
    spend(calls: number): void {
      spent.push({ at: monotonic(), calls })
    },
  }
}
