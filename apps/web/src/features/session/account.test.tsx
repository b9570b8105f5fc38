import type { OwnSession } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { signedOut } from '../../lib/signed-out.ts'
import { type Answers, fakeBff, press, problem, show } from '../../test/bff.tsx'
import { ChangePassword } from './change-password.tsx'
import { OwnSessions } from './own-sessions.tsx'

const at = new Date().toISOString()
const session = (id: string, device: string, more: Partial<OwnSession> = {}): OwnSession => ({
  id,
  device,
  isCurrent: false,
  place: null,
  startedAt: at,
  lastUsedAt: at,
  ...more,
})

const all = [
  session('a', 'Safari on iPhone', { place: '203.0.113.9' }),
  session('b', 'Firefox on Linux', { isCurrent: true }),
  session('c', 'Chrome on Windows'),
]

async function sessions(answers: Answers = {}) {
  const sent = fakeBff({
    'GET /api/session/sessions': () => ({ body: { sessions: all } }),
    'DELETE /api/session/sessions/a': () => ({ body: { ok: true } }),
    'DELETE /api/session/sessions/c': () => ({ body: { ok: true } }),
    ...answers,
  })
  await show(<OwnSessions />)
  await expect.element(page.getByText('Safari on iPhone')).toBeVisible()
  return () => sent.filter(({ what }) => what.startsWith('DELETE')).map(({ what }) => what)
}

test('one’s own sessions are told by device and place, this one first and without a way to end it', async () => {
  await sessions()
  const lines = page
    .getByRole('listitem')
    .elements()
    .map(({ textContent }) => textContent)
  expect(lines).toEqual([
    expect.stringMatching(/^Firefox on Linux.*This session/),
    expect.stringMatching(/^Safari on iPhone.*203\.0\.113\.9/),
    expect.stringMatching(/^Chrome on Windows/),
  ])
  await expect
    .element(page.getByRole('button', { name: 'End the session of Firefox on Linux' }))
    .not.toBeInTheDocument()
})

test('one session is ended alone', async () => {
  const ended = await sessions()
  await press('End the session of Safari on iPhone')
  await expect.poll(ended).toEqual(['DELETE /api/session/sessions/a'])
})

test('all others end together, never this one', async () => {
  const ended = await sessions()
  await press('End all others')
  await expect.poll(ended).toEqual(['DELETE /api/session/sessions/a', 'DELETE /api/session/sessions/c'])
})

test('a session that could not be ended is said so', async () => {
  await sessions({ 'DELETE /api/session/sessions/a': () => problem('storage-unavailable') })
  await press('End all others')
  await expect.element(page.getByRole('alert').getByText(/database cannot be used/)).toBeVisible()
})

const current = page.getByLabelText('Current password')
const chosen = page.getByLabelText('New password')

async function change(answers: Answers) {
  const sent = fakeBff(answers)
  const client = await show(<ChangePassword email="ada@example.com" />)
  await current.fill('the one I have now')
  await chosen.fill('a walk along the old canal')
  await userEvent.keyboard('{Enter}')
  return { sent, client }
}

test('the password is changed with the one of now, and is held nowhere', async () => {
  const { sent, client } = await change({ 'POST /api/session/password': () => ({ body: { ok: true } }) })
  await expect.element(chosen).toHaveValue('')
  await expect.element(current).toHaveValue('')
  expect(sent.map(({ what, body }) => [what, body])).toEqual([
    ['POST /api/session/password', { current: 'the one I have now', password: 'a walk along the old canal' }],
  ])
  const kept = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  expect(JSON.stringify(kept)).not.toMatch(/old canal|I have now/)
})

test('a wrong password of now stands on its field, and signs nobody out', async () => {
  const errors = [{ pointer: '/current', detail: 'This is not your password', source: 'console' as const }]
  await change({ 'POST /api/session/password': () => problem('invalid', { errors }) })
  await expect.element(current).toHaveAccessibleDescription(/This is not your password/)
  await expect.element(chosen).toHaveValue('a walk along the old canal')
  expect(signedOut.get()).toBe(false)
})
