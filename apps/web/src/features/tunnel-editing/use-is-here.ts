import { type RefObject, useEffect, useRef } from 'react'

/** Whether the page is still there: an answer that comes after it was left must not lead the person away from where they are. */
export function useIsHere(): Readonly<RefObject<boolean>> {
  const isHere = useRef(true)
  // React tells of coming and going by effects alone.
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}
