/**
 * What a failed request means for what it wanted to change.
 *
 * `refused` the input is at fault: change it · `conflict` the tunnel is another by now: look first · `gone` it does not
 * exist any more · `unchanged` something else is at fault · `unknown` it may have happened, or may still.
 */
export type Fate = 'refused' | 'conflict' | 'gone' | 'unchanged' | 'unknown'

/**
 * Every way a request can fail: its status, the title a person reads, and its fate when the request was a write. The code
 * is the contract, never the words.
 */
export const problemCodes = {
  'bad-request': [400, 'The request cannot be read', 'unchanged'],
  unauthenticated: [401, 'Sign in first', 'unchanged'],
  'sign-in-failed': [401, 'Sign-in failed', 'unchanged'],
  forbidden: [403, 'Your role does not allow this', 'unchanged'],
  'approval-needed': [403, 'This change needs a second person', 'unchanged'],
  'cross-site': [403, 'This request did not come from the console', 'unchanged'],
  'not-found': [404, 'Not found', 'gone'],
  'already-revealed': [409, 'This key has been shown already', 'unchanged'],
  closed: [409, 'This request was given up before it arrived', 'unchanged'],
  'undo-over': [409, 'This change does not undo itself any more', 'unchanged'],
  decided: [409, 'This does not wait for a decision any more', 'unchanged'],
  'last-administrator': [409, 'The last administrator cannot be disabled or given another role', 'unchanged'],
  'not-now': [409, 'This cannot be done as things stand', 'unchanged'],
  'address-taken': [409, 'This inside address is not free', 'unchanged'],
  'held-back': [409, 'Another tunnel of the same request stood in the way', 'unchanged'],
  gone: [410, 'This link has been used or has expired', 'unchanged'],
  conflict: [412, 'Someone else changed this tunnel', 'conflict'],
  'too-large': [413, 'The request is too large', 'unchanged'],
  'unsupported-media-type': [415, 'Send JSON', 'unchanged'],
  invalid: [422, 'Some fields need another value', 'refused'],
  rejected: [422, 'Cloudflare refused this', 'refused'],
  'precondition-required': [428, 'Say which version you are changing', 'unchanged'],
  'rate-limited': [429, 'Too many attempts', 'unchanged'],
  'upstream-rate-limited': [429, 'Cloudflare asks us to slow down', 'unchanged'],
  internal: [500, 'Something went wrong in the console', 'unknown'],
  'upstream-unauthorized': [502, 'Cloudflare refused the console’s API token', 'unchanged'],
  'upstream-unexpected': [502, 'Cloudflare answered in a way the console cannot read', 'unchanged'],
  'outcome-unknown': [502, 'It is not known whether this happened', 'unknown'],
  'not-sent': [503, 'Cloudflare could not be reached; nothing was sent', 'unchanged'],
  'not-applied': [503, 'Cloudflare did not carry this out', 'unchanged'],
  'upstream-unavailable': [503, 'Cloudflare did not answer', 'unchanged'],
  'audit-unavailable': [503, 'The audit log cannot be written, so nothing was changed', 'unchanged'],
  'storage-unavailable': [503, 'The console’s database cannot be used right now', 'unchanged'],
  busy: [503, 'Another change to this tunnel is being made', 'unchanged'],
  unsettled: [503, 'An earlier change to this tunnel is not settled yet', 'unchanged'],
  starting: [503, 'The console is starting', 'unchanged'],
  'upstream-timeout': [504, 'Cloudflare took too long to answer', 'unchanged'],
  unreachable: [0, 'The console cannot be reached', 'unknown'],
} as const satisfies Record<string, readonly [status: number, title: string, fate: Fate]>

export type ProblemCode = keyof typeof problemCodes

/** One bad field: a JSON Pointer (RFC 6901) into the request body, what is wrong, and who says so. */
export interface FieldError {
  pointer: string
  detail: string
  source: 'console' | 'cloudflare'
}

/** One entry of Cloudflare's `errors`, its words scrubbed and shortened. */
export interface UpstreamError {
  code?: number
  message: string
  documentation_url?: string
}

/** The body of every error answer: RFC 9457 members, and ours. `code` may be one this build does not know yet. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  requestId?: string
  errors?: FieldError[]
  upstream?: UpstreamError[]
  ray?: string
  /** Seconds. */
  retryAfter?: number
  /** The chain of codes that led to it, outermost first. */
  causes?: string[]
  /** What a `conflict` brings: the tunnel as it is now, and its version. */
  current?: unknown
  version?: string
  /** What `address-taken` brings: an inside address that was free when it was asked for. */
  alternative?: string
}

type Extras = Partial<Omit<Problem, 'type' | 'title' | 'status' | 'code'>>

/** The one error that crosses every line: thrown in the BFF, sent as JSON, thrown again in the browser. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options)
    this.problem = problem
  }

  static of(code: ProblemCode, extras: Extras = {}, options?: ErrorOptions): ProblemError {
    const [status, title] = problemCodes[code]
    return new ProblemError({ type: `urn:tunnel-console:problem:${code}`, title, status, code, ...extras }, options)
  }
}

/** Anything thrown, as a problem. What we did not foresee says nothing but that. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
}
