import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { button, choice, field, heading } from './steps.ts'

async function openAddresses(page: Page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Addresses' }).click()
  await expect(heading(page, 'Addresses')).toBeVisible()
}

/** Holds the next free subnet, as the form of a new tunnel does. Gives which it is. */
async function holdNext(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-tunnel-console': '1' }
    const body = JSON.stringify({ draftId: crypto.randomUUID() })
    const answer = await fetch('/api/addresses/holds', { method: 'POST', headers, body })
    return ((await answer.json()) as { hold: { interface_address: string } }).hold.interface_address
  })
}

test('the map shows what is used, held and free; a free subnet starts a tunnel, and an address is followed', async ({
  as,
}) => {
  const page = await as('Admin')
  await openAddresses(page)
  await expect(page.getByText('Checked against 43 IPsec tunnels, 2 GRE tunnels')).toBeVisible()
  await expect(page.getByRole('link', { name: '10.252.0.0/31, used by IPsec tunnel ams-dc1-a' })).toBeVisible()

  // Somebody else holds the next free one: it is offered to nobody else.
  const next = page.getByRole('link', { name: /next free/ })
  const subnet = (await next.getAttribute('aria-label'))?.split(',')[0] ?? ''
  const other = await as('Operator')
  expect(await holdNext(other)).toBe(subnet)
  await page.reload()
  await expect(page.getByRole('button', { name: new RegExp(`^${subnet}, held by .*@`) })).toBeVisible()
  await expect(next).not.toHaveAttribute('aria-label', new RegExp(`^${subnet}`))

  await field(page, 'Destination').fill('10.29.4.7')
  await choice(page, 'If this were gone').selectOption({ label: 'paris-a' })
  await button(page, 'Show the way').click()
  await expect(page.getByRole('region', { name: '10.29.4.7 now' })).toContainText('Goes through paris-a')
  await expect(page.getByRole('region', { name: '10.29.4.7 without paris-a' })).toContainText('Goes through paris-b')

  // By keyboard along the row of the grid, from its one stop.
  await page.getByRole('link', { name: /^10\.252\.0\.0\/31/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('link', { name: /^10\.252\.0\.2\/31/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Home')
  await expect(page.getByRole('link', { name: /^10\.252\.0\.32\/31/ })).toBeFocused()
  const label = (await next.getAttribute('aria-label')) ?? ''
  await next.click()
  await expect(heading(page, 'Create tunnel')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`interface_address=${encodeURIComponent(label.split(',')[0] ?? '')}`))
})

test('an administrator sets pools, and a wrong block is named where it stands; the map is for everybody’s eyes', async ({
  as,
}) => {
  const page = await as('Admin', 'no page')
  await page.goto('/settings')
  const pools = field(page, 'Address pools')
  await pools.fill('10.9.0.0/30\n10.9.0.1/24')
  await button(page, 'Save').click()
  await expect(pools).toHaveAccessibleDescription(
    /10\.9\.0\.1\/24 does not begin a block: did you mean 10\.9\.0\.0\/24/,
  )
  await pools.fill('10.252.0.0/27')
  await field(page, 'Reserved addresses').fill('10.252.0.16/31')
  await button(page, 'Save').click()
  await expect(page.getByRole('region', { name: 'Messages' }).getByText('Settings saved')).toBeVisible()
  await holdNext(page)
  await page.goto('/addresses?to=10.29.4.7')
  await expect(page.getByRole('button', { name: /^10\.252\.0\.12\/31, held by you/ })).toBeVisible()
  await expect(page.getByRole('link', { name: '10.252.0.14/31, next free: create a tunnel here' })).toBeVisible()
  await expect(page.getByRole('button', { name: '10.252.0.16/31, reserved, never proposed' })).toBeVisible()
  await expect(page.getByRole('region', { name: '10.29.4.7 now' })).toBeVisible()
  const found: string[] = []
  await lookAt(page, found)('addresses')
  expect(found).toEqual([])
})

test('support meets a wall before the addresses, and is not offered them', async ({ as }) => {
  const page = await as('Support')
  await expect(page.getByRole('link', { name: 'Addresses' })).toHaveCount(0)
  await page.goto('/addresses')
  await expect(heading(page, 'Not for your role')).toBeVisible()
})
