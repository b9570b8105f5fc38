import { ProblemError } from '@tunnel-console/shared/problem'
import { Hono } from 'hono'
import type { Assets } from '../deps.ts'
import type { AppEnv } from './env.ts'
import { publicRoute } from './requires.ts'

/** The addresses that are pages of the SPA. Anything else without a file is 404, never the shell (S27). */
const pages = /^\/(|sign-in|setup|audit|tunnels(\/(new|[0-9a-f]{32}(\/edit)?))?)$/

/** The built SPA: hashed files may be kept for ever, the shell is asked for each time (S58). */
export const spaRoutes = (assets: Assets | undefined) =>
  new Hono<AppEnv>().get('/*', publicRoute(), async (c) => {
    const pathname = c.req.path
    const isPage = pages.test(pathname)
    const encoding = c.req.header('accept-encoding') ?? ''
    const file = pathname.startsWith('/api') ? null : await assets?.(isPage ? '/index.html' : pathname, encoding)
    if (!file) throw ProblemError.of('not-found')
    const response = new Response(file.body, file)
    const isHashed = pathname.startsWith('/assets/')
    response.headers.set('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    response.headers.set('vary', 'Accept-Encoding')
    return response
  })
