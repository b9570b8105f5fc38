import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { createStore, useStore } from '../../../lib/store.ts'
import { type Answers, fakeBff, press, problem, sessionOf, show } from '../../../test/bff.tsx'
import { branch, list, statuses, tunnelId } from '../test/world.ts'
import { ApprovalsTable } from './approvals-table.tsx'
import { TunnelApprovals } from './tunnel-approvals.tsx'

const id = '11111111-2222-4333-8444-555555555555'
const patch = { customer_endpoint: '203.0.113.77' }
const omar = { id: '2', email: 'omar@example.com' }
const ada = { id: '1', email: 'ada@example.com' }

const entry = (more: Partial<ApprovalEntry> = {}): ApprovalEntry => ({
  id,
  state: 'waiting',
  tunnelId,
  name: 'branch-07',
  version: 'v'.repeat(43),
  patch,
  effects: [
    {
      path: 'customer_endpoint',
      label: 'Customer endpoint',
      before: '203.0.113.10',
      after: '203.0.113.77',
      text: 'The tunnel drops until the device points to the new address',
      risk: 'high',
    },
  ],
  by: omar,
  reason: 'new line',
  askedAt: new Date().toISOString(),
  decidedBy: null,
  word: null,
  decidedAt: null,
  why: null,
  ...more,
})

/** What the list has heard of meanwhile. */
const heard = createStore<ApprovalEntry[] | null>(null)
afterEach(() => heard.set(null))

function Table({ approvals: known, start }: { approvals: ApprovalEntry[]; start: string | undefined }) {
  const [open, setOpen] = useState(start)
  const approvals = useStore(heard) ?? known
  return <ApprovalsTable approvals={approvals} open={open} onOpen={setOpen} />
}

async function table(approvals: ApprovalEntry[], answers: Answers = {}, start?: string) {
  await page.viewport(1280, 900)
  const sent = fakeBff({ 'GET /api/tunnels': () => list(branch), 'GET /api/status': () => statuses({}), ...answers })
  await show(<Table approvals={approvals} start={start} />, sessionOf('admin'))
  return () => sent.filter(({ what }) => !what.startsWith('GET ')).map(({ what, body }) => [what, body])
}

const reads = (what: Locator, words: RegExp | string) => expect.poll(() => what.element().textContent).toMatch(words)

const dialog = page.getByRole('dialog')
const button = (name: string) => dialog.getByRole('button', { name, exact: true })
const named = page.getByLabelText('Type the tunnel name to confirm')
const approval = `/api/approvals/${id}`

test('a review begins with what is changed, and nothing covers its title', async () => {
  await table([entry()])
  await page.getByRole('button', { name: 'Review of branch-07' }).click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^Reason: new line/)
  await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument()
})

test('the second person sees who, why, the change and what it does, and approves it with the name typed', async () => {
  const writes = await table([entry()], { [`POST ${approval}/approve`]: () => ({ body: { approval: entry() } }) })
  await press('Review of branch-07')
  await reads(dialog, /omar@example\.com asked for it/)
  await reads(dialog, /Reason: new line/)
  await reads(dialog, /203\.0\.113\.10.*203\.0\.113\.77.*High risk.*The tunnel drops/)
  await expect.element(button('Approve')).toHaveAccessibleDescription('To approve, type the tunnel name first')
  await named.fill('branch-07')
  await page.getByLabelText('Your word').fill(' seen ')
  await press('Approve')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(writes()).toEqual([[`POST ${approval}/approve`, { word: 'seen' }]])
})

test('declining needs a word and no name', async () => {
  const writes = await table([entry()], { [`POST ${approval}/decline`]: () => ({ body: { approval: entry() } }) }, id)
  await expect.element(button('Decline')).toHaveAccessibleDescription('To decline, say why first')
  await press('Decline')
  await page.getByLabelText('Your word').fill('not before Sunday')
  await press('Decline')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(writes()).toEqual([[`POST ${approval}/decline`, { word: 'not before Sunday' }]])
})

test('a dry run asks Cloudflare for this payload on this version, and tells what it says', async () => {
  const answers = [{ body: { valid: true, checkedAt: '' } }, problem('rejected', { detail: 'No such address' })]
  const writes = await table(
    [entry()],
    { 'PUT /api/tunnels/:id?validate_only=true': () => answers.shift() ?? problem('internal') },
    id,
  )
  await press('Validate')
  await reads(dialog, /Cloudflare accepts this\. Nothing has been changed\./)
  await press('Validate')
  await reads(dialog.getByRole('alert'), /No such address/)
  expect(writes()).toEqual(Array.from({ length: 2 }, () => ['PUT /api/tunnels/:id?validate_only=true', patch]))
})

test('what was decided meanwhile is told, and the word stays, also once the list has heard of it', async () => {
  await table(
    [entry()],
    { [`POST ${approval}/decline`]: () => problem('decided', { detail: 'It was withdrawn.' }) },
    id,
  )
  await page.getByLabelText('Your word').fill('not before Sunday')
  await press('Decline')
  await reads(dialog.getByRole('alert'), /It was withdrawn\./)
  await expect.element(page.getByLabelText('Your word')).toHaveValue('not before Sunday')
  heard.set([entry({ state: 'withdrawn' })])
  await reads(dialog, /Whoever asked for it withdrew it\./)
  await expect.element(page.getByLabelText('Your word')).toHaveValue('not before Sunday')
})

test('whoever asked decides nothing, and can take it back', async () => {
  const writes = await table([entry({ by: ada })], { [`DELETE ${approval}`]: () => ({ body: { approval: entry() } }) })
  await press('Details of branch-07')
  await expect.element(button('Approve')).not.toBeInTheDocument()
  await press('Withdraw')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(writes()).toEqual([[`DELETE ${approval}`, null]])
})

test.each([
  [{ state: 'declined', decidedBy: ada, word: 'no' }, 'ada@example.com declined it. “no”'],
  [{ state: 'applied', decidedBy: ada }, 'ada@example.com approved it, and it was applied.'],
  [{ state: 'failed', decidedBy: ada, why: 'No.' }, 'ada@example.com approved it, but it was not applied. No.'],
  [{ state: 'lapsed', why: 'Changed.' }, 'It has lapsed. Nothing was changed. Changed.'],
] as const)('one that has ended tells how: %j', async (more, words) => {
  await table([entry(more)], {}, id)
  await reads(dialog, words)
  await expect.element(button('Approve')).not.toBeInTheDocument()
})

test('an empty table says what will be there', async () => {
  await table([])
  await expect.element(page.getByText('Nothing waits for approval')).toBeVisible()
})

test('a phone has all of one in one cell, with its button', async () => {
  fakeBff({})
  await page.viewport(390, 844)
  await show(<Table approvals={[entry()]} start={undefined} />, sessionOf('admin'))
  await reads(page.getByRole('table'), /branch-07.*Customer endpoint.*omar@example\.com.*Waiting for approval.*Review/)
  await expect.element(page.getByRole('columnheader', { name: 'Asked by' })).not.toBeInTheDocument()
})

async function onTunnel(approvals: ApprovalEntry[]) {
  fakeBff({
    'GET /api/settings': () => ({
      body: { settings: { secondPerson: 'high-risk', keyAgeNoticeDays: 365, keyAgeWarnDays: 730 } },
    }),
    'GET /api/approvals': () => ({ body: { approvals } }),
  })
  await show(<TunnelApprovals id={tunnelId} />, sessionOf('operator'))
}

test('the tunnel’s page says what waits, and the way to it', async () => {
  await onTunnel([entry(), entry({ id: 'b', tunnelId: 'f'.repeat(32), name: 'other' })])
  await reads(
    page.getByRole('status'),
    /Waiting for approval.*omar@example\.com asked .* to change: Customer endpoint\./,
  )
  await expect.element(page.getByRole('link', { name: 'Review' })).toHaveAttribute('href', `/approvals?id=${id}`)
})

test('whoever asked is told there how it ended, until they have read it', async () => {
  await onTunnel([entry({ by: ada, state: 'declined', decidedBy: omar, word: 'not before Sunday' })])
  await reads(
    page.getByRole('status'),
    /Your change \(Customer endpoint\): declined.*omar@example\.com declined it\. “not before Sunday”/,
  )
  await press('Dismiss')
  await expect.element(page.getByRole('status')).not.toBeInTheDocument()
})
