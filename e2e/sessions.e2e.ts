import type { Page } from '@playwright/test'
import { expect, openPage, test } from './fixtures.ts'
import { act, ended, invite, join, omar, password, takeLink, withinOnePoll } from './people-steps.ts'
import { button, field, heading, link, openEdit, openList, openTunnel, row } from './steps.ts'

test('a password is reset by link: the old one and the sessions go on until it is used', async ({
  liveAdmin,
  live,
  browser,
}) => {
  const before = 'seven lamps over a wet bridge'
  const after = 'nine clouds under a dry roof'
  const omars = await join(browser, live, await invite(liveAdmin, omar), before)
  await act(liveAdmin, omar.name, 'Reset password')
  await button(liveAdmin, 'Create link').click()
  const reset = await takeLink(liveAdmin)
  expect((await omars.request.get('/api/session')).status()).toBe(200)

  const phone = await openPage(browser, live.url)
  await phone.goto(reset)
  await expect(phone.getByText('Choose a new password. The old one stops working.')).toBeVisible()
  await password(phone).fill('password password')
  await button(phone, 'Set password and sign in').click()
  await expect(password(phone)).toHaveAccessibleDescription(/\S/)
  await expect(heading(phone, 'Set your password')).toBeVisible()
  await password(phone).fill(after)
  await button(phone, 'Set password and sign in').click()
  await expect(heading(phone, 'Tunnels')).toBeVisible()

  await expect(ended(omars)).toBeVisible(withinOnePoll)
  await password(omars).fill(before)
  await button(omars, 'Sign in').click()
  await expect(omars.getByRole('alert')).toContainText('Check your email address and password.')
  await password(omars).fill(after)
  await button(omars, 'Sign in').click()
  await expect(ended(omars)).toHaveCount(0)
  await phone.context().close()
  await omars.context().close()
})

test('one’s own sessions are seen and ended from another device, and the password is changed', async ({
  liveAdmin,
  live,
  browser,
}) => {
  const laptop = await openPage(browser, live.url)
  await laptop.goto('/sign-in')
  await field(laptop, 'Email').fill(live.email)
  await password(laptop).fill(live.password)
  await button(laptop, 'Sign in').click()
  await expect(heading(laptop, 'Tunnels')).toBeVisible()

  await openList(liveAdmin)
  await button(liveAdmin, /Admin$/).click()
  await liveAdmin.getByRole('menuitem', { name: 'Your sessions' }).click()
  const part = liveAdmin.getByRole('heading', { name: 'Your sessions' })
  await expect(part).toBeFocused()
  const sessions = liveAdmin.getByRole('list', { name: 'Your sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.first()).toContainText('This session')
  await button(liveAdmin, 'End all others').click()
  await expect(sessions).toHaveCount(1)
  expect((await laptop.request.get('/api/session')).status()).toBe(401)
  await expect(ended(laptop)).toBeVisible(withinOnePoll)
  await password(laptop).fill(live.password)
  await button(laptop, 'Sign in').click()
  await expect(ended(laptop)).toHaveCount(0)

  await liveAdmin.getByLabel('Current password', { exact: true }).fill('not the one')
  await liveAdmin.getByLabel('New password', { exact: true }).fill('nine clouds under a dry roof')
  await button(liveAdmin, 'Change password').click()
  await expect(liveAdmin.getByLabel('Current password', { exact: true })).toHaveAccessibleDescription(
    /not your password/,
  )
  await liveAdmin.getByLabel('Current password', { exact: true }).fill(live.password)
  await button(liveAdmin, 'Change password').click()
  await expect(liveAdmin.getByLabel('New password', { exact: true })).toHaveValue('')
  await expect(ended(laptop)).toBeVisible(withinOnePoll)
  expect((await liveAdmin.request.get('/api/session')).status()).toBe(200)
  await laptop.context().close()
})

test('an administrator looks through the eyes of support, in one tab, on every page', async ({ as }) => {
  const page = await as('Admin')
  const other = await page.context().newPage()
  await other.goto('/tunnels')
  await button(page, /Admin$/).click()
  await page.getByRole('menuitem', { name: 'View as Support' }).click()
  const strip = page.getByRole('complementary', { name: 'View as' })
  await expect(strip).toContainText('You see the console through the eyes of Support')
  await expect(page).toHaveURL(/\/tunnels$/)
  await expect(row(page, 'paris-b')).toBeVisible()
  await expect(link(page, 'Create tunnel')).toHaveCount(0)
  await expect(link(page, 'Users')).toHaveCount(0)

  const id = await openTunnel(page, 'paris-b')
  await expect(strip).toBeVisible()
  await expect(link(page, 'Edit')).toHaveCount(0)
  await page.goto(`/tunnels/${id}/edit`)
  await expect(page.getByRole('main')).toContainText('Editing needs Operator. Ask: Ada Admin')
  await expect(strip).toBeVisible()
  await page.goto('/account')
  await expect(strip).toBeVisible()

  await expect(link(other, 'Users')).toBeVisible()
  await expect(other.getByRole('complementary', { name: 'View as' })).toHaveCount(0)

  await button(page, 'Back to Admin').click()
  await expect(link(page, 'Users')).toBeVisible()
  await expect(strip).toHaveCount(0)
  await page.reload()
  await expect(link(page, 'Users')).toBeVisible()
})

test('S32 the idle warning comes in every tab, and one press in one of them is enough', async ({ as }) => {
  const page = await as('Operator')
  const ends = { idleEndsAt: new Date(Date.now() + 130_000).toISOString() }
  await page.context().route('**/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...ends } })
  })
  await page.context().route('**/api/session/activity', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...ends } })
  })
  await openEdit(page, 'madrid-a')
  await field(page, 'Description').fill('half a sentence')
  const other = await page.context().newPage()
  await other.goto('/tunnels')
  await expect(row(other, 'paris-b')).toBeVisible()

  const warning = (tab: Page) => tab.getByRole('alertdialog', { name: /^You will be signed out in 1:\d\d$/ })
  await expect(warning(other)).toBeVisible(withinOnePoll)
  await expect(warning(page)).toBeVisible(withinOnePoll)
  ends.idleEndsAt = new Date(Date.now() + 30 * 60_000).toISOString()
  await page.bringToFront()
  await button(page, 'Stay signed in').click()
  await expect(warning(page)).toHaveCount(0)
  await expect(warning(other)).toHaveCount(0)
  await expect(field(page, 'Description')).toHaveValue('half a sentence')
})
