import { maskChanges } from '@tunnel-console/shared/diff'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { EntryDetails } from './entry-details.tsx'
import { actSentence, entryText } from './words.ts'

const entry: Parameters<typeof EntryDetails>[0]['entry'] = {
  seq: 7,
  id: 'entry',
  at: '2026-11-22T12:00:00.000Z',
  settledAt: null,
  actor: { id: 'ada', email: 'ada@example.com', role: 'admin' },
  action: 'tunnel.update',
  target: { id: '0'.repeat(32), name: 'paris-b' },
  validateOnly: false,
  outcome: 'rejected',
  changes: [],
  problem: { code: 'rejected', detail: '<img src=x onerror=alert(1)> is taken', causes: [] },
  ray: '8f1-CDG',
  requestId: 'request-1',
  times: 1,
  turns: [],
}

test('a masked value is told as set, never in clear', async () => {
  const changes = maskChanges([{ path: 'bgp.md5_key', label: 'MD5 key', before: '', after: 'hunter2' }])
  await render(<EntryDetails entry={{ ...entry, changes }} />)
  await expect.element(page.getByText('set', { exact: true })).toBeVisible()
  await expect.element(page.getByText('Added')).toBeVisible()
  expect(document.body.textContent).not.toContain('hunter2')
})

test('each change says in words what kind it is', async () => {
  const changes = [
    { path: 'description', label: 'Description', before: '', after: 'Paris' },
    { path: 'customer_endpoint', label: 'Customer endpoint', before: '203.0.113.1', after: '' },
    { path: 'health_check.enabled', label: 'Health check', before: true, after: false },
  ]
  await render(<EntryDetails entry={{ ...entry, changes }} />)
  for (const word of ['Added', 'Removed', 'Changed'])
    await expect.element(page.getByText(word, { exact: true })).toBeVisible()
  await expect.element(page.getByText('Off', { exact: true })).toBeVisible()
})

test('a value reads as it does in the form', async () => {
  const changes = [{ path: 'health_check.rate', label: 'Health check rate', before: 'mid', after: 'high' }]
  await render(<EntryDetails entry={{ ...entry, changes }} />)
  await expect.element(page.getByText('Medium', { exact: true })).toBeVisible()
  await expect.element(page.getByText('High', { exact: true })).toBeVisible()
  expect(entryText({ ...entry, changes })).toContain('Health check rate: Medium → High')
})

test('words from upstream stay words', async () => {
  await render(<EntryDetails entry={entry} />)
  await expect.element(page.getByText(/<img src=x/)).toBeVisible()
  await expect.element(page.getByText('8f1-CDG')).toBeVisible()
  expect(document.querySelector('img')).toBeNull()
})

test('an outcome that turned is told with its times, and once only', async () => {
  const turns = [
    { at: '2026-11-22T14:02:11.000Z', outcome: 'unknown' },
    { at: '2026-11-22T14:02:20.000Z', outcome: 'unknown' },
    { at: '2026-11-22T14:02:25.000Z', outcome: 'applied' },
  ] as const
  await render(<EntryDetails entry={{ ...entry, outcome: 'applied', turns: [...turns] }} />)
  await expect.element(page.getByText(/^Unknown \S*02:11.* → Applied \S*02:25/)).toBeVisible()
  await expect.element(page.getByText('02:20')).not.toBeInTheDocument()
})

test('turns on different days say the day', async () => {
  const turns = [
    { at: '2026-11-20T12:00:00.000Z', outcome: 'unknown' },
    { at: '2026-11-22T12:00:00.000Z', outcome: 'failed' },
  ] as const
  await render(<EntryDetails entry={{ ...entry, turns: [...turns] }} />)
  await expect.element(page.getByText(/^Unknown .*20.*2026.* → Failed .*22.*2026/)).toBeVisible()
})

test('an entry that was settled once has no turns to tell', async () => {
  const turns = [
    { at: '2026-11-22T14:02:11.000Z', outcome: 'denied' },
    { at: '2026-11-22T14:03:11.000Z', outcome: 'denied' },
  ] as const
  await render(<EntryDetails entry={{ ...entry, outcome: 'denied', times: 41, turns: [...turns] }} />)
  await expect.element(page.getByText(/41 times within a minute/)).toBeVisible()
  expect(document.body.textContent).not.toContain('→')
})

test.each([
  ['outcome-unknown', ['outcome-unknown', 'upstream-timeout', 'UND_ERR_HEADERS_TIMEOUT']],
  ['outcome-unknown', ['upstream-timeout', 'UND_ERR_HEADERS_TIMEOUT']],
])('the reason is a chain that can be read, outermost first', async (code, causes) => {
  await render(<EntryDetails entry={{ ...entry, problem: { code, detail: 'No answer came', causes } }} />)
  const why = page.getByText('Why: outcome-unknown ← upstream-timeout ← UND_ERR_HEADERS_TIMEOUT')
  await expect.element(why).toBeVisible()
  await expect.element(page.getByText('No answer came')).toBeVisible()
})

const role = (before: string, after: string) => [{ path: 'role', label: 'Role', before, after }]
const bob = { id: '6b2f0c1e-0000-4000-8000-000000000000', name: 'bob@example.com' }

test.each<[action: string, more: Partial<typeof entry>, words: string]>([
  ['user.invite', { changes: role('', 'operator') }, 'Invited bob@example.com as Operator'],
  ['user.invite', { changes: [] }, 'Invited bob@example.com'],
  [
    'user.changeRole',
    { changes: role('admin', 'support') },
    'Changed the role of bob@example.com from Admin to Support',
  ],
  ['user.disable', {}, 'Disabled bob@example.com'],
  ['user.enable', {}, 'Enabled bob@example.com'],
  ['user.reset', {}, 'Created a password link for bob@example.com'],
  ['user.endSessions', {}, 'Ended all sessions of bob@example.com'],
  ['user.join', {}, 'Took up the invitation'],
  ['user.reset', { actor: { ...entry.actor, id: bob.id } }, 'Set a new password by link'],
  ['user.endSessions', { actor: { ...entry.actor, id: bob.id } }, 'Ended sessions of their own'],
  ['user.changePassword', { target: null }, 'Changed their password'],
  ['session.signIn', { target: null }, 'Signed in'],
  ['user.disable', { outcome: 'rejected' }, 'Tried to disable'],
  ['user.invite', { outcome: 'denied' }, 'Was refused to invite'],
  ['user.new.of.a.newer.server', {}, 'user.new.of.a.newer.server'],
])('%s is told in a sentence', (action, more, words) => {
  expect(actSentence({ ...entry, action, target: bob, outcome: 'applied', ...more })).toBe(words)
})
