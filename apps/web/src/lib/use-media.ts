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

/** Phones, where tables turn into two-line rows. */
export const useIsNarrow = () => useMedia('(max-width: 44.99rem)')
