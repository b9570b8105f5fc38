import type { LinkAnswer } from '@tunnel-console/shared/contract'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answers, fakeBff, offline, problem, sessionOf, show } from '../../test/bff.tsx'
import { SetPasswordForm } from './set-password-form.tsx'

const token = 'canary-token'
const invite: LinkAnswer = { kind: 'invite', email: 'sue@example.com', name: 'Sue' }
const long = 'a walk along the old canal'
const password = page.getByLabelText('Password', { exact: true })

const works: Answers = {
  'POST /api/invite': () => ({ body: { ok: true } }),
  'POST /api/auth/sign-in/email': () => ({ body: { ok: true } }),
  'GET /api/session': () => ({ body: sessionOf('admin') }),
}

async function open(answers: Answers = {}, link = invite) {
  const sent = fakeBff({ ...works, ...answers })
  const done: string[] = []
  const client = await show(<SetPasswordForm token={token} link={link} onDone={() => done.push('done')} />)
  return { sent, done, client }
}

const send = async (text: string) => {
  await password.fill(text)
  await userEvent.keyboard('{Enter}')
}

test('an invited person chooses a password and is signed in with it', async () => {
  const { sent, done } = await open()
  await expect.element(page.getByText(/^Welcome, Sue\./)).toBeVisible()
  await send(long)
  await expect.poll(() => done).toEqual(['done'])
  expect(sent.map(({ what, body }) => [what, body])).toEqual([
    ['POST /api/invite', { token, password: long }],
    ['POST /api/auth/sign-in/email', { email: 'sue@example.com', password: long }],
    ['GET /api/session', null],
  ])
})

test('a reset says that it is one', async () => {
  await open({}, { ...invite, kind: 'reset' })
  await expect.element(page.getByText(/Choose a new password\. The old one stops working\./)).toBeVisible()
})

test('S36 the length is counted while typing, and what is too short is not sent', async () => {
  const { sent } = await open()
  await expect.element(password).toHaveAccessibleDescription(/^At least 15 characters/)
  await password.fill('twelve chars')
  await expect.element(password).toHaveAccessibleDescription('12 of at least 15 characters')
  await userEvent.keyboard('{Enter}')
  await expect.element(password).toHaveAccessibleDescription(/^Use at least 15 characters/)
  // A family of seven code units and one of them an emoji: people count characters.
  await password.fill('fourteen chars💧')
  await expect.element(password).toHaveAccessibleDescription('15 characters, long enough')
  expect(sent).toEqual([])
})

test('S36 a password can be pasted and looked at, and a manager knows whose it is', async () => {
  await open()
  await expect.element(password).toHaveAttribute('autocomplete', 'new-password')
  await expect.element(page.getByLabelText('Email')).toHaveAttribute('autocomplete', 'username')
  await expect.element(page.getByLabelText('Email')).toHaveValue('sue@example.com')
  const pasted = new DataTransfer()
  pasted.setData('text/plain', long)
  const paste = new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true })
  expect(password.element().dispatchEvent(paste)).toBe(true)
  await password.fill(long)
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect.element(password).toHaveAttribute('type', 'text')
})

test('S36 a common password is refused on its field', async () => {
  const errors = [{ pointer: '/password', detail: 'Too many people use this password', source: 'console' as const }]
  const { done } = await open({ 'POST /api/invite': () => problem('invalid', { errors }) })
  await send(long)
  await expect.element(password).toHaveAccessibleDescription(/Too many people use this password/)
  await expect.element(password).toHaveValue(long)
  expect(done).toEqual([])
})

test('a link that was used meanwhile says whom to ask', async () => {
  await open({ 'POST /api/invite': () => problem('gone') })
  await send(long)
  await expect.element(page.getByRole('alert').getByText('This link does not work any more')).toBeVisible()
  await expect.element(page.getByText(/Ask an administrator for another link/)).toBeVisible()
})

test('when only the signing in fails, the password is said to be set', async () => {
  await open({ 'POST /api/auth/sign-in/email': () => problem('rate-limited', { retryAfter: 60 }) })
  await send(long)
  await expect.element(page.getByText('Your password is set')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Go to sign-in' })).toHaveAttribute('href', '/sign-in')
})

test('when the answer is lost, nothing is said to have failed for certain', async () => {
  await open({ 'POST /api/invite': offline })
  await send(long)
  await expect.element(page.getByText(/The password may have been set all the same/)).toBeVisible()
  await expect.element(password).toHaveValue(long)
})

test('neither the token nor the password stays in a cache', async () => {
  const { client, done } = await open()
  await send(long)
  await expect.poll(() => done).toEqual(['done'])
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  expect(JSON.stringify(caches)).not.toMatch(/canary-token|old canal/)
})
