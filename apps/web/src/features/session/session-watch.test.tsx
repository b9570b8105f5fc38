import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ownSessionsQuery } from '../../data/account.ts'
import { refreshUsers } from '../../data/users.ts'
import { noteServerTime } from '../../lib/server-clock.ts'
import { signedOut } from '../../lib/signed-out.ts'
import { type Answers, fakeBff, offline, press, problem, sessionOf, show } from '../../test/bff.tsx'
import { SessionWatch } from './session-watch.tsx'

const far = '2999-01-01T00:00:00Z'
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
const serverIsAhead = (ms: number) =>
  noteServerTime(new Response(null, { headers: { date: new Date(Date.now() + ms).toUTCString() } }))

beforeEach(() => {
  signedOut.set(false)
  serverIsAhead(0)
})
afterEach(() => {
  signedOut.set(false)
  vi.restoreAllMocks()
})

const other = new BroadcastChannel('tunnel-console-session')
const stayed = { 'POST /api/session/activity': () => ({ body: { idleEndsAt: far, expiresAt: far } }) }
const idle = page.getByRole('alertdialog', { name: /^You will be signed out in [01]:\d\d$/ })

/** A page of somebody whose session ends so; `typed` is a field under whatever opens. */
async function watch(ends: { idleEndsAt: string; expiresAt?: string }, answers: Answers = stayed) {
  const sent = fakeBff({ 'GET /api/session': () => ({ body: sessionOf('operator', ends) }), ...answers })
  const element = (
    <>
      <input aria-label="Typed" defaultValue="half a sentence" />
      <SessionWatch />
    </>
  )
  const client = await show(element, sessionOf('operator', ends))
  return { client, acts: () => sent.filter(({ what }) => what === 'POST /api/session/activity').length, sent }
}

const act = (type: string) => window.dispatchEvent(new Event(type, { bubbles: true }))

test('S32 two minutes before the idle end a dialog counts down, and one press puts it off', async () => {
  const { acts } = await watch({ idleEndsAt: inSeconds(119.5) })
  await expect.element(page.getByRole('alertdialog', { name: 'You will be signed out in 1:59' })).toBeVisible()
  await expect.element(page.getByRole('alertdialog', { name: 'You will be signed out in 1:57' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Stay signed in' })).toHaveFocus()
  await press('Stay signed in')
  await expect.element(idle).not.toBeInTheDocument()
  expect(acts()).toBe(1)
  await expect.element(page.getByLabelText('Typed')).toHaveValue('half a sentence')
})

test('S32 there is no warning while the end is far', async () => {
  await watch({ idleEndsAt: inSeconds(125) })
  await expect.element(page.getByLabelText('Typed')).toBeVisible()
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
})

test('S32 Escape is an act too, and keeps the session', async () => {
  const { acts } = await watch({ idleEndsAt: inSeconds(100) })
  await expect.element(idle).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(idle).not.toBeInTheDocument()
  expect(acts()).toBe(1)
})

test('S32 while the console asks, a moving mouse is no answer', async () => {
  const { acts } = await watch({ idleEndsAt: inSeconds(100) })
  await expect.element(idle).toBeVisible()
  act('pointermove')
  act('keydown')
  await expect.element(idle).toBeVisible()
  expect(acts()).toBe(0)
})

test('S32 whoever stays in one tab has stayed in all', async () => {
  const { acts } = await watch({ idleEndsAt: inSeconds(100) })
  await expect.element(idle).toBeVisible()
  other.postMessage({ stayed: { idleEndsAt: far, expiresAt: far } })
  await expect.element(idle).not.toBeInTheDocument()
  expect(acts()).toBe(0)
})

test('S32 whoever stays here has stayed in the other tabs', async () => {
  const heard = new Promise((resolve) => {
    other.onmessage = ({ data }) => resolve(data)
  })
  await watch({ idleEndsAt: inSeconds(100) })
  await press('Stay signed in')
  expect(await heard).toEqual({ stayed: { idleEndsAt: far, expiresAt: far } })
  other.onmessage = null
})

test('S32 a person’s acts are told once a minute, and polling is none', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1_000_000)
  const { client, acts, sent } = await watch({ idleEndsAt: inSeconds(1000) })
  refreshUsers(client)
  await expect.poll(() => sent.map(({ what }) => what)).toContain('GET /api/session')
  expect(acts()).toBe(0)
  for (const type of ['pointerdown', 'keydown', 'touchstart', 'wheel', 'pointermove']) act(type)
  await expect.poll(acts).toBe(1)
  now.mockReturnValue(1_059_000)
  act('keydown')
  now.mockReturnValue(1_061_000)
  act('keydown')
  await expect.poll(acts).toBe(2)
})

test('S32 what happens in a tab that nobody sees is no act', async () => {
  const { acts } = await watch({ idleEndsAt: inSeconds(1000) })
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  act('keydown')
  hidden.mockReturnValue(false)
  act('keydown')
  await expect.poll(acts).toBe(1)
})

test('S32 on a machine whose clock is wrong the warning comes by the server’s', async () => {
  serverIsAhead(10 * 60_000)
  await watch({ idleEndsAt: inSeconds(11 * 60) })
  await expect
    .element(page.getByRole('alertdialog', { name: /^You will be signed out in (1:00|0:5\d)$/ }))
    .toBeVisible()
})

test('S32 an answer that was under way does not bring the former end back', async () => {
  const late = Promise.withResolvers<{ body: unknown }>()
  const soon = { idleEndsAt: inSeconds(100), expiresAt: far }
  const { client } = await watch(soon, { ...stayed, 'GET /api/session': () => late.promise })
  await expect.element(idle).toBeVisible()
  const read = client.refetchQueries({ queryKey: ['session'] })
  await press('Stay signed in')
  await expect.element(idle).not.toBeInTheDocument()
  late.resolve({ body: sessionOf('operator', soon) })
  await read
  await expect.element(idle).not.toBeInTheDocument()
})

test('without a connection the dialog says so and stays', async () => {
  await watch({ idleEndsAt: inSeconds(100) }, { 'POST /api/session/activity': offline })
  await press('Stay signed in')
  await expect.element(page.getByRole('alert').getByText('The console cannot be reached')).toBeVisible()
  await expect.element(idle).toBeVisible()
})

test('S32 the last end asks for a new sign-in, and can be put away', async () => {
  const end = inSeconds(100)
  await watch({ idleEndsAt: end, expiresAt: end })
  const warning = page.getByRole('alertdialog', { name: /^Your session ends in 1:\d\d$/ })
  await expect.element(warning.getByText(/a new sign-in is needed.*what you have typed stay/)).toBeVisible()
  await press('Not now')
  await expect.element(warning).not.toBeInTheDocument()
  await expect.element(page.getByLabelText('Typed')).toHaveValue('half a sentence')
})

test('H6 who was away is told why they are signed out, and whom to ask when they cannot come back', async () => {
  await watch({ idleEndsAt: inSeconds(-5) }, { 'GET /api/session': () => problem('unauthenticated') })
  const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' })
  await expect.element(dialog.getByText(/^Nothing was done here for 30 minutes/)).toBeVisible()
  await expect.element(dialog.getByText(/Your account may have been disabled. Ask: Ada Admin/)).toBeVisible()
  await expect.element(dialog.getByLabelText('Email')).toHaveValue('ada@example.com')
})

test('H10 a refusal has the role read again at once', async () => {
  const { client, sent } = await watch(
    { idleEndsAt: far },
    {
      ...stayed,
      'GET /api/session/sessions': () => problem('forbidden'),
      'GET /api/session': () => ({ body: sessionOf('support') }),
    },
  )
  await client.fetchQuery(ownSessionsQuery()).catch(() => undefined)
  await expect.poll(() => sent.map(({ what }) => what)).toEqual(['GET /api/session/sessions', 'GET /api/session'])
})

test('H10 a new sign-in of the same person keeps the page, whatever their role is by now', async () => {
  const { client } = await watch(
    { idleEndsAt: far },
    {
      'GET /api/session': () => ({ body: sessionOf('support') }),
      'POST /api/auth/sign-in/email': () => ({ body: { ok: true } }),
    },
  )
  signedOut.set(true)
  await page.getByLabelText('Password', { exact: true }).fill('correct horse battery staple')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
  expect(client.getQueryData<{ user: { role: string } }>(['session'])?.user.role).toBe('support')
  await expect.element(page.getByLabelText('Typed')).toHaveValue('half a sentence')
})
