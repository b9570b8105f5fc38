import type { Page } from 'playwright'
import { quantile } from '../statistics.ts'

/** A name, an address and a state: each is typed, and taken back key by key. */
const texts = ['fra-branch-0012', '198.18.4', 'down']

/** What the browser leaves out took at most so long. */
const leastMs = 16

/** How long the browser took from each key in the list's filter to the next frame, in milliseconds: the 98th percentile. */
export async function typing(page: Page, { pauseMs }: { pauseMs: number }): Promise<number> {
  await page.focus('[data-page-filter]')
  await page.waitForTimeout(pauseMs * 5)
  await page.evaluate(() => window.watched.interactions.clear())
  let keys = 0
  for (const text of texts) {
    for (const key of [...text, ...Array<string>(text.length).fill('Backspace')]) {
      await page.keyboard.press(key)
      await page.waitForTimeout(pauseMs)
      keys++
    }
  }
  await page.waitForTimeout(pauseMs * 5)
  const told = await page.evaluate(() => [...window.watched.interactions.values()])
  return slowKey(told, keys)
}

/** The 98th percentile of so many keys, of which the browser told the slow ones alone. */
export function slowKey(told: readonly number[], keys: number): number {
  return quantile([...told, ...Array<number>(Math.max(0, keys - told.length)).fill(leastMs)], 0.98)
}

/** From a press on the head of a column until the rows are painted in their new order, in milliseconds. */
export async function sorting(page: Page, head: string): Promise<number> {
  const sorted = await page.evaluateHandle(() => {
    const first = () => document.querySelector('tbody tr[data-row]')?.getAttribute('data-row')
    const before = first()
    let pressedAt = 0
    addEventListener('click', ({ timeStamp }) => (pressedAt = timeStamp), { capture: true, once: true })
    const took = new Promise<number>((resolve) => {
      const rows = new MutationObserver(() => {
        if (first() === before) return
        rows.disconnect()
        window.afterPaint((now) => resolve(now - pressedAt))
      })
      rows.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-row'] })
    })
    return { took }
  })
  await page.getByRole('button', { name: head, exact: true }).click()
  return sorted.evaluate(({ took }) => took)
}
