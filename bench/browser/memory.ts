import type { Browser } from 'playwright'
import { type Site, type Visit, visit } from './visit.ts'

/** What a page keeps once it stands still, and what is garbage has gone: megabytes of JavaScript's heap. */
export function heapOf(browser: Browser, site: Site, stayMs: number): Promise<number> {
  return visit(browser, site, async (opened) => {
    await opened.page.waitForTimeout(stayMs)
    return heap(opened)
  })
}

/** The same of a page that does nothing and keeps `data`, each parsed as it came. */
export function heapWith(browser: Browser, site: Site, data: readonly string[]): Promise<number> {
  return visit(browser, site, async (opened) => {
    await opened.page.evaluate(async (paths) => {
      const answers = await Promise.all(paths.map(async (path) => (await fetch(path)).json()))
      Object.assign(window, { answers })
    }, data)
    return heap(opened)
  })
}

async function heap({ cdp }: Visit): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1_000_000
}
