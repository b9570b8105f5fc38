import { createStore } from '../../lib/store.ts'

/** Whether the person has stopped the list from changing by itself (WCAG 2.2.2). Lives as long as the page. */
export const isPaused = createStore(false)

/** Status that is older than this is told as what was. By the wall clock: a laptop may have slept (H4). */
const oldAfterMs = 75_000

export function isOldAt(fetchedAt: string | undefined, now: Date): boolean {
  return fetchedAt !== undefined && now.getTime() - Date.parse(fetchedAt) > oldAfterMs
}
