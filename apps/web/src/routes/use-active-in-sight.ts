import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** For links in a row that scrolls where there is little room: the one of the page that is open is in sight. */
export function useActiveInSight() {
  const row = useRef<HTMLElement>(null)
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  // Where a row has scrolled to is known to the browser alone.
  useEffect(() => {
    const link = row.current?.querySelector(`a[aria-current=page]`)
    if (!row.current || !link || path === undefined) return
    const [outer, inner] = [row.current.getBoundingClientRect(), link.getBoundingClientRect()]
    row.current.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2
  }, [path])
  return row
}
