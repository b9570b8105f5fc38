import { useEffect, useRef } from 'react'
import { createStore } from './store.ts'

// The first page keeps the focus that the browser gave it; a screen reader reads it from the top by itself.
const lastPath = createStore<string | null>(null)

/** On a page change: the title in the tab, and focus on the `h1`, which reads it out. A new search string is no new page. */
export function useFocusHeading(title: string) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The document's title and the focus are outside React.
  useEffect(() => {
    document.title = `${title} · Tunnel Console`
  }, [title])
  useEffect(() => {
    const before = lastPath.get()
    lastPath.set(location.pathname)
    if (before !== null && before !== location.pathname) heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}
