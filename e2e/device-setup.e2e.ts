import { readFile } from 'node:fs/promises'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { button, choice, clipboard, everythingKept, field, openTunnel, press, tabTo } from './steps.ts'

const pasted = 'Configuration or status output of the device'

test('a device’s configuration is chosen, copied, saved and checked by keyboard, and nothing pasted leaves the page', async ({
  as,
}) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'paris-b')
  await page.getByRole('tab', { name: 'Status' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab')).toHaveText(['Status', 'Configuration', 'Device setup', 'History'])
  await expect(page.getByRole('tab', { name: 'Device setup' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'Coming up' })).toContainText('Waiting for a probe to be answered')

  await expect(choice(page, 'Device')).toHaveValue('palo-alto')
  await tabTo(page, choice(page, 'Device'))
  await page.keyboard.type('strongSwan')
  await expect(choice(page, 'Device')).toHaveValue('strongswan')
  const file = page.getByRole('region', { name: /^cf-\w+\.swanctl\.conf$/ })
  await expect(file).toContainText('remote_addrs = 172.64.240.10')
  await press(page, file.getByRole('button', { name: 'Copy' }))
  const text = await clipboard(page)
  expect(text).toContain('PASTE-KEY-HERE')
  const download = page.waitForEvent('download')
  await press(page, file.getByRole('button', { name: 'Download' }))
  expect(await readFile((await (await download).path()) ?? '', 'utf8')).toBe(text)

  const sent: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && sent.push(`${request.method()} ${request.url()}`))
  await tabTo(page, field(page, pasted))
  await page.keyboard.insertText(
    text
      .replace('remote_addrs = 172.64.240.10', 'remote_addrs = 198.51.100.1')
      .replace('PASTE-KEY-HERE', 'canary-key-of-the-device'),
  )
  await press(page, button(page, 'Check'))
  const found = page.getByRole('region', { name: 'What was found' })
  await expect(found.getByText('Recognised: strongSwan, swanctl.conf')).toBeVisible()
  const peer = found.getByRole('listitem').filter({ hasText: 'Peer address' })
  await expect(peer).toContainText('198.51.100.1')
  await expect(peer).toContainText('In the connection: remote_addrs = 172.64.240.10')
  await press(page, button(page, 'Clear'))
  await expect(field(page, pasted)).toBeFocused()
  expect(await everythingKept(page)).not.toContain('canary-key-of-the-device')
  expect(sent.filter((request) => !request.endsWith('/api/session/activity'))).toEqual([])

  await page.reload()
  await expect(choice(page, 'Device')).toHaveValue('strongswan')
})

test('the hand-over sheet is all that goes on paper', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'fra-dc1-a', 'device-setup')
  const sheet = page.locator('.print-sheet')
  await expect(button(page, 'Print hand-over sheet')).toBeVisible()
  await expect(sheet).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(sheet).toBeVisible()
  await expect(sheet).toContainText('Inside address of this device')
  await expect(button(page, 'Print hand-over sheet')).toBeHidden()
})

test('axe finds nothing on Device setup, on a phone and a desk, light and dark; support has no such tab', async ({
  as,
}) => {
  test.setTimeout(120_000)
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'paris-b', 'device-setup')
  await field(page, pasted).fill(
    'connections { a { remote_addrs = 198.51.100.1\n children { a { replay_window = 32 } } } }',
  )
  await button(page, 'Check').click()
  await expect(page.getByRole('region', { name: 'What was found' })).toBeVisible()
  const found: string[] = []
  await lookAt(page, found)('device setup')
  expect(found).toEqual([])

  const other = await as('Support', 'no page')
  await openTunnel(other, 'paris-b', 'device-setup')
  await expect(other.getByRole('tab')).toHaveText(['Status', 'Configuration'])
  await expect(other.getByRole('tab', { name: 'Status' })).toHaveAttribute('aria-selected', 'true')
})
