import { can } from '@tunnel-console/shared/access'
import { isKnown, type Prepared } from '../readings/prepared.ts'
import type { Services } from '../services.ts'
import { requestEntry } from './access-log.ts'
import { bodyHeaders, encodingFor, formOf, tagsOf } from './conditional.ts'
import type { Actor } from './env.ts'
import { isFromElsewhere } from './guards.ts'
import { headersOf } from './security-headers.ts'

/** A request before anything was made of it. */
export interface RawRequest {
  method: string
  /** Path and query, as they came. */
  url: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface QuickAnswer {
  status: 200 | 304
  /** Names and values in turn. */
  headers: string[]
  body: ArrayBuffer | null
  /** To be called when the answer is out. */
  log(): void
}

/** A name and maybe a port. What else stands there is for the ordinary way to refuse. */
const plainHost = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i

/**
 * Answers a look at the list at once, when everything that it takes is known already: the session, unchanged in the database
 * since it was read, and a view of the role that is still new. Whoever polls waits for no `Request`, no `Headers`, no
 * routes. `null` for everything that is in any way out of the ordinary, refusals too: it goes the ordinary way.
 *
 * It holds no rule of its own: who may look is asked of the same functions as there, and a test holds the answers of both
 * ways against each other.
 */
export function createQuick({ deps, owner, auth, gate }: Services): (request: RawRequest) => QuickAnswer | null {
  const always = headersOf(deps.publicUrl, '/api').flat()

  /** Who asks, if they may look and need nothing to be found out for it. */
  function readerOf({ cookie, ...headers }: RawRequest['headers']): Actor | null {
    const session = typeof cookie === 'string' ? auth.knownSessionOf(cookie) : null
    const isOrdinary = headers['x-view-as'] !== undefined || !isOurs(headers)
    return session && !isOrdinary && can(session.actor.role, 'status.read') ? session.actor : null
  }

  return (request) => {
    const start = deps.monotonic()
    if (request.method !== 'GET' || request.url !== '/api/tunnels' || !gate.isOpen()) return null
    const reader = readerOf(request.headers)
    const view = reader && owner.ready(reader.role, formOf(textOf(request.headers['accept'])))
    const answer = view && answerOf(view, request.headers)
    if (!reader || !answer) return null
    const log = () => {
      const [requestId, ms] = [crypto.randomUUID(), Math.round(deps.monotonic() - start)]
      const { status } = answer
      deps.log(requestEntry({ requestId, method: 'GET', route: '/api/tunnels', status, ms, userId: reader.id }))
    }
    return { ...answer, headers: [...always, ...answer.headers], log }
  }
}

/** Whether our own page asks, or a tool that no page drives, for something without a body. */
function isOurs(headers: RawRequest['headers']): boolean {
  const { host, 'sec-fetch-site': site, 'sec-fetch-dest': dest } = headers
  if (typeof host !== 'string' || !plainHost.test(host)) return false
  if (Array.isArray(site) || Array.isArray(dest) || isFromElsewhere(site, dest)) return false
  return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
}

function answerOf(view: Prepared, headers: RawRequest['headers']): Omit<QuickAnswer, 'log'> | null {
  if (isKnown(textOf(headers['if-none-match']), view.etag)) {
    return { status: 304, headers: Object.entries(tagsOf(view)).flat(), body: null }
  }
  const encoding = encodingFor(view, textOf(headers['accept-encoding']))
  const body = encoding && view.compressed.ready(encoding)
  if (!encoding || !body) return null
  const length = ['content-length', String(body.byteLength)]
  return { status: 200, headers: [...Object.entries(bodyHeaders(view, encoding)).flat(), ...length], body }
}

const textOf = (header: string | string[] | undefined) => (typeof header === 'string' ? header : undefined)
