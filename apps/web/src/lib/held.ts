import { useEffect, useRef } from 'react'

const holders = new Set<() => boolean>()

/** Whether a reload would lose something now: typed values, a key on the screen, the way back to a form. */
export const holdsSomething = (): boolean => [...holders].some((isHolding) => isHolding())

/** Adds somebody to ask; the answer takes it away again. */
export function holdWhile(isHolding: () => boolean): () => void {
  holders.add(isHolding)
  return () => holders.delete(isHolding)
}

/** The same for as long as the component lives. */
export function useHeld(isHolding: () => boolean): void {
  const latest = useRef(isHolding)
  latest.current = isHolding
  // What may reload the page is outside of this component.
  useEffect(() => holdWhile(() => latest.current()), [])
}
