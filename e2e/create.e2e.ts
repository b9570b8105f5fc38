import { expect, test } from './fixtures.ts'
import { button, field, fillNewTunnel, heading, link, realWrites, row } from './steps.ts'

test('a new tunnel is checked at once, tried at Cloudflare, then created', async ({ as }) => {
  const page = await as('Operator')
  await link(page, 'Create tunnel').click()
  await link(page, 'All fields').click()
  await field(page, 'Name').fill('oslo-a')
  await field(page, 'Cloudflare endpoint').fill('203.0.113.1')
  await field(page, 'Interface address').fill('10.252.0.38/31')
  await field(page, 'Interface address').blur()
  await button(page, 'Validate').click()
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
  await expect(field(page, 'Interface address')).toHaveAccessibleDescription(/Overlaps paris-b \(10\.252\.0\.38\/31\)/)
  await expect(field(page, 'Interface address')).toHaveAttribute('aria-invalid', 'true')

  await button(page, /^Use next free:/).click()
  await expect(page.getByText('Your end', { exact: true })).toBeVisible()
  await button(page, 'Validate').click()
  // Only Cloudflare knows which anycast addresses the account has.
  await expect(field(page, 'Cloudflare endpoint')).toHaveAccessibleDescription(/not an anycast address assigned/)
  await button(page, /^Use 162\.159\.135\.10,/).click()
  await button(page, 'Validate').click()
  await expect(page.getByText(/Cloudflare accepts this\. Nothing has been saved\./)).toBeVisible()
  expect((await page.request.get('/api/tunnels')).ok()).toBe(true)
  expect(await (await page.request.get('/api/tunnels')).text()).not.toContain('oslo-a')

  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'oslo-a')).toBeVisible()
  await expect(page.getByText('Needs key').first()).toBeVisible()
  await page.getByRole('link', { name: 'Tunnels', exact: true }).first().click()
  await expect(row(page, 'oslo-a')).toContainText('Needs key')
})

test('a new tunnel leads on to its key, with all that the device must be told', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await fillNewTunnel(page, 'oslo-k')
  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'oslo-k')).toBeVisible()
  await button(page, 'Generate the key').click()
  const dialog = page.getByRole('dialog', { name: 'Pre-shared key for oslo-k' })
  await dialog.getByRole('button', { name: 'Generate key' }).click()
  const side = dialog.getByRole('region', { name: 'For the device' })
  await expect(side.getByText('Peer address')).toBeVisible()
  await expect(side.getByText(/\.ipsec\.cloudflare\.com$/).first()).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Next: generate the pre-shared key')).toBeHidden()
})

test('typed values are not lost by a wrong click', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await fillNewTunnel(page, 'oslo-b')
  await link(page, 'Audit log').click()
  const dialog = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await expect(field(page, 'Name')).toHaveValue('oslo-b')
  await link(page, 'Audit log').click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(page, 'Audit log')).toBeVisible()
})

test('U17 a create whose answer is lost is found, not repeated', async ({ liveAdmin: page, standIn }) => {
  await fillNewTunnel(page, 'bergen-a')
  await standIn.fault({ kind: 'commitThenDrop' }, { method: 'POST', path: '/ipsec_tunnels$' })
  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'bergen-a')).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
  const { tunnels } = (await (await page.request.get('/api/tunnels')).json()) as { tunnels: { name: string }[] }
  expect(tunnels.filter(({ name }) => name === 'bergen-a')).toHaveLength(1)
})

test('U18 a creation that may still appear is not repeated, and stays watched', async ({
  liveAdmin: page,
  standIn,
}) => {
  await fillNewTunnel(page, 'bergen-b')
  await standIn.fault({ kind: 'dropBeforeCommit' }, { method: 'POST', path: '/ipsec_tunnels$' })
  await button(page, 'Create tunnel').click()
  const panel = page.getByRole('region', { name: 'Unknown outcome' })
  await expect(panel).toContainText('We do not know yet whether this was created')
  await expect(panel).toContainText('It stays watched')
  await button(page, 'Create tunnel').press('Enter')
  await expect(page.getByText('Wait until it is known whether it was created').last()).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('bergen-b')
  await link(page, 'Audit log').click()
  await expect(page.getByRole('alertdialog', { name: 'Leave before it is known?' })).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
})

test('a creation that never reached the console is given up, and the second try works', async ({
  liveAdmin: page,
  standIn,
}) => {
  await fillNewTunnel(page, 'bergen-c')
  await page.route('**/api/tunnels', (route) => route.abort(), { times: 1 })
  await button(page, 'Create tunnel').click()
  await expect(page.getByRole('alert')).toContainText('Nothing was changed.')
  await expect(page.getByRole('alert')).toContainText('It never arrived, and will be refused if it still does.')
  await expect(field(page, 'Interface address')).toHaveValue('10.252.9.0/31')

  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'bergen-c')).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
})
