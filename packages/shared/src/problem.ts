/** Every way a request can fail, with its status and the title a person reads. The code is the contract, never the words. */
export const problemCodes = {
  'bad-request': [400, 'The request cannot be read'],
  unauthenticated: [401, 'Sign in first'],
  'sign-in-failed': [401, 'Sign-in failed'],
  forbidden: [403, 'Your role does not allow this'],
  'cross-site': [403, 'This request did not come from the console'],
  'not-found': [404, 'Not found'],
  'already-revealed': [409, 'This key has been shown already'],
  gone: [410, 'This link has been used or has expired'],
  conflict: [412, 'Someone else changed this tunnel'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'Send JSON'],
  invalid: [422, 'Some fields need another value'],
  rejected: [422, 'Cloudflare refused this'],
  'precondition-required': [428, 'Say which version you are changing'],
  'rate-limited': [429, 'Too many attempts'],
  'upstream-rate-limited': [429, 'Cloudflare asks us to slow down'],
  internal: [500, 'Something went wrong in the console'],
  'upstream-unauthorized': [502, 'Cloudflare refused the console’s API token'],
  'upstream-unexpected': [502, 'Cloudflare answered in a way the console cannot read'],
  'outcome-unknown': [502, 'It is not known whether this happened'],
  'not-sent': [503, 'Cloudflare could not be reached; nothing was sent'],
  'not-applied': [503, 'Cloudflare did not carry this out'],
  'upstream-unavailable': [503, 'Cloudflare did not answer'],
  'audit-unavailable': [503, 'The audit log cannot be written, so nothing was changed'],
  busy: [503, 'Another change to this tunnel is being made'],
  'upstream-timeout': [504, 'Cloudflare took too long to answer'],
  unreachable: [0, 'The console cannot be reached'],
} as const satisfies Record<string, readonly [status: number, title: string]>

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
  /** What a `conflict` brings: the tunnel as it is now, and its version. */
  current?: unknown
  version?: string
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
