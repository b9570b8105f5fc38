import { expect, test } from './fixtures.ts'
import { button, field, heading, link } from './steps.ts'

test('S19 S20 a key on the screen does not follow to another tunnel', async ({ as }) => {
  const page = await as('Admin')
  await link(page, 'dublin-a').click()
  await expect(heading(page, 'dublin-a')).toBeVisible()
  await page.getByRole('link', { name: 'Tunnels', exact: true }).first().click()
  await link(page, 'dublin-b').click()
  await expect(heading(page, 'dublin-b')).toBeVisible()

  await button(page, 'Generate pre-shared key').click()
  const dialog = page.getByRole('dialog', { name: /^Pre-shared key for/ })
  const [revealed] = await Promise.all([
    page.waitForResponse((response) => /psk_generate$/.test(response.url()) && response.ok()),
    dialog.getByRole('button', { name: 'Generate key' }).click(),
  ])
  const { psk } = (await revealed.json()) as { psk: string }
  await dialog.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await page.goBack()
  await page.goBack()
  await expect(heading(page, 'dublin-a')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await page.content()).not.toContain(psk)
})

test('an edit after a save starts on what was saved', async ({ as }) => {
  const page = await as('Operator')
  await link(page, 'madrid-a').click()
  await link(page, 'Edit').click()
  await field(page, 'Description').fill('First words')
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await link(page, 'Edit').click()
  await expect(field(page, 'Description')).toHaveValue('First words')
  await field(page, 'Description').fill('Second words')
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'madrid-a')).toBeVisible()
  await expect(page.getByText('Second words')).toBeVisible()
})
