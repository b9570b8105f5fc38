import type { Webhook } from '@tunnel-console/shared/webhooks'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { AddWebhook } from './add-webhook.tsx'
import { delivery, webhook } from './test-world.ts'
import { WebhookList } from './webhook-list.tsx'

const add = () => show(<AddWebhook opener={{ current: null }} onClose={() => undefined} />)

/** By keyboard: without the stylesheet the backdrop of a dialog lies over everything. */
async function toggle(state: string) {
  ;(page.getByLabelText(state, { exact: true }).element() as HTMLElement).focus()
  await userEvent.keyboard(' ')
}

test('a webhook shows its secret once; what was typed survives a refusal', async () => {
  const refused = problem('invalid', { errors: [{ pointer: '/url', detail: 'Leads inside', source: 'console' }] })
  const answers = [refused, { body: { webhook, secret: 'whsec_abc' } }]
  const sent = fakeBff({ 'POST /api/webhooks': () => answers.shift() ?? problem('internal') })
  await add()
  const address = page.getByLabelText('Address')
  await address.fill('http://alerts.example.com')
  await press('Add webhook')
  await expect.element(address).toHaveAccessibleDescription(/Use https/)
  await address.fill('https://10.0.0.1/')
  await toggle('Degraded')
  await press('Add webhook')
  await expect.element(address).toHaveAccessibleDescription(/Leads inside/)
  await expect.element(address).toHaveValue('https://10.0.0.1/')
  await address.fill('https://alerts.example.com/in')
  await press('Add webhook')
  await expect.element(page.getByText('whsec_abc')).toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Copy secret' })).toBeInTheDocument()
  expect(sent.at(-1)?.body).toEqual({ url: 'https://alerts.example.com/in', states: ['down', 'up'] })
})

test('a secret of one’s own is checked before it is sent, and no state at all is none', async () => {
  const sent = fakeBff({})
  await add()
  await page.getByLabelText('Address').fill('https://alerts.example.com/in')
  await page.getByLabelText('Secret').fill('mine')
  await press('Add webhook')
  await expect.element(page.getByLabelText('Secret')).toHaveAccessibleDescription(/Enter whsec_/)
  for (const state of ['Down', 'Degraded', 'Up']) await toggle(state)
  await expect.element(page.getByRole('alert')).toHaveTextContent('Choose at least one state')
  expect(sent).toEqual([])
})

test('a test says how it ended, and the last messages say what became of them', async () => {
  const ended = { ...delivery, isTest: true, state: 'given-up', status: 401, problem: 'It answered 401' }
  const sent = fakeBff({ 'POST /api/webhooks/1/test': () => ({ body: { delivery: ended } }) })
  await show(<WebhookList webhooks={[webhook]} />)
  await expect.element(page.getByText('1 waiting')).toBeInTheDocument()
  await press('Send a test')
  await expect.element(page.getByRole('status')).toHaveTextContent('The test did not arrive. It answered 401.')
  await page.getByText('Last messages').click()
  const last = page.getByRole('list', { name: 'Last messages' })
  await expect.poll(() => last.element().textContent).toMatch(/Waiting2 changesIt answered 503/)
  expect(sent.map(({ what }) => what)).toEqual(['POST /api/webhooks/1/test'])
})

test('it is switched off at a press, and deleted after a question', async () => {
  const sent = fakeBff({
    'PATCH /api/webhooks/1': () => ({ body: { webhook } }),
    'DELETE /api/webhooks/1': () => ({ body: { ok: true } }),
  })
  await show(<WebhookList webhooks={[webhook]} />)
  await press('Switch off')
  await expect.poll(() => sent.map(({ body }) => body)).toContainEqual({ isEnabled: false })
  await press('Delete https://alerts.example.com/in')
  await expect.element(page.getByText(/The message that waits is dropped/)).toBeInTheDocument()
  expect(sent).toHaveLength(1)
  await press('Delete webhook')
  await expect.poll(() => sent.map(({ what }) => what)).toContain('DELETE /api/webhooks/1')
})

test.each<[string, Partial<Webhook>, RegExp | null]>([
  [
    'one that waits',
    {},
    /^Messages do not arrive\. It answered 503; last tried .* ago\. It is tried again, for a day in all\.$/,
  ],
  [
    'one that was given up',
    { deliveries: [{ ...delivery, state: 'given-up' }] },
    /^The last message did not arrive within a day and was given up\. It answered 503/,
  ],
  [
    'one that arrived since',
    {
      deliveries: [
        { ...delivery, state: 'given-up' },
        { ...delivery, id: 'b', state: 'delivered', triedAt: '2026-11-28T13:00:00Z' },
      ],
    },
    null,
  ],
  ['a test', { deliveries: [{ ...delivery, isTest: true, state: 'given-up' }] }, null],
  ['one that is switched off', { isEnabled: false }, null],
])('what is wrong with a receiver is seen without unfolding anything: %s', async (_, more, words) => {
  await show(<WebhookList webhooks={[{ ...webhook, ...more }]} />)
  await expect.element(page.getByText(webhook.url)).toBeVisible()
  const wrong = page.getByText(/did not arrive|do not arrive/)
  expect(wrong.elements().map((element) => words?.test(element.textContent ?? ''))).toEqual(words ? [true] : [])
})
