import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, choice, heading, openTunnel } from './steps.ts'

/** Leaves an entry about a tunnel in the log. */
async function dryRunDelete(page: Page) {
  await openTunnel(page, 'madrid-a')
  await button(page, 'Delete').click()
  await expect(page.getByText('Cloudflare accepts this deletion.', { exact: false })).toBeVisible()
}

test('the filtered log is saved as CSV and as JSON', async ({ as }) => {
  const page = await as('Admin', 'no page')
  await dryRunDelete(page)
  await page.goto('/audit')
  await choice(page, 'Action').selectOption('Sign in')
  await expect(page).toHaveURL(/action=session\.signIn/)

  for (const [name, format] of [
    ['Export CSV', 'csv'],
    ['Export JSON', 'json'],
  ] as const) {
    const download = page.waitForEvent('download')
    await button(page, name).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(new RegExp(`^audit-[\\dT-]+Z\\.${format}$`))
    const text = await readFile(await file.path(), 'utf8')
    expect(text).toContain('session.signIn')
    expect(text).not.toContain('tunnel.delete')
  }
})

test('a link to an entry opens the log at it, with its details', async ({ as }) => {
  const page = await as('Admin', 'no page')
  await dryRunDelete(page)
  const { entries } = (await (await page.request.get('/api/audit?action=tunnel.delete')).json()) as {
    entries: { id: string; requestId: string }[]
  }
  await page.goto(`/audit?entry=${entries[0]?.id}`)
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(page.getByText(entries[0]?.requestId ?? 'no entry')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Details of/, expanded: true })).toHaveCount(1)
  await button(page, 'Show the whole log').click()
  await expect(page.getByRole('table', { name: 'Audit entries' }).getByText('Signed in', { exact: true })).toBeVisible()
})
