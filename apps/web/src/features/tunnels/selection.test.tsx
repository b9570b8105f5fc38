import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { clearSelection } from './selection.ts'
import { editedMany, renderList, tunnelAt, worldOf } from './test-world.tsx'

beforeEach(() => page.viewport(1200, 800))
afterEach(clearSelection)

const five = [0, 1, 2, 3, 4].map((n) => tunnelAt(n))
const box = (n: number) => page.getByRole('checkbox', { name: `Select site-000${n}`, exact: true })
const bar = page.getByRole('region', { name: 'Selected tunnels' })
const told = (words: string) => expect.element(bar.getByText(words, { exact: true })).toBeVisible()
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

test('what is selected is counted, and given away by id in the order of the list', async () => {
  await renderList(worldOf(five))
  await box(3).click()
  await box(1).click()
  await told('2 selected')
  await press('Edit 2')
  expect(editedMany.get()).toEqual([five[1]?.id, five[3]?.id])
})

test('a selection outlasts filtering, sorting and polls, and says what the filter hides', async () => {
  const poll = await renderList(worldOf(five))
  await box(0).click()
  await box(4).click()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('site-0004')
  await told('2 selected')
  await told('1 of them is not shown by the filter')
  poll(worldOf(five, { 0: 0.1 }))
  await page.getByRole('button', { name: 'Name' }).click()
  await told('2 selected')
  await press('Clear filters')
  await expect.element(box(0)).toBeChecked()
})

test('the box in the head takes what is shown and nothing that is hidden', async () => {
  await renderList(worldOf(five))
  await box(0).click()
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('site-0004')
  await page.getByRole('checkbox', { name: 'Select all 1', exact: true }).click()
  await told('2 selected')
  await page.getByRole('checkbox', { name: 'Select all 1', exact: true }).click()
  await told('1 selected')
  await press('Clear filters')
  await expect.element(box(0)).toBeChecked()
  await expect.element(box(1)).not.toBeChecked()
})

test('all that match are selected by a button that says how many, on a phone too', async () => {
  await page.viewport(390, 800)
  await renderList(worldOf(five))
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill('203.0.113.2')
  await press('Select all 1 that match')
  await told('1 selected')
  await press('Clear filters')
  await press('Select all 5')
  await told('5 selected')
  await press('Clear')
  await expect.element(bar).not.toBeInTheDocument()
  await expect.element(box(2)).not.toBeChecked()
})

test('a tunnel that is gone counts no more', async () => {
  const poll = await renderList(worldOf(five))
  await box(0).click()
  await box(1).click()
  poll(worldOf(five.slice(1)))
  await page.getByRole('searchbox', { name: 'Filter tunnels' }).click()
  await press('Edit 1')
  expect(editedMany.get()).toEqual([five[1]?.id])
})
