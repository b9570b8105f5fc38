import type { Browser, Page } from '@playwright/test'
import type { Console } from './consoles.ts'
import { expect, openPage, test } from './fixtures.ts'
import { button, bytesIn, clipboard, everythingKept, field, heading, openTunnel, spellingsOf } from './steps.ts'

/** Makes a key for a tunnel that has none, and leaves it by a link. */
async function leave(page: Page, name = 'dublin-b') {
  await openTunnel(page, name)
  await button(page, 'Generate pre-shared key').click()
  const dialog = page.getByRole('dialog', { name: `Pre-shared key for ${name}` })
  const [revealed] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/psk_generate') && response.ok()),
    button(page, 'Generate key').click(),
  ])
  const { psk } = (await revealed.json()) as { psk: string }
  await dialog.getByText('Leave it for the engineer at the far end').click()
  const hours = field(page, 'Hours until it ends')
  await hours.fill('48')
  await button(page, 'Create link').click()
  await expect(hours).toHaveAccessibleDescription(/Choose 1 to 24 hours/)
  await hours.fill('8')
  await button(page, 'Create link').click()
  const shown = page.getByRole('region', { name: 'Hand-off link' })
  await expect(shown).toContainText('It can be opened once, until')
  await button(page, 'Copy link').click()
  const url = await clipboard(page)
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await button(page, 'Done').click()
  await expect(dialog).toBeHidden()
  return { psk, url, secret: url.split('#k=')[1] ?? 'no key in the link' }
}

const show = (page: Page) => button(page, 'Show the key')
const gone = (page: Page) => page.getByText('There is nothing behind this link any more')

async function absent(page: Page, ...secrets: string[]) {
  const kept = await everythingKept(page)
  for (const spelling of secrets.flatMap(spellingsOf)) expect(kept.includes(spelling), 'still in the page').toBe(false)
}

/** The engineer at the far end: another browser, and nobody who is signed in. */
async function farEnd(browser: Browser, { url }: Console, theLink: string): Promise<Page> {
  const page = await openPage(browser, url)
  await page.goto(theLink)
  await expect(heading(page, 'A pre-shared key for you')).toBeVisible()
  return page
}

test('S18 S19 S20 S21 a link shows the key once, to somebody without an account, after one press', async ({
  browser,
  live,
  liveAdmin: page,
}) => {
  test.setTimeout(120_000)
  const { psk, url, secret } = await leave(page)
  await absent(page, psk, secret)

  // Previews and people who only look use nothing up, and no address keeps what opens it.
  const preview = await page.request.get(url)
  expect(preview.headers()['cache-control']).toBe('no-store')
  expect(preview.headers()['content-security-policy']).toContain("default-src 'none'")
  const looked = await farEnd(browser, live, url)
  await absent(looked, psk, secret)
  expect(looked.url()).not.toContain('#')
  await looked.context().close()

  const far = await farEnd(browser, live, url)
  const asked: string[] = []
  far.on('request', (request) =>
    asked.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData()}`),
  )
  const [answer] = await Promise.all([
    far.waitForResponse((response) => response.url().endsWith('/open')),
    show(far).click(),
  ])
  expect(answer.request().method()).toBe('POST')
  expect(answer.headers()['cache-control']).toContain('no-store')
  await expect(far.getByText('The link is used up.')).toBeVisible()
  await expect(far.getByText('dublin-b', { exact: true })).toBeVisible()
  await absent(far, psk, secret)
  await button(far, 'Show').click()
  await expect(far.getByRole('region', { name: 'Pre-shared key' }).getByRole('code')).toHaveText(psk)
  expect(asked.join('\n')).not.toContain(secret)
  far.on('dialog', (question) => void question.accept())
  await far.goto('about:blank')
  await far.goBack()
  await absent(far, psk, secret)

  const again = await farEnd(browser, live, url)
  await show(again).click()
  await expect(gone(again)).toBeVisible()

  const written = `${live.output()}\n${await bytesIn(live.dataDir)}`
  for (const spelling of [psk, secret].flatMap(spellingsOf)) expect(written.includes(spelling)).toBe(false)
  for (const { context } of [far, again].map((one) => ({ context: one.context() }))) await context.close()
})

test('a link that was revoked opens nothing, and the page that lists it says who made it', async ({
  as,
  browser,
  sandbox,
}) => {
  test.setTimeout(90_000)
  const page = await as('Operator', 'no page')
  const { url } = await leave(page)
  await page.goto('/account')
  const links = page.getByRole('list', { name: 'Hand-off links' })
  await expect(links.getByRole('listitem')).toContainText('dublin-b')
  await expect(links).toContainText('ends in 7 h')
  await button(page, 'Revoke the link for dublin-b').click()
  await expect(links).toContainText('revoked')
  const far = await farEnd(browser, sandbox, url)
  await show(far).click()
  await expect(gone(far)).toBeVisible()
  await far.context().close()
})

test('a link without its end uses nothing up, and the whole one still works', async ({ as, browser, sandbox }) => {
  test.setTimeout(90_000)
  const { psk, url } = await leave(await as('Operator', 'no page'))
  const far = await farEnd(browser, sandbox, url.slice(0, -3))
  await expect(far.getByText('The link is not whole')).toBeVisible()
  await expect(show(far)).toHaveCount(0)
  // Pasted over the first one: the browser loads nothing anew.
  await far.goto(url)
  await show(far).click()
  await button(far, 'Show').click()
  await expect(far.getByRole('code')).toHaveText(psk)
  await far.context().close()
})
