import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, show, tunnelId } from '../test/world.tsx'
import { GeneratePskDialog } from './generate-psk-dialog.tsx'

const psk = 'S3cret-canary-that-must-not-stay'
const key: Answer = { body: { psk, ipsec_id: 'id.ipsec.example', psk_metadata: { last_generated_on: null } } }

function Page({ hasKey }: { hasKey: boolean }) {
  const [open, setOpen] = useState(true)
  return (
    <GeneratePskDialog
      tunnel={{ id: tunnelId, name: 'branch-07', hasKey, lastGeneratedOn: null }}
      open={open}
      onOpenChange={setOpen}
    />
  )
}

async function open(answer: () => Answer | Promise<Answer> = () => key, hasKey = false) {
  const sent = fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': answer,
  })
  const client = await show(<Page hasKey={hasKey} />)
  await expect.element(page.getByText(/^Cloudflare accepts a new key/)).toBeVisible()
  return { client, requests: () => sent.filter(({ what }) => what.endsWith('psk_generate')) }
}

const stored = page.getByRole('checkbox', { name: 'I have stored this key' })
const dialog = page.getByRole('dialog', { name: 'Pre-shared key for branch-07' })
const wholePage = () => document.documentElement.outerHTML

async function reveal() {
  await press('Generate key')
  await expect.element(stored).toBeVisible()
}

test('the key is not in the page before Show, is plain text after it, and is gone after Done (S19, S20, S21)', async () => {
  const { client } = await open()
  await reveal()
  expect(wholePage()).not.toContain(psk)
  await press('Show')
  await expect.element(page.getByRole('button', { name: 'Show' })).toHaveAttribute('aria-pressed', 'true')
  expect(document.querySelector('[role=dialog] code')?.textContent).toBe(psk)
  expect(document.querySelector('[aria-live]')?.textContent ?? '').not.toContain(psk)
  ;(stored.element() as HTMLElement).click()
  await press('Done')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(document.body.textContent).not.toContain(psk)
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  const kept = [caches, { ...localStorage }, { ...sessionStorage }, history.state, document.title, location.href]
  expect(JSON.stringify(kept)).not.toContain(psk)
})

test('it cannot be dismissed until the key is said to be stored (S21)', async () => {
  await open()
  await reveal()
  await userEvent.keyboard('{Escape}')
  await press('Done')
  await expect.element(dialog).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Close' })).not.toBeInTheDocument()
  await press('Discard and generate again later')
  await expect.element(dialog).not.toBeInTheDocument()
})

test('leaving the page drops the key, so that going back finds none (S20)', async () => {
  await open()
  await reveal()
  await press('Show')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  expect(document.body.textContent).not.toContain(psk)
  await expect.element(page.getByText(/^Hidden for safety/)).toBeVisible()
})

test('two presses are one request (S19)', async () => {
  const { requests } = await open()
  const button = page.getByRole('button', { name: 'Generate key' }).element() as HTMLElement
  button.click()
  button.click()
  await expect.element(stored).toBeVisible()
  expect(requests()).toHaveLength(1)
  expect(requests()[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
})

test('a key in use is replaced only after its tunnel’s name is typed', async () => {
  const { requests } = await open(() => key, true)
  await press('Generate key')
  expect(requests()).toHaveLength(0)
  await page.getByLabelText('Type the tunnel name to confirm').fill('branch-07')
  await reveal()
  expect(requests()).toHaveLength(1)
})

test('a lost answer is told as such and never asked for again by itself (U20)', async () => {
  const { requests } = await open(() =>
    problem('outcome-unknown', { detail: 'A new key was made, but its value was lost.' }),
  )
  await press('Generate key')
  await expect.element(page.getByText(/its value was lost/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Generate again' })).toBeVisible()
  expect(requests()).toHaveLength(1)
})

test('a key that was sent once already is explained', async () => {
  await open(() => problem('already-revealed'))
  await press('Generate key')
  await expect.element(page.getByText(/It cannot be sent again/)).toBeVisible()
})
