import { draftOf } from '@tunnel-console/shared/draft'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { dropKeptDraft, keepDraft, keptDraft } from '../kept-draft.ts'
import { type Answer, branch, fakeBff, press, problem, type Sent, show } from '../test/world.tsx'
import { CreateTunnel } from './create-tunnel.tsx'

const draft = { ...draftOf(branch), name: 'oslo-a', interface_address: '10.252.9.0/31' }
const made = { ...branch, name: 'oslo-a', interface_address: '10.252.9.0/31', id: 'a'.repeat(32) }

const list = (...tunnels: unknown[]): Answer => ({
  body: { tunnels, fetchedAt: '2999-01-01T00:00:00Z', stale: false, unreadable: 0 },
})

/** Sends the draft and loses the answer; `then` is in the list from that moment on. */
async function lose(before: unknown[], then: unknown[], more: Record<string, (sent: Sent) => Answer> = {}) {
  keepDraft(draft)
  let isSent = false
  const sent = fakeBff({
    'GET /api/tunnels': () => list(...(isSent ? then : before)),
    'POST /api/tunnels': () => {
      isSent = true
      return problem('outcome-unknown', { detail: 'Lost.' })
    },
    'POST /api/tunnels?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
    ...more,
  })
  const created: string[] = []
  await show(<CreateTunnel onCreated={({ id }) => created.push(id)} onCancel={() => undefined} />)
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  await press('Create tunnel')
  await expect.element(page.getByRole('button', { name: 'Check now' })).toBeVisible()
  return { created, posts: () => sent.filter(({ what }) => what.startsWith('POST')) }
}

test('after a lost answer the form stays as it was sent, and that is what is looked for', async () => {
  const { created } = await lose([branch], [branch, made])
  expect(page.getByLabelText('Name', { exact: true }).element().closest('[inert]')).not.toBeNull()
  await press('Check now')
  await expect.poll(() => created).toEqual([made.id])
})

test('a tunnel of that name that is not as it was sent is not called created', async () => {
  const { created } = await lose([branch], [branch, { ...made, customer_endpoint: '198.51.100.1' }])
  await press('Check now')
  await expect.element(page.getByText(/it is not as you sent it/)).toBeVisible()
  expect(created).toEqual([])
})

test('values that Cloudflare fills in do not make it another tunnel', async () => {
  const { created } = await lose([branch], [{ ...made, interface_address6: 'fd00::1/127' }])
  await press('Check now')
  await expect.poll(() => created).toEqual([made.id])
})

test('nothing is sent by a key before it is known what happened', async () => {
  const { created, posts } = await lose([branch], [branch])
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await press('Check now')
  await expect.element(page.getByText('It was not created; you can try again').first()).toBeVisible()
  expect(posts().map(({ what }) => what)).toEqual(['POST /api/tunnels'])
  expect(created).toEqual([])
})

test('a kept draft is taken once', async () => {
  keepDraft(draft)
  fakeBff({ 'GET /api/tunnels': () => list() })
  await show(<CreateTunnel onCreated={() => undefined} onCancel={() => undefined} />)
  await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('oslo-a')
  expect(keptDraft()).toBeNull()
  dropKeptDraft()
})
