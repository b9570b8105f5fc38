import { createStore, useStore } from './store.ts'

/** What the browser knows of a network. It may be wrong both ways: a console on this machine needs none. */
export const isOnline = createStore(navigator.onLine)
addEventListener('online', () => isOnline.set(true))
addEventListener('offline', () => isOnline.set(false))

/** Whether the last read had an answer of the console's own, and not none, or a login page in its place (H5). */
export const isReached = createStore(true)

export type Trouble = 'offline' | 'unreachable'

/** Why the console cannot be asked now; `null` when all is well. Reads decide, the browser only names the reason. */
export function useTrouble(): Trouble | null {
  const reached = useStore(isReached)
  const online = useStore(isOnline)
  if (reached) return null
  return online ? 'unreachable' : 'offline'
}

const reasons: Record<Trouble, string> = {
  offline: 'You are offline',
  unreachable: 'The console cannot be reached',
}

/** Why nothing can be sent now: nothing is put in a queue, to happen when nobody looks (H5). */
export function useCannotSend(): string | undefined {
  const trouble = useTrouble()
  return trouble === null ? undefined : reasons[trouble]
}
