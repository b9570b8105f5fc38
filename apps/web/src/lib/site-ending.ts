import { usualEnding } from '@tunnel-console/shared/site-ending'
import { createStore } from './store.ts'
import { store, stored } from './theme.ts'

const key = 'site-ending'

/** How this browser finds the site in a tunnel's name: a pattern for the end that is left out. */
export const siteEnding = createStore<string>(stored(key) || usualEnding)

export function setSiteEnding(pattern: string): void {
  const ending = pattern.trim() || usualEnding
  store(key, ending)
  siteEnding.set(ending)
}

/** Signing out clears the site's storage; how sites are named is no secret of the session. */
export const keepSiteEnding = () => store(key, siteEnding.get())
