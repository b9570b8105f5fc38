import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { button, heading, idOf } from './steps.ts'

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

async function give(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('File', { exact: true }).setInputFiles(file(name, text))
}

async function apply(page: Page, count: number, title = `Plan of ${count} tunnels`): Promise<void> {
  await button(page, `Dry run of ${count}`).click()
  await button(page, `Go on with ${count}`).click()
  await page.getByRole('textbox', { name: 'Pause between batches' }).fill('0')
  await page.getByRole('textbox', { name: `Type ${count} to confirm` }).fill(String(count))
  await button(page, 'Apply').click()
  await expect(heading(page, title)).toBeVisible()
  const bar = page.getByRole('progressbar', { name: 'Progress' })
  await expect(bar).toHaveAttribute('aria-valuetext', `${count} applied`, { timeout: 40_000 })
}

async function exported(page: Page, format: string): Promise<string> {
  await page.goto('/tunnels')
  await button(page, 'Export').click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: format }).click()
  return readFile(await (await saved).path(), 'utf8')
}

test('a file with three bad rows of twenty is mended in place and imported', async ({ as }) => {
  test.slow()
  const page = await as('Admin')
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await expect(heading(page, 'Import tunnels')).toBeFocused()
  const found: string[] = []
  const look = lookAt(page, found)
  await look('import, file')
  const rows = Array.from({ length: 20 }, (_, n) => `site-${n + 1},162.159.135.10,10.77.${n}.0/31`)
  rows[4] = ',162.159.135.10,10.77.4.0/31'
  rows[9] = 'site-10,nowhere,10.77.9.0/31'
  rows[14] = 'site-1,162.159.135.10,10.77.14.0/31'
  await give(page, 'sites.csv', `Name,Cloudflare endpoint,Interface address\n${rows.join('\n')}\n`)
  // The namesake of the third stands in the file as well, so it takes part.
  await expect(button(page, 'To mend 4')).toBeVisible()
  await button(page, 'To mend 4').click()
  await look('import, rows to mend')
  await button(page, 'To mend 4').click()
  await page.getByRole('textbox', { name: 'Name of row 6' }).fill('site-5')
  await page.keyboard.press('Enter')
  await expect(button(page, 'To mend 3')).toBeVisible()
  await page.getByRole('textbox', { name: 'Cloudflare endpoint of row 11' }).fill('162.159.135.10')
  await page.keyboard.press('Enter')
  await expect(button(page, 'To mend 2')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name of row 16' }).fill('site-15')
  await page.keyboard.press('Enter')
  await expect(button(page, 'To mend 0')).toBeVisible()
  await apply(page, 20)
  expect(await idOf(page, 'site-15')).toMatch(/^[0-9a-f]{32}$/)
  expect(found).toEqual([])
})

test('what was exported is an empty plan; what changes since stands in it, and can be taken back', async ({ as }) => {
  test.slow()
  const page = await as('Admin', 'no page')
  const json = await exported(page, 'JSON')
  await page.goto('/plan')
  await give(page, 'monday.json', json)
  await expect(page.getByText('The account is as the file says.')).toBeVisible()
  const origin = new URL(page.url()).origin
  const id = await idOf(page, 'paris-a')
  const { version } = (await (await page.request.get(`/api/tunnels/${id}`)).json()) as { version: string }
  const changed = await page.request.put(`/api/tunnels/${id}`, {
    data: { description: 'changed on Tuesday' },
    headers: { 'if-match': `"${version}"`, 'x-tunnel-console': '1', origin },
  })
  expect(changed.status()).toBe(200)
  await button(page, 'Another file').click()
  await give(page, 'monday.json', json)
  await expect(page.getByRole('table', { name: 'Plan' })).toContainText('changed on Tuesday')
  const found: string[] = []
  await lookAt(page, found)('plan')
  await apply(page, 1, 'Plan of paris-a')
  expect(await exported(page, 'JSON')).not.toContain('changed on Tuesday')
  expect(found).toEqual([])
})
