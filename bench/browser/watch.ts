/** What a page tells of itself, in milliseconds since it was asked for. */
export interface Watched {
  /** When enough rows were painted; stays open where none come. */
  painted: Promise<number>
  /** The same of rows that can be used: not of those that came with the page. */
  usable: Promise<number>
  /** Largest contentful paint so far. */
  lcp: number
  /** Sum of the layout shifts that nobody asked for. */
  cls: number
  /** First contentful paint; 0 before it. */
  fcp: number
  longTasks: { start: number; duration: number }[]
  /** How long it took from each key or press to the next frame, by the number that the browser gave it. */
  interactions: Map<number, number>
}

declare global {
  interface Window {
    watched: Watched
    /** Runs `done` once what is in the page now has been painted: after the next frame. */
    afterPaint(done: (now: number) => void): void
  }
}

/** Runs in the page before anything of it does, and is sent there as text: it may name nothing from outside. */
export function watch(): void {
  /** As many rows as fit into a window of 800 pixels are more. */
  const enoughRows = 5
  window.afterPaint = (done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done(performance.now())
      port2.postMessage(null)
    })
  const paintedOf = (rows: string) =>
    new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        if (document.querySelectorAll(rows).length < enoughRows) return
        watch.disconnect()
        window.afterPaint(resolve)
      })
      watch.observe(document, { childList: true, subtree: true })
    })
  const painted = paintedOf('tbody tr[data-row]')
  const usable = paintedOf('tbody tr[data-row]:not([inert] *)')
  const watched: Watched = { painted, usable, lcp: 0, cls: 0, fcp: 0, longTasks: [], interactions: new Map() }
  window.watched = watched
  const follow = (type: string, take: (entry: PerformanceEntry & Record<string, unknown>) => void, more = {}) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as PerformanceEntry & Record<string, unknown>)
    }).observe({ type, buffered: true, ...more })
  follow('largest-contentful-paint', ({ startTime }) => {
    watched.lcp = startTime
  })
  follow('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) watched.cls += Number(value)
  })
  follow('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') watched.fcp = startTime
  })
  follow('longtask', ({ startTime: start, duration }) => watched.longTasks.push({ start, duration }))
  // A frame comes every 16 ms; what is told of takes at least that long.
  const least = { durationThreshold: 16 }
  follow(
    'event',
    ({ interactionId, duration }) => {
      const id = Number(interactionId)
      if (id > 0) watched.interactions.set(id, Math.max(duration, watched.interactions.get(id) ?? 0))
    },
    least,
  )
}
