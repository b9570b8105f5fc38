import { type ProblemCode, ProblemError } from '@tunnel-console/shared/problem'
import { CodedError, chainOf } from './causes.ts'
import type { Call } from './envelope.ts'
import { HttpStatus } from './http-status.ts'

const failuresToOpen = 5
const openMs = 15_000

/** Nothing was sent, since what is asked for has failed so often that asking on would only add to the trouble. */
class CircuitOpen extends CodedError {
  override readonly name = 'CircuitOpen'
  readonly code = 'circuit-open'
}

interface Circuit {
  /** Reads that failed one after the other. */
  failures: number
  last: ProblemError | null
  /** Monotonic milliseconds; `null` while closed. */
  openUntil: number | null
  isProbing: boolean
}

/** Told how a call that was let through has ended; `null` for an answer. */
export type Settle = (failure: unknown) => void

/**
 * Stops asking when Cloudflare is down (U8). After five reads in a row without an answer, reads fail at once for 15 s, with
 * the problem that the last one had; then a single one goes out, and its answer lets all others through again. Meanwhile
 * writes are not sent: what they must read first would fail too.
 *
 * Tunnels, routes, the account, health and traffic each have a circuit, so that one failing part takes no other with it.
 */
export function createBreaker(monotonic: () => number) {
  const circuits = new Map<string, Circuit>()

  function circuitOf({ operation: { kind }, dataset }: Call): Circuit {
    const name = kind === 'tunnel' || kind === 'pskGenerate' ? 'tunnels' : (dataset ?? kind)
    const circuit = circuits.get(name) ?? { failures: 0, last: null, openUntil: null, isProbing: false }
    circuits.set(name, circuit)
    return circuit
  }

  function settle(circuit: Circuit, isProbe: boolean, failure: unknown): void {
    if (isProbe) circuit.isProbing = false
    if (failure !== null && !(failure instanceof ProblemError)) return
    if (failure === null || !isOutage(failure)) {
      Object.assign(circuit, { failures: 0, openUntil: null })
      return
    }
    circuit.failures++
    circuit.last = failure
    const opens = circuit.openUntil === null && circuit.failures >= failuresToOpen
    if (isProbe || opens) circuit.openUntil = monotonic() + openMs
  }

  return {
    /** Lets a call through, or throws: for a read the last problem again, for a write `not-sent`. */
    enter(call: Call): Settle {
      const circuit = circuitOf(call)
      const isDue = circuit.openUntil !== null && monotonic() >= circuit.openUntil
      const isProbe = isDue && !circuit.isProbing && !call.isWrite
      if (circuit.openUntil !== null && !isProbe) throw refusal(call, circuit, circuit.openUntil - monotonic())
      if (call.isWrite) return () => undefined
      circuit.isProbing = isProbe
      return (failure) => settle(circuit, isProbe, failure)
    },
    isOpen: (call: Call): boolean => circuitOf(call).openUntil !== null,
  }
}

function refusal({ isWrite }: Call, { last }: Circuit, restMs: number): ProblemError {
  const cause = new CircuitOpen('Cloudflare is not asked for the moment', { cause: last })
  const retryAfter = Math.max(1, Math.ceil(restMs / 1000))
  if (!isWrite && last) return new ProblemError({ ...last.problem, retryAfter }, { cause })
  const detail = 'Cloudflare has not answered for a while, so the change was not sent.'
  return ProblemError.of('not-sent', { detail, retryAfter }, { cause })
}

const outages: readonly ProblemCode[] = ['upstream-unavailable', 'upstream-timeout']

/** No answer, or a page by which the edge says that there is none (520 to 526 come as HTML). */
function isOutage(failure: ProblemError): boolean {
  return (
    outages.some((code) => code === failure.problem.code) ||
    chainOf(failure).some((link) => link instanceof HttpStatus && link.status >= 500)
  )
}
