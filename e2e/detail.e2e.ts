import { expect, test } from './fixtures.ts'
import { button, clipboard, heading, idOf, link, openTunnel } from './steps.ts'

test('Configuration shows both ends of a tunnel and copies what it shows', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'paris-b')
  await page.getByRole('tab', { name: 'Configuration' }).click()
  const inside = page.getByRole('region', { name: 'Inside addresses' })
  await expect(inside.getByText('10.252.0.38/31')).toBeVisible()
  await expect(inside.getByText('10.252.0.39', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/tab=configuration/)

  await inside.getByRole('button', { name: /^Copy.*(Your end|10\.252\.0\.39)/ }).click()
  expect(await clipboard(page)).toBe('10.252.0.39')
  await expect(page.getByRole('region', { name: 'IKE identity' })).toBeVisible()
})

test('Status says what is wrong with BGP, step by step', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'lon-dc2-b')
  const steps = page.getByRole('list', { name: 'BGP steps' }).getByRole('listitem')
  await expect(steps).toHaveText([/^TCP.*Connected$/, /^Session/, /^Up.*Establishing/])
  const bgp = page.getByRole('region', { name: 'BGP', exact: true })
  await expect(bgp.getByText('Raw state')).toBeVisible()

  await openTunnel(page, 'paris-b')
  await expect(page.getByText('This tunnel does not use BGP.', { exact: false })).toBeVisible()
  await expect(page.getByText('Down', { exact: true }).first()).toBeVisible()
})

test('History lists what was done to a tunnel, and says when nothing was', async ({ as }) => {
  const page = await as('Admin', 'no page')
  await openTunnel(page, 'madrid-a', 'history')
  await expect(page.getByText('No changes recorded')).toBeVisible()
  await openTunnel(page, 'madrid-a')
  await button(page, 'Delete').click()
  await expect(page.getByText('Cloudflare accepts this deletion.', { exact: false })).toBeVisible()
  await button(page, 'Cancel').click()

  await page.getByRole('tab', { name: 'History' }).click()
  const entries = page.getByRole('table', { name: 'Audit entries' }).getByRole('row')
  await expect(page.getByText('1 dry run hidden')).toBeVisible()
  await page.getByRole('switch', { name: 'Show dry runs' }).check()
  await expect(entries.filter({ hasText: 'Asked whether to delete' }).filter({ hasText: 'dry run' })).toHaveCount(1)
  await button(page, /^Details of Asked whether to delete/).click()
  await expect(page.getByText('Request', { exact: false }).first()).toBeVisible()

  await link(page, 'Audit log').click()
  await expect(entries.filter({ hasText: 'Signed in' })).toHaveCount(1)
  await page.getByRole('switch', { name: 'Show dry runs' }).check()
  await expect(entries.filter({ hasText: 'madrid-a' })).toHaveCount(1)
  await page.getByRole('combobox', { name: 'Action' }).selectOption('Sign in')
  await expect(entries.filter({ hasText: 'madrid-a' })).toHaveCount(0)
  await expect(page).toHaveURL(/action=/)
})

test('support reads a reduced configuration and finds nothing to press', async ({ as }) => {
  const page = await as('Support', 'no page')
  await openTunnel(page, 'fra-dc1-a', 'configuration')
  await expect(page.getByRole('region', { name: 'Inside addresses' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'BGP', exact: true }).getByText('Customer ASN')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'IKE identity' })).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Pre-shared key' })).toHaveCount(0)
  await expect(page.getByText('MD5 key')).toHaveCount(0)
  await expect(page.getByRole('tab')).toHaveText(['Status', 'Configuration'])
  for (const name of ['Edit', 'Audit log', 'Create tunnel']) await expect(link(page, name)).toHaveCount(0)
  for (const name of ['Delete', 'Generate pre-shared key', 'Reset sandbox']) {
    await expect(button(page, name)).toHaveCount(0)
  }
  const { tunnels } = (await (await page.request.get('/api/tunnels')).json()) as { tunnels: unknown[] }
  expect(JSON.stringify(tunnels)).not.toMatch(/md5|fra-dc1\.core|remote_identities|last_generated_on|hamburg-velo/)
})

test('support is told why on a page that is not for it', async ({ as }) => {
  const page = await as('Support', 'no page')
  const id = await idOf(page, 'paris-b')
  for (const path of ['/tunnels/new', `/tunnels/${id}/edit`, '/audit']) {
    await page.goto(path)
    await expect(heading(page, 'Not for your role')).toBeVisible()
    await expect(page.getByRole('main')).toContainText('You are signed in as Support.')
    await expect(page.getByRole('main')).toContainText(/ needs (Operator|Admin)\. Ask:/)
    await expect(link(page, 'admin@sandbox.example.com')).toBeVisible()
  }
})

test('an address that leads nowhere says so', async ({ as }) => {
  const page = await as('Operator', 'no page')
  expect((await page.goto('/tunnels/no-such-id'))?.status()).toBe(404)
  await page.goto(`/tunnels/${'0'.repeat(32)}`)
  await expect(heading(page, 'Tunnel not found')).toBeVisible()
  await page.getByRole('link', { name: 'Go to the list' }).click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
})

test('U25 a tunnel deleted elsewhere stays readable, and what was typed can become a new one', async ({
  liveAdmin: page,
  standIn,
}) => {
  const reading = await page.context().newPage()
  const id = await openTunnel(reading, 'dallas-a', 'configuration')
  await page.goto(`/tunnels/${id}/edit`)
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill('typed before it was gone')
  await standIn.externalWrite(id, null)

  await reading.keyboard.press('r')
  await expect(reading.getByRole('alert')).toContainText('This tunnel no longer exists.', { timeout: 25_000 })
  await expect(reading.getByRole('region', { name: 'Inside addresses' })).toBeVisible()
  await expect(link(reading, 'Edit')).toHaveCount(0)

  await button(page, 'Review changes').click()
  const dialog = page.getByRole('alertdialog', { name: 'This tunnel was deleted outside this page' })
  await dialog.getByRole('button', { name: 'Create it again from your version' }).click()
  await expect(heading(page, 'Create tunnel')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('dallas-a')
  await expect(page.getByRole('textbox', { name: 'Description', exact: true })).toHaveValue('typed before it was gone')
})
