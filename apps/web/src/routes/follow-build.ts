import type { AnyRouter } from '@tanstack/react-router'
import { isNewerThere } from '../lib/build.ts'
import { isFirstTry } from '../lib/first-try.ts'
import { holdsSomething } from '../lib/held.ts'
import { hasToasts } from '../ui/toast.ts'

/**
 * Where a newer version is there, the way to another page is the moment to take it (H8): nothing is open then. Not while
 * something is held that a reload would lose, or told that it would cut short.
 */
export function followBuild(router: AnyRouter): void {
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    if (!fromLocation || !pathChanged || !isNewerThere.get() || holdsSomething() || hasToasts()) return
    // The router writes the new address a moment later by itself.
    takeNewer(() => router.history.flush())
  })
}

/** Two servers of different builds behind one address would otherwise reload each page. */
const againAfterMs = 10 * 60_000

/** Loads the page anew for a newer version, unless that was just tried. */
export function takeNewer(before?: () => void): void {
  if (!isFirstTry('took-newer-version', againAfterMs)) return
  before?.()
  location.reload()
}
