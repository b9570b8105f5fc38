import type { Browser, Page } from '@playwright/test'
import { type Console, expect, openPage, type StandIn, startConsole, test } from './fixtures.ts'
import {
  button,
  choice,
  clipboard,
  field,
  heading,
  idOf,
  link,
  openEdit,
  openTunnel,
  press,
  row,
  tabTo,
} from './steps.ts'

/** A page follows a new role within one poll of the session. */
const withinOnePoll = { timeout: 20_000 }

const password = (page: Page) => page.getByLabel('Password', { exact: true })
const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'Your role is now' })
const ended = (page: Page) => page.getByRole('alertdialog', { name: 'Your session has ended' })
const person = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Users' }).getByRole('row').filter({ hasText: name })

async function act(page: Page, name: string, item: string | RegExp): Promise<void> {
  await button(page, `Actions for ${name}`).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function openUsers(page: Page): Promise<void> {
  await page.goto('/users')
  await expect(heading(page, 'Users')).toBeVisible()
}

interface Person {
  name: string
  email: string
  role: 'Admin' | 'Operator' | 'Support'
}

const omar: Person = { name: 'Omar Operator', email: 'omar@example.com', role: 'Operator' }
const sue: Person = { name: 'Sue Support', email: 'sue@example.com', role: 'Support' }

/** The link that a dialog shows once: it is copied, and the dialog put away. */
async function takeLink(page: Page): Promise<string> {
  const shown = page.getByRole('region', { name: 'One-time link' })
  await expect(shown).toBeVisible()
  await button(page, 'Copy link').click()
  await expect(button(page, 'Copied')).toBeVisible()
  const url = await clipboard(page)
  await expect(shown).toContainText(url)
  await button(page, 'Done').click()
  await expect(shown).toHaveCount(0)
  return url
}

async function invite(page: Page, { name, email, role }: Person): Promise<string> {
  await openUsers(page)
  await button(page, 'Invite').click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await field(page, 'Email').fill(email)
  await field(page, 'Name').fill(name)
  await choice(page, 'Role').selectOption(role)
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const url = await takeLink(page)
  await expect(person(page, name)).toContainText('Invited until')
  return url
}

/** Opens a one-time link in a browser of its own and sets the password by it. */
async function join(browser: Browser, { url }: Console, oneTimeLink: string, secret: string): Promise<Page> {
  const page = await openPage(browser, url)
  await page.goto(oneTimeLink)
  await expect(heading(page, 'Set your password')).toBeVisible()
  await expect(page).toHaveURL(`${url}/invite`)
  await password(page).fill(secret)
  await button(page, 'Set password and sign in').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  return page
}

/** A console that nobody has set up yet, and its first administrator, by the link that it printed. */
async function setUp(browser: Browser, standIn: StandIn): Promise<[Console & { stop(): Promise<void> }, Page]> {
  const console = await startConsole({
    CLOUDFLARE_API_TOKEN: standIn.token,
    CLOUDFLARE_ACCOUNT_ID: standIn.account,
    CLOUDFLARE_BASE_URL: standIn.baseUrl,
    POLL_SECONDS: '1',
  })
  const printed = () => console.output().match(/http:\S+\/setup\?token=\S+/)?.[0] ?? ''
  await expect.poll(printed).not.toBe('')
  const page = await openPage(browser, console.url)
  await page.goto(printed())
  await field(page, 'Name').fill('Ada Admin')
  await field(page, 'Email').fill('ada@example.com')
  await password(page).fill('a walk along the old canal')
  await button(page, 'Create administrator').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  return [console, page]
}

test('S33 S48 H10 a team comes in by link, does its work, and is changed in the middle of it', async ({
  standIn,
  browser,
}) => {
  test.setTimeout(180_000)
  const [console, ada] = await setUp(browser, standIn)
  const omarsLink = await invite(ada, omar)
  const suesLink = await invite(ada, sue)

  // The operator does an operator's work.
  const omars = await join(browser, console, omarsLink, 'seven lamps over a wet bridge')
  await openEdit(omars, 'madrid-a')
  await field(omars, 'Description').fill('looked after by Omar')
  await button(omars, 'Review changes').click()
  await button(omars, 'Apply 1 change').click()
  await expect(heading(omars, 'madrid-a')).toBeVisible()

  // The link has been used up.
  const stranger = await openPage(browser, console.url)
  await stranger.goto(omarsLink)
  await expect(stranger.getByText('This link does not work any more')).toBeVisible()
  await stranger.context().close()

  // Support looks, meets a wall, is told whom to ask, and has a way back.
  const sues = await join(browser, console, suesLink, 'a kettle hums in the blue kitchen')
  await expect(row(sues, 'madrid-a')).toBeVisible()
  await expect(link(sues, 'Create tunnel')).toHaveCount(0)
  await sues.goto(`/tunnels/${await idOf(sues, 'madrid-a')}/edit`)
  await expect(heading(sues, 'Not for your role')).toBeVisible()
  await expect(sues.getByRole('main')).toContainText('Editing needs Operator. Ask: Ada Admin (ada@example.com).')
  await link(sues, 'Look at the tunnel').click()
  await expect(heading(sues, 'madrid-a')).toBeVisible()

  // The operator is demoted while a form is open: the page says so, the text stays, and the console refuses.
  await openEdit(omars, 'warsaw-b')
  await field(omars, 'Description').fill('half a thought')
  await openUsers(ada)
  await act(ada, omar.name, 'Change role')
  await choice(ada, 'Role').selectOption('Support')
  await expect(ada.getByRole('dialog')).toContainText('They will no longer be able to')
  await button(ada, 'Change role').click()
  await expect(person(ada, omar.name)).toContainText('Support')
  await expect(notice(omars)).toContainText('Editing needs Operator. Ask: Ada Admin (ada@example.com).', withinOnePoll)
  await expect(field(omars, 'Description')).toHaveValue('half a thought')
  await expect(button(omars, 'Review changes')).toHaveAttribute('aria-disabled', 'true')
  await button(omars, 'Copy my changes').click()
  expect(await clipboard(omars)).toContain('half a thought')

  // He gets his role back, and goes on where he was.
  await act(ada, omar.name, 'Change role')
  await choice(ada, 'Role').selectOption('Operator')
  await button(ada, 'Change role').click()
  await expect(button(omars, 'Review changes')).not.toHaveAttribute('aria-disabled', 'true', withinOnePoll)
  await button(omars, 'Review changes').click()
  await button(omars, 'Apply 1 change').click()
  await expect(heading(omars, 'warsaw-b')).toBeVisible()

  // Somebody who is disabled is out within a second, and is told why when they try again.
  await act(ada, sue.name, 'Disable')
  await button(ada, 'Disable').click()
  await expect(person(ada, sue.name)).toContainText('Disabled')
  const refused = async () => (await sues.request.get('/api/session')).status()
  await expect.poll(refused, { timeout: 1000 }).toBe(401)
  await expect(ended(sues)).toBeVisible(withinOnePoll)
  await password(sues).fill('a kettle hums in the blue kitchen')
  await button(sues, 'Sign in').click()
  await expect(sues.getByRole('alert')).toContainText('This account is disabled')

  // The only administrator stays one.
  await button(ada, 'Actions for Ada Admin').click()
  await expect(ada.getByRole('menuitem', { name: /^Change role/ })).toContainText('The last administrator')
  await ada.keyboard.press('Escape')

  // All of it is in the log, in sentences.
  await ada.goto('/audit')
  const log = ada.getByRole('table', { name: 'Audit entries' })
  for (const sentence of [
    'Invited omar@example.com as Operator',
    'Took up the invitation',
    'Changed the role of omar@example.com from Operator to Support',
    'Disabled sue@example.com',
  ]) {
    await expect(log.getByText(sentence, { exact: true }).first()).toBeVisible()
  }
  for (const page of [ada, omars, sues]) await page.context().close()
  await console.stop()
})

test('H10 a write that the role no longer allows is refused, and the page learns of the role at once', async ({
  liveAdmin,
  live,
  browser,
}) => {
  const omars = await join(browser, live, await invite(liveAdmin, omar), 'seven lamps over a wet bridge')
  await openEdit(omars, 'madrid-a')
  await field(omars, 'Description').fill('half a thought')
  await button(omars, 'Review changes').click()
  await expect(omars.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  // The page does not hear of it by its own poll.
  const isStill = (url: URL) => url.pathname === '/api/session'
  await omars.route(isStill, (route) => route.abort())
  await act(liveAdmin, omar.name, 'Change role')
  await choice(liveAdmin, 'Role').selectOption('Support')
  await button(liveAdmin, 'Change role').click()
  await expect(person(liveAdmin, omar.name)).toContainText('Support')
  await omars.unroute(isStill)
  await button(omars, 'Apply 1 change').click()
  await expect(omars.getByText('Nothing was changed. Your role does not allow this')).toBeVisible()
  await expect(notice(omars)).toBeVisible()
  await button(omars, 'Back').click()
  await expect(field(omars, 'Description')).toHaveValue('half a thought')
  await omars.context().close()
})

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
  await expect(strip).toContainText('You are viewing as Support')
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

test('2.1.1 somebody is invited and given another role without a mouse', async ({ as }) => {
  const page = await as('Admin')
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(heading(page, 'Users')).toBeFocused()
  await press(page, button(page, 'Invite'))
  await expect(field(page, 'Email')).toBeFocused()
  await page.keyboard.type('kim@example.com')
  await tabTo(page, field(page, 'Name'))
  await page.keyboard.type('Kim Keys')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'One-time link' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog', { name: 'Close without copying the link?' })).toBeVisible()
  await expect(button(page, 'Keep it open')).toBeFocused()
  await page.keyboard.press('Enter')
  await press(page, button(page, 'Copy link'))
  await expect(button(page, 'Copied')).toBeVisible()
  await press(page, button(page, 'Done'))
  await expect(button(page, 'Invite')).toBeFocused()

  await press(page, button(page, 'Actions for Kim Keys'))
  await expect(page.getByRole('menuitem', { name: 'Change role' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(choice(page, 'Role')).toBeFocused()
  await page.keyboard.press('o')
  await press(page, button(page, 'Change role'))
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(person(page, 'Kim Keys')).toContainText('Operator')
  await expect(button(page, 'Actions for Kim Keys')).toBeFocused()
})

test('on a phone people are managed as well', async ({ as }) => {
  const page = await as('Admin')
  await page.setViewportSize({ width: 390, height: 844 })
  const kim: Person = { name: 'Kim Phone', email: 'kim@example.com', role: 'Support' }
  await invite(page, kim)
  await expect(person(page, kim.name)).toContainText('kim@example.com')
  const { width } = (await button(page, `Actions for ${kim.name}`).boundingBox()) ?? { width: 0 }
  expect(width).toBeGreaterThanOrEqual(24)
  await act(page, kim.name, /^New invitation link/)
  await button(page, 'Create link').click()
  await takeLink(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})
