import type { AnyRouter } from '@tanstack/react-router'
import { isNewerThere } from '../lib/build.ts'
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

/** Loads the page anew for a newer version, unless that was just tried. */
export function takeNewer(before?: () => void): void {
  if (!isFirstTry()) return
  before?.()
  location.reload()
}

const key = 'took-newer-version'
const againAfterMs = 10 * 60_000

/** Two servers of different builds behind one address would otherwise reload each page. */
function isFirstTry(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < againAfterMs) return false
    sessionStorage.setItem(key, String(Date.now()))
    return true
  } catch {
    return false
  }
}
