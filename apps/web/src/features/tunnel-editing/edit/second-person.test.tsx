import { Link, useRouterState } from '@tanstack/react-router'
import { expect, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { type Answers, fakeBff, press, problem, sessionOf, show } from '../../../test/bff.tsx'
import { Toaster } from '../../../ui/toaster.tsx'
import { branch, list, statuses, tunnelId } from '../test/world.ts'
import { EditTunnel } from './edit-tunnel.tsx'

const settings = (secondPerson: 'nobody' | 'high-risk') => ({
  body: { settings: { secondPerson, keyAgeNoticeDays: 365, keyAgeWarnDays: 730 } },
})
const known: Answers = {
  'GET /api/tunnels': () => list(branch),
  'GET /api/status': () => statuses({}),
  'GET /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v1', unknownFields: [] } }),
  'PUT /api/tunnels/:id?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
}
const asked = { body: { approval: { id: 'a', name: 'branch-07' } } }

/** The edit at its path, and elsewhere another page. */
function Pages() {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <>
      <Link to="/audit">Away</Link>
      <p>At {path}</p>
      {path === '/' && (
        <EditTunnel
          tunnel={branch}
          version="v1"
          unknownFields={[]}
          onSaved={() => undefined}
          onScheduled={() => undefined}
          onCancel={() => undefined}
          onCreateAgain={() => undefined}
        />
      )}
      <Toaster />
    </>
  )
}

async function review(answers: Answers, role: 'operator' | 'admin' = 'operator', field = 'Customer endpoint') {
  const sent = fakeBff({ ...known, ...answers })
  await show(<Pages />, sessionOf(role))
  await page.getByLabelText(field).fill(field === 'Description' ? 'A note' : '203.0.113.77')
  await press('Review changes')
  await expect.element(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  return { asks: () => sent.filter(({ what }) => what === 'POST /api/approvals'), sent }
}

const reads = (what: Locator, words: RegExp | string) => expect.poll(() => what.element().textContent).toMatch(words)

const ask = page.getByRole('button', { name: 'Ask for approval' })
const apply = page.getByRole('button', { name: 'Apply 1 change' })

test('an operator asks for a high-risk change in place of applying it: what, on which version, and why', async () => {
  const { asks, sent } = await review({
    'GET /api/settings': () => settings('high-risk'),
    'POST /api/approvals': () => asked,
  })
  await expect.element(ask).toBeVisible()
  await expect.element(page.getByText('A second person has to approve this')).toBeVisible()
  await expect.element(apply).not.toBeInTheDocument()
  await page.getByLabelText(/^Reason/).fill('new line')
  await press('Ask for approval')
  await expect
    .poll(() => asks().map(({ body }) => body))
    .toEqual([{ tunnelId, version: 'v1', patch: { customer_endpoint: '203.0.113.77' }, reason: 'new line' }])
  expect(sent.map(({ what }) => what)).not.toContain('PUT /api/tunnels/:id')
})

test.each([
  ['an administrator', 'admin', 'high-risk', 'Customer endpoint'],
  ['an operator while nobody has to be asked', 'operator', 'nobody', 'Customer endpoint'],
  ['an operator whose change is of a low risk', 'operator', 'high-risk', 'Description'],
] as const)('%s applies it as ever', async (_, role, secondPerson, field) => {
  const { sent } = await review({ 'GET /api/settings': () => settings(secondPerson) }, role, field)
  await expect.element(apply).toBeVisible()
  await expect.poll(() => sent.some(({ what }) => what === 'GET /api/settings')).toBe(role === 'operator')
  await expect.element(apply).toBeVisible()
  await expect.element(ask).not.toBeInTheDocument()
})

test('a page that has not heard of the setting learns it from the refusal, and then asks', async () => {
  const { asks } = await review({
    'GET /api/settings': () => settings('nobody'),
    'PUT /api/tunnels/:id': () => problem('approval-needed'),
    'POST /api/approvals': () => asked,
  })
  await page.getByLabelText('Type the tunnel name to confirm').fill('branch-07')
  await press('Apply 1 change')
  await press('Ask for approval')
  await expect.poll(() => asks()).toHaveLength(1)
})

test('asking that fails says that nobody was asked, and can be tried again with all that was typed', async () => {
  const answers = [problem('storage-unavailable'), asked]
  const { asks } = await review({
    'GET /api/settings': () => settings('high-risk'),
    'POST /api/approvals': () => answers.shift() ?? problem('internal'),
  })
  await page.getByLabelText(/^Reason/).fill('new line')
  await press('Ask for approval')
  await reads(page.getByRole('alert'), /^Nobody was asked\./)
  await expect.element(page.getByLabelText(/^Reason/)).toHaveValue('new line')
  await press('Ask for approval')
  await expect.poll(() => asks()).toHaveLength(2)
})

test('a tunnel that somebody changed meanwhile is merged before anybody is asked', async () => {
  await review({
    'GET /api/settings': () => settings('high-risk'),
    'POST /api/approvals': () => problem('conflict', { current: { ...branch, description: 'theirs' }, version: 'v2' }),
  })
  await press('Ask for approval')
  await expect.element(page.getByRole('dialog', { name: /changed/i })).toBeVisible()
})

test('asking goes on without the page, which leads nobody away from where they are by then', async () => {
  const answer = Promise.withResolvers<typeof asked>()
  await review({ 'GET /api/settings': () => settings('high-risk'), 'POST /api/approvals': () => answer.promise })
  await press('Ask for approval')
  await page.getByRole('link', { name: 'Away' }).click()
  const guard = page.getByRole('alertdialog', { name: 'Leave while somebody is being asked?' })
  await expect.element(guard).toMatchTextContent(/goes on without this page.*Approvals/)
  await press('Leave')
  await expect.element(page.getByText('At /audit')).toBeVisible()
  answer.resolve(asked)
  await expect.element(page.getByText('Asked for approval: branch-07')).toBeVisible()
  await press('Dismiss')
  await expect.element(page.getByText('Asked for approval: branch-07')).not.toBeInTheDocument()
  await expect.element(page.getByText('At /audit')).toBeVisible()
})

test('whoever waits on the page is led to the tunnel once somebody was asked', async () => {
  await review({ 'GET /api/settings': () => settings('high-risk'), 'POST /api/approvals': () => asked })
  await press('Ask for approval')
  await expect.element(page.getByText(`At /tunnels/${tunnelId}`)).toBeVisible()
})
