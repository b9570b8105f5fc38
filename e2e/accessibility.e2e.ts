import type { Page } from '@playwright/test'
import { type Look, lookAt } from './axe.ts'
import { expect, type Role, test } from './fixtures.ts'
import {
  button,
  choice,
  endSession,
  endSessionBefore,
  field,
  fillNewTunnel,
  heading,
  idOf,
  openEdit,
  openList,
  openTunnel,
  row,
} from './steps.ts'

async function readingScreens(page: Page, look: Look) {
  await openList(page)
  await expect(row(page, 'paris-b')).toBeVisible()
  await look('list')
  await page.goto('/tunnels?q=nothing-has-this-name')
  await expect(page.getByText('No tunnels match')).toBeVisible()
  await look('list without a match')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('help')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('paris')
  await expect(page.getByRole('option', { name: /^paris-b/ })).toBeVisible()
  await look('palette')
  await openTunnel(page, 'lon-dc2-b')
  await expect(page.getByRole('list', { name: 'BGP steps' })).toBeVisible()
  await look('status')
  await page.getByRole('tab', { name: 'Configuration' }).click()
  await look('configuration')
  await page.goto('/audit')
  await expect(page.getByRole('table', { name: 'Audit entries' })).toBeVisible()
  await button(page, /^Details of/)
    .first()
    .click()
  await look('audit log')
  await page.goto(`/tunnels/${'0'.repeat(32)}`)
  await expect(heading(page, 'Tunnel not found')).toBeVisible()
  await look('not found')
}

async function writingScreens(page: Page, look: Look) {
  await fillNewTunnel(page, 'a11y-a')
  await field(page, 'Interface address').fill('10.252.0.38/31')
  await button(page, 'Validate').click()
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
  await look('create, with a problem')
  await page.getByRole('link', { name: 'Audit log' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Leave without saving?' })).toBeVisible()
  await look('leave guard')
  await button(page, 'Leave').click()

  await openEdit(page, 'fra-dc1-a')
  await look('edit')
  await field(page, 'Customer endpoint').fill('203.0.113.77')
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  await look('review')
}

async function dialogs(page: Page, look: Look) {
  await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  await expect(page.getByText('1 static route would point nowhere')).toBeVisible()
  await look('delete')
  await button(page, 'Cancel').click()
  await button(page, 'Generate pre-shared key').click()
  await expect(page.getByText('Cloudflare accepts a new key', { exact: false })).toBeVisible()
  await look('key warning')
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await button(page, 'Generate key').click()
  await button(page, 'Show').click()
  await look('key')
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await button(page, 'Done').click()
  await button(page, /Admin$/).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look('menu')
  await page.keyboard.press('Escape')
  await button(page, 'Reset sandbox').first().click()
  await expect(page.getByRole('alertdialog', { name: 'Reset the sandbox?' })).toBeVisible()
  await look('reset')
  await button(page, 'Cancel').click()
}

async function keyScreens(page: Page, look: Look) {
  await page.goto('/tunnels/keys')
  const filter = page.getByRole('searchbox', { name: 'Filter tunnels' })
  await filter.fill('paris')
  await page.getByRole('checkbox', { name: 'Choose paris-a' }).check()
  await look('keys to choose')
  await button(page, 'Go on with 1 tunnel').click()
  await expect(page.getByText('Cloudflare accepts', { exact: false })).toBeVisible()
  await look('keys to confirm')
  await field(page, 'Type the number of tunnels to confirm').fill('1')
  await button(page, 'Generate 1 key').click()
  await button(page, 'Show the key of paris-a').click()
  await field(page, 'Passphrase').fill('short')
  await button(page, 'Download').click()
  await look('new keys')
  await page.getByRole('checkbox', { name: 'I have stored these keys' }).check()
  await button(page, 'Done').click()
  await openTunnel(page, 'paris-a')
  await page.getByText('Commands of common devices').click()
  await look('rotation')
  await button(page, 'Generate pre-shared key').click()
  await page.getByRole('radio', { name: 'Use my own key' }).check()
  await field(page, 'Your key').fill('hunter2')
  await look('own key')
}

async function handoffScreens(page: Page, look: Look) {
  await openTunnel(page, 'dublin-b')
  await button(page, 'Generate pre-shared key').click()
  await button(page, 'Generate key').click()
  await page.getByText('Leave it for the engineer at the far end').click()
  await field(page, 'Hours until it ends').fill('99')
  await button(page, 'Create link').click()
  await look('hand-off, with a problem')
  await field(page, 'Hours until it ends').fill('9')
  await button(page, 'Create link').click()
  const link = page.getByRole('region', { name: 'Hand-off link' })
  await expect(link).toBeVisible()
  await look('hand-off link')
  const url = (await link.getByRole('paragraph').first().textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await button(page, 'Done').click()
  await page.goto('/account')
  await expect(page.getByRole('list', { name: 'Hand-off links' })).toBeVisible()
  await look('hand-off links')
  await page.goto(url)
  await look('hand-off page')
  await button(page, 'Show the key').click()
  await button(page, 'Show').click()
  await look('opened hand-off')
  page.on('dialog', (question) => void question.accept())
  await page.goto('about:blank')
  await page.goto(url)
  await button(page, 'Show the key').click()
  await expect(page.getByText('There is nothing behind this link any more')).toBeVisible()
  await look('hand-off that is gone')
}

async function peopleScreens(page: Page, look: Look) {
  await page.goto('/users')
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()
  await look('users')
  await button(page, 'Actions for Ada Admin').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look('what can be done with a user')
  await page.keyboard.press('Escape')
  await button(page, 'Actions for Omar Operator').click()
  await page.getByRole('menuitem', { name: 'Change role' }).click()
  await choice(page, 'Role').selectOption('Support')
  await look('another role')
  await button(page, 'Cancel').click()
  await button(page, 'Invite').click()
  await button(page, 'Create link').click()
  await expect(page.getByText('Enter a name')).toBeVisible()
  await look('invitation, with problems')
  await field(page, 'Email').fill('kim@example.com')
  await field(page, 'Name').fill('Kim')
  await button(page, 'Create link').click()
  const link = page.getByRole('region', { name: 'One-time link' })
  await expect(link).toBeVisible()
  await look('one-time link')
  const url = (await link.getByRole('paragraph').textContent()) ?? ''
  await button(page, 'Done').click()
  await look('link that was not copied')
  await button(page, 'Close').last().click()
  await page.goto('/account')
  await expect(page.getByRole('list', { name: 'Your sessions' })).toBeVisible()
  await look('account')
  await page.goto('/tunnels?view-as=support')
  await expect(page.getByText('You see the console through the eyes of Support')).toBeVisible()
  await look('view as support')
  await page.goto(url)
  await expect(heading(page, 'Set your password')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('too short')
  await look('set a password')
  await page.goto('/invite?token=made-up')
  await expect(page.getByText('This link does not work any more')).toBeVisible()
  await look('used link')
}

async function conflictAndSession(page: Page, other: Page, look: Look) {
  await openEdit(page, 'warsaw-b')
  await field(page, 'Description').fill('mine')
  await openEdit(other, 'warsaw-b')
  await field(other, 'Description').fill('theirs')
  await button(other, 'Review changes').click()
  await button(other, 'Apply 1 change').click()
  await expect(heading(other, 'warsaw-b')).toBeVisible()
  await button(page, 'Review changes').click()
  await expect(page.getByRole('dialog', { name: 'Someone else changed this tunnel' })).toBeVisible()
  await look('conflict')
  await page.keyboard.press('Escape')
  await endSessionBefore(page, button(page, 'Validate'))
  await look('session ended')
}

async function approvalScreens(page: Page, other: Page, look: Look) {
  await page.goto('/settings/connection')
  await expect(page.getByText('Everything works')).toBeVisible()
  await look('connection')
  await page.getByRole('link', { name: 'General' }).click()
  await choice(page, 'Second person').selectOption('high-risk')
  await field(page, 'Warn of a key’s age after').fill('1')
  await button(page, 'Save').click()
  await expect(page.getByText('Warn later than the mention')).toBeVisible()
  await look('settings, with a problem')
  await field(page, 'Warn of a key’s age after').fill('730')
  await button(page, 'Save').click()
  await expect(page.getByText('Settings saved').first()).toBeVisible()
  await openEdit(other, 'warsaw-b')
  await field(other, 'Customer endpoint').fill('203.0.113.77')
  await button(other, 'Review changes').click()
  await button(other, 'Ask for approval').click()
  await expect(other.getByText('Waiting for approval', { exact: true })).toBeVisible()
  await openTunnel(page, 'warsaw-b')
  await expect(page.getByText('Waiting for approval', { exact: true })).toBeVisible()
  await look('tunnel that waits for approval')
  await page.goto('/approvals')
  await expect(button(page, 'Review of warsaw-b')).toBeVisible()
  await look('approvals')
  await button(page, 'Review of warsaw-b').click()
  await button(page, 'Validate').click()
  await expect(page.getByText('Cloudflare accepts this.', { exact: false })).toBeVisible()
  await look('approval')
}

const walks: readonly [
  screens: string,
  role: Role,
  walk: (page: Page, look: Look, other: () => Promise<Page>) => Promise<void>,
][] = [
  ['reading', 'Admin', readingScreens],
  ['writing', 'Operator', writingScreens],
  ['dialogs', 'Admin', dialogs],
  ['keys', 'Admin', keyScreens],
  ['hand-off', 'Operator', handoffScreens],
  ['people', 'Admin', peopleScreens],
  ['approvals', 'Admin', async (page, look, other) => approvalScreens(page, await other(), look)],
  ['conflict', 'Admin', async (page, look, other) => conflictAndSession(page, await other(), look)],
]

for (const [screens, role, walk] of walks) {
  test(`axe finds nothing on the ${screens} screens, light and dark, large and small`, async ({ as }) => {
    test.setTimeout(120_000)
    const page = await as(role, 'no page')
    const found: string[] = []
    await walk(page, lookAt(page, found), () => as('Operator', 'no page'))
    expect(found).toEqual([])
  })
}

test('axe finds nothing before sign-in and on refusals, light and dark', async ({ as }) => {
  const page = await as('Support', 'no page')
  const found: string[] = []
  const look = lookAt(page, found)
  const id = await idOf(page, 'paris-b')
  await page.goto(`/tunnels/${id}/edit`)
  await expect(heading(page, 'Not for your role')).toBeVisible()
  await look('refused')
  await endSession(page)
  await page.goto('/tunnels')
  await expect(heading(page, 'Sign in')).toBeVisible()
  await expect(button(page, 'Continue as Admin')).toBeVisible()
  await look('sign in')
  expect(found).toEqual([])
})
