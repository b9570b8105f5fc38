import { ProblemError } from '@tunnel-console/shared/problem'
import { Ambiguous } from './ambiguous.ts'
import { chainOf } from './causes.ts'
import type { Call } from './envelope.ts'
import { isGone } from './gone.ts'
import { LimitExceeded } from './limits.ts'
import { UrlRefused } from './urls.ts'

/** Failures in which there was no connection yet, so that not one byte of the request can have reached Cloudflare. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** What a failure may look like inside: an error of the system, or undici's with what it knows of the socket. */
interface Link {
  code?: unknown
  syscall?: unknown
  socket?: { bytesWritten?: unknown }
}

/** What a failure means: for a write, whether it may have happened; for a read, why there is no answer. */
export function asFailure(error: unknown, call: Call): ProblemError | Ambiguous | UrlRefused {
  if (error instanceof UrlRefused || error instanceof Ambiguous) return error
  const problem = error instanceof ProblemError ? error : networkProblem(error, call)
  return call.isWrite && !call.isDryRun && mayHaveHappened(problem) ? new Ambiguous(problem) : problem
}

/**
 * Only Cloudflare's own refusal, or a request that never left, says that nothing happened. A 404 that does not speak of the
 * tunnel may come from something between us and a server that did the work.
 */
function mayHaveHappened(problem: ProblemError): boolean {
  const { code, status } = problem.problem
  if (code === 'not-found') return !isGone(problem)
  return status >= 500 && code !== 'upstream-unauthorized' && code !== 'not-sent'
}

function networkProblem(cause: unknown, call: Call): ProblemError {
  const chain: Link[] = chainOf(cause)
  if (chain.some(isNotSent)) {
    const detail = 'Cloudflare could not be reached'
    return ProblemError.of(call.isWrite ? 'not-sent' : 'upstream-unavailable', { detail }, { cause })
  }
  return ProblemError.of(chain.some(isTimeout) ? 'upstream-timeout' : 'upstream-unavailable', {}, { cause })
}

/**
 * A failed `connect`, or a connection that ended with nothing written to it. On one that was used before, `bytesWritten`
 * counts what went before too, so that it is never 0 and the write counts as sent.
 */
function isNotSent({ code, syscall, socket }: Link): boolean {
  if (typeof code !== 'string') return false
  return neverConnected.has(code) || syscall === 'connect' || (code === 'UND_ERR_SOCKET' && socket?.bytesWritten === 0)
}

const timeoutCodes = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']

function isTimeout(link: Link): boolean {
  return link instanceof LimitExceeded || timeoutCodes.some((code) => code === link.code)
}
