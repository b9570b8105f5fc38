import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { button, field, heading, link, openEdit, openTunnel } from './steps.ts'

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
  const page = await as('Operator', 'no page')
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
  await field(page, 'Reason (optional)').fill('nor why')
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
  await button(page, 'Review changes').click()
  await expect(field(page, 'Reason (optional)')).toHaveValue('nor why')
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
  const page = await as('Operator', 'no page')
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
  const page = await as('Operator', 'no page')
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
  const [dana, sam] = [await as('Admin', 'no page'), await as('Operator', 'no page')]
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
  const page = await as('Admin', 'no page')
  const colleague = await as('Admin', 'no page')
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
