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
  const page = await as('Operator', 'no page')
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
  const page = await as('Admin', 'no page')
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

/** As if the server had another build by now. */
async function deploy(page: Page): Promise<void> {
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'x-build': 'index-another' } })
  })
}

test('H8 an old page says that a newer version is there, and works until nothing would be lost', async ({ as }) => {
  const page = await as('Operator', 'no page')
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
  const page = await as('Operator', 'no page')
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
  await expect(link(page, 'madrid-a')).toBeVisible()
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

test('H11 what cannot be drawn of an answer takes its own cell or panel, until an answer comes that can be', async ({
  as,
}) => {
  const page = await as('Admin', 'no page')
  await page.route('**/api/status', async (route) => {
    const answer = await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } })
    const json = await answer.json()
    for (const status of Object.values<{ day: unknown }>(json.statuses).slice(0, 2)) status.day = 7
    await route.fulfill({ response: answer, json })
  })
  await page.route('**/api/tunnels/*/status', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), dataCentres: [null] } })
  })
  await page.goto('/tunnels')
  const lost = page.getByRole('cell', { name: 'Cannot be shown' })
  await expect(lost).toHaveCount(2)
  const row = page.getByRole('row').filter({ has: lost }).first()
  await expect(row.getByRole('checkbox')).toBeVisible()
  await row.getByRole('link').first().click()
  await expect(page.getByText('“Data centres” cannot be shown')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Both ends' })).toBeVisible()

  await page.unrouteAll({ behavior: 'wait' })
  await page.goBack()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await expect(lost).toHaveCount(0, { timeout: 20_000 })
})
