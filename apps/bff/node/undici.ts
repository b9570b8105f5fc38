import type { Agent as Dispatcher, Dispatcher as Undici } from 'undici'
import send from 'undici/lib/api/api-request.js'
import Agent from 'undici/lib/dispatcher/agent.js'

export { Agent }

/**
 * undici's `request` over an agent, from the two files that carry it out. The package's one door leads to caches, mocks,
 * web sockets and a second `fetch` as well, which nothing here calls: a megabyte to compile at each start.
 */
export function request(
  url: string,
  dispatcher: Dispatcher,
  options: Omit<Undici.RequestOptions, 'origin' | 'path'>,
): Promise<Undici.ResponseData> {
  const { origin, pathname, search } = new URL(url)
  return send.call(dispatcher, { ...options, origin, path: `${pathname}${search}` })
}
