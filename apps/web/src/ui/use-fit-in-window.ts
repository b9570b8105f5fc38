import { useEffect } from 'react'

/**
 * Tells the stylesheet where an element begins in the page, as `--table-top`, so that it can end with the window: the page
 * itself must not scroll under a table that scrolls. Banners come and go above it, so it is measured again: what holds both is as
 * tall as its content and no taller, or one that goes would be missed.
 */
export function useFitInWindow(element: HTMLElement | null): void {
  // What stands above is other components' own.
  useEffect(() => {
    if (!element) return
    const measure = () => {
      const top = Math.ceil(element.getBoundingClientRect().top + scrollY)
      element.style.setProperty('--table-top', `${top}px`)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    // What is observed is measured at once, when the page has its layout anyway.
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) observer.observe(box)
    return () => observer.disconnect()
  }, [element])
}
