import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Answer, type Answers, fakeBff, press, problem, sessionOf, show } from '../../../test/bff.tsx'
import { outcomes, tunnelId } from '../test/world.ts'
import { GeneratePskDialog } from './generate-psk-dialog.tsx'

const psk = 'my-own-Canary-key-7391'
const tunnel = {
  id: tunnelId,
  name: 'branch-07',
  hasKey: false,
  lastGeneratedOn: null,
  peerAddress: '162.159.64.1',
  identities: null,
}

function Page() {
  const [open, setOpen] = useState(true)
  return <GeneratePskDialog tunnel={tunnel} open={open} onOpenChange={setOpen} />
}

const results = (...all: unknown[]): Answer => ({ body: { results: all } })
const applied = results({ id: tunnelId, outcome: 'applied', psk, ipsec_id: 'id.ipsec.example' })

const field = page.getByLabelText('Your key', { exact: true })
const stored = page.getByRole('checkbox', { name: 'I have stored this key' })
const dialog = page.getByRole('dialog', { name: 'Pre-shared key for branch-07' })

async function openOwn(answer: () => Answer, more: Answers = {}) {
  const sent = fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/psk': answer,
    ...more,
  })
  const client = await show(<Page />)
  const choice = page.getByRole('radio', { name: 'Use my own key' })
  await expect.element(choice).toBeVisible()
  ;(choice.element() as HTMLElement).click()
  return { client, sets: () => sent.filter(({ what }) => what === 'POST /api/tunnels/psk'), sent }
}

test('S19 S22 a key of one’s own is typed into no attribute, kept nowhere, and gone after Done', async () => {
  const { client, sets } = await openOwn(() => applied)
  await expect.element(field).toHaveAttribute('autocomplete', 'off')
  await expect.element(field).toHaveAttribute('spellcheck', 'false')
  await expect.element(field).toHaveAttribute('type', 'password')
  await field.fill(psk)
  expect(document.documentElement.outerHTML).not.toContain(psk)
  await press('Show your key')
  await expect.element(field).toHaveAttribute('type', 'text')
  expect(document.documentElement.outerHTML).not.toContain(psk)
  await press('Set key')
  await expect.element(stored).toBeVisible()
  expect(sets().map(({ body }) => body)).toEqual([{ tunnels: [{ id: tunnelId, psk }] }])
  await press('Show')
  expect(document.querySelector('[role=dialog] code')?.textContent).toBe(psk)
  ;(stored.element() as HTMLElement).click()
  await press('Done')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(document.body.textContent).not.toContain(psk)
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  const kept = [caches, { ...localStorage }, { ...sessionStorage }, history.state, document.title, location.href]
  expect(JSON.stringify(kept)).not.toContain(psk)
})

test('S20 a page that is left with a typed key comes back without it', async () => {
  await openOwn(() => applied)
  await field.fill(psk)
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await expect.element(field).toHaveValue('')
})

test('a weak key is warned of and allowed', async () => {
  const { sets } = await openOwn(() => applied)
  await expect.element(page.getByRole('button', { name: 'Set key' })).toHaveAttribute('aria-disabled', 'true')
  await field.fill('hunter2')
  await expect.element(field).toHaveAccessibleDescription(/^Weak: 36 bits at most/)
  await press('Set key')
  await expect.element(stored).toBeVisible()
  expect(sets()).toHaveLength(1)
})

test('a key with a character that nobody can see is not sent, and stays typed', async () => {
  const { sets } = await openOwn(() => applied)
  await field.fill('canary​key')
  await expect.element(field).toHaveAccessibleDescription(/Take out character 7, an invisible character/)
  await press('Set key')
  expect(sets()).toHaveLength(0)
  await expect.element(field).toHaveValue('canary​key')
})

test('an operator can only have a key generated', async () => {
  fakeBff({ 'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }) })
  await show(<Page />, sessionOf('operator'))
  await expect.element(page.getByRole('button', { name: 'Generate key' })).toBeVisible()
  await expect.element(page.getByRole('radio')).not.toBeInTheDocument()
})

test('U22 a key that Cloudflare refuses is told with its reason, and the typed one comes back', async () => {
  const refusal = problem('rejected', { upstream: [{ code: 1, message: 'psk is too short' }] }).body
  const { sets } = await openOwn(() => results({ id: tunnelId, outcome: 'rejected', problem: refusal }))
  await field.fill(psk)
  await press('Set key')
  await expect.element(page.getByText(/psk is too short/)).toBeVisible()
  await expect.element(page.getByText('Cloudflare refused this. No key was set.')).toBeVisible()
  await press('Set again')
  await expect.element(field).toHaveValue(psk)
  await press('Set key')
  await expect.poll(() => sets().length).toBe(2)
  const [first, second] = sets().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
})

test('U19 after a lost answer the outcome of this very tunnel is asked, and the key is still known here', async () => {
  const lost = () => problem('outcome-unknown', { detail: 'The connection broke.' })
  const { sets, sent } = await openOwn(lost, outcomes({ outcome: 'applied' }))
  await field.fill(psk)
  await press('Set key')
  await expect.element(stored).toBeVisible()
  await press('Show')
  expect(document.querySelector('[role=dialog] code')?.textContent).toBe(psk)
  expect(sets()).toHaveLength(1)
  const asked = sent.find(({ what }) => what === 'POST /api/changes/outcome')?.body
  expect(asked).toEqual({ key: `${sets()[0]?.headers.get('idempotency-key')}-${tunnelId}` })
})

test('Validate asks Cloudflare about this very key and sets nothing', async () => {
  const { sets, sent } = await openOwn(() => applied, {
    'POST /api/tunnels/psk?validate_only=true': () => results({ id: tunnelId, outcome: 'valid' }),
  })
  await field.fill(psk)
  await press('Validate')
  await expect.element(page.getByText('Cloudflare accepts this key. Nothing has been changed.')).toBeVisible()
  expect(sets()).toHaveLength(0)
  expect(sent.find(({ what }) => what.startsWith('POST /api/tunnels/psk?'))?.body).toEqual({
    tunnels: [{ id: tunnelId, psk }],
  })
  await field.fill(`${psk}!`)
  await expect.element(page.getByText(/^Cloudflare accepts this key/)).not.toBeInTheDocument()
})
