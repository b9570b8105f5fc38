import { useSyncExternalStore } from 'react'

/** Whether a media query matches now. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

const wide = '(min-width: 90rem)'

/** Whether there is room for everything side by side, as on a window of 1440 px. */
export const isWide = () => matchMedia(wide).matches
export const useIsWide = () => useMedia(wide)

/** Phones, where tables turn into two-line rows. */
export const useIsNarrow = () => useMedia('(max-width: 44.99rem)')
