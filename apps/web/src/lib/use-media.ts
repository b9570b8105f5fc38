import { useSyncExternalStore } from 'react'

/** Whether a media query matches now. The browser is asked for it once, and not at every drawing. */
function media(query: string) {
  let asked: MediaQueryList | undefined
  const list = () => (asked ??= matchMedia(query))
  const subscribe = (listener: () => void) => {
    list().addEventListener('change', listener)
    return () => list().removeEventListener('change', listener)
  }
  const matches = () => list().matches
  return { matches, use: () => useSyncExternalStore(subscribe, matches) }
}

const wide = media('(min-width: 90rem)')

/** Whether there is room for everything side by side, as on a window of 1440 px. */
export const isWide = wide.matches
export const useIsWide = wide.use

/** Phones, where tables turn into two-line rows. */
export const useIsNarrow = media('(max-width: 44.99rem)').use
