import { type FieldError, type Problem, ProblemError, type UpstreamError } from '@tunnel-console/shared/problem'
import { z } from 'zod'
import { inSlices } from '../readings/slices.ts'
import { Ambiguous } from './ambiguous.ts'
import { HttpStatus } from './http-status.ts'
import { type KnownSlices, listIn, parseLong } from './long-json.ts'
import type { Urgency } from './queries.ts'
import { rebuildError, type Scrub, type Scrubber } from './scrub.ts'
import type { Operation } from './urls.ts'

export interface Call {
  operation: Operation
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Whether it uses the write token and must go out at most once. */
  isWrite: boolean
  isDryRun?: boolean
  /** With which token a read goes out: the one for reading, unless it is about the other. */
  token?: 'api'
  /** Of GraphQL queries, which are few: who may wait. */
  urgency?: Urgency
  /** Of GraphQL queries: what is asked for, since one dataset can fail without the other. */
  dataset?: 'health' | 'traffic'
  body?: unknown
}

export interface Reply {
  /** The `result` of the envelope, or the whole body of an answer that has none (GraphQL). */
  result: unknown
  ray: string | undefined
  /** Cleans words that stand in the result. */
  scrub: Scrub
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
  // GraphQL's own place for a code.
  extensions: z
    .object({ code: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type WireError = z.infer<typeof WireError>

/** Read later, since there may be very many. An entry that is no object is an error all the same. */
const Errors = z.array(z.unknown())

const Envelope = z.object({
  success: z.boolean(),
  errors: Errors.nullish().catch(null),
  // Absent in some refusals of the API gateway.
  result: z.unknown().optional(),
})

/** GraphQL answers 200 and says in `errors` what went wrong, beside data that is then not whole. */
const GraphqlErrors = z.object({ errors: Errors.min(1) })

type Said = Pick<Problem, 'ray' | 'upstream' | 'errors'>

/**
 * Opens Cloudflare's envelope. What an answer is, is decided by its content type and by parsing it, not by its status:
 * the edge sends HTML with 200 too (U9). Throws a `ProblemError` for every answer but a clear yes.
 */
export async function openEnvelope(
  call: Call,
  response: Response,
  text: string,
  { scrubber, known }: { scrubber: Scrubber; known?: KnownSlices | undefined },
): Promise<Reply> {
  const ray = rayOf(response.headers.get('cf-ray'))
  const json = await parseJson(response, text, known)
  if (json === undefined) throw pageProblem(response, ray)
  if (call.operation.kind === 'graphql' && response.status === 200) return openGraphql(json, response, ray, scrubber)

  const { data: envelope } = Envelope.safeParse(json)
  const errors = wireErrors(envelope?.errors ?? [])
  if (envelope?.success && response.ok && errors.length === 0) {
    const list = listIn(envelope)
    if (list) await inSlices(list, scrubber.learn)
    else scrubber.learn(envelope.result)
    return { result: envelope.result, ray, scrub: (text) => scrubber.of(call.body, json)(text) }
  }
  const said = saidIn(errors, ray, scrubber.of(call.body, json), isOfMany(call))
  // Success and errors at once: the answer contradicts itself, so a real write is looked up before it is called refused.
  if (envelope?.success && response.ok && call.isWrite && !call.isDryRun) {
    throw new Ambiguous(ProblemError.of('rejected', said, { cause: new HttpStatus(response.status) }))
  }
  throw refusal(response, envelope?.success, said)
}

function openGraphql(json: unknown, response: Response, ray: string | undefined, scrubber: Scrubber): Reply {
  const failed = GraphqlErrors.safeParse(json)
  if (!failed.success) return { result: json, ray, scrub: scrubber.of(undefined, undefined) }
  const errors = wireErrors(failed.data.errors)
  const { upstream, ...rest } = saidIn(errors, ray, scrubber.of(undefined, json))
  const cause = new HttpStatus(response.status)
  if (errors.some(({ extensions }) => extensions?.code === 'authz')) {
    const detail = 'Reading analytics needs the permission Account Analytics Read'
    throw ProblemError.of('upstream-unauthorized', { ...rest, ...(upstream && { upstream }), detail }, { cause })
  }
  const detail = 'Health analytics answered with errors'
  throw ProblemError.of('upstream-unexpected', { ...rest, ...(upstream && { upstream }), detail }, { cause })
}

/** A page of the edge, or nothing. Its rate limit (error 1015) is a page too, and pauses like any other. */
function pageProblem({ status, headers }: Response, ray: string | undefined): ProblemError {
  const detail = `Cloudflare’s edge answered ${status} without JSON${ray ? `, ray ${ray}` : ''}`
  const said = { ...(ray !== undefined && { ray }), detail }
  const cause = new HttpStatus(status)
  if (status !== 429) return ProblemError.of('upstream-unexpected', said, { cause })
  const retryAfter = retryAfterOf(headers.get('retry-after'))
  return ProblemError.of('upstream-rate-limited', { ...said, retryAfter }, { cause })
}

/** `success` is what the envelope says, `undefined` without one. */
function refusal({ status, headers }: Response, success: boolean | undefined, said: Said): ProblemError {
  const because = { cause: new HttpStatus(status) }
  if (status === 401 || status === 403) {
    const detail = 'Check the token, its permissions and its expiry'
    return ProblemError.of('upstream-unauthorized', { ...said, detail }, because)
  }
  if (status === 429) {
    const retryAfter = retryAfterOf(headers.get('retry-after'))
    return ProblemError.of('upstream-rate-limited', { ...said, retryAfter }, because)
  }
  if (status === 404 && success === false) return ProblemError.of('not-found', said, because)
  if (status >= 500) {
    return ProblemError.of('upstream-unavailable', { ...said, detail: `Cloudflare answered ${status}` }, because)
  }
  if (success === undefined || status === 404 || (status >= 300 && status < 400)) {
    const detail = `Cloudflare answered ${status} in an unknown shape`
    return ProblemError.of('upstream-unexpected', { ...said, detail }, because)
  }
  return ProblemError.of('rejected', said, because)
}

/** Seconds to wait: as told, at most 300, and 60 when the header is absent or makes no sense (U6). Never 0. */
export function retryAfterOf(header: string | null): number {
  const seconds = header !== null && /^\d{1,12}$/.test(header.trim()) ? Number(header) : 60
  return Math.min(300, Math.max(1, seconds))
}

/** The JSON of an answer, or `undefined` when it is none. A missing content type is forgiven, a page of HTML is not. */
async function parseJson(response: Response, text: string, known: KnownSlices | undefined): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (!/\bjson\b/i.test(type) && !/^\s*\{/.test(text)) return undefined
  if (/^\s*</.test(text)) return undefined
  try {
    return await parseLong(text, known)
  } catch {
    return undefined
  }
}

function rayOf(header: string | null): string | undefined {
  return header !== null && /^[0-9a-f]{10,32}(-[A-Z]{3})?$/.test(header) ? header : undefined
}

function wireErrors(errors: readonly unknown[]): WireError[] {
  return errors.slice(0, mostErrors).map((error) => WireError.safeParse(error).data ?? { message: '' })
}

/** Cloudflare's words, scrubbed: as they are, and on the field that each is about. */
function saidIn(errors: readonly WireError[], ray: string | undefined, scrub: Scrub, isMany = false): Said {
  const upstream: UpstreamError[] = errors.map((error) => rebuildError(withoutUndefined(error), scrub))
  const fields = fieldErrors(errors, scrub, isMany)
  return {
    ...(ray !== undefined && { ray }),
    ...(upstream.length > 0 && { upstream }),
    ...(fields.length > 0 && { errors: fields }),
  }
}

/** Whether a pointer tells by its number which of several tunnels is meant. */
const isOfMany = ({ operation, method }: Call) => operation.kind === 'tunnels' && method === 'PUT'

function fieldErrors(errors: readonly WireError[], scrub: Scrub, isMany: boolean): FieldError[] {
  return errors.flatMap((error): FieldError[] => {
    const pointer = error.source?.pointer
    if (!pointer?.startsWith('/')) return []
    return [
      {
        pointer: scrub(isMany ? pointer : pointer.replace(/^\/(ipsec_tunnels|psks)\/\d+/, '')),
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
