import type { Call } from './envelope.ts'

/** How many requests Cloudflare still takes before it refuses everything. */
export interface Budget {
  remaining: number
  /** Milliseconds until the window ends and the count begins anew. */
  resetAfterMs: number
  /** How many requests a whole window holds, where Cloudflare says so. */
  quota: number | null
}

/** What is kept for people and polls, as a share of the quota; and the quota where Cloudflare does not tell it. */
export const keptShare = 0.2
export const usualQuota = 1200

/** How many requests a batch of changes may still send in this window. Unlimited while nothing is known. */
export function spareOf(budget: Budget | null): number {
  if (!budget) return Number.POSITIVE_INFINITY
  return budget.remaining - Math.ceil((budget.quota ?? usualQuota) * keptShare)
}

/**
 * Remembers what Cloudflare's `Ratelimit` headers say, so that the poller can slow down before a 429 instead of after it
 * (U7). They count per token, so only answers to the token that polls are heard; GraphQL counts on its own.
 */
export function createBudget(monotonic: () => number) {
  let known: { remaining: number; quota: number | null; endsAt: number } | null = null
  return {
    learn(call: Call, headers: Headers): void {
      if (call.operation.kind === 'graphql' || call.isWrite) return
      const limit = tightestOf(headers.get('ratelimit'))
      if (!limit) return
      const policy = itemsOf(headers.get('ratelimit-policy')).find(({ name }) => name === limit.name)
      known = {
        remaining: limit.remaining,
        quota: policy?.numbers.get('q') ?? null,
        endsAt: monotonic() + limit.seconds * 1000,
      }
    },
    /** `null` while nothing is known: before the first answer, and once the window has ended. */
    get(): Budget | null {
      const resetAfterMs = known ? known.endsAt - monotonic() : 0
      return known && resetAfterMs > 0 ? { remaining: known.remaining, resetAfterMs, quota: known.quota } : null
    },
  }
}

/** Of several limits, the one that allows the fewest requests a second until its window ends. */
function tightestOf(header: string | null) {
  const limits = itemsOf(header).flatMap(({ name, numbers }) => {
    const remaining = numbers.get('r')
    const seconds = numbers.get('t')
    return remaining !== undefined && seconds ? [{ name, remaining, seconds: Math.min(seconds, 3600) }] : []
  })
  return limits.toSorted((one, other) => one.remaining / one.seconds - other.remaining / other.seconds)[0]
}

/** The members of a list such as `"default";r=50;t=30, "burst";r=5;t=1`. What does not look like one is left out. */
function itemsOf(header: string | null): { name: string; numbers: Map<string, number> }[] {
  return (header ?? '').split(',').flatMap((member) => {
    const [name = '', ...parameters] = member.split(';').map((part) => part.trim())
    const pairs = parameters.flatMap((text): [string, number][] => {
      const [, key = '', digits] = /^([a-z]+)=(\d{1,9})$/.exec(text) ?? []
      return digits === undefined ? [] : [[key, Number(digits)]]
    })
    return /^"[\w-]{1,40}"$/.test(name) ? [{ name, numbers: new Map(pairs) }] : []
  })
}
