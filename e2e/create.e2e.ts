import { expect, test } from './fixtures.ts'
import { button, field, fillNewTunnel, heading, link, realWrites, row } from './steps.ts'

test('a new tunnel is checked at once, tried at Cloudflare, then created', async ({ as }) => {
  const page = await as('Operator')
  await link(page, 'Create tunnel').click()
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

test('typed values are not lost by a wrong click', async ({ as }) => {
  const page = await as('Operator')
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

test('U18 a create that never arrived is told as such, and the second try works', async ({
  liveAdmin: page,
  standIn,
}) => {
  await fillNewTunnel(page, 'bergen-b')
  await standIn.fault({ kind: 'dropBeforeCommit' }, { method: 'POST', path: '/ipsec_tunnels$' })
  await button(page, 'Create tunnel').click()
  await expect(page.getByRole('alert')).toContainText('Nothing was changed.')
  await expect(page.getByRole('alert')).toContainText('You can try again.')
  await expect(field(page, 'Name')).toHaveValue('bergen-b')
  await expect(field(page, 'Interface address')).toHaveValue('10.252.9.0/31')

  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'bergen-b')).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(2)
  const { tunnels } = (await (await page.request.get('/api/tunnels')).json()) as { tunnels: { name: string }[] }
  expect(tunnels.filter(({ name }) => name === 'bergen-b')).toHaveLength(1)
})
