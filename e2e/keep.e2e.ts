import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, field, heading, link, openEdit, openTunnel } from './steps.ts'

/** What a server answers that has another build by now: every part that is fetched from here on is gone. */
async function loseParts(page: Page, pattern: RegExp): Promise<void> {
  await page.route(
    (url) => url.pathname.startsWith('/assets/') && pattern.test(url.pathname),
    (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }),
  )
}

test('H8 a part that is gone from the server costs nothing that was typed', async ({ as }) => {
  const page = await as('Operator')
  await loseParts(page, /shell-dialogs|user-menu/)
  await openEdit(page, 'madrid-a')
  await field(page, 'Description').fill('typed before the deploy')
  await page.keyboard.press('Control+k')
  const missing = page.getByRole('alert', { name: 'This part of the console could not be loaded' })
  await expect(missing).toBeVisible()
  await missing.getByRole('button', { name: 'Reload' }).click()
  await expect(missing).toContainText('First save or copy what is open on this page')
  await expect(field(page, 'Description')).toHaveValue('typed before the deploy')
  await missing.getByRole('button', { name: 'Close' }).click()

  await page.unrouteAll()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible()
  await page.keyboard.press('Escape')
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
})

test('H8 the only view of a key outlives a part that is gone', async ({ as }) => {
  const page = await as('Admin')
  await loseParts(page, /reset-dialog|shell-dialogs|user-menu|audit-page/)
  await openTunnel(page, 'madrid-a')
  await button(page, 'Generate pre-shared key').click()
  const dialog = page.getByRole('dialog', { name: 'Pre-shared key for madrid-a' })
  await field(page, 'Type the tunnel name to confirm').fill('madrid-a')
  await dialog.getByRole('button', { name: 'Generate key' }).click()
  await dialog.getByRole('button', { name: 'Show' }).click()
  await page.keyboard.press('Control+k')
  await expect(page.getByText('This part of the console could not be loaded')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeVisible()
})

test('H5 offline, a link stays inside the console and goes on by itself', async ({ as }) => {
  const page = await as('Admin')
  const context = page.context()
  await loseParts(page, /audit-page/)
  await page.reload()
  await expect(link(page, 'madrid-a')).toBeVisible()
  await context.setOffline(true)
  await link(page, 'Audit log').click()
  const panel = page.getByRole('alert', { name: 'You are offline' })
  await expect(panel).toBeVisible()
  await expect(page).toHaveURL(/\/audit$/)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.goBack()
  await expect(link(page, 'madrid-a')).toBeVisible()
  await page.goForward()
  await expect(panel).toBeVisible()
  await page.unrouteAll()
  await context.setOffline(false)
  await expect(heading(page, 'Audit log')).toBeVisible()
})

/** Holds the answer of each change back until it is let go; what is asked meanwhile goes its way. */
async function holdChanges(page: Page, method: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(
    (url) => /^\/api\/tunnels(\/[0-9a-f]{32})?$/.test(url.pathname) && !url.searchParams.has('validate_only'),
    async (route) => {
      if (route.request().method() === method) await promise
      await route.continue()
    },
  )
  return resolve
}

async function reviewDescription(page: Page, name: string, text: string): Promise<void> {
  await openEdit(page, name)
  await field(page, 'Description').fill(text)
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
}

const leaving = (page: Page) => page.getByRole('alertdialog', { name: 'Leave while it is being saved?' })
const leftCards = (page: Page) => page.getByRole('region', { name: 'Changes you left' })

test('a change goes on without its page, and is told where the person is by then', async ({ as }) => {
  const page = await as('Operator')
  await reviewDescription(page, 'madrid-a', 'saved without me')
  const letGo = await holdChanges(page, 'PUT')
  await button(page, 'Apply 1 change').click()
  await link(page, 'Tunnels').first().click()
  await expect(leaving(page)).toContainText('The change goes on without this page')
  await leaving(page).getByRole('button', { name: 'Leave' }).click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(leftCards(page)).toContainText('Saving madrid-a…')
  letGo()
  await expect(leftCards(page)).toContainText('madrid-a was saved')
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await leftCards(page).getByRole('button', { name: 'Open madrid-a' }).click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(page.getByText('saved without me').first()).toBeVisible()
})

test('a change that is refused after its page was left leads back to the form as it was typed', async ({
  liveAdmin: page,
  standIn,
}) => {
  await reviewDescription(page, 'madrid-a', 'typed and not lost')
  const letGo = await holdChanges(page, 'PUT')
  const errors = [{ code: 1234, message: 'not today' }]
  const body = { success: false, errors, messages: [], result: null }
  await standIn.fault({ kind: 'status', status: 400, body }, { method: 'PUT' })
  await button(page, 'Apply 1 change').click()
  await link(page, 'Tunnels').first().click()
  await leaving(page).getByRole('button', { name: 'Leave' }).click()
  letGo()
  await expect(leftCards(page)).toContainText('madrid-a was not saved')
  await leftCards(page).getByRole('button', { name: 'Back to the form' }).click()
  await expect(heading(page, 'Edit madrid-a')).toBeVisible()
  await expect(field(page, 'Description')).toHaveValue('typed and not lost')
  await expect(page.getByText('1 change, not validated')).toBeVisible()
  await expect(leftCards(page)).toHaveCount(0)
})

test('a lost answer is followed after its page was left', async ({ liveAdmin: page, standIn }) => {
  const id = await openEdit(page, 'toronto-a')
  await field(page, 'Description').fill('better late')
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  await standIn.fault({ kind: 'dropBeforeCommit' }, { method: 'PUT', path: `${id}$` })
  await button(page, 'Apply 1 change').click()
  await expect(page.getByRole('region', { name: 'Unknown outcome' })).toContainText('It stays watched')
  await link(page, 'Tunnels').first().click()
  const question = page.getByRole('alertdialog', { name: 'Leave before it is known?' })
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(leftCards(page)).toContainText('We do not know yet whether toronto-a was saved')
  await standIn.externalWrite(id, { description: 'better late' })
  await expect(leftCards(page)).toContainText('toronto-a was saved', { timeout: 30_000 })
  await expect(heading(page, 'Tunnels')).toBeVisible()
})

test('Back leads from the review to the form as it was left, and Forward is no way to save', async ({ as }) => {
  const page = await as('Operator')
  await page.setViewportSize({ width: 1280, height: 500 })
  await openTunnel(page, 'madrid-a')
  await link(page, 'Edit').click()
  await field(page, 'Description').fill('typed once')
  await button(page, 'Validate').click()
  await expect(page.getByText(/Cloudflare accepts this/)).toBeVisible()
  await page.mouse.wheel(0, 400)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
  const before = await page.evaluate(() => scrollY)
  const review = page.getByRole('heading', { name: 'Review 1 change' })
  await button(page, 'Review changes').click()
  await expect(review).toBeFocused()
  await page.goBack()
  await expect(review).toBeHidden()
  await expect(field(page, 'Description')).toHaveValue('typed once')
  await expect(button(page, 'Review changes')).toBeFocused()
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before)

  await page.goForward()
  await expect(field(page, 'Description')).toHaveValue('typed once')
  await expect(review).toBeHidden()
  await page.mouse.wheel(0, 400)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
  const again = await page.evaluate(() => scrollY)
  await button(page, 'Review changes').click()
  await expect(review).toBeVisible()
  await button(page, 'Back').click()
  await expect(field(page, 'Description')).toHaveValue('typed once')
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(again)
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await page.goBack()
  await expect(review).toBeHidden()
  await expect(page.getByText('No changes', { exact: true })).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'madrid-a')).toBeVisible()
})

test('Back waits at the review while a change is being saved', async ({ as }) => {
  const page = await as('Operator')
  await reviewDescription(page, 'madrid-a', 'on its way')
  const letGo = await holdChanges(page, 'PUT')
  await button(page, 'Apply 1 change').click()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  letGo()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(page.getByText('on its way').first()).toBeVisible()
})

test('a conflict that is put aside gives focus and scroll back', async ({ as }) => {
  const [dana, sam] = [await as('Admin'), await as('Operator')]
  await sam.setViewportSize({ width: 1280, height: 500 })
  await openEdit(sam, 'warsaw-b')
  await field(sam, 'Description').fill('by Sam')
  await reviewDescription(dana, 'warsaw-b', 'by Dana')
  await button(dana, 'Apply 1 change').click()
  await expect(heading(dana, 'warsaw-b')).toBeVisible()
  await sam.mouse.wheel(0, 400)
  await expect.poll(() => sam.evaluate(() => scrollY)).toBeGreaterThan(300)
  const before = await sam.evaluate(() => scrollY)
  await button(sam, 'Validate').click()
  const dialog = sam.getByRole('dialog', { name: 'Someone else changed this tunnel' })
  await expect(dialog).toBeVisible()
  await sam.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button(sam, 'Validate')).toBeFocused()
  expect(await sam.evaluate(() => scrollY)).toBe(before)
})

test('after a deletion Back knows at once that the tunnel is gone, and by whom', async ({ as }) => {
  const page = await as('Admin')
  const colleague = await as('Admin')
  const id = await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await button(page, 'Delete tunnel').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'rotterdam-a')).toBeVisible()
  await expect(page.getByText(/^You deleted this tunnel at \d/)).toBeVisible()
  await expect(page.getByRole('tab')).toHaveCount(0)
  await page.reload()
  await expect(page.getByText(/^You deleted this tunnel at \d/)).toBeVisible()
  await colleague.goto(`/tunnels/${id}`)
  await expect(colleague.getByText(/ deleted this tunnel at \d/)).toBeVisible()
})

/** As if the server had another build by now. */
async function deploy(page: Page): Promise<void> {
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'x-build': 'index-another' } })
  })
}

test('H8 an old page says that a newer version is there, and works until nothing would be lost', async ({ as }) => {
  const page = await as('Operator')
  const id = await openEdit(page, 'madrid-a')
  await field(page, 'Description').fill('typed in the old version')
  await deploy(page)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('r')
  const strip = page.getByRole('status').filter({ hasText: 'A newer version is there' })
  await expect(strip).toContainText('Reload when you are done')
  await strip.getByRole('button', { name: 'Reload' }).click()
  await expect(strip).toContainText('First save or copy what is open on this page')
  await expect(field(page, 'Description')).toHaveValue('typed in the old version')
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(page).toHaveURL(`/tunnels/${id}`)
  await button(page, 'Dismiss').click()
  const reloaded = page.waitForEvent('load')
  await link(page, 'Tunnels').first().click()
  await reloaded
  await expect(heading(page, 'Tunnels')).toBeVisible()
})

test('H5 offline the page says so, stays readable and sends nothing, now or later', async ({ as }) => {
  const page = await as('Operator')
  await openEdit(page, 'madrid-a')
  await field(page, 'Description').fill('typed offline')
  const writes: string[] = []
  page.on('request', (request) => request.method() === 'PUT' && writes.push(request.url()))
  await page.context().setOffline(true)
  const strip = page.getByRole('status').filter({ hasText: 'You are offline' })
  await expect(strip).toContainText('Nothing can be saved until you are back')
  await expect(page.getByText('You are offline', { exact: true }).last()).toBeVisible()
  await expect(button(page, 'Review changes')).toHaveAccessibleDescription('You are offline')
  await button(page, 'Review changes').press('Enter')
  await button(page, 'Validate').press('Enter')
  await page.context().setOffline(false)
  await expect(strip).toBeHidden()
  await expect(field(page, 'Description')).toHaveValue('typed offline')
  expect(writes).toEqual([])
  await button(page, 'Review changes').click()
  await expect(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
})

test('H5 back online the list is read once', async ({ as }) => {
  const page = await as('Operator')
  await page.context().setOffline(true)
  await expect(page.getByRole('status').filter({ hasText: 'You are offline' })).toBeVisible()
  await expect(link(page, 'madrid-a')).toBeVisible()
  const reads: string[] = []
  page.on('request', (request) => reads.push(new URL(request.url()).pathname))
  const answered = page.waitForResponse('**/api/tunnels')
  await page.context().setOffline(false)
  await answered
  await expect(page.getByRole('status').filter({ hasText: 'You are offline' })).toBeHidden()
  expect(reads.filter((path) => path === '/api/tunnels')).toHaveLength(1)
})

test('H5 a page of a captive portal in place of an answer is named as what it is', async ({ as }) => {
  const page = await as('Operator')
  const body = '<!doctype html><title>Hotel</title><h1>Welcome</h1>'
  await page.route('**/api/**', (route) => route.fulfill({ contentType: 'text/html', body }))
  const strip = page.getByRole('status').filter({ hasText: 'The console cannot be reached' })
  await expect(strip).toContainText('Something between this browser and the console may be in the way')
  await expect(link(page, 'madrid-a')).toBeVisible()
  await expect(page.getByText('Welcome')).toHaveCount(0)
  await page.unrouteAll()
  await expect(strip).toBeHidden()
})

test('H4 a page that slept says at once how old it is, and reads again', async ({ as }) => {
  const page = await as('Admin')
  await page.clock.install()
  await page.reload()
  await expect(link(page, 'madrid-a')).toBeVisible()
  await page.clock.fastForward('08:00:00')
  await expect(page.getByText(/8 h/).first()).toBeVisible()

  // Nothing reads the audit log by the clock: only waking does.
  await link(page, 'Audit log').click()
  await expect(page.getByRole('table', { name: 'Audit entries' })).toBeVisible()
  const asked = page.waitForRequest(/\/api\/audit(\?|$)/)
  await page.clock.fastForward('02:00:00')
  await page.clock.runFor(3000)
  await asked
})

test('H9 the eighth tab is as well served as the first, and all of them go on', async ({ as }) => {
  const first = await as('Operator')
  const tabs = [first]
  for (let count = 1; count < 8; count++) {
    const tab = await first.context().newPage()
    await tab.goto('/tunnels')
    tabs.push(tab)
  }
  for (const tab of tabs) await expect(link(tab, 'madrid-a')).toBeVisible()
  await first.bringToFront()
  const took = await tabs[7]?.evaluate(async () => {
    const start = performance.now()
    await fetch('/api/tunnels', { headers: { 'x-tunnel-console': '1' } })
    return performance.now() - start
  })
  expect(took).toBeLessThan(2000)
})
