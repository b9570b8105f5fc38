import type { Browser } from 'playwright'
import { type Site, visit } from './visit.ts'

/** How a page came up, in milliseconds since it was asked for; `cls` has no unit. */
export interface Opening {
  paintedMs: number
  /** When rows were there that can be used. */
  usableMs: number
  lcpMs: number
  /** How long the page could not have answered: of each task of more than 50 ms after the first paint what is beyond. */
  tbtMs: number
  cls: number
}

/** Opens a page and stays until what it brings after its rows is there. */
export function opening(browser: Browser, site: Site, stayMs: number): Promise<Opening> {
  return visit(browser, site, async ({ page, paintedMs }) => {
    await page.waitForTimeout(stayMs)
    const { usableMs, lcp, cls, fcp, longTasks } = await page.evaluate(async () => {
      const { usable, lcp, cls, fcp, longTasks } = window.watched
      return { usableMs: await usable, lcp, cls, fcp, longTasks }
    })
    return { paintedMs, usableMs, lcpMs: lcp, cls, tbtMs: blocked(longTasks, fcp) }
  })
}

const shortMs = 50

/** Total blocking time: of tasks that end after the first paint, what is beyond 50 ms, as Lighthouse counts it. */
export function blocked(tasks: readonly { start: number; duration: number }[], fcp: number): number {
  return tasks
    .map(({ start, duration }) => ({ from: Math.max(start + shortMs, fcp), to: start + duration }))
    .reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0)
}
