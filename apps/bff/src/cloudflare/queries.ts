import { ProblemError } from '@tunnel-console/shared/problem'

/** Who asks: the poll that everybody lives on, somebody's page, or what has all the time in the world. */
export type Urgency = 'poll' | 'page' | 'backfill'

const windowMs = 300_000

/** Cloudflare takes 300 GraphQL queries in five minutes; whoever can wait leaves the rest to whoever cannot. */
export const mostQueries: Readonly<Record<Urgency, number>> = { poll: 300, page: 240, backfill: 100 }

/**
 * Counts GraphQL queries, repeats included, so that no more leave in any five minutes than Cloudflare takes. One that would
 * be too many is not sent: `upstream-rate-limited`, with the seconds until there is room again.
 */
export function createQueries(monotonic: () => number) {
  let sent: number[] = []
  return {
    enter({ operation, urgency = 'poll' }: { operation: { kind: string }; urgency?: Urgency }): void {
      if (operation.kind !== 'graphql') return
      const now = monotonic()
      sent = sent.filter((at) => now - at < windowMs)
      const most = mostQueries[urgency]
      if (sent.length >= most) {
        const frees = sent[sent.length - most] ?? now
        const retryAfter = Math.max(1, Math.ceil((frees + windowMs - now) / 1000))
        throw ProblemError.of('upstream-rate-limited', {
          detail: 'Analytics have been asked enough for now',
          retryAfter,
        })
      }
      sent.push(now)
    },
  }
}
