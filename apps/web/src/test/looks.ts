import axe from 'axe-core'
import { onTestFinished } from 'vitest'
import { cdp, page } from 'vitest/browser'
// Parts are drawn as in the console. Only files that take this have styles.
import '../styles/index.css'

/** As the journeys in `e2e/axe.ts` have it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What a whole page has and a part of one cannot. */
const ofPages = [
  'region',
  'page-has-heading-one',
  'landmark-one-main',
  'document-title',
  'html-has-lang',
  'bypass',
  'heading-order',
]

/**
 * What axe finds wrong with what is drawn now, at 1280 and at 390 px in light, and of its colours in dark: nothing is the
 * empty list. Else "dark, 1280: color-contrast at .some-selector".
 */
export async function axeFindings(): Promise<string[]> {
  onTestFinished(() => inTheme('light'))
  const rules = Object.fromEntries(ofPages.map((id) => [id, { enabled: false }]))
  const found: string[] = []
  for (const [theme, width, runOnly] of [
    ['light', 1280, tags],
    ['dark', 1280, ['color-contrast']],
    ['light', 390, tags],
  ] as const) {
    inTheme(theme)
    await page.viewport(width, 844)
    await settled()
    const type = theme === 'dark' ? 'rule' : 'tag'
    const { violations } = await axe.run(document.body, { runOnly: { type, values: [...runOnly] }, rules })
    for (const { id, nodes } of violations) {
      found.push(
        `${theme}, ${width}: ${id} at ${nodes
          .slice(0, 4)
          .map(({ target }) => String(target))
          .join(' | ')}`,
      )
    }
  }
  return found
}

/** Until the end of the test, the page is drawn as for such a screen or for paper. */
export async function drawnFor(media: Media): Promise<void> {
  onTestFinished(() => emulate({}))
  await emulate(media)
}

interface Media {
  media?: 'print'
  features?: { name: string; value: string }[]
}

async function emulate(media: Media): Promise<void> {
  const browser = cdp() as unknown as { send: (what: string, how: object) => Promise<unknown> }
  await browser.send('Emulation.setEmulatedMedia', { media: '', features: [], ...media })
}

/** By how many pixels a region is too narrow for what is in it. */
export const sidewaysIn = (region: Element): number => Math.max(0, region.scrollWidth - region.clientWidth)

function inTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = theme
}

/** Colours are judged once nothing moves any more. */
const settled = () =>
  Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
