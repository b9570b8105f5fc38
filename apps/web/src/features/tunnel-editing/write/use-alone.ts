import { useRef } from 'react'

/** Runs one piece of work at a time: what is started meanwhile, by a second press, does nothing (H3). */
export function useAlone() {
  const isAtWork = useRef(false)
  return async (work: () => Promise<void>) => {
    if (isAtWork.current) return
    isAtWork.current = true
    await work().finally(() => {
      isAtWork.current = false
    })
  }
}
