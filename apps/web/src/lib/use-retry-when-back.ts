import { useEffect, useRef } from 'react'
import { isOnline, isReached } from './connection.ts'

/** Calls `retry` when the network or the server is back; with `everyMs` also that often. `null`: there is nothing to retry. */
export function useRetryWhenBack(retry: (() => void) | null, everyMs?: number): void {
  const latest = useRef(retry)
  latest.current = retry
  // The network and the clock are outside React.
  useEffect(() => {
    const again = () => latest.current?.()
    const timer = everyMs && setInterval(again, everyMs)
    const unwatch = [isOnline, isReached].map((store) => store.subscribe(() => store.get() && again()))
    return () => {
      clearInterval(timer)
      for (const stop of unwatch) stop()
    }
  }, [everyMs])
}
