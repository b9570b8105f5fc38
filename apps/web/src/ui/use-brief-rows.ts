import { useEffect, useLayoutEffect, useReducer, useRef } from 'react'

/** So long may drawing rows take of a frame, in milliseconds, while nothing moves and while rows are scrolled. */
const restingMs = 20
const scrollingMs = 6

/** What a row takes on a machine that nobody has measured yet. */
const guessedMs = 4

/** So long nothing may have flown past before rows are drawn whole again. */
const settledMs = 150

/**
 * Which rows to draw briefly for now. A frame draws as many rows whole as this machine can; what more comes at once is drawn
 * whole in the next ones, and what flies past once it does so no more. A row that was drawn whole stays so.
 */
export function useBriefRows(ids: readonly string[], isScrolling: boolean): ReadonlyMap<string, number> {
  const past = useRef<Past>({
    brief: new Map(),
    whole: new Set(),
    seen: new Set(),
    flewAt: Number.NEGATIVE_INFINITY,
    msOfRow: guessedMs,
  })
  const [, drawAgain] = useReducer((count: number) => count + 1, 0)
  const start = performance.now()

  const { whole, seen, msOfRow } = past.current
  const room = Math.max(1, Math.floor((isScrolling ? scrollingMs : restingMs) / msOfRow))
  const fresh = ids.filter((id) => !seen.has(id)).length
  const flewAt = isScrolling && fresh > room ? start : past.current.flewAt
  const isFlying = start - flewAt < settledMs
  const waiting = ids.filter((id) => !whole.has(id))
  const drawn = isFlying ? [] : waiting.slice(0, room)
  const brief = placed(waiting.slice(drawn.length), past.current.brief)

  useLayoutEffect(() => {
    // As much again goes to styles, layout and paint.
    const took = (2 * (performance.now() - start)) / Math.max(1, drawn.length)
    past.current = {
      brief,
      whole: new Set(ids.filter((id) => !brief.has(id))),
      seen: new Set(ids),
      flewAt,
      msOfRow: drawn.length > 0 ? (msOfRow + took) / 2 : msOfRow,
    }
  })
  useEffect(() => {
    if (brief.size === 0) return
    if (!isFlying) {
      const frame = requestAnimationFrame(drawAgain)
      return () => cancelAnimationFrame(frame)
    }
    const timer = setTimeout(drawAgain, settledMs)
    return () => clearTimeout(timer)
  })
  return brief
}

/**
 * A place in the page for each: the one that it had, or one that nobody has any more. Where few have stayed, all are placed
 * anew in their order, since moving elements costs more than other words in them.
 */
function placed(ids: readonly string[], before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const stay = ids.filter((id) => before.has(id))
  if (stay.length < ids.length / 2) return new Map(ids.map((id, place) => [id, place]))
  const taken = new Set(stay.map((id) => before.get(id)))
  const free = ids.map((_, place) => place).filter((place) => !taken.has(place))
  return new Map(ids.map((id) => [id, before.get(id) ?? free.shift() ?? ids.length]))
}

interface Past {
  brief: ReadonlyMap<string, number>
  whole: ReadonlySet<string>
  seen: ReadonlySet<string>
  /** When rows last flew past, and how long one takes to be drawn whole, in milliseconds. */
  flewAt: number
  msOfRow: number
}
