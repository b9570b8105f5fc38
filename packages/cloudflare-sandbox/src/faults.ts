export type Envelope = Record<string, unknown>

export type Fault =
  /** The answer starts this much later. */
  | { kind: 'latency'; ms: number }
  /** Never answers. The request is not handled. */
  | { kind: 'hang' }
  /** The connection breaks before the request is handled. */
  | { kind: 'reset' }
  /** Connection refused: the request never arrives, so the ledger does not know it. */
  | { kind: 'notSent' }
  /** Handled, but the body breaks off at this share of its length (default half). */
  | { kind: 'halfBody'; at?: number }
  /** Handled, but the body arrives at this speed. */
  | { kind: 'slowBody'; bytesPerSecond: number }
  /** This answer instead of the real one; `commit` handles the request all the same. */
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string>; commit?: boolean }
  /** Cloudflare's edge page (default 522) instead of JSON; `commit` handles the request all the same. */
  | { kind: 'html'; status?: number; commit?: boolean }
  /** Handled, but the answer is not JSON: this text, or the real one cut short. */
  | { kind: 'badJson'; text?: string }
  /** HTTP 200 that says no. Not handled. */
  | { kind: 'successFalse'; errors?: { code: number; message: string }[] }
  /** Handled, and the envelope changed on its way back. */
  | { kind: 'mutate'; change: (envelope: Envelope) => Envelope }
  /** Handled, then the answer is lost: the connection breaks, or with `hang` nothing ever comes. */
  | { kind: 'commitThenDrop'; hang?: boolean }
  /** Lost on the way there: as `reset`, or with `hang` as `hang`. */
  | { kind: 'dropBeforeCommit'; hang?: boolean }
  /** From this request on, reads answer the state from before the latest write (this one, if it writes). */
  | { kind: 'staleReads'; ms: number }
  /** Right before handling, somebody else changes the tunnel; `null` deletes it. */
  | { kind: 'externalWrite'; id: string; patch: Record<string, unknown> | null }
  /** Leaves so many requests, counted from this one, until the five minutes end. */
  | { kind: 'quota'; remaining: number }
  | { kind: 'redirect'; location: string; status: number }

export interface FaultMatch {
  method?: string
  /** Tried on the path with its query. */
  path?: RegExp
  /** How many requests it hits; default 1. */
  times?: number
}

export interface Faults {
  /** The oldest fault that matches a request hits it; one request meets one fault. */
  next(fault: Fault, match?: FaultMatch): void
  clear(): void
}

export interface FaultScript extends Faults {
  take(request: Request): Fault | null
}

export function createFaults(): FaultScript {
  let pending: { fault: Fault; match: FaultMatch; left: number }[] = []
  return {
    next(fault, match = {}) {
      pending.push({ fault, match, left: match.times ?? 1 })
    },
    clear() {
      pending = []
    },
    take(request) {
      const { pathname, search } = new URL(request.url)
      const hit = pending.find(
        ({ match }) =>
          (match.method === undefined || match.method.toUpperCase() === request.method) &&
          (match.path === undefined || match.path.test(pathname + search)),
      )
      if (!hit) return null
      hit.left--
      if (hit.left <= 0) pending = pending.filter((entry) => entry !== hit)
      return hit.fault
    },
  }
}
