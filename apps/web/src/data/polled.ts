import { queryOptions } from '@tanstack/react-query'
import type { Endpoint } from '@tunnel-console/shared/contract'
import { jsonOf, type RealAnswerOf, send } from '../lib/api.ts'
import { byTurns, untilQuiet } from '../lib/turns.ts'

export interface Fetched<T> {
  /** The same object for as long as the server says 304. */
  body: T
  etag: string | null
  /** When the BFF got it from Cloudflare, ISO 8601. */
  fetchedAt: string
}

/**
 * Reads with the ETag of `last`. On 304 the body is the same object, so nothing that reads only the body renders again;
 * `fetchedAt` moves on by the header `x-fetched-at`.
 */
export async function fetchConditional<E extends Endpoint>(
  endpoint: E,
  last: Fetched<RealAnswerOf<E>> | undefined,
  signal?: AbortSignal,
  as?: Form<E>,
): Promise<Fetched<RealAnswerOf<E>>> {
  const headers = { ...(last?.etag && { 'if-none-match': last.etag }), ...(as && { accept: as.accept }) }
  const response = await send(endpoint, { headers, cache: 'no-store', ...(signal && { signal }) })
  const fetchedAt = response.headers.get('x-fetched-at')
  if (response.status === 304 && last) return { ...last, fetchedAt: fetchedAt ?? last.fetchedAt }
  if (last) await untilQuiet()
  const json = await jsonOf(response)
  const again = last && (await import('./kept.ts').catch(() => null))
  const read = as ? await byTurns(as.steps(json)) : (json as RealAnswerOf<E>)
  const body = again ? await again.kept(last.body, read) : read
  return { body, etag: response.headers.get('etag'), fetchedAt: fetchedAt ?? new Date().toISOString() }
}

/** A shorter form of an answer: how it is asked for, and the steps in which the answer is made of it. */
export interface Form<E extends Endpoint> {
  accept: string
  steps: (json: unknown) => Generator<undefined, RealAnswerOf<E>>
}

const pollMs = 5000

/**
 * Query options for a polled read: every 5 s, or as often as told, while the page is visible, at once on return and on reconnection.
 * Use `select` to take the part you show: `{ ...polledQuery(…), select: (fetched) => fetched.body.tunnels }`.
 */
export function polledQuery<E extends Endpoint>(
  queryKey: readonly unknown[],
  endpoint: E,
  everyMs = pollMs,
  as?: Form<E>,
) {
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }) =>
      fetchConditional(endpoint, client.getQueryData<Fetched<RealAnswerOf<E>>>(queryKey), signal, as),
    // The body is compared by identity: the server has compared it already.
    structuralSharing: false,
    staleTime: everyMs - 1000,
    refetchInterval: everyMs,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
  })
}
