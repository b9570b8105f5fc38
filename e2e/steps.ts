import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'

export const row = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'IPsec tunnels' })
    .getByRole('row')
    .filter({ has: link(page, name) })

export const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

export const choice = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true })

export const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true })

export async function openList(page: Page): Promise<void> {
  await page.goto('/tunnels')
  await expect(heading(page, 'Tunnels')).toBeVisible()
}

/** The id of a tunnel, as the person's own browser may ask for it. */
export async function idOf(page: Page, name: string): Promise<string> {
  const { tunnels } = (await (await page.request.get('/api/tunnels')).json()) as {
    tunnels: { id: string; name: string }[]
  }
  return tunnels.find((tunnel) => tunnel.name === name)?.id ?? `no tunnel ${name}`
}

export async function openTunnel(
  page: Page,
  name: string,
  tab?: 'configuration' | 'device-setup' | 'history',
): Promise<string> {
  const id = await idOf(page, name)
  await page.goto(`/tunnels/${id}${tab ? `?tab=${tab}` : ''}`)
  await expect(heading(page, name)).toBeVisible()
  return id
}

export async function openEdit(page: Page, name: string): Promise<string> {
  const id = await idOf(page, name)
  await page.goto(`/tunnels/${id}/edit`)
  await expect(heading(page, `Edit ${name}`)).toBeVisible()
  return id
}

/** The plain form with a tunnel that Cloudflare accepts; the sandbox's two anycast addresses are the only ones. */
export async function fillNewTunnel(page: Page, name: string): Promise<void> {
  await page.goto('/tunnels/new/all')
  await field(page, 'Name').fill(name)
  await field(page, 'Cloudflare endpoint').fill('162.159.135.10')
  await field(page, 'Customer endpoint').fill('203.0.113.200')
  await field(page, 'Interface address').fill('10.252.9.0/31')
}

/** Presses Tab until `target` has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120 && !(await hasFocus(target)); presses++) await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === element.ownerDocument.activeElement)

export async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** The end of a session that this page has not heard of. */
export async function endSession(page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post('/api/auth/sign-out', { headers: { 'x-tunnel-console': '1', origin } })
  expect(answer.status()).toBe(200)
}

/** The same in front of a button, which is pressed then. What the page asks by itself may tell it before that, and cover the button. */
export async function endSessionBefore(page: Page, target: Locator): Promise<Locator> {
  const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' })
  await endSession(page)
  await expect(async () => {
    if (!(await dialog.isVisible())) await target.click({ timeout: 2000 })
    await expect(dialog).toBeVisible()
  }).toPass()
  return dialog
}

export const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

/** Every place where a browser can keep something of a page, as one text. */
export function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(({ value }) => value)
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const cached: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        cached.push(request.url, await ((await cache.match(request))?.text() ?? ''))
      }
    }
    return JSON.stringify([
      document.documentElement.outerHTML,
      document.body.textContent,
      document.title,
      document.cookie,
      location.href,
      history.state,
      fields,
      { ...localStorage },
      { ...sessionStorage },
      databases,
      cached,
    ])
  })
}

/** Every byte that a console has written, one character a byte. */
export async function bytesIn(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(0)
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}

/** The ways in which a careless program writes a secret down. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const shifts = ['', 'x', 'xx'].map((before) => Buffer.from(before + secret).toString('base64'))
  // The characters at both ends depend on the neighbours of the secret.
  const base64 = shifts.map((text) => text.slice(4, -4))
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...base64]
}

/** A write that is sent to Cloudflare to happen, not to be tried. */
export function realWrites<Entry extends { method: string; path: string; query: Record<string, string> }>(
  ledger: Entry[],
): Entry[] {
  return ledger.filter(
    ({ method, path: at, query }) => method !== 'GET' && at.includes('/magic/') && query['validate_only'] !== 'true',
  )
}

export async function signInLive(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await field(page, 'Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign in').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
}
