import type { Browser, Page } from '@playwright/test'
import { type Console, startConsole } from './consoles.ts'
import { expect, openPage, type StandIn, startStandIn, test } from './fixtures.ts'
import { button, choice, field, heading, idOf, link, openList, row, signInLive } from './steps.ts'

const filter = (page: Page) => page.getByRole('searchbox', { name: 'Filter tunnels' })
const table = (page: Page) => page.getByRole('table', { name: 'IPsec tunnels' })
const names = (page: Page) => table(page).getByRole('rowheader').getByRole('link').allInnerTexts()

test('the failing tunnels stand first, and the counters filter', async ({ as }) => {
  const page = await as('Support')
  await expect(row(page, 'paris-b')).toContainText('Down')
  expect(await names(page)).toHaveLength(43)
  expect((await names(page)).slice(0, 2).toSorted()).toEqual(['paris-b', 'saopaulo-a'])

  await button(page, /^Down 2$/).click()
  await expect(page.getByText('2 of 43 tunnels', { exact: true })).toBeVisible()
  await expect(button(page, /^Down 2$/)).toHaveAttribute('aria-pressed', 'true')
  expect((await names(page)).toSorted()).toEqual(['paris-b', 'saopaulo-a'])
  await button(page, /^Not monitored/).click()
  await expect(row(page, 'dallas-a')).toBeVisible()
})

/** What reads `key:value` does not come until `release`. */
async function withoutLanguage(page: Page) {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route(/\/assets\/filter-(?!chips|suggestions)/, async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  return { release }
}

test('a filter that cannot be read yet finds what it finds once it can, under the pointer too', async ({ as }) => {
  const page = await as('Support')
  await expect(row(page, 'paris-b')).toBeVisible()
  const { release } = await withoutLanguage(page)
  await row(page, 'paris-b').hover()
  await page.keyboard.press('/')
  await page.keyboard.insertText('state:down')
  await expect(page).toHaveURL(/q=state/)
  // Until then the list is what it was, and does not say that nothing is down.
  expect(await names(page)).toHaveLength(43)
  release()
  await expect(page.getByText('2 of 43 tunnels', { exact: true })).toBeVisible()
  expect((await names(page)).toSorted()).toEqual(['paris-b', 'saopaulo-a'])
})

test('a link with such a filter shows nothing but what it finds', async ({ as }) => {
  const page = await as('Support')
  const { release } = await withoutLanguage(page)
  const states = page.waitForResponse('**/api/status')
  await page.goto('/tunnels?q=state:down')
  await (await states).finished()
  // All that the rows are made of is there, and has been drawn.
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await expect(page.getByRole('status', { name: 'Loading tunnels' })).toBeVisible()
  await expect(table(page)).toBeHidden()
  release()
  await expect(row(page, 'paris-b')).toBeVisible()
  expect((await names(page)).toSorted()).toEqual(['paris-b', 'saopaulo-a'])
})

test('a filter whose language cannot be loaded is text', async ({ as }) => {
  const page = await as('Support')
  await page.route(/\/assets\/filter-(?!chips|suggestions)/, (route) => route.abort())
  await page.goto('/tunnels?q=state:down')
  await expect(page.getByText('No tunnels match')).toBeVisible()
})

test('an IP address finds the tunnel whose subnet contains it; the URL remembers the view', async ({ as }) => {
  const page = await as('Operator')
  await filter(page).fill('10.252.0.39')
  await expect(page.getByText('1 of 43 tunnels', { exact: true })).toBeVisible()
  expect(await names(page)).toEqual(['paris-b'])

  await filter(page).fill('there is no such thing')
  await expect(page.getByText('No tunnels match')).toBeVisible()
  await button(page, 'Clear filters').click()
  await expect(filter(page)).toHaveValue('')
  await expect(page.getByText('43 tunnels', { exact: true })).toBeVisible()

  const inside = page.getByRole('columnheader', { name: 'Inside address' })
  await button(page, 'Inside address').click()
  await expect(inside).toHaveAttribute('aria-sort', 'ascending')
  await button(page, 'Inside address').click()
  await expect(inside).toHaveAttribute('aria-sort', 'descending')
  await button(page, /^Up \d+$/).click()
  await filter(page).fill('10.252.0')
  await expect(page).toHaveURL(/q=10\.252\.0/)
  // By number: as text, 10.252.0.98 would come before 10.252.0.102.
  await expect.poll(async () => (await names(page))[0]).toBe('utrecht-store-014-a')
  const shown = await names(page)

  await page.reload()
  await expect(filter(page)).toHaveValue('10.252.0')
  await expect(inside).toHaveAttribute('aria-sort', 'descending')
  await expect(button(page, /^Up \d+$/)).toHaveAttribute('aria-pressed', 'true')
  expect(await names(page)).toEqual(shown)
})

test('the list ends with the window again once a banner above it is gone', async ({ as }) => {
  const page = await as('Support')
  await expect(row(page, 'paris-b')).toBeVisible()
  const bottom = () =>
    table(page)
      .locator('..')
      .evaluate((box) => Math.round(box.getBoundingClientRect().bottom))
  // The window is 800 high, and the page leaves 24 below.
  await expect.poll(bottom).toBe(776)
  await page.context().setOffline(true)
  const banner = page.getByText(/^This list is from/)
  await expect(banner).toBeVisible({ timeout: 50_000 })
  await page.context().setOffline(false)
  await expect(banner).toBeHidden({ timeout: 30_000 })
  await expect.poll(bottom).toBe(776)
})

test('the keyboard finds a tunnel and opens it', async ({ as }) => {
  const page = await as('Support')
  await expect(row(page, 'paris-b')).toBeVisible()
  await page.keyboard.press('/')
  await expect(filter(page)).toBeFocused()
  await page.keyboard.type('paris')
  await expect(page.getByText('2 of 43 tunnels', { exact: true })).toBeVisible()
  for (let presses = 0; presses < 40 && !(await isFocused(page, 'paris-b')); presses++) await page.keyboard.press('Tab')
  await expect(link(page, 'paris-b')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(link(page, 'paris-a')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'paris-b')).toBeFocused()
})

const isFocused = (page: Page, name: string) =>
  link(page, name).evaluate((element) => element === element.ownerDocument.activeElement)

test('news never moves the rows under the focus: a button offers the new order', async ({
  liveAdmin: page,
  standIn,
}) => {
  await openList(page)
  await button(page, 'Name').click()
  await expect(page).toHaveURL(/sort=name/)
  const before = await names(page)
  expect(before[0]).toBe('ams-dc1-a')
  await link(page, 'ams-dc1-b').focus()
  await standIn.externalWrite(await idOf(page, 'ams-dc1-a'), { name: 'zz-renamed' })

  const resort = button(page, /^\d+ rows? changed\. Re-sort$/)
  await expect(resort).toBeVisible()
  await expect(link(page, 'ams-dc1-b')).toBeFocused()
  expect((await names(page))[0]).toBe('zz-renamed')
  expect((await names(page)).slice(1)).toEqual(before.slice(1))
  await resort.click()
  await expect(resort).toBeHidden()
  expect((await names(page)).at(-1)).toBe('zz-renamed')
})

test('U1 a Cloudflare that stops answering leaves a dated list, and its return ends the warning', async ({
  liveAdmin: page,
  standIn,
}) => {
  await openList(page)
  await expect(row(page, 'paris-b')).toContainText('Down')
  await standIn.fault({ kind: 'reset' }, { times: 100_000 })
  await expect(page.getByText('Cloudflare is not answering.', { exact: true })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/This list is from .+\((just now|\d+ .+ ago)\)/)).toBeVisible()
  await expect(link(page, 'paris-b')).toBeVisible()
  await filter(page).fill('10.252.0.39')
  await expect(page.getByText('1 of 43 tunnels', { exact: true })).toBeVisible()

  await standIn.clear()
  await expect(page.getByText('Cloudflare is not answering.', { exact: true })).toBeHidden({ timeout: 20_000 })
})

test('ten thousand tunnels scroll, filter and sort without ten thousand rows', async ({ browser }) => {
  await withAccount(browser, { STAND_IN_TUNNELS: '10000' }, async (page) => {
    const rows = table(page).getByRole('row')
    await expect(page.getByText('10,000 tunnels', { exact: true })).toBeVisible({ timeout: 20_000 })
    await expect(table(page)).toHaveAttribute('aria-rowcount', '10001')
    expect(await rows.count()).toBeLessThan(100)

    await button(page, 'Name').click()
    await expect(link(page, 'branch-00001-a')).toBeVisible()
    await page.getByRole('region', { name: 'IPsec tunnels, scrolls' }).press('End')
    await expect(link(page, 'branch-10000-a')).toBeVisible()
    expect(await rows.count()).toBeLessThan(100)
    await expect(row(page, 'branch-10000-a')).toHaveAttribute('aria-rowindex', '10001')

    await filter(page).fill('branch-07777')
    await expect(page.getByText('1 of 10,000 tunnels', { exact: true })).toBeVisible()
    await expect(link(page, 'branch-07777-a')).toBeVisible()
  })
})

test('an account without tunnels says what a tunnel is and leads to the first', async ({ browser }) => {
  await withAccount(browser, { STAND_IN_EMPTY: '1' }, async (page) => {
    await expect(page.getByText('No tunnels yet')).toBeVisible()
    await expect(page.getByText(/An IPsec tunnel is an encrypted path/)).toBeVisible()
    await page.getByRole('link', { name: 'Create tunnel' }).last().click()
    await expect(heading(page, 'Create tunnel')).toBeVisible()
    await expect(field(page, 'Name')).toBeVisible()
    await link(page, 'All fields').click()
    await expect(choice(page, 'Health check rate')).toBeVisible()
  })
})

/** A live console over an account of its own kind, seen by its administrator. */
async function withAccount(browser: Browser, env: Record<string, string>, body: (page: Page) => Promise<void>) {
  const standIn: StandIn & { stop(): Promise<void> } = await startStandIn(env)
  const password = 'correct horse battery staple'
  const console: Console & { stop(): Promise<void> } = await startConsole({
    CLOUDFLARE_API_TOKEN: standIn.token,
    CLOUDFLARE_ACCOUNT_ID: standIn.account,
    CLOUDFLARE_BASE_URL: standIn.baseUrl,
    ADMIN_EMAIL: 'ada@example.com',
    ADMIN_PASSWORD: password,
    POLL_SECONDS: '60',
  })
  const page = await openPage(browser, console.url)
  try {
    await signInLive(page, 'ada@example.com', password)
    await body(page)
  } finally {
    // What is left running after a failure would slow down everything that follows.
    await page.context().close()
    await console.stop()
    await standIn.stop()
  }
}

test('the frame of the console is there before its code, and gone once the page is', async ({ as }) => {
  const page = await as('Admin')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('frame'))).toBe('sandbox writer')
  let release: () => void = () => undefined
  const held = new Promise<void>((done) => {
    release = done
  })
  await page.route(/\/assets\/base-/, async (route) => {
    await held
    await route.continue()
  })
  // A list that was asked for by its address comes without rows of its own.
  await page.goto('/tunnels?sort=name', { waitUntil: 'commit' })
  const start = page.locator('#start')
  await expect(start.getByText('Tunnel Console')).toBeVisible()
  await expect(start.getByText('Sandbox: nothing here reaches Cloudflare')).toBeVisible()
  const before = await start.getByText('Tunnel Console').boundingBox()
  release()
  await expect(row(page, 'paris-b')).toBeVisible()
  await expect(start).toHaveCount(0)
  expect(await page.getByText('Tunnel Console', { exact: true }).boundingBox()).toEqual(before)
})

test('whoever must sign in first sees no frame the next time', async ({ browser, sandbox }) => {
  const page = await openPage(browser, sandbox.url)
  await page.goto('/tunnels')
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.route(/\/assets\/base-/, (route) => route.abort())
  await page.goto('/tunnels', { waitUntil: 'commit' })
  await expect(page.locator('#start')).toBeHidden()
  await page.context().close()
})
