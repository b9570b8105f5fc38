import type { ProblemError } from '@tunnel-console/shared/problem'
import { causesOf } from '../cloudflare/causes.ts'
import type { Deps } from '../deps.ts'

const atMostEveryMs = 60_000

/** Logs that a poll fails, with the chain of codes: at once when it begins or its cause changes, then once a minute. */
export function createFailureLog(source: string, { log, monotonic }: Pick<Deps, 'log' | 'monotonic'>) {
  let told: { causes: string; at: number } | null = null
  return {
    failed(error: ProblemError): void {
      const causes = causesOf(error)
      const [text, at] = [causes.join(' '), monotonic()]
      if (told?.causes === text && at - told.at < atMostEveryMs) return
      told = { causes: text, at }
      log({ level: 'warn', event: 'poll.failed', source, code: error.problem.code, causes })
    },
    recovered(): void {
      if (told) log({ level: 'info', event: 'poll.recovered', source })
      told = null
    },
  }
}
