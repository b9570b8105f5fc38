import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { openHeld, untilDrawn } from './held-code.ts'
import { heading, idOf, row } from './steps.ts'

/** Presses where something is, whether it can be pressed or not. */
async function press(page: Page, what: Locator): Promise<void> {
  await expect(what).toBeVisible()
  const { x, y, width, height } = (await what.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.click(x + width / 2, y + height / 2)
}

/** Whether a press or key waits for what it is meant for: the pointer says so. */
const isKept = (page: Page) => page.evaluate(() => document.documentElement.style.cursor === 'progress')

const drawn = (page: Page, text: string) =>
  page.locator('#first').locator('a, button').filter({ hasText: text }).first()

test('T7 nothing drawn says that it is live', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await expect(page.locator('#first').getByText('Live')).toHaveCount(0)
})

test('T7 the press on a drawn row opens it once the code is there', async ({ as }) => {
  const page = await as('Support')
  await untilDrawn(page)
  const { release } = await openHeld(page)
  await press(page, drawn(page, 'saopaulo-a'))
  release()
  await expect(heading(page, 'saopaulo-a')).toBeVisible()
})

test('T7 so does one on the navigation, and on a counter', async ({ as }) => {
  const page = await as('Operator')
  await untilDrawn(page)
  const first = await openHeld(page)
  await press(page, drawn(page, 'Addresses'))
  first.release()
  await expect(heading(page, 'Addresses')).toBeVisible()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const second = await openHeld(page)
  await press(page, drawn(page, 'Down 2'))
  second.release()
  await expect(page.getByText('2 of 43 tunnels', { exact: true })).toBeVisible()
})

for (const way of ['the key', 'a press']) {
  test(`T7 what is typed ahead into the filter, after ${way}, is in it`, async ({ as }) => {
    const page = await as('Support')
    await untilDrawn(page)
    const { release } = await openHeld(page)
    await expect(page.locator('#first-list')).toBeVisible()
    if (way === 'the key') await page.keyboard.press('/')
    else await press(page, page.locator('#first [data-page-filter]'))
    await page.keyboard.type('pariss')
    await page.keyboard.press('Backspace')
    release()
    const filter = page.getByRole('searchbox', { name: 'Filter tunnels' })
    await expect(filter).toHaveValue('paris')
    await expect(filter).toBeFocused()
    await expect(page.getByText('2 of 43 tunnels', { exact: true })).toBeVisible()
    await page.keyboard.type('-b')
    await expect(filter).toHaveValue('paris-b')
  })
}

test('T7 a press that opens a tab of its own, and a key that is switched off, are not kept', async ({ as }) => {
  const page = await as('Support')
  await untilDrawn(page)
  await page.evaluate(() => localStorage.setItem('single-key-shortcuts', 'off'))
  const { release } = await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.down('Control')
  await press(page, drawn(page, 'saopaulo-a'))
  await page.keyboard.up('Control')
  expect(await isKept(page)).toBe(false)
  release()
  await expect(row(page, 'saopaulo-a')).toBeVisible()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Filter tunnels' })).not.toBeFocused()
})

test('H8 a script that fails later takes nothing from a page that is there', async ({ as }) => {
  const page = await as('Support')
  await page.goto('/account')
  await expect(heading(page, 'Your account')).toBeVisible()
  // Before it loads the page anew it writes down that it does.
  const isNoted = await page.locator('script[type=module]').evaluate((script) => {
    script.dispatchEvent(new Event('error'))
    return sessionStorage.getItem('loaded-anew') !== null
  })
  expect(isNoted).toBe(false)
  await expect(heading(page, 'Your account')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('T7 what is typed ahead into the palette is in it', async ({ as }) => {
  const page = await as('Support')
  await untilDrawn(page)
  const { release } = await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('saop')
  release()
  const palette = page.getByRole('combobox', { name: 'Search tunnels, pages and actions' })
  await expect(palette).toHaveValue('saop')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'saopaulo-a')).toBeVisible()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const again = await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('milan-a')
  await page.keyboard.press('Enter')
  again.release()
  await expect(heading(page, 'milan-a')).toBeVisible()
})

test('T7 nothing is kept from whoever must sign in meanwhile', async ({ as }) => {
  const page = await as('Support')
  await untilDrawn(page)
  const { promise: typed, resolve: answer } = Promise.withResolvers<void>()
  await page.route('**/api/session', async (route) => {
    await typed
    await route.fulfill({ status: 401 }).catch(() => undefined)
  })
  await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('paris')
  answer()
  await expect(page.locator('#first')).toBeHidden()
  await page.evaluate(() => document.body.append(document.createElement('input')))
  await page.locator('body > input').focus()
  await page.keyboard.type('/a secret')
  await expect(page.locator('body > input')).toHaveValue('/a secret')
})

test('T7 Escape takes such a press back', async ({ as }) => {
  const page = await as('Support')
  await untilDrawn(page)
  const { release } = await openHeld(page)
  await press(page, drawn(page, 'saopaulo-a'))
  expect(await isKept(page)).toBe(true)
  await page.keyboard.press('Escape')
  expect(await isKept(page)).toBe(false)
  release()
  await expect(row(page, 'saopaulo-a')).toBeVisible()
  await expect(heading(page, 'Tunnels')).toBeVisible()
})

test('H8 code that cannot be loaded leaves words, on the list and on any page', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  const id = await idOf(page, 'paris-b')
  await page.route(/\/assets\/.*\.js/, (route) => route.abort())
  for (const path of ['/tunnels', `/tunnels/${id}`]) {
    await page.goto(path)
    await expect(page.getByRole('alert')).toHaveText(/could not be loaded. Check the network/)
    await expect(page.locator('#first, #start')).toHaveCount(0)
  }
})

test('H8 code that is long on its way leaves words as well, until it is there', async ({ as }) => {
  const page = await as('Admin')
  await untilDrawn(page)
  await page.clock.install()
  const { release } = await openHeld(page)
  await expect(page.locator('#first-list')).toBeVisible()
  await page.clock.runFor(14_000)
  const words = page.getByText(/still on its way/)
  await expect(words).toBeHidden()
  await page.clock.runFor(2000)
  await expect(words).toBeVisible()
  release()
  await page.clock.runFor(1000)
  await expect(words).toBeHidden()
})

test('a browser without scripts is told so where it is read', async ({ browser, sandbox: { url } }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${url}/tunnels`)
  await expect(page.getByText(/needs JavaScript/)).toBeInViewport()
  await context.close()
})
