import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import type { Upstream } from '../deps.ts'
import { Ambiguous } from './ambiguous.ts'
import { type Call, limitsOf, openEnvelope, type Reply } from './envelope.ts'
import { createScrub } from './scrub.ts'
import { upstreamUrl } from './urls.ts'

/** Failures in which not one byte of the request can have reached Cloudflare. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

export type Transport = (call: Call) => Promise<Reply>

/**
 * Sends one request to Cloudflare and opens the answer. Headers are built from nothing (S06), redirects are never
 * followed (S05), the size is capped and the time limits are those of assurance.md B3.
 *
 * Reads are tried up to three times. A write goes out once: when its fate is open, the error is `Ambiguous`.
 */
export function createTransport(upstream: Upstream, now: () => Date): Transport {
  const scrub = createScrub([upstream.readToken, upstream.writeToken])
  const pause = createPause(now)

  async function once(call: Call): Promise<Reply> {
    const limits = limitsOf(call)
    const abort = new AbortController()
    const total = setTimeout(() => abort.abort(new Error('total')), limits.total)
    const headersLimit = setTimeout(() => abort.abort(new Error('headers')), limits.headers)
    try {
      const response = await upstream.fetch(
        upstreamUrl(upstream.baseUrl, upstream.accountId, call.operation, call.isDryRun),
        {
          method: call.method,
          headers: headersOf(upstream, call),
          redirect: 'manual',
          signal: abort.signal,
          ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        },
      )
      clearTimeout(headersLimit)
      const text = await readBody(response, limits, abort)
      return openEnvelope(call, response, text, scrub)
    } catch (error) {
      throw abort.signal.aborted && !(error instanceof ProblemError) ? abort.signal.reason : error
    } finally {
      clearTimeout(total)
      clearTimeout(headersLimit)
    }
  }

  return async (call) => {
    const attempts = call.isWrite ? 1 : 3
    for (let attempt = 1; ; attempt++) {
      pause.check(call)
      try {
        return await once(call)
      } catch (error) {
        const failure = asFailure(error, call)
        pause.learn(call, failure)
        if (attempt >= attempts || !isWorthRepeating(failure)) throw failure
        await new Promise((resolve) => setTimeout(resolve, backoff(attempt)))
      }
    }
  }
}

/**
 * Keeps quiet for as long as Cloudflare asks, whoever calls: over the limit it refuses everything, and each further call
 * only makes that longer (U5). The REST API and GraphQL count on their own.
 */
function createPause(now: () => Date) {
  const until = { rest: 0, graphql: 0 }
  const sideOf = ({ operation }: Call) => (operation.kind === 'graphql' ? 'graphql' : 'rest')
  return {
    check(call: Call): void {
      const retryAfter = Math.ceil((until[sideOf(call)] - now().getTime()) / 1000)
      if (retryAfter > 0) throw ProblemError.of('upstream-rate-limited', { retryAfter })
    },
    learn(call: Call, failure: unknown): void {
      const problem =
        failure instanceof Ambiguous ? failure.because.problem : (failure as Partial<ProblemError>).problem
      if (problem?.code !== 'upstream-rate-limited') return
      until[sideOf(call)] = now().getTime() + (problem.retryAfter ?? 60) * 1000
    },
  }
}

/** Full jitter: base 200 ms, cap 8 s. */
function backoff(attempt: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  return (random / 2 ** 32) * Math.min(8000, 200 * 2 ** attempt)
}

function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const repeatable: ProblemCode[] = ['upstream-unavailable', 'upstream-timeout']
  return repeatable.some((code) => code === error.problem.code)
}

function headersOf(upstream: Upstream, call: Call): Record<string, string> {
  const token = call.isWrite ? upstream.writeToken : upstream.readToken
  return {
    authorization: `Bearer ${token.reveal()}`,
    accept: 'application/json',
    'user-agent': 'tunnel-console',
    'x-magic-new-hc-target': 'true',
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
  }
}

async function readBody(
  response: Response,
  limits: ReturnType<typeof limitsOf>,
  abort: AbortController,
): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const idle = setTimeout(() => abort.abort(new Error('idle')), limits.idle)
    const chunk = await Promise.race([reader.read(), aborted(abort.signal)]).finally(() => clearTimeout(idle))
    if (chunk.done) return text + decoder.decode()
    size += chunk.value.byteLength
    if (size > limits.size) {
      abort.abort(new Error('size'))
      await reader.cancel().catch(() => undefined)
      throw ProblemError.of('upstream-unexpected', { detail: `The answer is larger than ${limits.size} bytes` })
    }
    text += decoder.decode(chunk.value, { stream: true })
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** What a failure means: for a write, whether it may have happened; for a read, why there is no answer. */
function asFailure(error: unknown, call: Call): unknown {
  if (error instanceof TypeError && error.message.startsWith('The ')) return error
  const isProblem = error instanceof ProblemError
  if (
    isProblem &&
    (!call.isWrite || call.isDryRun || error.problem.status < 500 || error.problem.code === 'upstream-unauthorized')
  ) {
    return error
  }
  if (error instanceof Ambiguous) return error
  const problem = isProblem ? error : networkProblem(error, call)
  const mayHaveHappened = call.isWrite && !call.isDryRun && problem.problem.code !== 'not-sent'
  return mayHaveHappened ? new Ambiguous(problem) : problem
}

function networkProblem(error: unknown, call: Call): ProblemError {
  if (isNotSent(error)) {
    return ProblemError.of(call.isWrite ? 'not-sent' : 'upstream-unavailable', {
      detail: 'Cloudflare could not be reached',
    })
  }
  const isTimeout = error instanceof Error && ['total', 'headers', 'idle'].includes(error.message)
  return ProblemError.of(isTimeout || isTimeoutCode(error) ? 'upstream-timeout' : 'upstream-unavailable')
}

function isNotSent(error: unknown): boolean {
  return codesOf(error).some((code) => notSentCodes.has(code))
}

function isTimeoutCode(error: unknown): boolean {
  return codesOf(error).some((code) => code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
}

/** The system codes of an error, of what caused it, and of the addresses tried one after the other. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  const below = Array.isArray(errors) ? errors.flatMap(codesOf) : []
  return [...(typeof code === 'string' ? [code] : []), ...below, ...codesOf(cause)]
}
