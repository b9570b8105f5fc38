import { useEffect } from 'react'

const focusable = 'a[href], button, input, select, summary, [tabindex]'

/** What of a row can have the focus, in its order. */
export const focusableIn = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(focusable)]

/**
 * Makes the rows of a table one stop of the Tab key (WAI-ARIA APG, roving tabindex): the row that had the focus last, or the
 * first one. From there the arrows lead on. Cells come and go by themselves, so what is in the page is watched, not what
 * React was asked to draw.
 */
export function useOneTabStop(container: HTMLElement | null): void {
  // The order of the Tab key is outside React.
  useEffect(() => {
    if (!container) return
    let stop: Element | null = null
    const sync = () => {
      const rows = [...container.querySelectorAll('tbody tr[data-row]')]
      const current = stop && container.contains(stop) ? stop : firstOf(rows[0])
      for (const part of rows.flatMap(focusableIn)) {
        const index = part === current ? 0 : -1
        if (part.getAttribute('tabindex') !== String(index)) part.tabIndex = index
      }
    }
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !target.closest('tbody')) return
      stop = target
      sync()
    }
    const observer = new MutationObserver(sync)
    observer.observe(container, { childList: true, subtree: true })
    container.addEventListener('focusin', onFocus)
    sync()
    return () => {
      observer.disconnect()
      container.removeEventListener('focusin', onFocus)
    }
  }, [container])
}

/** Where the focus goes in a row: to its name. */
function firstOf(row: Element | undefined): Element | null {
  return row?.querySelector('th a, th button') ?? row?.querySelector(focusable) ?? null
}
