import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { drawnFor } from '../../test/looks.ts'
import { renderList, tunnelAt, worldOf } from './test-world.tsx'

const region = page.getByRole('region', { name: 'IPsec tunnels, scrolls' })
const worldWith = (count: number) => worldOf(Array.from({ length: count }, (_, n) => tunnelAt(n)))

beforeEach(async () => {
  localStorage.clear()
  await page.viewport(1280, 800)
  await drawnFor({ media: 'print' })
})

test('all rows go on paper, under heads that do not float over them, without what is pressed', async () => {
  await renderList(worldWith(43))
  await expect.element(page.getByRole('row', { name: /site-0042/ })).toBeVisible()
  const box = region.element()
  const table = box.querySelector('table')
  expect(getComputedStyle(box).overflowY).toBe('visible')
  expect(box.clientHeight).toBeGreaterThanOrEqual(table?.offsetHeight ?? Number.NaN)
  expect(getComputedStyle(table?.tHead ?? box).position).toBe('static')
  await expect.element(page.getByRole('button', { name: 'Select all 43' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('searchbox')).not.toBeInTheDocument()
  await expect.element(page.getByRole('checkbox').first()).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Up 43' })).not.toBeInTheDocument()
})

test('what filters the rows on paper stands there', async () => {
  await renderList(worldWith(43), { q: 'site-001', state: 'up' })
  await expect.element(page.getByText('10 of 43 tunnels', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('searchbox')).toHaveValue('site-001')
  await expect.element(page.getByRole('button', { name: 'Up 10' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Down/ })).not.toBeInTheDocument()
})

test('paper with some of many rows says so, and how to have them all', async () => {
  await renderList(worldWith(400))
  await expect
    .element(page.getByText(/Only some of them are on this paper. Choose “Show all rows” first, then print/))
    .toBeVisible()
  await expect.element(page.getByText(/Rows load as you scroll/)).not.toBeVisible()
  await expect.poll(() => region.element().querySelectorAll('tr[data-row]').length).toBeGreaterThan(0)
  expect(region.element().querySelectorAll('tr[data-row]').length).toBeLessThan(100)
})
