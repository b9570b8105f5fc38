import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

export type Look = (screen: string) => Promise<void>

/** Looks at one screen in every size and both themes; the page under test stays where it is. */
export function lookAt(page: Page, found: string[]): Look {
  async function judge(screen: string, choose: (builder: AxeBuilder) => AxeBuilder): Promise<void> {
    await settled(page)
    const { violations } = await choose(await axe(page)).analyze()
    for (const { id, nodes } of violations.map(withoutMenus).filter(({ nodes: left }) => left.length > 0)) {
      const where = nodes.map(({ target }) => String(target)).slice(0, 4)
      found.push(`${screen}: ${id} at ${where.join(' | ')}`)
    }
  }

  return async (screen) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await judge(`${screen}, light, ${size.width}`, (builder) => builder.withTags(tags))
      // A theme changes colours and nothing else.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      await judge(`${screen}, dark, ${size.width}`, (builder) => builder.withRules(['color-contrast']))
    }
    await page.setViewportSize({ width: 320, height: 700 })
    await settled(page)
    await fits(page).catch(() => found.push(`${screen}: scrolls sideways at 320 px`))
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  }
}

/**
 * The console has no frames, so axe needs no page of its own to put results together. What passes is not asked for: to name
 * thousands of elements takes three times as long as to judge them. A page that has axe is not given its half a megabyte
 * again, which would be twice for each look.
 */
async function axe(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
  return builder.options({ resultTypes: ['violations'] }).setLegacyMode()
}

/** What floats finds its new place a frame after the window has its new size. */
const fits = (page: Page) =>
  page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 2000 })

/** A menu that is open stands beside the landmarks, as menus do. */
const withoutMenus = ({ id, nodes }: { id: string; nodes: { html: string; target: unknown[] }[] }) => ({
  id,
  nodes: nodes.filter(({ html }) => id !== 'region' || !html.includes('role="menu"')),
})

/** Colours are judged once nothing moves any more. What turns for ever, or is held back with its page, is not waited for. */
const settled = (page: Page) =>
  page.evaluate((mostMs) => {
    const ended = document.getAnimations().map((animation) => animation.finished.catch(() => undefined))
    return Promise.race([Promise.all(ended), new Promise((resolve) => setTimeout(resolve, mostMs))]).then(() => {})
  }, 2000)
