import { createStore } from '../../../lib/store.ts'

/**
 * What opens a hand-off, from the fragment of its link. Reading it takes it out of the address bar and the history; this
 * runs on import, before the router has seen the address. It is in this page's memory, for as long as the page is there.
 */
export const handoffKey = createStore<string | null>(takeKey())

// A link that is pasted over another one of the same page loads nothing anew.
addEventListener('hashchange', () => {
  const key = takeKey()
  if (key !== null) handoffKey.set(key)
})

function takeKey(): string | null {
  if (!location.pathname.startsWith('/handoff/')) return null
  const key = new URLSearchParams(location.hash.slice(1)).get('k')
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return key
}
