import { useEffect } from 'react'

/**
 * Tells the stylesheet whether what is in an element is wider than the element, as `data-wide`. Cells that stay while others
 * scroll under them are a layer each, which the browser puts together anew at every frame: where nothing scrolls sideways
 * there need be none.
 */
export function useIsWide(element: HTMLElement | null): void {
  // How wide things are is outside React.
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(() => {
      element.toggleAttribute('data-wide', element.scrollWidth > element.clientWidth)
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [element])
}
