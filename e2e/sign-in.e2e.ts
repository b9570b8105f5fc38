import { startConsole } from './consoles.ts'
import { expect, openPage, type Role, test } from './fixtures.ts'
import { button, endSession, field, heading, link, openTunnel } from './steps.ts'

const roles: readonly [role: Role, offersCreate: number, pages: string[]][] = [
  ['Admin', 1, ['Tunnels', 'Audit log']],
  ['Operator', 1, ['Tunnels', 'Audit log']],
  ['Support', 0, ['Tunnels']],
]

test('each role of the sandbox signs in by its button and sees what it may do', async ({ as }) => {
  for (const [role, offersCreate, pages] of roles) {
    const page = await as(role)
    await expect(page).toHaveURL(/\/tunnels$/)
    await expect(page.getByText('Sandbox: nothing here reaches Cloudflare')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Create tunnel' })).toHaveCount(offersCreate)
    for (const name of pages) {
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })).toBeVisible()
    }
    await expect(button(page, new RegExp(`${role}$`))).toBeVisible()
    await expect(button(page, 'Reset sandbox')).toHaveCount(Number(role === 'Admin'))
  }
})

test('S28 the session is one cookie that scripts cannot read and other sites cannot use', async ({ as, sandbox }) => {
  const page = await as('Operator')
  expect(await page.context().cookies()).toEqual([
    {
      name: 'tunnel-console',
      value: expect.stringMatching(/^.{20,1000}$/),
      domain: 'localhost',
      path: '/',
      expires: -1,
      httpOnly: true,
      // Browsers keep `__Host-` and `Secure` from http://localhost.
      secure: false,
      sameSite: 'Strict',
    },
  ])
  expect(sandbox.url).toMatch(/^http:\/\/localhost:/)
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('a deep link asks who you are and then opens', async ({ as, browser, sandbox }) => {
  const id = await openTunnel(await as('Admin', 'no page'), 'paris-b')
  const page = await openPage(browser, sandbox.url)
  await page.goto(`/tunnels/${id}?tab=configuration`)
  await expect(heading(page, 'Sign in')).toBeVisible()
  await button(page, 'Continue as Operator').click()

  await expect(heading(page, 'paris-b')).toBeVisible()
  await expect(page).toHaveURL(`${sandbox.url}/tunnels/${id}?tab=configuration`)
  await expect(page.getByRole('tab', { name: 'Configuration' })).toHaveAttribute('aria-selected', 'true')
  await page.context().close()
})

test('a link cannot lead to another site after sign-in', async ({ browser, sandbox }) => {
  for (const from of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%09/evil.example']) {
    const page = await openPage(browser, sandbox.url)
    await page.goto(`/sign-in?from=${from}`)
    await button(page, 'Continue as Support').click()
    await expect(page).toHaveURL(new RegExp(`^${sandbox.url}/`))
    await expect(page.getByText('Sandbox: nothing here reaches Cloudflare')).toBeVisible()
    await page.context().close()
  }
})

test('S31 signing out ends the session on the server and empties the other tab', async ({ as, request, sandbox }) => {
  const page = await as('Admin')
  const other = await page.context().newPage()
  await openTunnel(other, 'paris-b')
  await link(other, 'Audit log').click()
  await expect(heading(other, 'Audit log')).toBeVisible()
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const replay = () => request.get(`${sandbox.url}/api/session`, { headers: { cookie } })
  expect((await replay()).status()).toBe(200)

  await button(page, /Admin$/).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()

  await expect(heading(page, 'Sign in')).toBeVisible()
  await expect(heading(other, 'Sign in')).toBeVisible()
  expect(await other.content()).not.toContain('paris-b')
  expect((await replay()).status()).toBe(401)
  expect((await page.request.get('/api/session')).status()).toBe(401)
  await other.goBack()
  await expect(heading(other, 'Sign in')).toBeVisible()
})

test('a tab whose session has ended says so and goes on after a new sign-in', async ({ as }) => {
  const page = await as('Admin')
  await endSession(page)
  const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Continue as Admin' }).click()
  await expect(dialog).toBeHidden()
  await expect(heading(page, 'Tunnels')).toBeVisible()
})

test('live mode has a password and nothing of the sandbox', async ({ live, browser }) => {
  const page = await openPage(browser, live.url)
  await page.goto('/tunnels')
  await expect(heading(page, 'Sign in')).toBeVisible()
  await expect(button(page, /^Continue as/)).toHaveCount(0)

  await field(page, 'Email').fill(live.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password at all')
  await button(page, 'Sign in').click()
  await expect(page.getByRole('alert')).toContainText('Check your email address and password.')
  await expect(field(page, 'Email')).toHaveValue(live.email)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')

  await page.getByLabel('Password', { exact: true }).fill(live.password)
  await button(page, 'Sign in').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  await expect(page.getByText('Sandbox: nothing here reaches Cloudflare')).toHaveCount(0)

  const answer = await page.request.post('/api/sandbox/sign-in', {
    headers: { 'x-tunnel-console': '1', origin: live.url },
    data: { role: 'admin' },
  })
  expect(answer.status()).toBe(404)
  await page.context().close()
})

test('S38 the first administrator comes from a link that works once', async ({ standIn, browser }) => {
  const console = await startConsole({
    CLOUDFLARE_API_TOKEN: standIn.token,
    CLOUDFLARE_ACCOUNT_ID: standIn.account,
    CLOUDFLARE_BASE_URL: standIn.baseUrl,
  })
  const printed = () => console.output().match(/http:\S+\/setup\?token=\S+/)?.[0] ?? ''
  await expect.poll(printed).not.toBe('')
  const setup = printed()
  const page = await openPage(browser, console.url)
  await page.goto(setup)
  await expect(heading(page, 'Create the first administrator')).toBeVisible()
  await expect(page).toHaveURL(`${console.url}/setup`)
  await field(page, 'Name').fill('Ada')
  await field(page, 'Email').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill('too short')
  await button(page, 'Create administrator').click()
  await expect(page.getByText('Use at least 15 characters')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('a walk along the old canal')
  await button(page, 'Create administrator').click()
  await expect(heading(page, 'Connection')).toBeVisible()
  await expect(page.getByText('Everything works')).toBeVisible()
  await page.getByRole('link', { name: 'Go to the tunnels' }).click()
  await expect(heading(page, 'Tunnels')).toBeVisible()

  const second = await openPage(browser, console.url)
  await second.goto(setup)
  await field(second, 'Name').fill('Mallory')
  await field(second, 'Email').fill('mallory@example.com')
  await second.getByLabel('Password', { exact: true }).fill('another long password')
  await button(second, 'Create administrator').click()
  await expect(second.getByRole('alert')).toContainText('Restart the console to print a new link')
  await second.context().close()
  await page.context().close()
  await console.stop()
})
