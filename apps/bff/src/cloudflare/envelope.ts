import { type FieldError, ProblemError } from '@tunnel-console/shared/problem'
import { z } from 'zod'
import { Ambiguous } from './ambiguous.ts'
import { rebuildError } from './scrub.ts'
import type { Operation } from './urls.ts'

export interface Call {
  operation: Operation
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Whether it uses the write token and must go out at most once. */
  isWrite: boolean
  isDryRun?: boolean
  body?: unknown
}

export interface Reply {
  /** The `result` of the envelope, or the whole body of an answer that has none (GraphQL). */
  result: unknown
  ray: string | undefined
}

/** Milliseconds and bytes, assurance.md B3. Ten thousand tunnels are about 6 MB. */
export function limitsOf({ isWrite }: Pick<Call, 'isWrite'>) {
  return isWrite
    ? { headers: 20_000, idle: 5000, total: 30_000, size: 1024 ** 2 }
    : { headers: 10_000, idle: 5000, total: 20_000, size: 32 * 1024 ** 2 }
}

/** A person reads no more, and an answer of 32 MB must not become one of ours. */
const mostErrors = 50

const WireError = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().catch(''),
  documentation_url: z.string().optional().catch(undefined),
  source: z
    .object({ pointer: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type WireError = z.infer<typeof WireError>

const Envelope = z.object({
  success: z.boolean(),
  errors: z.array(WireError).nullish().catch(null),
  // Absent in some refusals of the API gateway.
  result: z.unknown().optional(),
})

/**
 * Opens Cloudflare's envelope. What an answer is, is decided by its content type and by parsing it, not by its status:
 * the edge sends HTML with 200 too (U9). Throws a `ProblemError` for every answer but a clear yes.
 */
export function openEnvelope(call: Call, response: Response, text: string, scrub: (text: string) => string): Reply {
  const ray = rayOf(response.headers.get('cf-ray'))
  const extras = { ...(ray !== undefined && { ray }) }
  const json = parseJson(response, text)
  if (json === undefined) {
    const detail = `Cloudflare’s edge answered ${response.status} without JSON${ray ? `, ray ${ray}` : ''}`
    // The edge's own rate limit (error 1015) is a page too: who polls must wait all the same.
    const retryAfter = response.status === 429 ? retryAfterOf(response.headers.get('retry-after')) : undefined
    throw ProblemError.of('upstream-unexpected', { ...extras, detail, ...(retryAfter !== undefined && { retryAfter }) })
  }
  if (call.operation.kind === 'graphql' && response.status === 200) return { result: json, ray }

  const envelope = Envelope.safeParse(json)
  const errors = envelope.data?.errors?.slice(0, mostErrors) ?? []
  if (envelope.data?.success && response.ok && errors.length === 0) return { result: envelope.data.result, ray }
  const upstream = errors.map((error) => rebuildError(withoutUndefined(error), scrub))
  const details = { ...extras, upstream, errors: fieldErrors(errors, scrub) }
  // Success and errors at once: the answer contradicts itself, so a real write is looked up before it is called refused.
  if (envelope.data?.success && response.ok && call.isWrite && !call.isDryRun) {
    throw new Ambiguous(ProblemError.of('rejected', details))
  }
  throw refusal(response, envelope.success, details)
}

type Details = { upstream: ReturnType<typeof rebuildError>[]; errors: FieldError[]; ray?: string }

function refusal(response: Response, isEnvelope: boolean, { upstream, errors, ...rest }: Details): ProblemError {
  const said = { ...rest, ...(upstream.length > 0 && { upstream }), ...(errors.length > 0 && { errors }) }
  const { status } = response
  if (status === 401 || status === 403) {
    return ProblemError.of('upstream-unauthorized', {
      ...said,
      detail: 'Check the token, its permissions and its expiry',
    })
  }
  if (status === 429) {
    return ProblemError.of('upstream-rate-limited', {
      ...said,
      retryAfter: retryAfterOf(response.headers.get('retry-after')),
    })
  }
  if (status === 404) return ProblemError.of('not-found', said)
  if (status >= 500)
    return ProblemError.of('upstream-unavailable', { ...said, detail: `Cloudflare answered ${status}` })
  if (!isEnvelope || (status >= 300 && status < 400)) {
    return ProblemError.of('upstream-unexpected', {
      ...said,
      detail: `Cloudflare answered ${status} in an unknown shape`,
    })
  }
  return ProblemError.of('rejected', said)
}

/** Seconds to wait: as told, at most 300, and 60 when the header is absent or makes no sense (U6). Never 0. */
export function retryAfterOf(header: string | null): number {
  const seconds = header !== null && /^\d{1,12}$/.test(header.trim()) ? Number(header) : 60
  return Math.min(300, Math.max(1, seconds))
}

/** The JSON of an answer, or `undefined` when it is none. A missing content type is forgiven, a page of HTML is not. */
function parseJson(response: Response, text: string): unknown {
  const type = response.headers.get('content-type') ?? ''
  if (!/\bjson\b/i.test(type) && !/^\s*\{/.test(text)) return undefined
  if (/^\s*</.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function rayOf(header: string | null): string | undefined {
  return header !== null && /^[0-9a-f]{10,32}(-[A-Z]{3})?$/.test(header) ? header : undefined
}

function fieldErrors(errors: readonly WireError[], scrub: (text: string) => string): FieldError[] {
  return errors.flatMap((error): FieldError[] => {
    const pointer = error.source?.pointer
    if (!pointer?.startsWith('/')) return []
    return [
      {
        pointer: scrub(pointer.replace(/^\/ipsec_tunnels\/\d+/, '')),
        detail: scrub(error.message),
        source: 'cloudflare',
      },
    ]
  })
}

function withoutUndefined({ code, message, documentation_url }: WireError) {
  return {
    message,
    ...(code !== undefined && { code }),
    ...(documentation_url !== undefined && { documentation_url }),
  }
}
