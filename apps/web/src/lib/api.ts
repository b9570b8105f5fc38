import type { AppType } from '@tunnel-console/bff/app-type'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { hc } from 'hono/client'
import { createStore } from './store.ts'

/** Set when the BFF says that nobody is signed in. The session feature watches it. */
export const signedOut = createStore(false)

/** Paths whose 401 is an answer about what was typed, not the end of a session. */
const signInPaths = ['/api/auth/', '/api/sandbox/sign-in', '/api/setup']

/**
 * The one door to the network. Answers only what succeeded; everything else is thrown as a `ProblemError`,
 * a login page in place of JSON too (H7).
 */
export async function fetchOrThrow(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input, location.origin)
  const headers = new Headers(init.headers)
  headers.set('x-tunnel-console', '1')
  let response: Response
  try {
    response = await fetch(url, { ...init, headers, credentials: 'same-origin', redirect: 'manual' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw ProblemError.of('unreachable', {}, { cause: error })
  }
  if (response.type === 'opaqueredirect') throw noteSignedOut(ProblemError.of('unauthenticated'), url)
  if (response.status === 304) return response
  if (!response.ok) throw noteSignedOut(await problemOf(response), url)
  if (response.status !== 204 && !isJson(response) && !isFile(response)) throw unreadable(response)
  return response
}

function noteSignedOut(error: ProblemError, url: URL): ProblemError {
  const isSession = !signInPaths.some((path) => url.pathname.startsWith(path))
  if (isSession && error.problem.status === 401) signedOut.set(true)
  return error
}

async function problemOf(response: Response): Promise<ProblemError> {
  if (!isJson(response)) return unreadable(response)
  const body: unknown = await response.json().catch(() => null)
  return isProblem(body) ? new ProblemError(body) : unreadable(response)
}

// Not the schema of shared/problem.ts: it alone would bring zod, a sixth of the first load, to every page.
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

/**
 * The BFF by its own types: `(await bff.api.tunnels[':id'].$get({ param: { id } }, { init: { signal } })).json()`.
 * It answers only what succeeded, so there is no `ok` to look at.
 */
export const bff = /* @__PURE__ */ hc<AppType>('/', { fetch: fetchOrThrow })

/** A JSON call by path, where the types of the routes are of no help. A `body` makes it a POST. */
export async function call<T>(
  path: `/api/${string}`,
  {
    body,
    method,
    signal,
    headers,
  }: { body?: unknown; method?: string; signal?: AbortSignal; headers?: HeadersInit } = {},
): Promise<T> {
  const all = new Headers(headers)
  if (body !== undefined) all.set('content-type', 'application/json')
  const response = await fetchOrThrow(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: all,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: signal ?? null,
  })
  const text = await response.text()
  try {
    return (text === '' ? null : JSON.parse(text)) as T
  } catch (error) {
    throw ProblemError.of('unreachable', { detail: 'The answer was cut off.' }, { cause: error })
  }
}
