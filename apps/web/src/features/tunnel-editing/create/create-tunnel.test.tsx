import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { draftOf } from '@tunnel-console/shared/draft'
import { ProblemError } from '@tunnel-console/shared/problem'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { outcomePollMs } from '../../../data/outcome.ts'
import { type Answer, fakeBff, press, problem, type Sent, show } from '../../../test/bff.tsx'
import { dropKeptDraft, keepDraft, keptDraft } from '../kept-draft.ts'
import { branch, list, outcomes } from '../test/world.ts'
import { CreateTunnel } from './create-tunnel.tsx'

const draft = { ...draftOf(branch), name: 'oslo-a', interface_address: '10.252.9.0/31' }
const made = { ...branch, name: 'oslo-a', interface_address: '10.252.9.0/31', id: 'a'.repeat(32) }

const ways = { onView: () => undefined, onCancel: () => undefined, onRestart: () => undefined }

const name = page.getByLabelText('Name', { exact: true })
const create = page.getByRole('button', { name: 'Create tunnel' })
const panel = page.getByRole('region', { name: 'Unknown outcome' })

/** Sends the draft and loses its answer. `told` answers what became of it. */
async function lose(told: Record<string, (sent: Sent) => Answer>, more: Record<string, (sent: Sent) => Answer> = {}) {
  keepDraft(draft)
  const sent = fakeBff({
    'GET /api/tunnels': () => list(branch),
    'POST /api/tunnels': () => problem('outcome-unknown', { detail: 'Lost.' }),
    'POST /api/tunnels?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
    ...told,
    ...more,
  })
  const created: unknown[] = []
  await show(<CreateTunnel {...ways} onCreated={({ id }) => created.push(id)} />)
  await expect.poll(() => sent.length).toBeGreaterThan(0)
  await press('Create tunnel')
  return { created, posts: () => sent.filter(({ what }) => what.startsWith('POST /api/tunnels')) }
}

const unknown: OutcomeAnswer = { outcome: 'unknown', problem: ProblemError.of('outcome-unknown').problem }

test('U17 nobody is invited to repeat a creation that may still appear', async () => {
  const { created, posts } = await lose(outcomes(unknown))
  await expect.element(panel.getByText('We do not know yet whether this was created')).toBeVisible()
  await expect.element(create).toHaveAttribute('aria-disabled', 'true')
  await expect.element(page.getByText('Wait until it is known whether it was created').last()).toBeVisible()
  await press('Create tunnel')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.element(panel.getByText(/^It is not known yet/)).toBeVisible()
  expect(posts().map(({ what }) => what)).toEqual(['POST /api/tunnels'])
  expect(created).toEqual([])
})

test('after a lost answer the form stays as it was sent, and the page goes to the tunnel once it is there', async () => {
  const { created } = await lose(outcomes(unknown, { outcome: 'applied', tunnel: made, version: 'v1' }))
  await expect.element(panel).toBeVisible()
  expect(name.element().closest('[inert]')).not.toBeNull()
  await expect.poll(() => created, { timeout: 2 * outcomePollMs }).toEqual([made.id])
})

test('a creation of which only the fate is left is a creation all the same', async () => {
  const { created } = await lose(outcomes({ outcome: 'applied' }))
  await expect.poll(() => created).toEqual([null])
})

test('a creation that is known not to have happened can be sent again, as another one', async () => {
  const answers = [problem('outcome-unknown'), { body: { tunnel: made, version: 'v1', unknownFields: [] } }]
  const { created, posts } = await lose(outcomes({ outcome: 'closed' }), {
    'POST /api/tunnels': () => answers.shift() ?? problem('internal'),
  })
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  expect(name.element().closest('[inert]')).toBeNull()
  await expect.element(name).toHaveValue('oslo-a')
  expect(document.body.textContent).not.toContain('We do not know')
  await press('Create tunnel')
  await expect.poll(() => created).toEqual([made.id])
  const [first, second] = posts().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
})

test('a name that turns out to be taken stands on its field', async () => {
  const errors = [{ pointer: '/name', detail: 'This name is taken', source: 'cloudflare' as const }]
  await lose(outcomes({ outcome: 'not-applied', problem: ProblemError.of('rejected', { errors }).problem }))
  await expect.element(name).toHaveAccessibleDescription(/This name is taken · Cloudflare/)
})

const psk = 'Canary-key-beside-the-draft'

test('S22 a key of one’s own goes beside the tunnel, and no draft that is kept has it', async () => {
  const { posts } = await lose(outcomes({ outcome: 'closed' }))
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  await page.getByLabelText('Pre-shared key', { exact: true }).fill(psk)
  await press('Create tunnel')
  await expect.poll(() => posts().length).toBe(2)
  expect(posts().map(({ body }) => (body as { psk?: string }).psk)).toEqual([undefined, psk])
  const [first, second] = posts().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
  expect(JSON.stringify([keptDraft(), { ...localStorage }, { ...sessionStorage }])).not.toContain(psk)
  expect(document.documentElement.outerHTML).not.toContain(psk)
})

test('what is wrong with a key of one’s own stands on its field, until it is another key', async () => {
  const errors = [{ pointer: '/psk', detail: 'Use at most 1,000 characters', source: 'console' as const }]
  await lose({}, { 'POST /api/tunnels': () => problem('invalid', { errors }) })
  const field = page.getByLabelText('Pre-shared key', { exact: true })
  await expect.element(field).toHaveAccessibleDescription(/^Use at most 1,000 characters/)
  await field.fill('x')
  await expect.element(field).not.toHaveAccessibleDescription(/Use at most/)
})

test('a kept draft is taken once', async () => {
  keepDraft(draft)
  fakeBff({ 'GET /api/tunnels': () => list() })
  await show(<CreateTunnel {...ways} onCreated={() => undefined} />)
  await expect.element(name).toHaveValue('oslo-a')
  expect(keptDraft()).toBeNull()
  dropKeptDraft()
})

test('U17 Check now that finds that it was not created leaves nothing on the page that says otherwise', async () => {
  await lose(outcomes(unknown, { outcome: 'closed' }))
  await expect.element(panel.getByText(/^It is not known yet/)).toBeVisible()
  await press('Check now')
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  expect(document.body.textContent).not.toContain('We do not know')
  await expect.element(create).not.toHaveAttribute('aria-disabled')
})
