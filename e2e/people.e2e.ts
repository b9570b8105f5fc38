import type { Browser, Page } from '@playwright/test'
import { type Console, startConsole } from './consoles.ts'
import { expect, openPage, type StandIn, test } from './fixtures.ts'
import {
  act,
  ended,
  invite,
  join,
  omar,
  openUsers,
  type Person,
  password,
  person,
  takeLink,
  withinOnePoll,
} from './people-steps.ts'
import { button, choice, clipboard, field, heading, idOf, link, openEdit, press, row, tabTo } from './steps.ts'

const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'Your role is now' })
/** The notice lies over nothing that can be pressed, on a wide page and on a phone, and stays in view. */
async function expectUncovered(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const size of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    await page.evaluate(() => scrollTo(0, 0))
    const main = page.getByRole('navigation', { name: 'Main' })
    await main.getByRole('link').first().click({ trial: true })
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await expect(notice(page)).toBeInViewport()
  }
  if (before) await page.setViewportSize(before)
}

const sue: Person = { name: 'Sue Support', email: 'sue@example.com', role: 'Support' }

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
  await expect(heading(page, 'Connection')).toBeVisible()
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
  await expectUncovered(omars)
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
  const page = await as('Admin', 'no page')
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
