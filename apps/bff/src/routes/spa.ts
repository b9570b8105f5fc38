import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'
import { createFirstPage } from '../http/first-page.ts'
import { publicRoute } from '../http/requires.ts'
import type { Services } from '../services.ts'

/** The addresses that are pages of the SPA. */
const pages =
  /^\/(|sign-in|setup|invite|users|account|wall|import|plan|addresses|settings(\/(connection|walls|webhooks))?|approvals|audit|changes|jobs(\/[0-9a-f-]{36})?|tunnels(\/(new(\/(basics|endpoints|inside|health|key|review|all))?|keys|bulk|bulk-delete|[0-9a-f]{32}(\/edit)?))?)$/

/** Those that show the list. */
const lists: ReadonlySet<string> = new Set(['/', '/tunnels'])

/** Where a one-time key is shown to somebody without an account: not even the empty page may rest in a cache. */
const handoffPage = /^\/handoff\/[0-9a-f-]{36}$/

/**
 * The built SPA: hashed files may be kept for ever, the shell is asked for each time (S58). Any other address is 404. A
 * person who typed it sees the SPA's own "not found" page under that status; everything else gets a problem (S27).
 */
export function spaRoutes(services: Services) {
  const { assets } = services.deps
  const firstPage = createFirstPage(services)
  const shell = async () => (await assets?.('/index.html', 'identity'))?.text() ?? ''
  return new Hono<AppEnv>().get('/*', publicRoute, async (c) => {
    const pathname = c.req.path
    const file = (path: string) => assets?.(path, c.req.header('accept-encoding') ?? '')
    const isTyped = c.req.header('sec-fetch-dest') === 'document' && !/\.\w+$/.test(pathname)
    if (pathname.startsWith('/api')) throw ProblemError.of('not-found')
    if (handoffPage.test(pathname)) return asFile(await file('/index.html'), 'no-store')
    const first = lists.has(pathname) ? await firstPage(c.req.raw, shell) : null
    if (first) return asFile(first, 'no-store')
    if (pages.test(pathname)) return asFile(await file('/index.html'), 'no-cache')
    if (pathname.startsWith('/assets/')) return asFile(await file(pathname), 'public, max-age=31536000, immutable')
    const found = await file(pathname)
    if (!found && isTyped) return asFile(await file('/index.html'), 'no-cache', 404)
    return asFile(found, 'no-cache')
  })
}

function asFile(file: Response | null | undefined, cacheControl: string, status = 200): Response {
  if (!file) throw ProblemError.of('not-found')
  const headers = new Headers(file.headers)
  headers.set('cache-control', cacheControl)
  headers.set('vary', 'Accept-Encoding')
  return new Response(file.body, { status, headers })
}
