import { ProblemError } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { keyNotes } from '../rotation/key-notes.ts'
import { outcomes, tunnelId } from '../test/world.ts'
import { GeneratePskDialog } from './generate-psk-dialog.tsx'

const psk = 'S3cret-canary-that-must-not-stay'
const key: Answer = { body: { psk, ipsec_id: 'id.ipsec.example', psk_metadata: { last_generated_on: null } } }

const identities = { fqdn_id: 'f.1.ipsec.cloudflare.com', user_id: 'ipsec@f.1.ipsec.cloudflare.com', hex_id: '1_f' }

function Page({ hasKey }: { hasKey: boolean }) {
  const [open, setOpen] = useState(true)
  return (
    <GeneratePskDialog
      tunnel={{
        id: tunnelId,
        name: 'branch-07',
        hasKey,
        lastGeneratedOn: null,
        peerAddress: '162.159.64.1',
        identities,
      }}
      open={open}
      onOpenChange={setOpen}
    />
  )
}

interface Case {
  hasKey?: boolean
  /** What is told of a key whose answer was lost. */
  told?: Record<string, () => Answer>
}

async function open(answer: () => Answer | Promise<Answer> = () => key, { hasKey = false, told = {} }: Case = {}) {
  const sent = fakeBff({
    'POST /api/tunnels/:id/psk_generate?validate_only=true': () => ({ body: { valid: true, checkedAt: '' } }),
    'POST /api/tunnels/:id/psk_generate': answer,
    ...told,
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
  const { requests } = await open(() => key, { hasKey: true })
  await press('Generate key')
  expect(requests()).toHaveLength(0)
  await page.getByLabelText('Type the tunnel name to confirm').fill('branch-07')
  await reveal()
  expect(requests()).toHaveLength(1)
})

const lostKey = () => problem('outcome-unknown', { detail: 'The connection broke.' })
const again = page.getByRole('button', { name: 'Generate again' })

test('U20 a lost key is told as such, and never asked for again by itself', async () => {
  const { requests } = await open(lostKey, { told: outcomes({ outcome: 'running' }, { outcome: 'unknown' }) })
  await press('Generate key')
  await expect.element(page.getByText('We do not know yet whether a new key was made')).toBeVisible()
  await expect.element(page.getByText('The console is still carrying it out.')).toBeVisible()
  await expect.element(again).toHaveAttribute('aria-disabled', 'true')
  await press('Check now')
  await expect.element(page.getByText(/^A new key may have been made, but its value is lost/)).toBeVisible()
  expect(requests()).toHaveLength(1)
  await press('Generate again')
  await expect.element(page.getByText(/^Cloudflare accepts a new key/)).toBeVisible()
  await press('Generate key')
  await expect.poll(() => requests().length).toBe(2)
  const [first, second] = requests().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
})

test('U20 a key that turns out to have been made is lost, and nothing else is said of it', async () => {
  await open(lostKey, { told: outcomes({ outcome: 'applied' }) })
  await press('Generate key')
  await expect.element(page.getByText(/^A new key may have been made, but its value is lost/)).toBeVisible()
  await expect.element(again).not.toHaveAttribute('aria-disabled')
  expect(document.body.textContent).not.toMatch(/shown|We do not know/)
})

test('a key that was not made, or never asked for, is told so', async () => {
  const { problem: timeout } = ProblemError.of('upstream-timeout')
  await open(lostKey, { told: outcomes({ outcome: 'not-applied', problem: timeout }) })
  await press('Generate key')
  await expect.element(page.getByText('Cloudflare took too long to answer. No key was generated.')).toBeVisible()
  await expect.element(again).toBeVisible()
})

test('an answer without a key in it is a lost key', async () => {
  const cut = { body: { ipsec_id: 'id.ipsec.example' } }
  await open(() => cut, { told: outcomes({ outcome: 'applied' }) })
  await press('Generate key')
  await expect.element(page.getByText(/^A new key may have been made, but its value is lost/)).toBeVisible()
})

test('the device’s side of it stands below the key: whom to connect to, and the three ways to name itself', async () => {
  await open()
  await press('Generate key')
  const side = page.getByRole('region', { name: 'For the device' })
  for (const value of ['162.159.64.1', ...Object.values(identities)]) {
    await expect.element(side.getByText(value, { exact: true })).toBeVisible()
  }
  await expect.element(side.getByText(/Use one of the 3 identities/)).toBeVisible()
  await expect.element(side.getByRole('button', { name: 'Copy Peer address' })).toBeVisible()
})

test.each([
  ['Done', [true]],
  ['Discard and generate again later', [false]],
])('a key whose box is ticked, then %s: noted as stored %j', async (button, noted) => {
  await open(() => key, { hasKey: true })
  await page.getByLabelText('Type the tunnel name to confirm').fill('branch-07')
  await reveal()
  ;(stored.element() as HTMLElement).click()
  await expect.element(stored).toBeChecked()
  await press(button)
  await expect.element(dialog).not.toBeInTheDocument()
  expect(keyNotes.get().flatMap(({ tunnelId: id, isStored }) => (id === tunnelId ? [isStored] : []))).toEqual(noted)
})
