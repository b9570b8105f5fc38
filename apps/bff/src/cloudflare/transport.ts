import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Deps, Upstream } from '../deps.ts'
import { createBreaker } from './breaker.ts'
import { type Budget, createBudget } from './budget.ts'
import { type Call, openEnvelope, type Reply } from './envelope.ts'
import { asFailure } from './failure.ts'
import { LimitExceeded, type LimitName, type Limits, limitsOf } from './limits.ts'
import type { KnownSlices } from './long-json.ts'
import { createPause } from './pause.ts'
import { type Probe, probed } from './probe.ts'
import { createQueries } from './queries.ts'
import { readBody } from './read-body.ts'
import { createScrubber } from './scrub.ts'
import { upstreamUrl } from './urls.ts'

export interface Transport {
  send(call: Call): Promise<Reply>
  /** What Cloudflare's rate limit still allows, or `null` while that is not known (U7). */
  budget(): Budget | null
  /** Asks once, within these limits, and tells everything about the answer. Never throws. */
  probe(call: Call, limits: Limits): Promise<Probe>
  /** Whether the token that writes is also the one that reads. */
  isOneToken: boolean
}

export interface TransportOptions extends Pick<Deps, 'monotonic'> {
  limits?: typeof limitsOf
  /** Hears of each request that has ended: `null`, or what went wrong. */
  onEnd?: (call: Call, failure: unknown) => void
}

/**
 * Sends one request to Cloudflare and opens the answer. Headers are built from nothing (S06), redirects are never
 * followed (S05), size and time are limited.
 *
 * Reads are tried up to three times. A write goes out once: when its fate is open, the error is `Ambiguous`.
 */
export function createTransport(
  upstream: Upstream,
  { monotonic, limits = limitsOf, onEnd }: TransportOptions,
): Transport {
  const scrubber = createScrubber([upstream.readToken, upstream.writeToken])
  const listed: KnownSlices = { slices: [] }
  const pause = createPause(monotonic)
  const breaker = createBreaker(monotonic)
  const budget = createBudget(monotonic)
  const queries = createQueries(monotonic)
  const isOneToken = upstream.readToken.reveal() === upstream.writeToken.reveal()

  async function once(call: Call, allowed = limits(call), heard?: (response: Response) => void): Promise<Reply> {
    const abort = new AbortController()
    const limit = (name: LimitName) => setTimeout(() => abort.abort(new LimitExceeded(name)), allowed[name])
    const timers = [limit('total'), limit('headers')]
    try {
      const url = upstreamUrl(upstream.baseUrl, upstream.accountId, call.operation, call.isDryRun)
      const response = await upstream.fetch(url, requestOf(upstream, call, abort.signal))
      clearTimeout(timers[1])
      heard?.(response)
      if (isOneToken || !usesWriteToken(call)) budget.learn(call, response.headers)
      const known = call.operation.kind === 'tunnels' && call.method === 'GET' ? listed : undefined
      return await openEnvelope(call, response, await readBody(response, allowed, abort), { scrubber, known })
    } catch (error) {
      // Whatever an aborted fetch throws, the reason is the limit.
      throw abort.signal.aborted && !(error instanceof ProblemError) ? abort.signal.reason : error
    } finally {
      for (const timer of timers) clearTimeout(timer)
    }
  }

  async function attempt(call: Call): Promise<Reply> {
    pause.check(call)
    queries.enter(call)
    const settle = breaker.enter(call)
    try {
      const reply = await once(call)
      settle(null)
      onEnd?.(call, null)
      return reply
    } catch (error) {
      const failure = asFailure(error, call)
      settle(failure)
      onEnd?.(call, failure)
      pause.learn(call, failure)
      throw failure
    }
  }

  return {
    async send(call) {
      scrubber.learn(call.body)
      const attempts = call.isWrite ? 1 : 3
      for (let number = 1; ; number++) {
        try {
          return await attempt(call)
        } catch (error) {
          if (number >= attempts || !isWorthRepeating(error) || breaker.isOpen(call)) throw error
          await new Promise((resolve) => setTimeout(resolve, backoff(number)))
        }
      }
    },
    budget: budget.get,
    isOneToken,

    // Around the breaker: one question on purpose is what tells whether Cloudflare answers again.
    probe: (call, allowed) =>
      probed(monotonic, async (heard) => {
        scrubber.learn(call.body)
        try {
          pause.check(call)
          queries.enter(call)
          return await once(call, allowed, heard)
        } catch (error) {
          const failure = asFailure(error, call)
          pause.learn(call, failure)
          throw failure
        }
      }),
  }
}

/** Full jitter: base 200 ms, cap 8 s. */
function backoff(attempt: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  return (random / 2 ** 32) * Math.min(8000, 200 * 2 ** attempt)
}

const repeatable: readonly ProblemCode[] = ['upstream-unavailable', 'upstream-timeout']

function isWorthRepeating(error: unknown): boolean {
  return error instanceof ProblemError && repeatable.some((code) => code === error.problem.code)
}

const usesWriteToken = (call: Call) => call.isWrite || call.token === 'api'

function requestOf(upstream: Upstream, call: Call, signal: AbortSignal): RequestInit {
  const token = usesWriteToken(call) ? upstream.writeToken : upstream.readToken
  const headers = {
    authorization: `Bearer ${token.reveal()}`,
    accept: 'application/json',
    'user-agent': 'tunnel-console',
    'x-magic-new-hc-target': 'true',
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
  }
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) }
  return { method: call.method, headers, redirect: 'manual', signal, ...body }
}
