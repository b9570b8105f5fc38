import { useSyncExternalStore } from 'react'
import { serverNow } from '../../lib/server-clock.ts'

/** Nearer than this, each second counts. */
const nearMs = 150_000
const coarseMs = 10_000

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 1000)
  // After sleep the next tick may be a minute away.
  document.addEventListener('visibilitychange', listener)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', listener)
  }
}

/** How long until `at` by the server's clock, in milliseconds: fresh each second when it is near, else each ten seconds. */
export function useLeft(at: string): number {
  return useSyncExternalStore(subscribe, () => {
    const left = Date.parse(at) - serverNow()
    const step = left > nearMs ? coarseMs : 1000
    return Math.ceil(left / step) * step
  })
}
