import type { ValidationAnswer } from '@tunnel-console/shared/api'
import {
  type AnswerOf,
  type DryRun,
  type Endpoint,
  endpoints,
  type InputOf,
  type ParamsOf,
  type QueryOf,
} from '@tunnel-console/shared/contract'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { noteBuild } from './build.ts'
import { isReached } from './connection.ts'
import { doubtedRole } from './doubted-role.ts'
import { forgetEarly, takeEarly } from './early.ts'
import { noteServerTime } from './server-clock.ts'
import { signedOut } from './signed-out.ts'
import { viewAs } from './view-as.ts'

/** The answer of the real thing: what a dry run answers is not among it. */
export type RealAnswerOf<E extends Endpoint> = Exclude<AnswerOf<E>, ValidationAnswer>

export interface SendOptions {
  headers?: Record<string, string>
  signal?: AbortSignal
  cache?: RequestCache
}

export type Params<E extends Endpoint> = [ParamsOf<E['path']>] extends [never]
  ? unknown
  : { params: Record<ParamsOf<E['path']>, string> }

export type Body<E extends Endpoint> = [InputOf<E>] extends [undefined] ? unknown : { body: InputOf<E> }

type Query<Asked> = [keyof Asked] extends [never]
  ? unknown
  : Record<never, never> extends Asked
    ? { query?: Asked }
    : { query: Asked }

type OptionsOf<E extends Endpoint> = SendOptions & Params<E> & Body<E> & Query<Omit<QueryOf<E>, keyof DryRun>>

/** No options need to be given where the endpoint needs none. */
export type Given<E extends Endpoint> =
  Record<never, never> extends OptionsOf<E> ? [options?: OptionsOf<E>] : [options: OptionsOf<E>]

/**
 * Calls the console, typed by the contract. Gives what succeeded; everything else is thrown as a `ProblemError`, an answer
 * that breaks off too.
 */
export async function request<E extends Endpoint>(endpoint: E, ...[options]: Given<E>): Promise<RealAnswerOf<E>> {
  return (await jsonOf(await send(endpoint, options))) as RealAnswerOf<E>
}

interface AnyOptions extends SendOptions {
  params?: Record<string, string>
  query?: object
  body?: unknown
}

/** Their 401 is an answer about what was typed, not the end of a session. */
const signIns: readonly Endpoint[] = [
  endpoints.signIn,
  endpoints.signOut,
  endpoints.signInSandbox,
  endpoints.setUp,
  endpoints.lookAtLink,
  endpoints.useLink,
]

/**
 * The one door to the network. Gives only what succeeded, or "not modified"; everything else is thrown as a `ProblemError`,
 * a login page in place of JSON too (H7).
 */
export async function send(endpoint: Endpoint, options: AnyOptions = {}): Promise<Response> {
  const response = await (earlyOf(endpoint) ?? fetch(urlOf(endpoint, options), initOf(endpoint, options))).catch(
    (error: unknown) => {
      if (isAbort(error)) throw error
      throw noteReach(ProblemError.of('unreachable', {}, { cause: error }), endpoint)
    },
  )
  if (!response.ok) forgetEarly()
  noteBuild(response.headers.get('x-build'))
  noteServerTime(response)
  if (response.type === 'opaqueredirect') throw noted(ProblemError.of('unauthenticated'), endpoint)
  if (response.status === 304) return reached(response)
  if (!response.ok) throw noted(noteReach(await failureOf(response), endpoint), endpoint)
  if (response.status !== 204 && !isJson(response) && !isFile(response)) throw noteReach(unreadable(response), endpoint)
  return reached(response)
}

/** A read that was sent before this code was there. It carries no condition and no parameter, as the first of each. */
const earlyOf = ({ method, path }: Endpoint) => (method === 'GET' ? takeEarly(path) : undefined)

function reached(response: Response): Response {
  isReached.set(true)
  return response
}

/** Only what is read says that there is no way to the console: a write that had no answer may have arrived. */
function noteReach(error: ProblemError, { method }: Endpoint): ProblemError {
  const isCutOff = error.problem.code === 'unreachable'
  if (!isCutOff || method === 'GET') isReached.set(!isCutOff)
  return error
}

function urlOf({ path }: Endpoint, { params = {}, query = {} }: AnyOptions): URL {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const url = new URL(filled, location.origin)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

function initOf({ method }: Endpoint, { body, headers, signal, cache }: AnyOptions): RequestInit {
  const role = viewAs.get()
  return {
    method,
    headers: {
      ...headers,
      'x-tunnel-console': '1',
      ...(role !== null && { 'x-view-as': role }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: signal ?? null,
    ...(cache && { cache }),
    credentials: 'same-origin',
    redirect: 'manual',
  }
}

/** Tells who watches over the session what a failure says of it: that it is over, or that the role is another by now. */
function noted(error: ProblemError, endpoint: Endpoint): ProblemError {
  const { status, code } = error.problem
  if (status === 401 && code !== 'sign-in-failed' && !signIns.includes(endpoint)) signedOut.set(true)
  if (code === 'forbidden') doubtedRole.set((times) => times + 1)
  return error
}

async function failureOf(response: Response): Promise<ProblemError> {
  if (!isJson(response)) return unreadable(response)
  const body: unknown = await response.json().catch(() => null)
  return isProblem(body) ? new ProblemError(body) : unreadable(response)
}

// Not a schema: zod alone is a sixth of the first load, and this is on every page.
function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { title, status, code, errors = [], upstream = [] } = body as Record<string, unknown>
  const isText = typeof title === 'string' && typeof code === 'string' && typeof status === 'number'
  return isText && Array.isArray(errors) && Array.isArray(upstream)
}

function unreadable(response: Response): ProblemError {
  const detail = `Something between this browser and the console answered in its place (HTTP ${response.status}).`
  return ProblemError.of('unreachable', { detail })
}

const isJson = (response: Response) =>
  /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '')

/** A file to save, which only the BFF says of what it sends. */
const isFile = (response: Response) => response.headers.get('content-disposition')?.startsWith('attachment') === true

/** The body of an answer. One that breaks off is a problem as well. */
export async function jsonOf(response: Response): Promise<unknown> {
  const read = response.text().then((text): unknown => (text === '' ? null : JSON.parse(text)))
  return whole(read, 'The answer was cut off.')
}

export async function whole<T>(body: Promise<T>, detail: string): Promise<T> {
  try {
    return await body
  } catch (error) {
    if (isAbort(error)) throw error
    throw ProblemError.of('unreachable', { detail }, { cause: error })
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'
