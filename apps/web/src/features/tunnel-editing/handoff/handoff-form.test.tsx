import type { HandoffEntry } from '@tunnel-console/shared/api'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { openHandoff } from '../../../lib/handoff-seal.ts'
import { type Answer, fakeBff, press, problem, type Sent, show } from '../../../test/bff.tsx'
import { tunnelId } from '../test/world.ts'
import { HandoffForm } from './handoff-form.tsx'
import { HandoffList } from './handoff-list.tsx'

const psk = 'left-behind-Canary-key'
const id = '0197a0d4-6c1b-7c33-8a55-0d1a3f6b9c21'
const tunnel = {
  id: tunnelId,
  name: 'branch-07',
  hasKey: true,
  lastGeneratedOn: null,
  peerAddress: '162.159.64.1',
  identities: { fqdn_id: 'f.1.ipsec.cloudflare.com', user_id: '', hex_id: '' },
}
const handoff = {
  id,
  tunnelId,
  name: 'branch-07',
  by: 'ada@example.com',
  createdAt: '2026-11-28T10:00:00Z',
  expiresAt: '2999-11-29T10:00:00Z',
  openedAt: null,
  revokedAt: null,
}
const made = (): Answer => ({ status: 201, body: { handoff } })

async function open(answer: (sent: Sent) => Answer = made) {
  const sent = fakeBff({ 'POST /api/handoffs': answer })
  const client = await show(<HandoffForm tunnel={tunnel} psk={psk} ipsecId={undefined} onUse={() => undefined} />)
  return { sent, client }
}

const shown = page.getByRole('region', { name: 'Hand-off link' })

/** What the link opens. */
async function contentOf([{ body }]: [Sent]) {
  const { ciphertext } = body as { ciphertext: string }
  const key = /#k=(.+)$/.exec(shown.getByRole('paragraph').first().element().textContent)?.[1] ?? ''
  return openHandoff(ciphertext, key)
}

test('S19 the console gets a ciphertext only, and the link alone opens it', async () => {
  const { sent, client } = await open()
  await press('Create link')
  await expect.element(shown).toBeVisible()
  const [{ body }] = sent as [Sent]
  expect(body).toMatchObject({ tunnelId, hours: 24 })
  expect(JSON.stringify(body)).not.toContain(psk)
  const link = shown.getByRole('paragraph').first().element().textContent
  expect(link).toMatch(new RegExp(`^${location.origin}/handoff/${id}#k=[\\w-]{43}$`))
  expect(JSON.stringify(body)).not.toContain(link.split('#k=')[1])
  expect(await contentOf(sent as [Sent])).toEqual({
    psk,
    facts: [
      { label: 'Tunnel', value: 'branch-07' },
      { label: 'Peer address', value: '162.159.64.1' },
      { label: 'IKE ID (FQDN)', value: 'f.1.ipsec.cloudflare.com' },
    ],
  })
  const caches = [client.getQueryCache().getAll(), client.getMutationCache().getAll()].flat().map(({ state }) => state)
  const kept = JSON.stringify([caches, { ...localStorage }, { ...sessionStorage }, history.state, location.href])
  for (const secret of [psk, link.split('#k=')[1]]) expect(kept).not.toContain(secret)
})

test('only the facts that are chosen go along', async () => {
  const { sent } = await open()
  for (const name of [/^Tunnel name/, /^IKE identity/]) {
    ;(page.getByRole('checkbox', { name }).element() as HTMLElement).click()
  }
  await press('Create link')
  await expect.element(shown).toBeVisible()
  expect(await contentOf(sent as [Sent])).toEqual({ psk, facts: [{ label: 'Peer address', value: '162.159.64.1' }] })
})

const hours = page.getByLabelText('Hours until it ends')

test.each(['0', '25', '', '1.5', 'soon'])(
  '%j hours are refused with a clear word, and nothing is sent',
  async (text) => {
    const { sent } = await open()
    await hours.fill(text)
    await press('Create link')
    await expect.element(hours).toHaveAccessibleDescription(/Choose 1 to 24 hours/)
    expect(sent).toEqual([])
    await expect.element(hours).toHaveValue(text)
  },
)

test('a link that could not be made says why, and what was chosen stays', async () => {
  await open(() => problem('invalid', { detail: '200 links are open already.' }))
  await hours.fill('3')
  await press('Create link')
  await expect.element(page.getByText('200 links are open already.')).toBeVisible()
  await expect.element(page.getByText(/No link was made/)).toBeVisible()
  await expect.element(hours).toHaveValue('3')
})

test('open links can be revoked; what became of the others is told', async () => {
  let all: HandoffEntry[] = [handoff, { ...handoff, id: id.replace('21', '22'), openedAt: '2026-11-28T11:00:00Z' }]
  const sent = fakeBff({
    'GET /api/handoffs': () => ({ body: { handoffs: all } }),
    [`DELETE /api/handoffs/${id}`]: () => {
      all = all.map((one) => ({ ...one, revokedAt: '2026-11-28T12:00:00Z' }))
      return { body: { ok: true } }
    },
  })
  await show(<HandoffList />)
  await expect.element(page.getByText('Can be opened')).toBeVisible()
  await expect.element(page.getByText(/^opened/)).toBeVisible()
  await press('Revoke the link for branch-07')
  await expect.element(page.getByText(/^revoked/)).toBeVisible()
  await expect.element(page.getByText('Can be opened')).not.toBeInTheDocument()
  expect(sent.filter(({ what }) => what.startsWith('DELETE'))).toHaveLength(1)
})
