import { can } from '@tunnel-console/shared/access'
import { compressedOf } from '../readings/compressed.ts'
import type { Services } from '../services.ts'
import { sessionAnswer } from '../session/answer.ts'
import { encodingFor } from './conditional.ts'
import { describe } from './on-error.ts'

/**
 * Where `index.html` takes what the server puts into it: after the empty place of the app, at the script that runs first, and at
 * the end.
 */
const [root, script, end] = ['<div id="root"></div>', '<script src="/first.js"', '</body>']
/** The code of the page. */
const entry = /<script type="module"[^>]* src="([^"]+)"><\/script>/

/**
 * The page of the list with its first rows in it, for a signed-in person who opens it in a browser: they are painted before
 * the page's own code is there, which then draws the same. `null` wherever anything is out of the ordinary: the page without
 * rows is always right. It holds what `GET /api/tunnels` and `GET /api/status` would tell this person, so no cache may keep it.
 */
export function createFirstPage({ deps, owner, auth, gate }: Services) {
  async function bodyFor(request: Request, shell: () => Promise<string>): Promise<string | null> {
    const draw = deps.drawFirstList?.()
    const url = new URL(request.url)
    if (!draw || !gate.isOpen() || url.search !== '' || !isOpened(request.headers)) return null
    const session = await auth.sessionOf(request)
    const first = session && can(session.actor.role, 'status.read') ? await owner.first(session.actor.role) : null
    if (!session || !first) return null
    const who = await sessionAnswer({ deps, owner }, { session, actor: session.actor, viewingAs: null })
    const isNarrow = isPhone(request.headers)
    const drawn = draw({ ...first, session: who, isNarrow })
    const page = await shell()
    const code = entry.exec(page)?.[1]
    if (!code || !page.includes(root) || !page.includes(script))
      throw new Error('index.html has no place for the first rows')
    const about = `data-first="${who.user.id}" data-entry="${code}"${isNarrow ? ' data-narrow' : ''}`
    // The code would run before the rows are painted: `public/first.js` begins it when they are, at its second try if need be.
    return page
      .replace(entry, '')
      .replace(script, `${script} ${about}`)
      .replace(end, `${script} defer ${about}></script>${end}`)
      .replace(root, () => `${root}<div id="first" aria-hidden="true" inert>${drawn}</div>`)
  }

  return async (request: Request, shell: () => Promise<string>): Promise<Response | null> => {
    try {
      const body = await bodyFor(request, shell)
      if (body === null) return null
      const compressed = compressedOf(body, deps.brotli)
      const encoding = encodingFor({ compressed }, request.headers.get('accept-encoding') ?? '')
      const headers = { 'content-type': 'text/html; charset=utf-8', ...(encoding && { 'content-encoding': encoding }) }
      return new Response(encoding ? await compressed.made(encoding) : body, { headers })
    } catch (error) {
      deps.log({ level: 'error', event: 'first-page.failed', cause: describe(error) })
      return null
    }
  }
}

/** By a browser that shows it now. One that fetches ahead may show it minutes later, and would keep the rows until then. */
const isOpened = (headers: Headers) => headers.get('sec-fetch-dest') === 'document' && !headers.has('sec-purpose')

/** What the browser says of itself; where it is silent, what its name says. `public/first.js` knows better and looks. */
function isPhone(headers: Headers): boolean {
  const said = headers.get('sec-ch-ua-mobile')
  return said === null ? /\bMobi/.test(headers.get('user-agent') ?? '') : said === '?1'
}
