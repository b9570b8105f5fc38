import type { DatedAnswer } from '@tunnel-console/shared/clock-skew'
import type { Check, CheckOutcome } from '@tunnel-console/shared/connection'
import type { CloudflareClient } from '../cloudflare/client.ts'
import type { Limits } from '../cloudflare/limits.ts'
import type { Probe } from '../cloudflare/probe.ts'
import type { Deps } from '../deps.ts'
import type { Question } from './questions.ts'

export interface Asked<T> {
  check: Check
  /** What the answer gave; `undefined` unless the outcome is `ok`. */
  value: T | undefined
  /** The `result` as Cloudflare sent it; `undefined` likewise. */
  result: unknown
}

export type Ask = <T>(question: Question<T>) => Promise<Asked<T>>

export interface AskServices {
  client: Pick<CloudflareClient, 'probe'>
  deps: Pick<Deps, 'now'>
  limits: Limits
  /** Hears of every answer that was dated. */
  dated: (answer: DatedAnswer) => void
}

/** Makes what asks Cloudflare one question, once, and tells how it went. It never throws. */
export function createAsk({ client, deps, limits, dated }: AskServices): Ask {
  return async ({ call, read }) => {
    const askedAt = deps.now()
    const probe = await client.probe(call, limits)
    if (probe.dated) {
      const { date, afterMs } = probe.dated
      dated({ date, askedAt: askedAt.getTime(), answeredAt: askedAt.getTime() + afterMs })
    }
    const value = probe.reply ? read(probe.reply.result) : undefined
    const isMisread = probe.reply !== null && value === undefined
    const { status, durationMs, failure } = probe
    const check = {
      outcome: isMisread ? 'unreadable' : outcomeOf(probe),
      status,
      said: failure?.problem.upstream ?? [],
      why: isMisread ? 'Cloudflare said yes, but gave something else than what was asked for' : whyOf(probe, limits),
      checkedAt: askedAt.toISOString(),
      durationMs,
    } satisfies Check
    return { check, value, result: check.outcome === 'ok' ? probe.reply?.result : undefined }
  }
}

function outcomeOf({ failure, status }: Probe): CheckOutcome {
  if (!failure) return 'ok'
  switch (failure.problem.code) {
    case 'upstream-unauthorized':
      return 'refused'
    case 'rejected':
    case 'not-found':
      return 'rejected'
    case 'upstream-rate-limited':
      return 'limited'
    case 'upstream-timeout':
      return 'timeout'
    case 'not-sent':
      return 'unreachable'
    case 'upstream-unavailable':
      return status === null ? 'unreachable' : status >= 500 ? 'failed' : 'unreadable'
    default:
      return 'unreadable'
  }
}

/** What Cloudflare's own words do not tell. */
function whyOf({ failure }: Probe, { total }: Limits): string | null {
  const { code, detail, retryAfter } = failure?.problem ?? {}
  if (code === 'upstream-rate-limited') return `Cloudflare asks us to wait ${retryAfter ?? 60} s`
  if (code === 'upstream-timeout') return `No answer within ${total / 1000} s`
  // What to do about a refusal stands with the permission.
  return code === 'upstream-unauthorized' ? null : (detail ?? null)
}
