import type { Page } from '@playwright/test'
import { startConsole } from './consoles.ts'
import { expect, openPage, startStandIn, test } from './fixtures.ts'
import {
  button,
  bytesIn,
  everythingKept,
  field,
  fillNewTunnel,
  heading,
  link,
  openEdit,
  openTunnel,
  realWrites,
  signInLive,
  spellingsOf,
} from './steps.ts'

const password = 'correct horse battery staple'

test('S13 S17 a day of work in live mode leaves neither token nor key nor password anywhere', async ({ browser }) => {
  const standIn = await startStandIn({ STAND_IN_TUNNELS: '200' })
  const console = await startConsole({
    CLOUDFLARE_API_TOKEN: standIn.token,
    CLOUDFLARE_ACCOUNT_ID: standIn.account,
    CLOUDFLARE_BASE_URL: standIn.baseUrl,
    ADMIN_EMAIL: 'ada@example.com',
    ADMIN_PASSWORD: password,
    POLL_SECONDS: '1',
  })
  const page = await openPage(browser, console.url)
  const heard = listen(page)
  await signInLive(page, 'ada@example.com', password)
  await expect(page.getByText('200 tunnels', { exact: true })).toBeVisible()

  await openEdit(page, 'branch-00007-a')
  await field(page, 'Description').fill('edited by the canary')
  await button(page, 'Review changes').click()
  await button(page, 'Apply 1 change').click()
  await expect(heading(page, 'branch-00007-a')).toBeVisible()

  await fillNewTunnel(page, 'canary-a')
  await field(page, 'Interface address').fill('10.200.0.0/31')
  await button(page, 'Validate').click()
  await expect(page.getByText(/Cloudflare accepts this\./)).toBeVisible()
  await button(page, 'Create tunnel').click()
  await expect(heading(page, 'canary-a')).toBeVisible()

  await button(page, 'Generate pre-shared key').click()
  const reveal = page.waitForResponse((response) => response.url().endsWith('/psk_generate') && response.ok())
  await button(page, 'Generate key').click()
  const { psk } = (await (await reveal).json()) as { psk: string }
  await button(page, 'Show').click()
  await page.getByRole('checkbox', { name: 'I have stored this key' }).check()
  await button(page, 'Done').click()

  await openTunnel(page, 'branch-00009-a')
  await button(page, 'Delete').click()
  await field(page, 'Reason').fill('not needed any more')
  await field(page, 'Type the tunnel name to confirm').fill('branch-00009-a')
  await expect(page.getByText('Cloudflare accepts this deletion.', { exact: false })).toBeVisible()
  await button(page, 'Delete tunnel').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()

  // Cloudflare's own errors are repeated to people, and must not repeat the token.
  const echo = { code: 9109, message: `Bad header: authorization: Bearer ${standIn.token}` }
  const refusal = { success: false, errors: [echo], messages: [], result: null }
  await standIn.fault({ kind: 'status', status: 400, body: refusal }, { method: 'PUT' })
  await openEdit(page, 'branch-00011-a')
  await field(page, 'Description').fill('refused')
  await button(page, 'Validate').click()
  await expect(page.getByText('Bad header', { exact: false })).toBeVisible()
  page.on('dialog', (question) => void question.accept())
  await page.goto('/audit')
  const entries = page.getByRole('table', { name: 'Audit entries' }).getByRole('row')
  await expect(entries.filter({ hasText: 'Deleted' })).toHaveCount(1)
  await expect(link(page, 'canary-a').first()).toBeVisible()

  expect(realWrites(await standIn.ledger()).map(({ method }) => method)).toEqual(['PUT', 'POST', 'POST', 'DELETE'])
  const bodies = await heard.all()
  expect(bodies.length).toBeGreaterThan(20)
  expect(bodies.filter((text) => text.includes(psk))).toHaveLength(1)
  const rest = [
    ...bodies.filter((text) => !text.includes(psk)),
    await everythingKept(page),
    console.output(),
    await bytesIn(console.dataDir),
  ].join('\n')
  for (const secret of [standIn.token, psk, password]) {
    for (const spelling of spellingsOf(secret)) expect(rest.includes(spelling), 'a secret was told').toBe(false)
  }
  await page.context().close()
  await console.stop()
  await standIn.stop()
})

/** Everything that the page is sent: the head and the body of every answer, and what scripts log. */
function listen(page: Page) {
  const told: Promise<string>[] = []
  page.on('console', (message) => told.push(Promise.resolve(message.text())))
  page.on('response', (response) => {
    const body = response.body().then(String, () => '')
    const head = response.allHeaders().then(JSON.stringify, () => '')
    told.push(Promise.all([response.url(), head, body]).then((parts) => parts.join('\n')))
  })
  return { all: () => Promise.all(told) }
}
