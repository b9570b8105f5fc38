import { useEffect, useRef } from 'react'

/** One run at a time, which ends with its page. What an older one still says counts no more. */
export function useNewestRun() {
  const running = useRef<AbortController | null>(null)
  const cancel = () => running.current?.abort()
  // Requests are outside React.
  useEffect(() => () => running.current?.abort(), [])
  return {
    cancel,
    begin() {
      cancel()
      const own = new AbortController()
      running.current = own
      return { signal: own.signal, isNewest: () => running.current === own }
    },
    forget() {
      cancel()
      running.current = null
    },
  }
}
