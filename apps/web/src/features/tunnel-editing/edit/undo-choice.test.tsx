import { draftOf } from '@tunnel-console/shared/draft'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Answers, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { branch, list, statuses } from '../test/world.ts'
import { EditTunnel } from './edit-tunnel.tsx'
import type { Saved } from './use-edit-tunnel.ts'

const withBgp = Tunnel.parse({ ...branch, bgp: { customer_asn: 65_001, md5_key: 'between-us' } })

async function edit(tunnel: Tunnel, answers: Answers = {}) {
  const sent = fakeBff({
    'GET /api/tunnels': () => list(tunnel),
    'GET /api/tunnels/:id': () => ({ body: { tunnel, version: 'v1', unknownFields: [] } }),
    'GET /api/status': () => statuses({ [tunnel.id]: 'up' }),
    'PUT /api/tunnels/:id?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
    ...answers,
  })
  const saved: Saved[] = []
  await show(
    <EditTunnel
      tunnel={tunnel}
      version="v1"
      unknownFields={[]}
      onSaved={(_, told) => saved.push(told)}
      onScheduled={() => undefined}
      onCancel={() => undefined}
      onCreateAgain={() => undefined}
    />,
  )
  return {
    saved,
    puts: () => sent.map(({ what }) => what).filter((what) => /^PUT.*(:id|undo_minutes=\d+)$/.test(what)),
  }
}

const choice = page.getByRole('group', { name: /^Undo by itself/ })
const written = { body: { tunnel: branch, version: 'v2', unknownFields: [] } }

test('a change may undo itself, which is suggested where the risk is high, and says what it asks of people', async () => {
  const { saved, puts } = await edit(branch, { 'PUT /api/tunnels/:id?undo_minutes=10': () => written })
  await page.getByLabelText('Customer endpoint').fill('203.0.113.99')
  await press('Review changes')
  await expect.element(choice).toHaveAccessibleName(/Suggested/)
  await expect.element(choice).toHaveAccessibleDescription(/unless somebody presses Keep/)
  await page.getByRole('radio', { name: 'In 10 min' }).click()
  await expect.element(choice).toHaveAccessibleDescription(/after 10 minutes unless somebody presses Keep/)
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  await press('Apply 1 change')
  await expect.poll(() => saved).toMatchObject([{ isRisky: true, undoMinutes: 10 }])
  expect(puts()).toEqual(['PUT /api/tunnels/:id?undo_minutes=10'])
})

test('a change that is kept asks for no undo', async () => {
  const { saved, puts } = await edit(branch, { 'PUT /api/tunnels/:id': () => written })
  await page.getByLabelText('Description').fill('A note')
  await press('Review changes')
  await expect.element(choice).toHaveAccessibleName('Undo by itself')
  await expect.element(page.getByRole('radio', { name: 'Keep the change' })).toBeChecked()
  await press('Apply 1 change')
  await expect.poll(() => saved).toMatchObject([{ isRisky: false, undoMinutes: null }])
  expect(puts()).toEqual(['PUT /api/tunnels/:id'])
})

test.each([
  ['the MD5 key', async () => page.getByLabelText('MD5 key').fill('another')],
  ['BGP off with an MD5 key', async () => page.getByRole('switch', { name: 'BGP', exact: true }).click()],
])('a change of %s cannot undo itself, and says why', async (_, change) => {
  await edit(withBgp)
  await change()
  await press('Review changes')
  await expect.element(choice).toHaveAccessibleDescription(/does not keep keys/)
  for (const words of ['In 5 min', 'In 10 min', 'In 30 min']) {
    await expect.element(page.getByRole('radio', { name: words })).toBeDisabled()
  }
})

test('an undo that the console refuses is told in its place, and the review stays', async () => {
  const detail = 'Turning off BGP with route filters cannot undo itself, since the console cannot set them.'
  const errors = [{ pointer: '/bgp', detail, source: 'console' as const }]
  await edit(branch, { 'PUT /api/tunnels/:id?undo_minutes=5': () => problem('invalid', { detail, errors }) })
  await page.getByLabelText('Description').fill('A note')
  await press('Review changes')
  await page.getByRole('radio', { name: 'In 5 min' }).click()
  await press('Apply 1 change')
  await expect.element(page.getByText(detail)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  await expect.element(page.getByRole('radio', { name: 'In 5 min' })).toBeChecked()
})

test('a form that starts with a former version shows what that changes, and asks nothing when it is left as it came', async () => {
  fakeBff({ 'GET /api/tunnels': () => list(branch) })
  await show(
    <EditTunnel
      tunnel={branch}
      version="v1"
      unknownFields={[]}
      start={{ ...draftOf(branch), description: 'As it was' }}
      onSaved={() => undefined}
      onScheduled={() => undefined}
      onCancel={() => undefined}
      onCreateAgain={() => undefined}
    />,
  )
  await expect.element(page.getByLabelText('Description')).toHaveValue('As it was')
  await expect.element(page.getByText('1 change, not validated')).toBeVisible()
})
