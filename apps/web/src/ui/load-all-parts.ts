import { isNewerThere } from '../lib/build.ts'
import { isOnline, isReached } from '../lib/connection.ts'
import { untilQuiet } from '../lib/turns.ts'
import { failedParts, parts } from './lazy-part.tsx'

/** The network may be gone, and the browser not know it yet. */
const afterFailureMs = 30_000

/**
 * Loads every part one after the other, so that it is there when the network or the server's copy is not. Where one cannot be loaded
 * the others could not either, as a rule: it waits, and comes back to that one when it has been through all.
 */
export async function loadAllParts(all: readonly (() => Promise<void>)[] = parts): Promise<void> {
  let isWhole = true
  // Parts that come with parts are at the end of those.
  for (const load of all) {
    await untilReached()
    await untilQuiet()
    const failures = failedParts.get()
    await load()
    if (failedParts.get() === failures) continue
    isWhole = false
    await new Promise((resolve) => setTimeout(resolve, afterFailureMs))
  }
  // Of a part that comes only then there may be more.
  if (!isWhole) await loadAllParts(all)
}

/** Until the console can be reached, and is the one that this page is from: another has none of its parts. */
function untilReached(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isOnline.get() || !isReached.get() || isNewerThere.get()) return
      for (const stop of watched) stop()
      resolve()
    }
    const watched = [isOnline, isReached, isNewerThere].map((store) => store.subscribe(look))
    look()
  })
}
