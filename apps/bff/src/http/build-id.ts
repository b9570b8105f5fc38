import type { MiddlewareHandler } from 'hono'
import type { Assets } from '../deps.ts'
import type { AppEnv } from './env.ts'

/** The entry file of the built SPA. Its name holds a hash of all that it leads to. */
const entry = /<script type="module"[^>]* src="\/assets\/([\w.-]+)\.js"/

/**
 * Names the build that the console serves, in `x-build`: a page of an older one learns by it that it is old (H8). It is
 * read once; a failure is no reason to fail the answer.
 */
export function buildId(assets: Assets | undefined): MiddlewareHandler<AppEnv> {
  let known: Promise<string | undefined> | undefined
  const read = async () => {
    const shell = await assets?.('/index.html', 'identity')
    return shell ? entry.exec(await shell.text())?.[1] : undefined
  }
  return async (c, next) => {
    await next()
    known ??= read().catch(() => {
      known = undefined
      return undefined
    })
    const build = await known
    if (build) c.res.headers.set('x-build', build)
  }
}
