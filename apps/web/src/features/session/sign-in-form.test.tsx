import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, fakeBff, offline, problem, show } from '../../test/bff.tsx'
import { SignInForm } from './sign-in-form.tsx'

const password = page.getByLabelText('Password', { exact: true })

async function attempt(answer: () => Answer) {
  fakeBff({ 'POST /api/auth/sign-in/email': answer })
  await show(<SignInForm />)
  await page.getByLabelText('Email').fill('ada@example.com')
  await password.fill('correct horse battery staple')
  await userEvent.keyboard('{Enter}')
}

test('a wrong password is called so, and typed anew', async () => {
  await attempt(() => problem('sign-in-failed'))
  await expect.element(page.getByRole('alert').getByText(/Check your email address and password\.$/)).toBeVisible()
  await expect.element(password).toHaveValue('')
  await expect.element(page.getByLabelText('Email')).toHaveValue('ada@example.com')
})

test('S34 beyond the limit the form says how long to wait, outside of what is read out', async () => {
  await attempt(() => problem('rate-limited', { retryAfter: 42 }))
  await expect.element(page.getByRole('alert').getByText('Too many attempts to sign in')).toBeVisible()
  await expect.element(page.getByText(/^Try again in 4[12] s\.$/)).toBeVisible()
  await expect.element(page.getByRole('alert').getByText(/Try again in/)).not.toBeInTheDocument()
  await expect.element(password).toHaveValue('correct horse battery staple')
})

test('a person who was disabled is told so, and not that the password was wrong', async () => {
  await attempt(() => problem('forbidden', { detail: 'This account is disabled. Ask an administrator.' }))
  await expect.element(page.getByRole('alert').getByText('You cannot sign in')).toBeVisible()
  await expect.element(page.getByText(/This account is disabled/).first()).toBeVisible()
})

test('a long wait is told in minutes', async () => {
  await attempt(() => problem('rate-limited', { retryAfter: 600 }))
  await expect.element(page.getByText(/^Try again in (10:00|9:59) min\.$/)).toBeVisible()
})

test.each<[name: string, answer: () => Answer]>([
  ['the database cannot be used', () => problem('storage-unavailable')],
  ['something went wrong', () => problem('internal')],
  ['the console cannot be reached', offline],
])('when %s, nobody’s password is called wrong', async (_name, answer) => {
  await attempt(answer)
  await expect.element(page.getByRole('alert').getByText('The console cannot check passwords right now')).toBeVisible()
  await expect.element(page.getByText(/Check your email/)).not.toBeInTheDocument()
  await expect.element(password).toHaveValue('correct horse battery staple')
})

test('an empty field says what to enter, and nothing is sent', async () => {
  const sent = fakeBff({})
  await show(<SignInForm />)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByLabelText('Email')).toHaveAccessibleDescription(/Enter your email address/)
  await expect.element(password).toHaveAccessibleDescription(/Enter your password/)
  expect(sent).toEqual([])
})
