import type { UserEntry } from '@tunnel-console/shared/api'
import { useRef, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { signedOut } from '../../lib/signed-out.ts'
import { type Answers, fakeBff, offline, press, problem, type Sent, show } from '../../test/bff.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { UsersTable } from './users-table.tsx'

afterEach(() => {
  signedOut.set(false)
  vi.restoreAllMocks()
})

const secret = 'canary-token-of-a-one-time-link'
const inviteUrl = `https://console.example.com/invite?token=${secret}`
const future = '2999-01-01T00:00:00Z'

const person = (id: string, name: string, more: Partial<UserEntry> = {}): UserEntry => ({
  id,
  name,
  email: `${name.toLowerCase()}@example.com`,
  role: 'operator',
  disabled: false,
  lastUsedAt: null,
  invitedUntil: null,
  ...more,
})

// The id of who is signed in.
const ada = person('1', 'Ada', { role: 'admin', lastUsedAt: new Date().toISOString() })
const omar = person('2', 'Omar')

const wide = () => page.viewport(1280, 800)

async function table(users: UserEntry[], answers: Answers = {}) {
  const sent = fakeBff(answers)
  await show(<UsersTable users={users} />)
  return sent
}

async function choose(name: string, item: string) {
  await press(`Actions for ${name}`)
  const entry = page.getByRole('menuitem', { name: item })
  await expect.element(entry).toBeVisible()
  ;(entry.element() as HTMLElement).click()
}

/** What was sent to change something. */
const writes = (sent: Sent[]) =>
  sent.filter(({ what }) => !what.startsWith('GET ')).map(({ what, body }) => [what, body])

const reads = (what: Locator, words: RegExp) => expect.poll(() => what.element().textContent).toMatch(words)

const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })

test('the table tells who may do what, whether they can come in, and when they last did', async () => {
  await wide()
  await table([
    ada,
    person('2', 'Sue', { role: 'support', invitedUntil: future }),
    person('3', 'Lee', { invitedUntil: '2020-01-01T00:00:00Z' }),
    person('4', 'Max', { disabled: true, lastUsedAt: new Date(Date.now() - 3 * 86_400_000).toISOString() }),
  ])
  await reads(row('Ada'), /Ada.*you.*ada@example.com.*Admin.*Active.*just now/)
  await reads(row('Sue'), /Support.*Invited until .*never/)
  await reads(row('Lee'), /Operator.*Invitation expired.*never/)
  await reads(row('Max'), /Disabled.*3 d ago/)
})

test('a phone has all of it in one cell', async () => {
  await page.viewport(390, 844)
  await table([ada, omar])
  await reads(row('Omar'), /Omar.*omar@example.com.*Operator.*Active.*last use: never/)
  await expect.element(page.getByRole('columnheader', { name: 'Email' })).not.toBeInTheDocument()
})

test('each row’s menu is reached by Tab, and opened by an arrow', async () => {
  await table([ada, omar])
  const menuOf = (name: string) => page.getByRole('button', { name: `Actions for ${name}` })
  ;(menuOf('Ada').element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('menu')).toBeVisible()
  // What cannot be chosen is reached all the same, or nobody without a mouse would hear why.
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: /^Change role/ })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: /^Reset password/ })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(menuOf('Ada')).toHaveFocus()
  await userEvent.tab()
  await expect.element(menuOf('Omar')).toHaveFocus()
})

test('the filter finds by name, address and role', async () => {
  await table([ada, omar, person('3', 'Sue', { role: 'support' })])
  await page.getByRole('searchbox', { name: 'Filter users' }).fill('support')
  await expect.element(row('Sue')).toBeVisible()
  await expect.element(row('Omar')).not.toBeInTheDocument()
  await page.getByRole('searchbox', { name: 'Filter users' }).fill('nobody of this name')
  await expect.element(page.getByText('No users match')).toBeVisible()
})

test('another role says first what is gained and lost, and is sent once', async () => {
  const sent = await table([ada, omar], {
    'PATCH /api/users/2': () => ({ body: { user: { ...omar, role: 'support' } } }),
  })
  await choose('Omar', 'Change role')
  const apply = page.getByRole('button', { name: 'Change role', exact: true })
  await expect.element(apply).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('combobox', { name: 'Role' }).selectOptions('Admin')
  await expect.element(page.getByText(/^They will be able to delete tunnels, .*manage users/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Role' }).selectOptions('Support')
  await expect.element(page.getByText(/^They will no longer be able to see the whole configuration, /)).toBeVisible()
  await press('Change role')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(writes(sent)).toEqual([['PATCH /api/users/2', { role: 'support' }]])
})

test('one’s own role is not given away unawares', async () => {
  await table([ada, person('2', 'Bob', { role: 'admin' })])
  await choose('Ada', 'Change role')
  await page.getByRole('combobox', { name: 'Role' }).selectOptions('Operator')
  await expect.element(page.getByText('This is your own role')).toBeVisible()
})

test('nobody disables themselves, or takes the last administrator away, by one press', async () => {
  await table([ada, omar, person('3', 'Bob', { role: 'admin', disabled: true })])
  await press('Actions for Ada')
  for (const name of [/^Change role The last administrator/, /^Disable The last administrator/]) {
    await expect.element(page.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true')
  }
})

test('an administrator among several is told why they cannot disable themselves', async () => {
  await table([ada, person('2', 'Bob', { role: 'admin' })])
  await press('Actions for Ada')
  const disable = page.getByRole('menuitem', { name: /^Disable You would lock yourself out: another administrator/ })
  await expect.element(disable).toHaveAttribute('aria-disabled', 'true')
})

test.each<[item: string, confirm: string, what: string, body: unknown]>([
  ['Disable', 'Disable', 'PATCH /api/users/2', { disabled: true }],
  ['End all sessions', 'End all sessions', 'DELETE /api/users/2/sessions', null],
])('%s says what it means before it happens', async (item, confirm, what, body) => {
  const sent = await table([ada, omar], { [what]: () => ({ body: { ok: true, user: omar } }) })
  await choose('Omar', item)
  await expect.element(page.getByRole('alertdialog').getByText(/^Omar is signed out/)).toBeVisible()
  expect(sent).toEqual([])
  await press(confirm)
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
  expect(writes(sent)).toEqual([[what, body]])
})

test('S48 a server that keeps the last administrator is explained', async () => {
  const bob = person('2', 'Bob', { role: 'admin' })
  await table([ada, bob], { 'PATCH /api/users/2': () => problem('last-administrator') })
  await choose('Bob', 'Disable')
  await press('Disable')
  await reads(page.getByRole('alert'), /^The last administrator cannot be disabled/)
  await expect.element(page.getByText(/Make somebody else an administrator first/)).toBeVisible()
})

test('somebody who lost their own role meanwhile is told who can help', async () => {
  fakeBff({ 'PATCH /api/users/2': () => problem('forbidden') })
  const client = await show(<UsersTable users={[ada, omar]} />)
  await choose('Omar', 'Disable')
  client.setQueryData(['session'], (session: object) => ({ ...session, permissions: ['status.read'] }))
  await press('Disable')
  await expect.element(page.getByText(/^Managing users needs Admin\. Ask: Ada Admin/)).toBeVisible()
})

test('a reset makes a link, which is shown once', async () => {
  const sent = await table([ada, omar], { 'POST /api/users/2/reset': () => ({ body: { resetUrl: inviteUrl } }) })
  await choose('Omar', 'Reset password')
  expect(sent).toEqual([])
  await press('Create link')
  await expect.element(link.getByText(inviteUrl)).toBeVisible()
  await expect.element(page.getByText(/Valid for 24 hours, works once/)).toBeVisible()
})

function Invitation() {
  const [isOpen, setOpen] = useState(true)
  const opener = useRef(null)
  return isOpen ? <InviteDialog opener={opener} onClose={() => setOpen(false)} /> : <p>Closed</p>
}

async function invite(answers: Answers) {
  const sent = fakeBff(answers)
  const client = await show(<Invitation />)
  await page.getByLabelText('Email').fill('xenia@example.com')
  await page.getByLabelText('Name').fill('Xenia')
  await page.getByLabelText('Role').selectOptions('Operator')
  await press('Create link')
  return { sent, client }
}

const invited = { 'POST /api/users': () => ({ status: 201, body: { user: person('9', 'Xenia'), inviteUrl } }) }
const link = page.getByRole('region', { name: 'One-time link' })

test('an invitation is a link that is shown once and held nowhere else', async () => {
  const { sent, client } = await invite(invited)
  await expect.element(link.getByText(inviteUrl)).toBeVisible()
  await expect.element(page.getByText(/Valid for 72 hours, works once/)).toBeVisible()
  await expect.element(page.getByText(/The console sends no mail: hand the link over yourself/)).toBeVisible()
  const xenia = { email: 'xenia@example.com', name: 'Xenia', role: 'operator' }
  expect(writes(sent)).toEqual([['POST /api/users', xenia]])
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  expect(JSON.stringify(caches)).not.toContain(secret)
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret)
})

test('closing before the link was copied asks first', async () => {
  await invite(invited)
  await press('Done')
  const question = page.getByRole('alertdialog', { name: 'Close without copying the link?' })
  await expect.element(question).toBeVisible()
  await press('Keep it open')
  await expect.element(question).not.toBeInTheDocument()
  await expect.element(link.getByText(inviteUrl)).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(question).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.element(page.getByText('Closed')).toBeVisible()
  expect(document.body.textContent).not.toContain(secret)
})

test('once it is copied, closing asks nothing', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await invite(invited)
  await press('Copy link')
  await expect.element(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(write).toHaveBeenCalledWith(inviteUrl)
  await press('Done')
  await expect.element(page.getByText('Closed')).toBeVisible()
})

test('the link goes with the session (S21)', async () => {
  await invite(invited)
  await expect.element(link).toBeVisible()
  signedOut.set(true)
  await expect.element(link).not.toBeInTheDocument()
  expect(document.body.textContent).not.toContain(secret)
})

test('what the server refuses stands on its field', async () => {
  const errors = [{ pointer: '/email', detail: 'Somebody has this address already', source: 'console' as const }]
  await invite({ 'POST /api/users': () => problem('invalid', { errors }) })
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/Somebody has this address already/)
  await expect.element(page.getByLabelText('Name')).toHaveValue('Xenia')
})

test('an invitation whose answer was lost says what to look for', async () => {
  await invite({ 'POST /api/users': offline })
  await expect.element(page.getByText(/They may have been invited all the same/)).toBeVisible()
  await expect.element(page.getByLabelText('Email')).toHaveValue('xenia@example.com')
})

test('what was typed in an invitation that was put away is there again', async () => {
  await invite({ 'POST /api/users': offline })
  await press('Cancel')
  await expect.element(page.getByText('Closed')).toBeVisible()
  await show(<Invitation />)
  await expect.element(page.getByLabelText('Email')).toHaveValue('xenia@example.com')
  await expect.element(page.getByLabelText('Role')).toHaveValue('operator')
})

test('an empty invitation says what is missing, and sends nothing', async () => {
  const sent = fakeBff({})
  await show(<Invitation />)
  await page.getByLabelText('Email').fill('')
  await page.getByLabelText('Name').fill('')
  await press('Create link')
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/Enter an email address/)
  await expect.element(page.getByLabelText('Name')).toHaveAccessibleDescription(/Enter a name/)
  expect(sent).toEqual([])
})
