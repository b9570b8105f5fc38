import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { button, everythingKept, field, heading, idOf, link, press, tabTo } from './steps.ts'

const step = (page: Page, name: string) => page.getByRole('heading', { name, level: 2, exact: true })
const next = (page: Page) => button(page, 'Next').click()
const keyOf = (page: Page, name: string) => page.getByRole('dialog', { name: `Pre-shared key for ${name}` })

async function toInside(page: Page, name: string): Promise<void> {
  await page.goto('/tunnels/new')
  await field(page, 'Name').fill(name)
  await next(page)
  await button(page, /^Use 162\.159\.135\.10,/).click()
  await next(page)
  await expect(page.getByText(/^Held for you until/)).toBeVisible()
}

test('the whole of it by keyboard, from the list to a key and the routes, on a page that axe has nothing against', async ({
  as,
}) => {
  test.setTimeout(180_000)
  const page = await as('Operator')
  const found: string[] = []
  const look = lookAt(page, found)
  await press(page, link(page, 'Create tunnel'))
  await expect(heading(page, 'Create tunnel')).toBeFocused()
  await expect(page).toHaveURL(/\/tunnels\/new\/basics$/)
  await tabTo(page, field(page, 'Name'))
  await page.keyboard.type('oslo')
  await press(page, button(page, 'Use oslo-a'))
  await tabTo(page, page.getByLabel('What is at the other end?'))
  await page.keyboard.type('Palo')
  await press(page, button(page, 'Next'))

  await expect(step(page, 'Endpoints')).toBeFocused()
  await press(page, button(page, /^Use 162\.159\.135\.10,/))
  await tabTo(page, field(page, 'Customer endpoint'))
  await page.keyboard.type('203.0.113.200')
  await page.keyboard.press('Enter')

  await expect(step(page, 'Inside addresses')).toBeFocused()
  await expect(page.getByText(/^Checked against 43 IPsec tunnels, 2 GRE tunnels/)).toBeVisible()
  await expect(field(page, 'Interface address')).toHaveValue(/^10\.252\.0\.\d+\/31$/)
  await press(page, button(page, 'Another'))
  await tabTo(page, field(page, 'Interface address'))
  const address = await field(page, 'Interface address').inputValue()
  await look('inside addresses')
  await page.keyboard.press('Enter')

  await expect(step(page, 'Health and BGP')).toBeFocused()
  await expect(page.getByLabel('Health check type', { exact: true })).toHaveAccessibleDescription(/Set for Palo Alto/)
  await press(page, page.getByRole('switch', { name: 'BGP', exact: true }), 'Space')
  await tabTo(page, field(page, 'Customer ASN'))
  await page.keyboard.type('65010')
  await look('health and BGP')
  await page.keyboard.press('Enter')

  await expect(step(page, 'Key')).toBeFocused()
  await press(page, button(page, 'Next'))

  await expect(step(page, 'Review')).toBeFocused()
  await expect(page.getByText(/Cloudflare accepts this\. Nothing has been saved\./)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Inside addresses' })).toContainText(address)
  await look('review')
  await press(page, button(page, 'Create tunnel'))

  const dialog = keyOf(page, 'oslo-a')
  await expect(dialog.getByRole('button', { name: 'Show' })).toBeVisible()
  await press(page, dialog.getByRole('checkbox', { name: 'I have stored this key' }), 'Space')
  await press(page, dialog.getByRole('button', { name: 'Done' }))
  await expect(heading(page, 'oslo-a')).toBeVisible()
  await expect(page.getByText('Tunnel exists, key was not set')).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Device setup' })).toHaveAttribute('aria-selected', 'true')
  await tabTo(page, page.getByLabel('Networks to send through it'))
  await page.keyboard.type('10.20.0.0/16')
  await expect(page.getByRole('region', { name: 'curl', exact: true })).toContainText('$CLOUDFLARE_API_TOKEN')
  await expect(page.getByRole('region', { name: 'Terraform' })).toContainText('cloudflare_magic_wan_static_route')
  await look('what is next')
  expect(found).toEqual([])
})

test('on a phone the draft survives a reload without the key, and all fields show the same one', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await page.setViewportSize({ width: 390, height: 844 })
  await toInside(page, 'bergen-a')
  const fits = async (name: string) =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(390)
  await fits('inside addresses')
  const address = await field(page, 'Interface address').inputValue()
  await next(page)
  await expect(step(page, 'Health and BGP')).toBeVisible()
  await fits('health and BGP')
  await next(page)
  await page.getByLabel('I have one').check()
  await field(page, 'Pre-shared key').fill('canary-key-on-a-phone')
  await fits('key')
  await next(page)
  await expect(page.getByText(/Cloudflare accepts this/)).toBeVisible()
  await fits('review')
  expect(await everythingKept(page)).not.toContain('canary-key-on-a-phone')

  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await expect(page.getByText('Your own key is missing').first()).toBeVisible()
  await page.goto('/tunnels/new')
  await expect(page).toHaveURL(/\/tunnels\/new\/review$/)
  await link(page, 'All fields').click()
  await expect(field(page, 'Name')).toHaveValue('bergen-a')
  await expect(field(page, 'Interface address')).toHaveValue(address)
  await fits('all fields')
  await button(page, 'Step by step').click()
  await expect(step(page, 'Review')).toBeVisible()
  await link(page, 'Tunnels').first().click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await page.goBack()
  await expect(step(page, 'Review')).toBeVisible()
})

test('two people never get the same addresses, and the pair of a tunnel goes to the other end of Cloudflare’s', async ({
  as,
}) => {
  const [ada, sam] = [await as('Admin', 'no page'), await as('Operator', 'no page')]
  await Promise.all([toInside(ada, 'trondheim-a'), toInside(sam, 'trondheim-b')])
  const [first, second] = await Promise.all([ada, sam].map((page) => field(page, 'Interface address').inputValue()))
  expect(first).not.toBe(second)
  await field(sam, 'Interface address').fill(String(first))
  await field(sam, 'Interface address').blur()
  await expect(sam.getByRole('alert')).toContainText('holds it for another')

  const id = await idOf(ada, 'rotterdam-a')
  await ada.goto(`/tunnels/${id}`)
  await button(ada, 'Another like it').click()
  await ada.getByRole('menuitem', { name: 'Second tunnel for this site' }).click()
  await expect(ada.getByText('A second tunnel beside rotterdam-a')).toBeVisible()
  await expect(ada.getByText('Another new tunnel is unfinished: trondheim-a')).toBeVisible()
  await expect(field(ada, 'Name')).toHaveValue(/^rotterdam-[b-z]$/)
})
