import { readFile } from 'node:fs/promises'
import type { Page, Response } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import {
  button,
  bytesIn,
  clipboard,
  everythingKept,
  field,
  fillNewTunnel,
  heading,
  idOf,
  link,
  openTunnel,
  press,
  realWrites,
  spellingsOf,
} from './steps.ts'

const isSet = (response: Response) => response.url().endsWith('/api/tunnels/psk') && response.ok()
const number = (page: Page) => field(page, 'Type the number of tunnels to confirm')
const stored = (page: Page) => page.getByRole('checkbox', { name: 'I have stored these keys' })

async function choose(page: Page, ...names: string[]) {
  await page.goto('/tunnels/keys')
  await expect(heading(page, 'Rotate keys')).toBeVisible()
  for (const name of names) {
    await page.getByRole('searchbox', { name: 'Filter tunnels' }).fill(name)
    await page.getByRole('checkbox', { name: `Choose ${name}` }).check()
  }
  await button(page, `Go on with ${names.length} tunnels`).click()
  await expect(page.getByText('Cloudflare accepts new keys for all of them', { exact: false })).toBeVisible()
  await number(page).fill(String(names.length))
}

async function rotate(page: Page, ...names: string[]): Promise<string[]> {
  await choose(page, ...names)
  const [answer] = await Promise.all([
    page.waitForResponse(isSet),
    button(page, `Generate ${names.length} keys`).dblclick(),
  ])
  expect(answer.headers()['cache-control']).toContain('no-store')
  const { results } = (await answer.json()) as { results: { id: string; psk: string }[] }
  await expect(stored(page)).toBeVisible()
  const ids = await Promise.all(names.map((name) => idOf(page, name)))
  return ids.map((id) => results.find((result) => result.id === id)?.psk ?? 'no key')
}

async function absent(page: Page, keys: readonly string[]) {
  const kept = await everythingKept(page)
  for (const spelling of keys.flatMap(spellingsOf)) expect(kept.includes(spelling), 'a key is in the page').toBe(false)
}

test('S18 S19 S20 S23 the keys of many are shown once, and afterwards they are nowhere', async ({
  live,
  liveAdmin: page,
  standIn,
}) => {
  test.setTimeout(120_000)
  const told: string[] = []
  page.on('console', (message) => told.push(message.text()))
  const keys = await rotate(page, 'paris-a', 'toronto-a', 'madrid-a')
  const [first = '', second = ''] = keys
  expect(new Set(keys).size).toBe(3)
  for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/)

  await absent(page, keys)
  await button(page, 'Copy the key of paris-a').click()
  expect(await clipboard(page)).toBe(first)
  await button(page, 'Show the key of toronto-a').click()
  await expect(page.getByRole('table', { name: 'New keys' }).getByRole('code')).toHaveText(second)
  await button(page, 'Show the key of toronto-a').click()
  await absent(page, keys)

  // Nobody leaves by accident.
  await link(page, 'Audit log').click()
  await expect(page.getByRole('alert').filter({ hasText: 'The keys would be lost.' })).toBeVisible()
  await expect(heading(page, 'Rotate keys')).toBeVisible()

  // What is shown stays shown, whatever else happens on the page.
  await button(page, 'Show the key of toronto-a').click()
  const saved = await download(page, 'five unrelated words for this')
  await expect(page.getByRole('code')).toHaveText(second)
  expect(saved.name).toMatch(/^pre-shared-keys-\d{4}-\d\d-\d\d\.json\.age$/)
  expect(saved.content).toMatch(/^age-encryption\.org\/v1\n-> scrypt /)
  for (const spelling of keys.flatMap(spellingsOf)) expect(saved.content.includes(spelling)).toBe(false)

  await stored(page).check()
  await button(page, 'Done').click()
  await expect(page.getByRole('heading', { name: 'On their way to the devices' })).toBeVisible()
  await absent(page, keys)
  await page.goBack()
  await absent(page, keys)
  await page.goto('about:blank')
  await page.goBack()
  await absent(page, keys)

  const written = `${told.join('\n')}\n${live.output()}\n${await bytesIn(live.dataDir)}`
  for (const spelling of keys.flatMap(spellingsOf)) expect(written.includes(spelling), 'written down').toBe(false)
  expect(realWrites(await standIn.ledger())).toHaveLength(3)
})

async function download(page: Page, passphrase: string) {
  await field(page, 'Passphrase').fill('x')
  await button(page, 'Download').click()
  await expect(field(page, 'Passphrase')).toHaveAccessibleDescription(/Too short/)
  await field(page, 'Passphrase').fill(passphrase)
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()])
  await expect(page.getByText('Without the passphrase nobody can open it.', { exact: false })).toBeVisible()
  return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'latin1') }
}

test('S21 keys that nobody puts away hide themselves after ten minutes, with time to ask for more', async ({ as }) => {
  test.setTimeout(90_000)
  const page = await as('Admin', 'no page')
  await page.clock.install()
  const keys = await rotate(page, 'paris-a', 'toronto-a')
  await button(page, 'Show the key of paris-a').click()
  await page.clock.fastForward('09:10')
  await expect(page.getByRole('alert').filter({ hasText: 'The keys are hidden for safety' })).toBeVisible()
  await button(page, 'Extend').click()
  await page.clock.fastForward('05:00')
  await expect(page.getByRole('code')).toHaveText(keys[0] ?? '')
  await page.clock.fastForward('05:10')
  await expect(page.getByText('Hidden for safety. If you did not copy them, generate new ones.')).toBeVisible()
  await absent(page, keys)
  await button(page, 'Discard and generate again later').click()
  await expect(page.getByText('Not confirmed as stored').first()).toBeVisible()
})

test('keys for many by keyboard alone, on a phone', async ({ as }) => {
  test.setTimeout(90_000)
  const page = await as('Admin', 'no page')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/tunnels/keys')
  const filter = page.getByRole('searchbox', { name: 'Filter tunnels' })
  await press(page, filter, 'Space')
  await page.keyboard.type('paris')
  await press(page, page.getByRole('checkbox', { name: 'Choose paris-a' }), 'Space')
  await press(page, button(page, 'Go on with 1 tunnel'))
  await press(page, number(page), 'Space')
  await page.keyboard.type('1')
  await expect(page.getByText('Cloudflare accepts', { exact: false })).toBeVisible()
  await press(page, button(page, 'Generate 1 key'))
  await expect(page.getByText('1 new key in force')).toBeVisible()
  await press(page, button(page, 'Show the key of paris-a'))
  await expect(button(page, 'Show the key of paris-a')).toBeFocused()
  await expect(page.getByRole('code')).toHaveText(/^[\w-]{43}$/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await press(page, stored(page), 'Space')
  await press(page, button(page, 'Done'))
  await expect(link(page, 'paris-a')).toBeVisible()
})

test('a checklist survives a reload without the key, and a key that nobody stored is told of', async ({ as }) => {
  test.setTimeout(90_000)
  const page = await as('Operator', 'no page')
  await openTunnel(page, 'paris-b')
  await button(page, 'Generate pre-shared key').click()
  await button(page, 'Start the rotation checklist').click()
  await page.getByRole('checkbox', { name: 'You can get at the device' }).check()
  await button(page, 'Make the new key').click()
  await field(page, 'Type the tunnel name to confirm').fill('paris-b')
  const [revealed] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/psk_generate') && response.ok()),
    button(page, 'Generate key').click(),
  ])
  const { psk } = (await revealed.json()) as { psk: string }
  // The tab dies.
  page.on('dialog', (question) => void question.accept())
  await page.reload()
  await expect(page.getByText(/^A key was generated at .* by you and not confirmed as stored\.$/)).toBeVisible()
  await absent(page, [psk])
  await expect(page.getByRole('checkbox', { name: 'You can get at the device' })).toBeChecked()
  await button(page, 'It is stored').click()
  await page.getByRole('checkbox', { name: 'New key on the device' }).check()
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'New key on the device' })).toBeChecked()
  await expect(page.getByText(/not confirmed as stored/)).toHaveCount(0)
})

test('S19 S22 a tunnel is made with a key of one’s own, which no draft and no disk keeps', async ({
  live,
  liveAdmin: page,
  standIn,
}) => {
  test.setTimeout(90_000)
  const psk = 'own-Canary-9f27-for-a-new-tunnel'
  await fillNewTunnel(page, 'own-key-a')
  const key = field(page, 'Pre-shared key')
  await expect(key).toHaveAttribute('autocomplete', 'off')
  await expect(key).toHaveAttribute('spellcheck', 'false')
  await key.fill(psk)
  await expect(key).toHaveAccessibleDescription(/^Strong/)
  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'own-key-a')).toBeVisible()
  await absent(page, [psk])
  await page.goto('/tunnels/new/all')
  await expect(field(page, 'Pre-shared key')).toHaveValue('')
  const written = `${live.output()}\n${await bytesIn(live.dataDir)}`
  for (const spelling of spellingsOf(psk)) expect(written.includes(spelling), 'the key was written down').toBe(false)
  expect(realWrites(await standIn.ledger())).toHaveLength(1)
})

test('somebody whose role ends before it is told who can help', async ({ as }) => {
  const page = await as('Operator', 'no page')
  await page.goto('/tunnels/keys')
  await expect(heading(page, 'Not for your role')).toBeVisible()
})
