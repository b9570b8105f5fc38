import type { ProblemError } from '@tunnel-console/shared/problem'
import type { Deps } from '../deps.ts'
import { Polled } from '../readings/polled.ts'

/**
 * What is read on demand, by a key: however many people look at the same thing, Cloudflare is asked once an interval. The
 * keys that were asked for last are kept.
 */
export function createSharedReads<T>(
  { most, everyMs, patienceMs }: { most: number; everyMs: number; patienceMs: number },
  deps: Pick<Deps, 'now' | 'monotonic' | 'background'>,
  onFailure: (error: ProblemError) => void,
) {
  const kept = new Map<string, Polled<T>>()

  /** The value, not older than an interval where Cloudflare answers in time; `null` where there is none. */
  return async (key: string, load: () => Promise<T>): Promise<{ value: T; at: number } | null> => {
    const known = kept.get(key)
    const polled = known ?? new Polled<T>({ load, everyMs: () => everyMs, deps, onFailure })
    kept.delete(key)
    kept.set(key, polled)
    const oldest = kept.keys().next().value
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return polled.readSoon(patienceMs)
  }
}
