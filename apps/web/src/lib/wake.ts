/** How often the wall clock is looked at. */
const lookMs = 5000

/** Browsers let a timer wait for some seconds by themselves, but not for that long while the page is visible. */
const sleptAfterMs = 30_000

/** Many tabs wake in the same moment; they must not all ask in it. */
const jitterMs = 2000

/**
 * Calls `onWake` when a visible page has slept (H4): the lid was closed, or the tab was frozen. Timers stand still meanwhile
 * and nothing tells of it, but the wall clock has moved on. A page that becomes visible again is Query's own business.
 */
export function followWake(onWake: () => void): void {
  let last = Date.now()
  const look = () => {
    const slept = Date.now() - last > sleptAfterMs
    last = Date.now()
    if (slept && document.visibilityState === 'visible') setTimeout(onWake, Math.random() * jitterMs)
  }
  setInterval(look, lookMs)
  document.addEventListener('resume', look)
  // A page that comes back from the browser's memory.
  addEventListener('pageshow', look)
}
