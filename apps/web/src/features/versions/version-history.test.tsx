import type { TunnelVersion } from '@tunnel-console/shared/api'
import { outsideActor } from '@tunnel-console/shared/audit'
import { blankDraft, type TunnelDraft } from '@tunnel-console/shared/draft'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Answer, fakeBff, press, problem, sessionOf, show } from '../../test/bff.tsx'
import { CreateAgainLink, CreateAgainNote } from './create-again.tsx'
import { RestoreNote } from './restore-note.tsx'
import { VersionHistory } from './version-history.tsx'

const id = '7'.padStart(32, '0')
const at = (description: string, more: Partial<TunnelDraft> = {}): TunnelDraft => ({
  ...blankDraft,
  name: 'branch-07',
  description,
  ...more,
})

function version(seq: number, before: TunnelDraft | null, after: TunnelDraft | null, by = 'ada@example.com') {
  const entry: TunnelVersion = {
    seq,
    tunnelId: id,
    name: 'branch-07',
    at: '2026-11-20T10:00:00Z',
    by,
    auditId: `a${seq}`,
    before,
    after,
  }
  return entry
}

const changed = [
  version(5, at('two'), at('three', { replay_protection: true })),
  version(4, at('one'), at('two'), outsideActor.email),
]

const told = (versions: TunnelVersion[]): Answer => ({ body: { versions } })
const history = (answer: Answer, isGone = false) => {
  fakeBff({ 'GET /api/tunnels/:id/versions': () => answer })
  return show(<VersionHistory id={id} isGone={isGone} />)
}
const rows = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
const differences = page.getByLabelText('Differences')

test('each version says who, when and what, and the newest cannot be restored', async () => {
  await history(told(changed))
  await expect.element(rows.nth(0)).toMatchTextContent(/Changed Description, Replay protectionnewest.*ada@example\.com/)
  await expect.element(rows.nth(1)).toMatchTextContent(/Changed Description.*somebody outside this console/)
  await expect.element(rows.nth(2)).toMatchTextContent('As it was before that')
  const links = page.getByRole('link', { name: /^Restore this version/ })
  await expect
    .poll(() => links.elements().map((link) => link.getAttribute('href')))
    .toEqual([`/tunnels/${id}/edit?restore=4`, `/tunnels/${id}/edit?restore=4&side=before`])
})

test('any two versions can be compared', async () => {
  await history(told(changed))
  await expect.element(differences).toMatchTextContent(/Description.*two.*three.*Replay protection/)
  await page.getByLabelText('From').selectOptions('4 before')
  await expect.element(differences).toMatchTextContent(/Description.*one.*three/)
  await page.getByLabelText('To').selectOptions('4 after')
  await expect.element(differences).toMatchTextContent(/Description.*one.*two/)
  await expect.element(page.getByText('1 field differs.')).toBeVisible()
})

test('Compare in a row puts that version beside the newest and leads to the difference', async () => {
  await history(told(changed))
  await press(/^Compare with the newest: Before/)
  await expect.element(page.getByRole('heading', { name: 'Compare two versions' })).toHaveFocus()
  await expect.element(differences).toMatchTextContent(/one.*three/)
})

test('of a key that was replaced a version says so, and no more', async () => {
  const withKey = at('one', { bgp: { enabled: true, customer_asn: 65_001, extra_prefixes: [], md5_key: '(set)' } })
  await history(told([version(5, withKey, withKey)]))
  await expect.element(rows.nth(0)).toMatchTextContent('Changed MD5 key')
  await expect.element(page.getByText(/whether it is the same is not kept/)).toBeVisible()
})

test('a tunnel that is gone has versions to look at, and none to restore', async () => {
  await history(told([version(6, at('three'), null), ...changed]), true)
  await expect.element(rows.nth(0)).toMatchTextContent(/^Deleted/)
  await expect.element(page.getByRole('link', { name: /^Restore/ })).not.toBeInTheDocument()
})

test('a tunnel without a version says so', async () => {
  await history(told([]))
  await expect.element(page.getByText(/^No version is kept yet/)).toBeVisible()
})

test('versions that cannot be read say why', async () => {
  await history(problem('storage-unavailable'))
  await expect.element(page.getByText('The console’s database cannot be used right now')).toBeVisible()
})

test('what is gone leads to a new tunnel, for whoever may create one', async () => {
  fakeBff({ 'GET /api/tunnels/:id/versions': () => told([version(6, at('three'), null)]) })
  await show(<CreateAgainLink id={id} />, sessionOf('operator'))
  const link = page.getByRole('link', { name: 'Create again from its last version' })
  await expect.element(link).toHaveAttribute('href', `/tunnels/new?from=${id}`)
})

test('a tunnel that is made again says what will be new, and which key is missing', async () => {
  fakeBff({})
  const bgp = { enabled: true, customer_asn: 65_001, extra_prefixes: [], md5_key: '(set)' }
  const last = { seq: 6, side: 'before' as const, draft: at('three', { bgp }), at: '', by: 'ada@example.com' }
  await show(<CreateAgainNote id={id} last={last} />)
  await expect.element(page.getByText('The form holds the last version of branch-07')).toBeVisible()
  await expect.element(page.getByText(/New will be its id, the IKE identity .* and its pre-shared key/)).toBeVisible()
  await expect.element(page.getByText(/It had an MD5 key, which a version does not hold/)).toBeVisible()
})

const live = Tunnel.parse({
  id,
  name: 'branch-07',
  description: 'now',
  bgp: { customer_asn: 65_001, md5_key: 'secret' },
})
const snapshot = (description: string, md5_key: string) => ({
  seq: 4,
  side: 'after' as const,
  at: '2026-11-20T10:00:00Z',
  by: 'ada@example.com',
  draft: at(description, { bgp: { enabled: true, customer_asn: 65_001, extra_prefixes: [], md5_key } }),
})

test.each([
  ['holds that version, without its key', snapshot('then', '(set)'), /The MD5 key stays as it is now/],
  ['is not kept any more', null, 'That version is not kept any more'],
])('a restore says that its form %s', async (_, former, words) => {
  await show(<RestoreNote tunnel={live} former={former} />)
  await expect.element(page.getByText(words)).toBeVisible()
})
