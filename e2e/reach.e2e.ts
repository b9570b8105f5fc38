import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, field, heading, link, openEdit, row } from './steps.ts'

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
  const page = await as('Operator')
  await page.setViewportSize({ width: 320, height: 256 })
  await openEdit(page, 'fra-dc1-a')
  await field(page, 'Name').focus()
  await expect(button(page, 'Review changes')).not.toBeInViewport()
  await button(page, 'Review changes').scrollIntoViewIfNeeded()
  await expect(button(page, 'Review changes')).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
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
