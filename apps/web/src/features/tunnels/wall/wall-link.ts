import { createStore } from '../../../lib/store.ts'

/**
 * The link of a new screen, from the fragment of its address. Reading it takes it out of the address bar and the history;
 * this runs on import, before the router has seen the address.
 */
export const wallLink = createStore<string | null>(takeLink())

addEventListener('hashchange', () => {
  const link = takeLink()
  if (link !== null) wallLink.set(link)
})

function takeLink(): string | null {
  if (location.pathname !== '/wall') return null
  const link = new URLSearchParams(location.hash.slice(1)).get('link')
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return link
}
