import { useEffect, useMemo } from 'react'
import { siteEnding } from '../../lib/site-ending.ts'
import { createStore, useStore } from '../../lib/store.ts'
import type * as ListRest from './list-rest.tsx'

type Sites = Pick<typeof ListRest, 'siteNamer' | 'bySite' | 'siteGrouping'>

const sites = createStore<Sites | null>(null)

/** A name that stands for itself: what every tunnel's site is until the code that finds sites is there. */
const itself = (name: string): string => name

/** Before the overview is there, which would say less without them and then grow. */
export function loadSites(): void {
  if (!sites.get()) import('./list-rest.tsx').then(sites.set, () => {})
}

/**
 * What finds the sites of tunnels by their names, and what puts rows together by them. Its code comes after the first rows;
 * until then `group` is `null` and the rows stand one by one, as they do where it cannot be loaded.
 */
export function useSites() {
  const known = useStore(sites)
  const ending = useStore(siteEnding)
  // Loading code is outside React.
  useEffect(loadSites, [])
  const siteOf = useMemo(() => known?.siteNamer(ending) ?? itself, [known, ending])
  return { siteOf, group: known }
}
