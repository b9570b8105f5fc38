import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** For links in a row that scrolls where there is little room: the one of the page that is open is in sight. */
export function useActiveInSight() {
  const row = useRef<HTMLElement>(null)
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  // Where a row has scrolled to is known to the browser alone.
  useEffect(() => {
    const outer = row.current
    const link = outer?.querySelector(`a[aria-current=page]`)
    if (!outer || !link || path === undefined) return
    // It tells once the page is laid out. To ask at once would have all of it laid out for that, and then again.
    const watch = new IntersectionObserver(
      ([told]) => {
        watch.disconnect()
        const [from, to] = [told?.boundingClientRect, told?.rootBounds]
        if (from && to) outer.scrollLeft += from.left - to.left - (to.width - from.width) / 2
      },
      { root: outer },
    )
    watch.observe(link)
    return () => watch.disconnect()
  }, [path])
  return row
}
