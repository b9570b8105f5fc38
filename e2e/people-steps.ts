import type { Browser, Page } from '@playwright/test'
import type { Console } from './consoles.ts'
import { expect, openPage } from './fixtures.ts'
import { button, choice, clipboard, field, heading } from './steps.ts'

/** A page follows a new role within one poll of the session. */
export const withinOnePoll = { timeout: 20_000 }

export const password = (page: Page) => page.getByLabel('Password', { exact: true })
export const ended = (page: Page) => page.getByRole('alertdialog', { name: 'Your session has ended' })
export const person = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Users' }).getByRole('row').filter({ hasText: name })

export async function act(page: Page, name: string, item: string | RegExp): Promise<void> {
  await button(page, `Actions for ${name}`).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export async function openUsers(page: Page): Promise<void> {
  await page.goto('/users')
  await expect(heading(page, 'Users')).toBeVisible()
}

export interface Person {
  name: string
  email: string
  role: 'Admin' | 'Operator' | 'Support'
}

export const omar: Person = { name: 'Omar Operator', email: 'omar@example.com', role: 'Operator' }

/** The link that a dialog shows once: it is copied, and the dialog put away. */
export async function takeLink(page: Page): Promise<string> {
  const shown = page.getByRole('region', { name: 'One-time link' })
  await expect(shown).toBeVisible()
  await button(page, 'Copy link').click()
  await expect(button(page, 'Copied')).toBeVisible()
  const url = await clipboard(page)
  await expect(shown).toContainText(url)
  await button(page, 'Done').click()
  await expect(shown).toHaveCount(0)
  return url
}

export async function invite(page: Page, { name, email, role }: Person): Promise<string> {
  await openUsers(page)
  await button(page, 'Invite').click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await field(page, 'Email').fill(email)
  await field(page, 'Name').fill(name)
  await choice(page, 'Role').selectOption(role)
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const url = await takeLink(page)
  await expect(person(page, name)).toContainText('Invited until')
  return url
}

/** Opens a one-time link in a browser of its own and sets the password by it. */
export async function join(browser: Browser, { url }: Console, oneTimeLink: string, secret: string): Promise<Page> {
  const page = await openPage(browser, url)
  await page.goto(oneTimeLink)
  await expect(heading(page, 'Set your password')).toBeVisible()
  await expect(page).toHaveURL(`${url}/invite`)
  await password(page).fill(secret)
  await button(page, 'Set password and sign in').click()
  await expect(heading(page, 'Tunnels')).toBeVisible()
  return page
}
