import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, choice, field, heading, link, openEdit, openTunnel, press, tabTo } from './steps.ts'

const site = 'madrid-a'

// Two people, each with a browser.
test.describe.configure({ timeout: 180_000 })

const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })
const dialog = (page: Page) => page.getByRole('dialog')

/** An administrator turns it on: from now on high-risk changes by operators wait. */
async function turnOn(admin: Page): Promise<void> {
  await admin.goto('/settings')
  await expect(heading(admin, 'Settings')).toBeVisible()
  await choice(admin, 'Second person').selectOption('high-risk')
  await button(admin, 'Save').click()
  await expect(admin.getByText('Settings saved').first()).toBeVisible()
}

/** An operator moves a tunnel to another address, and asks. */
async function ask(operator: Page, name: string): Promise<void> {
  await openEdit(operator, name)
  await field(operator, 'Customer endpoint').fill('203.0.113.77')
  await button(operator, 'Review changes').click()
  await expect(operator.getByText('A second person has to approve this')).toBeVisible()
  await expect(button(operator, 'Apply 1 change')).toHaveCount(0)
  await operator.getByRole('textbox', { name: /^Reason/ }).fill('new line')
  await button(operator, 'Ask for approval').click()
  await expect(heading(operator, name)).toBeVisible()
  await expect(status(operator, 'Waiting for approval')).toContainText('You asked')
}

test('an operator asks, an administrator approves by keyboard alone, and the change is made and told to both', async ({
  as,
}) => {
  const [admin, operator] = [await as('Admin', 'no page'), await as('Operator', 'no page')]
  await turnOn(admin)
  await ask(operator, site)
  await openTunnel(operator, site, 'configuration')
  await expect(operator.getByRole('main')).not.toContainText('203.0.113.77')

  // Whoever asked cannot decide.
  await operator.goto('/approvals')
  await button(operator, `Details of ${site}`).click()
  await expect(dialog(operator)).toContainText('You asked for it')
  await expect(button(operator, 'Approve')).toHaveCount(0)
  await expect(button(operator, 'Withdraw')).toBeVisible()

  await admin.goto('/tunnels')
  const waiting = admin.getByRole('link', { name: 'Approvals 1 waiting for you' })
  // As long as a page may take to ask again.
  await expect(waiting).toBeVisible({ timeout: 30_000 })
  await press(admin, waiting)
  await expect(heading(admin, 'Approvals')).toBeVisible()
  await press(admin, button(admin, `Review of ${site}`))
  await expect(dialog(admin)).toContainText('operator@sandbox.example.com asked for it')
  await expect(dialog(admin)).toContainText('new line')
  await expect(dialog(admin).getByRole('table', { name: 'Changes' })).toContainText('203.0.113.77')
  await press(admin, button(admin, 'Validate'))
  await expect(dialog(admin)).toContainText('Cloudflare accepts this. Nothing has been changed.')
  await tabTo(admin, field(admin, 'Your word'))
  await admin.keyboard.type('seen with Ben')
  await tabTo(admin, field(admin, 'Type the tunnel name to confirm'))
  await admin.keyboard.type(site)
  await press(admin, button(admin, 'Approve'))
  await expect(dialog(admin)).toHaveCount(0)
  await expect(admin.getByRole('table', { name: 'Approvals' })).toContainText('Approved and applied')

  await openTunnel(operator, site, 'configuration')
  await expect(operator.getByRole('main')).toContainText('203.0.113.77')
  await expect(status(operator, 'approved and applied')).toContainText('“seen with Ben”')
  await openTunnel(operator, site, 'history')
  const history = operator.getByRole('table', { name: 'Audit entries' })
  await expect(history).toContainText('Asked for approval of a change')
  await expect(history).toContainText('Approved a change')
})

test('on a phone one is declined with a word, and whoever asked reads it', async ({ as }) => {
  const [admin, operator] = [await as('Admin', 'no page'), await as('Operator', 'no page')]
  await turnOn(admin)
  for (const page of [admin, operator]) await page.setViewportSize({ width: 390, height: 844 })
  await ask(operator, site)
  await openTunnel(admin, site)
  await link(admin, 'Review').click()
  await expect(dialog(admin)).toContainText('new line')
  await expect(button(admin, 'Decline')).toHaveAccessibleDescription('To decline, say why first')
  await field(admin, 'Your word').fill('not before Sunday')
  await button(admin, 'Decline').click()
  await expect(dialog(admin)).toHaveCount(0)
  await operator.reload()
  await expect(status(operator, 'declined')).toContainText('“not before Sunday”')
  await button(operator, 'Dismiss').click()
  await expect(status(operator, 'declined')).toHaveCount(0)
  await openTunnel(operator, site, 'configuration')
  await expect(operator.getByRole('main')).not.toContainText('203.0.113.77')
})

test('a change of the tunnel lets what waits lapse, and nobody can approve it any more', async ({ as }) => {
  const [admin, operator] = [await as('Admin', 'no page'), await as('Operator', 'no page')]
  await turnOn(admin)
  await ask(operator, site)
  await openEdit(admin, site)
  await field(admin, 'Description').fill('somebody else was here')
  await button(admin, 'Review changes').click()
  await button(admin, 'Apply 1 change').click()
  await expect(heading(admin, site)).toBeVisible()
  await operator.reload()
  await expect(status(operator, 'lapsed')).toContainText('The tunnel has changed since it was asked for.')
  await admin.goto('/approvals')
  await expect(admin.getByRole('table', { name: 'Approvals' })).toContainText('Lapsed')
  await expect(button(admin, `Review of ${site}`)).toHaveCount(0)
})

test('while nobody has set it there is no page to go to, and settings are for administrators', async ({ as }) => {
  const operator = await as('Operator')
  await expect(operator.getByRole('navigation', { name: 'Main' })).not.toContainText('Approvals')
  await operator.goto('/settings')
  await expect(heading(operator, 'Not for your role')).toBeVisible()
  await openEdit(operator, site)
  await field(operator, 'Customer endpoint').fill('203.0.113.77')
  await button(operator, 'Review changes').click()
  await expect(button(operator, 'Apply 1 change')).toBeVisible()
  await operator.goto('/approvals')
  await expect(operator.getByText('Nothing waits for approval')).toBeVisible()
})
