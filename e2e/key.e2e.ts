import type { Page, Response } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import {
  button,
  bytesIn,
  clipboard,
  everythingKept,
  field,
  heading,
  link,
  openList,
  openTunnel,
  realWrites,
  spellingsOf,
} from './steps.ts'

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name: `Pre-shared key for ${name}` })
const isReveal = (response: Response) => response.url().endsWith('/psk_generate') && response.ok()

test('S18 S19 S20 S22 a key is shown once, and afterwards it is nowhere', async ({
  live,
  liveAdmin: page,
  standIn,
}) => {
  const told: string[] = []
  page.on('console', (message) => told.push(message.text()))
  await openList(page)
  // By the link, so that Back is a step inside the console.
  await link(page, 'toronto-a').click()
  await button(page, 'Generate pre-shared key').click()
  const dialog = dialogOf(page, 'toronto-a')
  await expect(dialog).toContainText('The current key stops working for new IKE negotiations as soon as you generate.')
  await expect(dialog.getByText('Cloudflare accepts a new key', { exact: false })).toBeVisible()
  const generate = dialog.getByRole('button', { name: 'Generate key' })
  await generate.press('Enter')
  await expect(generate).toHaveAccessibleDescription(/Type the tunnel name first/)
  const confirmation = field(page, 'Type the tunnel name to confirm')
  await expect(confirmation).toHaveAttribute('autocomplete', 'off')
  await expect(confirmation).toHaveAttribute('spellcheck', 'false')
  await confirmation.fill('toronto-a')
  const [revealed] = await Promise.all([page.waitForResponse(isReveal), generate.dblclick()])
  const { psk } = (await revealed.json()) as { psk: string }
  expect(psk).toMatch(/^\S{20,}$/)
  expect(revealed.request().method()).toBe('POST')
  expect(revealed.headers()['cache-control']).toContain('no-store')
  expect(revealed.headers()).not.toHaveProperty('etag')
  expect(revealed.headers()).not.toHaveProperty('content-encoding')

  // Masked first, then shown, and copied without the gaps that are only drawn.
  const secret = dialog.getByRole('region', { name: 'Pre-shared key' })
  await expect(secret).toContainText('hidden')
  await absent(page, psk)
  await secret.getByRole('button', { name: 'Copy', exact: true }).click()
  expect(await clipboard(page)).toBe(psk)
  await secret.getByRole('button', { name: 'Show' }).click()
  await expect(secret.getByRole('code')).toHaveText(psk)
  await expect(secret.getByRole('button', { name: 'Show' })).toHaveAttribute('aria-pressed', 'true')
  await secret.getByRole('button', { name: 'Show' }).click()
  await absent(page, psk)

  await staysOpen(page, 'toronto-a')
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()

  await absent(page, psk)
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText('Generate pre-shared key').last()).toBeVisible()
  await absent(page, psk)
  await page.getByRole('link', { name: 'Tunnels', exact: true }).first().click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'toronto-a')).toBeVisible()
  await absent(page, psk)
  await page.goto('about:blank')
  await page.goBack()
  await expect(heading(page, 'toronto-a')).toBeVisible()
  await absent(page, psk)
  await page.goForward()
  await page.goBack()
  await absent(page, psk)

  const written = `${told.join('\n')}\n${live.output()}\n${await bytesIn(live.dataDir)}`
  for (const spelling of spellingsOf(psk)) expect(written.includes(spelling), 'the key was written down').toBe(false)
  expect(realWrites(await standIn.ledger()).map(({ path }) => path.split('/').at(-1))).toEqual(['psk_generate'])
})

async function staysOpen(page: Page, name: string) {
  const dialog = dialogOf(page, name)
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await page.goBack()
  await expect(dialog.getByRole('alert')).toContainText('The key would be lost.')
  await expect(dialog.getByRole('button', { name: 'Close' })).toHaveCount(0)
  const done = dialog.getByRole('button', { name: 'Done' })
  await done.press('Enter')
  await expect(done).toHaveAccessibleDescription(/I have stored this key/)
  await expect(dialog).toBeVisible()
}

async function absent(page: Page, psk: string) {
  const kept = await everythingKept(page)
  for (const spelling of spellingsOf(psk)) expect(kept.includes(spelling), 'the key is still in the page').toBe(false)
}

test('S20 a page that is left with the key on it comes back without it', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'dublin-b')
  await button(page, 'Generate pre-shared key').click()
  const dialog = dialogOf(page, 'dublin-b')
  await expect(dialog).toContainText('This tunnel has no key yet')
  const [revealed] = await Promise.all([
    page.waitForResponse(isReveal),
    dialog.getByRole('button', { name: 'Generate key' }).click(),
  ])
  const { psk } = (await revealed.json()) as { psk: string }
  await dialog.getByRole('button', { name: 'Show' }).click()
  await expect(dialog.getByRole('code')).toHaveText(psk)
  const questions: string[] = []
  page.on('dialog', (question) => {
    questions.push(question.type())
    void question.accept()
  })
  await page.goto('about:blank')
  expect(questions).toEqual(['beforeunload'])
  await page.goBack()
  await expect(heading(page, 'dublin-b')).toBeVisible()
  await absent(page, psk)
})

test('S21 a key that nobody puts away hides itself after ten minutes, with time to ask for more', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await page.clock.install()
  await openTunnel(page, 'dublin-b')
  await button(page, 'Generate pre-shared key').click()
  const dialog = dialogOf(page, 'dublin-b')
  const [revealed] = await Promise.all([
    page.waitForResponse(isReveal),
    dialog.getByRole('button', { name: 'Generate key' }).click(),
  ])
  const { psk } = (await revealed.json()) as { psk: string }
  await dialog.getByRole('button', { name: 'Show' }).click()
  await page.clock.fastForward('09:10')
  await expect(dialog.getByRole('alert')).toContainText('The key is hidden for safety in less than a minute.')
  await dialog.getByRole('button', { name: 'Extend' }).click()
  await page.clock.fastForward('05:00')
  await expect(dialog.getByRole('code')).toHaveText(psk)

  await page.clock.fastForward('05:10')
  await expect(dialog).toContainText('Hidden for safety. If you did not copy it, generate a new one.')
  await absent(page, psk)
  await dialog.getByRole('button', { name: 'Discard and generate again later' }).click()
  await expect(dialog).toBeHidden()
})

test('S21 a key goes with its session', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'dublin-b')
  await button(page, 'Generate pre-shared key').click()
  const [revealed] = await Promise.all([page.waitForResponse(isReveal), button(page, 'Generate key').click()])
  const { psk } = (await revealed.json()) as { psk: string }
  await button(page, 'Show').click()
  page.on('dialog', (question) => void question.accept())
  const other = await page.context().newPage()
  await other.goto('/tunnels')
  await button(other, /Operator$/).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await absent(page, psk)
})

test('a key whose answer was lost is not generated again by itself', async ({ liveAdmin: page, standIn }) => {
  await openTunnel(page, 'dublin-b')
  await button(page, 'Generate pre-shared key').click()
  const dialog = dialogOf(page, 'dublin-b')
  await expect(dialog.getByText('Cloudflare accepts a new key', { exact: false })).toBeVisible()
  await standIn.fault({ kind: 'commitThenDrop' }, { method: 'POST', path: 'psk_generate$' })
  await dialog.getByRole('button', { name: 'Generate key' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(dialog).toContainText('Generate again to be sure: the newest key is the one that counts.')
  expect(realWrites(await standIn.ledger())).toHaveLength(1)

  await dialog.getByRole('button', { name: 'Generate again' }).click()
  await dialog.getByRole('button', { name: 'Generate key' }).click()
  await expect(dialog.getByRole('region', { name: 'Pre-shared key' })).toBeVisible()
  expect(realWrites(await standIn.ledger())).toHaveLength(2)
})
