import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, field, heading, idOf, link, openEdit, openTunnel, row } from './steps.ts'

const scroller = (page: Page) => page.getByRole('region', { name: 'IPsec tunnels, scrolls' })
const names = (page: Page) =>
  page.getByRole('table', { name: 'IPsec tunnels' }).getByRole('row').getByRole('link').allInnerTexts()

test('1.4.10 what stays while a table scrolls sideways covers what scrolls, and leaves room for it', async ({ as }) => {
  const page = await as('Operator')
  await page.setViewportSize({ width: 720, height: 800 })
  await expect(row(page, 'paris-b')).toBeVisible()
  await scroller(page).evaluate((node) => node.scrollTo({ left: 250 }))
  const head = page.getByRole('columnheader', { name: 'Name' })
  const box = await head.evaluate((node) => {
    const { left, right, top, height } = node.getBoundingClientRect()
    const tops = [left + 4, (left + right) / 2, right - 4].map((x) => document.elementFromPoint(x, top + height / 2))
    return { width: right - left, isOnTop: tops.every((element) => node.contains(element)) }
  })
  expect(box.isOnTop).toBe(true)
  expect(box.width).toBeLessThan(240)
  const state = await page.getByRole('columnheader', { name: 'State' }).boundingBox()
  expect(state?.x).toBeLessThan(0)
})

test('1.4.10 at 400 % zoom the buttons of a form stand at its end and cover none of it', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await page.setViewportSize({ width: 320, height: 256 })
  await openEdit(page, 'fra-dc1-a')
  await field(page, 'Name').focus()
  await expect(button(page, 'Review changes')).not.toBeInViewport()
  await button(page, 'Review changes').scrollIntoViewIfNeeded()
  await expect(button(page, 'Review changes')).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})

test('1.4.10 a name and a note of one long word make no page wider than a phone', async ({
  liveAdmin: page,
  standIn,
}) => {
  await page.setViewportSize({ width: 320, height: 700 })
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  const name = `n${'x'.repeat(200)}`
  const id = await idOf(page, 'paris-b')
  await standIn.externalWrite(id, { name, description: 'd'.repeat(400) })
  await page.goto(`/tunnels/${id}`)
  await expect(heading(page, name)).toBeVisible()
  expect(await width()).toBe(320)
  await button(page, 'Delete').click()
  const confirm = page.getByText(`The name is ${name}`)
  await expect(confirm).toBeVisible()
  expect(await confirm.evaluate((text) => text.scrollWidth - text.clientWidth)).toBe(0)
  await page.goto(`/tunnels/${id}/edit`)
  await expect(heading(page, `Edit ${name}`)).toBeVisible()
  expect(await width()).toBe(320)
})

for (const width of [390, 320]) {
  test(`2.5.8 on a phone of ${width} px a whole row opens its tunnel, and the rows can be sorted`, async ({ as }) => {
    const page = await as('Support')
    await page.setViewportSize({ width, height: 700 })
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name')
    await expect(page).toHaveURL(/sort=name/)
    await expect.poll(async () => (await names(page))[0]).toBe('ams-dc1-a')
    await button(page, 'Sort descending').click()
    await expect(page).toHaveURL(/dir=desc/)
    await expect.poll(async () => (await names(page))[0]).not.toBe('ams-dc1-a')
    await button(page, 'Sort ascending').click()
    const card = row(page, 'ams-dc1-a')
    const box = await card.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    await card.click({ position: { x: (box?.width ?? 0) - 12, y: (box?.height ?? 0) - 10 } })
    await expect(heading(page, 'ams-dc1-a')).toBeVisible()
    await expect(link(page, 'Tunnels').first()).toBeVisible()
  })
}

test('Enter in the filter opens the only tunnel, and the way back keeps the filter', async ({ as }) => {
  const page = await as('Operator')
  await expect(row(page, 'paris-b')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('10.252.0.38/31')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'paris-b')).toBeVisible()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Tunnels' }).click()
  await expect(page.getByRole('searchbox', { name: 'Filter tunnels' })).toHaveValue('10.252.0.38/31')
  // The same words may still stand in the live region.
  await expect(page.getByRole('main').getByText('1 of 43 tunnels', { exact: true })).toBeVisible()
  await link(page, 'paris-b').click()
  await expect(heading(page, 'paris-b')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('searchbox', { name: 'Filter tunnels' })).toHaveValue('10.252.0.38/31')
})

test('an edit is left for the list as it was left, by its breadcrumb too', async ({ as }) => {
  const page = await as('Operator')
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('10.252.0.38/31')
  // The same words may still stand in the live region.
  await expect(page.getByRole('main').getByText('1 of 43 tunnels', { exact: true })).toBeVisible()
  await link(page, 'paris-b').click()
  await link(page, 'Edit').click()
  await expect(heading(page, 'Edit paris-b')).toBeVisible()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Tunnels' }).click()
  await expect(page.getByRole('searchbox', { name: 'Filter tunnels' })).toHaveValue('10.252.0.38/31')
  await link(page, 'Create tunnel').click()
  await button(page, 'Cancel').click()
  await expect(page.getByRole('searchbox', { name: 'Filter tunnels' })).toHaveValue('10.252.0.38/31')
})

test('an edit that is being read has the shape of a form', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'paris-b')
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(/\/api\/tunnels\/[0-9a-f]{32}$/, async (route) => {
    await promise
    await route.continue()
  })
  await link(page, 'Edit').click()
  await expect(page.getByRole('status', { name: 'Loading the form' })).toBeVisible()
  resolve()
  await expect(heading(page, 'Edit paris-b')).toBeVisible()
})

test('on a tunnel, brackets lead through the list in its order, and e edits', async ({ as }) => {
  const page = await as('Operator')
  await button(page, 'Name').click()
  await link(page, 'ams-dc1-a').click()
  await expect(heading(page, 'ams-dc1-a')).toBeFocused()
  await page.keyboard.press(']')
  await expect(heading(page, 'ams-dc1-b')).toBeFocused()
  await page.keyboard.press('[')
  await expect(heading(page, 'ams-dc1-a')).toBeFocused()
  await page.keyboard.press('e')
  await expect(heading(page, 'Edit ams-dc1-a')).toBeVisible()
})

test('the rows of the list are one stop of the Tab key', async ({ as }) => {
  const page = await as('Operator')
  await expect(row(page, 'paris-b')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('tbody [tabindex="0"]')).toHaveCount(1)
  await expect(page.locator('tbody [tabindex="0"]')).toBeFocused()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('tbody') ?? null)).toBeNull()
})

test('keys that are typed before the palette has loaded arrive in it', async ({ as }) => {
  const page = await as('Operator')
  await expect(row(page, 'paris-b')).toBeVisible()
  let letIn = () => {}
  const gate = new Promise<void>((resolve) => {
    letIn = resolve
  })
  await page.route(/shell-dialogs/, async (route) => {
    await gate
    await route.continue()
  })
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('lon-dc2x')
  await page.keyboard.press('Backspace')
  letIn()
  await expect(page.getByRole('combobox', { name: 'Search tunnels, pages and actions' })).toHaveValue('lon-dc2')
  await expect(page.getByRole('option', { name: /lon-dc2-b/ }).first()).toBeVisible()
})

test('the palette acts: it edits, generates, copies and tells times in UTC, and a tunnel that is down stands first', async ({
  as,
}) => {
  const page = await as('Operator')
  const palette = page.getByRole('combobox', { name: 'Search tunnels, pages and actions' })
  const ask = async (text: string) => {
    await page.keyboard.press('ControlOrMeta+k')
    await palette.fill(text)
  }
  await expect(row(page, 'paris-b')).toBeVisible()
  await ask('paris')
  await expect(page.getByRole('option').first()).toContainText('paris-b')
  await palette.fill('edit paris-b')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Edit paris-b')).toBeVisible()
  await ask('generate key paris-b')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toContainText('Pre-shared key for paris-b')
  await button(page, 'Cancel').click()
  await ask('copy paris-b')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('10.252.0.39')
  await ask('utc')
  await page.keyboard.press('Enter')
  await page.locator('time').first().focus()
  await expect(page.getByRole('tooltip')).toContainText(/UTC.*\(local\)/)
  await page.reload()
  await page.locator('time').first().focus()
  await expect(page.getByRole('tooltip')).toContainText(/UTC.*\(local\)/)
  await page.goto('/tunnels')
  await expect(row(page, 'paris-b')).toBeVisible()
  await ask('')
  await expect(page.getByRole('option', { name: 'Create tunnel' })).toBeVisible()
})

test('a name that is typed right confirms with Enter, and a button says below it why it is off', async ({ as }) => {
  const page = await as('Admin')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search tunnels, pages and actions' }).fill('rotterdam-a')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'rotterdam-a')).toBeVisible()
  await button(page, 'Delete').click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete rotterdam-a' })
  await field(page, 'Reason').fill('The site is closed')
  await expect(dialog.getByText('Type the tunnel name first')).toBeVisible()
  const before = await dialog.boundingBox()
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await expect(dialog.getByText('Type the tunnel name first')).toHaveCount(0)
  expect((await dialog.boundingBox())?.height).toBeCloseTo(before?.height ?? 0, 1)
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(link(page, 'rotterdam-a')).toHaveCount(0)
})

for (const size of [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
]) {
  test(`the page does not scroll under the table at ${size.width} px`, async ({ as }) => {
    const page = await as('Operator')
    await page.setViewportSize(size)
    await expect(row(page, 'paris-b')).toBeVisible()
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollHeight - innerHeight))
      .toBeLessThanOrEqual(0)
  })
}

test('in forced colours only the page that is open is marked in the navigation', async ({ as }) => {
  const page = await as('Operator')
  await page.emulateMedia({ forcedColors: 'active' })
  const nav = page.getByRole('navigation', { name: 'Main' })
  const lines = await nav
    .getByRole('link')
    .evaluateAll((links) => links.map((entry) => getComputedStyle(entry).borderBottomColor))
  expect(new Set(lines).size).toBe(2)
})
