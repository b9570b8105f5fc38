import { expect, type Page } from '@playwright/test'
import { button, choice, heading, idOf } from './steps.ts'

export const selectBox = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Select ${name}`, exact: true })

/** Selects these in the list and opens the bulk edit for them. */
export async function editMany(page: Page, names: readonly string[]): Promise<void> {
  await page.goto('/tunnels')
  for (const name of names) await selectBox(page, name).check()
  await button(page, `Edit ${names.length}`).click()
  await expect(heading(page, 'Bulk edit')).toBeVisible()
}

/** Chooses the rate for all, and makes the dry run to its end. */
export async function dryRunOfRate(page: Page, rate: string): Promise<void> {
  await choice(page, 'Health check rate').selectOption(rate)
  await button(page, 'Dry run').click()
  await expect(page.getByRole('heading', { name: /^Dry run of/ })).toBeVisible()
  await expect(button(page, 'Cancel the dry run')).toHaveCount(0)
}

/** From the dry run to the job's own page, without pauses between batches. */
export async function applyMany(
  page: Page,
  count: number,
  { stopsAfterFailure = true, title = `Bulk edit of ${count} tunnels` } = {},
): Promise<void> {
  await button(page, `Go on with ${count}`).click()
  await page.getByRole('textbox', { name: 'Pause between batches' }).fill('0')
  if (!stopsAfterFailure) await page.getByRole('checkbox', { name: 'Stop after the first failure' }).uncheck()
  await page.getByRole('textbox', { name: `Type ${count} to confirm` }).fill(String(count))
  await button(page, 'Apply').click()
  await expect(heading(page, title)).toBeVisible()
}

export const line = (page: Page, table: string, name: string) =>
  page
    .getByRole('table', { name: table, exact: true })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

/** What a tunnel has now, past the page. */
export async function rateOf(page: Page, name: string): Promise<string> {
  const answer = await page.request.get(`/api/tunnels/${await idOf(page, name)}`)
  const { tunnel } = (await answer.json()) as { tunnel: { health_check: { rate: string } } }
  return tunnel.health_check.rate
}

/** Waits until the job's page tells this of it. Each row takes its turn, its reads and its write. */
export async function progressed(page: Page, words: string): Promise<void> {
  const bar = page.getByRole('progressbar', { name: 'Progress' })
  await expect(bar).toHaveAttribute('aria-valuetext', words, { timeout: 30_000 })
}
