import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, choice, field, heading, openEdit, openTunnel, press, tabTo } from './steps.ts'

const versions = (page: Page) => page.getByRole('list', { name: 'Versions' }).getByRole('listitem')

async function describe(page: Page, name: string, text: string): Promise<string> {
  const id = await openEdit(page, name)
  await field(page, 'Description').fill(text)
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, name)).toBeVisible()
  return id
}

test('any two versions are compared, and one of them comes back by the ordinary way of an edit', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await describe(page, 'madrid-a', 'first')
  const id = await describe(page, 'madrid-a', 'second')
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(versions(page)).toHaveCount(3)
  const differences = page.getByLabel('Differences')
  await expect(differences).toContainText('first')
  await choice(page, 'From').selectOption({ index: 2 })
  await expect(differences).toContainText('second')
  await expect(differences).not.toContainText('first')

  await versions(page)
    .nth(1)
    .getByRole('link', { name: /^Restore this version/ })
    .click()
  await expect(page).toHaveURL(new RegExp(`/tunnels/${id}/edit\\?restore=\\d+$`))
  await expect(page.getByText(/^The form holds the version that operator@/)).toBeVisible()
  await expect(field(page, 'Description')).toHaveValue('first')
  await expect(page.getByText('1 change, not validated')).toBeVisible()
  await page.reload()
  await expect(field(page, 'Description')).toHaveValue('first')
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  // Its entry in the history follows the review within a frame or two; nobody is faster than that.
  await page.waitForFunction(() => history.state.review)
  await page.goBack()
  await expect(field(page, 'Description')).toHaveValue('first')
  await page.goForward()
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(page.getByText('first', { exact: true }).first()).toBeVisible()
})

test('a restored form that nobody touched is left without a question, and asks once it was typed into', async ({
  as,
}) => {
  const page = await as('Operator', 'no page')
  await describe(page, 'madrid-a', 'first')
  await page.getByRole('tab', { name: 'History' }).click()
  await page
    .getByRole('link', { name: /^Restore this version/ })
    .first()
    .click()
  await expect(page.getByText('1 change, not validated')).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await page.goForward()
  await field(page, 'Description').fill('typed')
  await page.getByRole('link', { name: 'Audit log' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Leave without saving?' })).toBeVisible()
})

test('an address of a version that is not kept says so, and shows the tunnel as it is', async ({ as }) => {
  const page = await as('Operator', 'no page')
  const id = await openTunnel(page, 'madrid-a')
  await page.goto(`/tunnels/${id}/edit?restore=99999`)
  await expect(page.getByText('That version is not kept any more')).toBeVisible()
  await expect(page.getByText('No changes', { exact: true })).toBeVisible()
})

test('a tunnel that was deleted is created again from its last version, and what is new is said', async ({ as }) => {
  const page = await as('Admin', 'no page')
  const id = await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await button(page, 'Delete tunnel').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()

  await page.goto(`/audit?target=${id}`)
  await expect(page.getByRole('link', { name: 'Create again from its last version' })).toBeVisible()
  await page.goto(`/tunnels/${id}`)
  await expect(heading(page, 'rotterdam-a')).toBeVisible()
  await expect(versions(page).first()).toContainText('Deleted')
  await page.getByRole('link', { name: 'Create again from its last version' }).click()
  await expect(heading(page, 'Create tunnel')).toBeVisible()
  await expect(page.getByText('The form holds the last version of rotterdam-a')).toBeVisible()
  await expect(page.getByText(/New will be its id, the IKE identity/)).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue('rotterdam-a')
  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'rotterdam-a')).toBeVisible()
  await expect(page).not.toHaveURL(new RegExp(id))
})

test('What changed shows a time on one axis, by keyboard too, and leads to the entry', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await describe(page, 'madrid-a', 'first')
  await describe(page, 'madrid-b', 'second')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('what changed')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'What changed')).toBeVisible()
  // What tunnels do meanwhile stands there as well, and is no part of this.
  const states = page.getByRole('checkbox', { name: 'Status of tunnels' })
  await expect(states).toBeChecked()
  await states.uncheck()
  await expect(page).toHaveURL(/\/changes\?status=off$/)
  const rows = page.getByRole('table', { name: 'Changes' }).getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText('madrid-b')
  const axis = page.getByRole('slider', { name: 'Changes in time' })
  await tabTo(page, axis)
  await expect(axis).toHaveAttribute('aria-valuetext', /madrid-b: Description/)
  await page.keyboard.press('ArrowLeft')
  await expect(axis).toHaveAttribute('aria-valuetext', /madrid-a: Description/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(page).toHaveURL(/entry=/)

  await page.goto('/changes')
  await press(page, button(page, 'Last 7 days'))
  await expect(page).toHaveURL(/\/changes\?last=7d$/)
  await page.goBack()
  await expect(button(page, 'Last 24 hours')).toHaveAttribute('aria-pressed', 'true')
  await page.goto('/changes?from=2026-01-01T00:00&to=2026-01-02T00:00')
  await expect(page.getByText('Nothing was changed in this time')).toBeVisible()
})

test('support meets a wall before What changed, and is not offered it', async ({ as }) => {
  const page = await as('Support')
  await expect(page.getByRole('link', { name: 'What changed' })).toHaveCount(0)
  await page.goto('/changes')
  await expect(heading(page, 'Not for your role')).toBeVisible()
})
