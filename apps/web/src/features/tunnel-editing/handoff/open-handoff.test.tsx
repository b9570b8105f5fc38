import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type HandoffContent, sealHandoff } from '../../../lib/handoff-seal.ts'
import { type Answer, fakeBff, offline, press, problem, show } from '../../../test/bff.tsx'
import { OpenHandoff } from './open-handoff.tsx'

const id = '0197a0d4-6c1b-7c33-8a55-0d1a3f6b9c21'
const content: HandoffContent = {
  psk: 'handed-over-Canary-key',
  facts: [{ label: 'Peer address', value: '162.159.64.1' }],
}

async function openWith(answer: (ciphertext: string) => Answer | never, linkKey?: string | null) {
  const { ciphertext, key } = await sealHandoff(content)
  const sent = fakeBff({ [`POST /api/handoffs/${id}/open`]: () => answer(ciphertext) })
  const client = await show(<OpenHandoff handoffId={id} linkKey={linkKey === undefined ? key : linkKey} />)
  return { sent, client }
}

const opened = (ciphertext: string): Answer => ({ body: { ciphertext } })
const button = page.getByRole('button', { name: 'Show the key' })

test('a page that is only looked at asks for nothing: a preview of the link does not use it up', async () => {
  const { sent } = await openWith(opened)
  await expect.element(button).toBeVisible()
  expect(sent).toEqual([])
})

test('S19 S21 one press shows it, masked first, and it is kept nowhere', async () => {
  const { sent, client } = await openWith(opened)
  const press2 = button.element() as HTMLElement
  press2.click()
  press2.click()
  await expect.element(page.getByText('The link is used up.')).toBeVisible()
  await expect.element(page.getByText('162.159.64.1')).toBeVisible()
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body).toBeNull()
  expect(document.documentElement.outerHTML).not.toContain(content.psk)
  await press('Show')
  expect(document.querySelector('code')?.textContent).toBe(content.psk)
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  const kept = [caches, { ...localStorage }, { ...sessionStorage }, history.state, document.title, location.href]
  expect(JSON.stringify(kept)).not.toContain(content.psk)
})

test('S20 a page that is left comes back without the key', async () => {
  await openWith(opened)
  await press('Show the key')
  await press('Show')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  expect(document.body.textContent).not.toContain(content.psk)
  await expect.element(page.getByText(/^Hidden for safety\. The link is used up/)).toBeVisible()
})

test('a link that was opened, revoked or is over says so, and offers nothing', async () => {
  await openWith(() => problem('gone'))
  await press('Show the key')
  await expect.element(page.getByText('There is nothing behind this link any more')).toBeVisible()
  await expect.element(button).not.toBeInTheDocument()
})

test.each([
  [null, 'The end of the link is missing'],
  ['', 'The link is not whole'],
  ['AAAA', 'The link is not whole'],
])('a link whose end is %j uses nothing up', async (linkKey, words) => {
  const { sent } = await openWith(opened, linkKey)
  await expect.element(page.getByText(words)).toBeVisible()
  await expect.element(page.getByText(/Nothing has been used up/)).toBeVisible()
  await expect.element(button).not.toBeInTheDocument()
  expect(sent).toEqual([])
})

test('a link whose end belongs to another one is used up and says why nothing can be shown', async () => {
  await openWith(opened, 'A'.repeat(43))
  await press('Show the key')
  await expect.element(page.getByText(/the key in it does not fit what was left/)).toBeVisible()
})

test('an answer that is lost may have used the link up, and one more press finds out', async () => {
  await openWith(() => offline())
  await press('Show the key')
  await expect.element(page.getByText(/The link may be used up all the same/)).toBeVisible()
  await expect.element(button).toBeVisible()
})
