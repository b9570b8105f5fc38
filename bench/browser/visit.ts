import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts'
import { watch } from './watch.ts'

/** Where a page is, and as whom it is asked for. */
export interface Site {
  url: string
  /** A `Cookie` header. */
  cookie?: string
}

export interface Visit {
  page: Page
  cdp: CDPSession
  /** From the moment the page was asked for until its rows were painted, in milliseconds. */
  paintedMs: number
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs })

const viewport = { width: 1280, height: 800 }

/**
 * Opens a page in a browser that has seen nothing yet, waits for rows that can be used, and closes it after `work`. `slowdown` is how many
 * times slower the page's processor is made.
 */
export async function visit<T>(
  browser: Browser,
  { url, cookie, slowdown = 1 }: Site & { slowdown?: number },
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport })
  try {
    const [name, value] = cookie?.split('=') ?? []
    if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url }])
    await context.addInitScript(watch)
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.goto(url, { waitUntil: 'commit' })
    const paintedMs = await page.evaluate(async () => {
      await window.watched.usable
      return window.watched.painted
    })
    return await work({ page, cdp, paintedMs })
  } finally {
    await context.close()
  }
}

/** The ids of the rows that are in the page, from the top. */
export const rowIds = (page: Page): Promise<string[]> =>
  page.$$eval('tbody tr[data-row]', (rows) => rows.map((row) => row.getAttribute('data-row') ?? ''))
