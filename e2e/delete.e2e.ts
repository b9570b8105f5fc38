import { expect, test } from './fixtures.ts'
import { button, field, heading, link, openTunnel, realWrites } from './steps.ts'

test('a tunnel goes after a dry run, a look at its routes, and its typed name', async ({ as }) => {
  const page = await as('Admin')
  await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete rotterdam-a' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog.getByText('Cloudflare accepts this deletion. Nothing has been changed.')).toBeVisible()
  await expect(dialog.getByText('1 static route would point nowhere')).toBeVisible()
  await expect(dialog.getByRole('table', { name: 'Static routes that use this tunnel' })).toContainText('10.27.0.0/16')

  const remove = dialog.getByRole('button', { name: 'Delete tunnel' })
  await remove.press('Enter')
  await expect(remove).toHaveAccessibleDescription(/Type the tunnel name first/)
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-b')
  await remove.press('Enter')
  await expect(dialog).toBeVisible()
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await remove.click()

  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(link(page, 'rotterdam-b')).toBeVisible()
  await expect(link(page, 'rotterdam-a')).toHaveCount(0)
  await link(page, 'Audit log').click()
  const entries = page.getByRole('table', { name: 'Audit entries' }).getByRole('row').filter({ hasText: 'rotterdam-a' })
  await expect(entries).toHaveCount(2)
  await expect(entries.first()).toContainText('gone')
})

test('an operator is not offered to delete', async ({ as }) => {
  const page = await as('Operator')
  await openTunnel(page, 'rotterdam-a')
  await expect(link(page, 'Edit')).toBeVisible()
  await expect(button(page, 'Generate pre-shared key')).toBeVisible()
  await expect(button(page, 'Delete')).toHaveCount(0)
})

test('a tunnel that changed meanwhile is not deleted unseen', async ({ liveAdmin: page, standIn }) => {
  const id = await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete rotterdam-a' })
  await expect(dialog.getByText('Cloudflare accepts this deletion.', { exact: false })).toBeVisible()
  await standIn.externalWrite(id, { description: 'now carries the cash desks' })
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await dialog.getByRole('button', { name: 'Delete tunnel' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This tunnel changed while you were looking at it')
  expect(realWrites(await standIn.ledger())).toEqual([])
})

test('U21 a deletion whose answer is lost is found out', async ({ liveAdmin: page, standIn }) => {
  const id = await openTunnel(page, 'rotterdam-a')
  await button(page, 'Delete').click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete rotterdam-a' })
  await expect(dialog.getByText('Cloudflare accepts this deletion.', { exact: false })).toBeVisible()
  await field(page, 'Type the tunnel name to confirm').fill('rotterdam-a')
  await standIn.fault({ kind: 'commitThenDrop' }, { method: 'DELETE', path: `${id}$` })
  await dialog.getByRole('button', { name: 'Delete tunnel' }).dblclick()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(link(page, 'rotterdam-b')).toBeVisible()
  await expect(link(page, 'rotterdam-a')).toHaveCount(0)
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
})
