import { type AuditEntry, outsideActor } from '@tunnel-console/shared/audit'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type ChangesSearch, changesSearchOf } from '../../../data/changes-search.ts'
import { type Answer, problem, show } from '../../../test/bff.tsx'
import { TimeRange } from './time-range.tsx'
import { WhatChanged } from './what-changed.tsx'

const ada = { id: '1', email: 'ada@example.com', role: 'admin' as const }

function entry(seq: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq,
    id: `entry-${seq}`,
    at: `2026-11-28T10:0${seq}:00.000Z`,
    settledAt: null,
    actor: ada,
    action: 'tunnel.update',
    target: { id: '7'.padStart(32, '0'), name: `branch-0${seq}` },
    validateOnly: false,
    outcome: 'applied',
    changes: [{ path: 'description', label: 'Description', before: '', after: 'x' }],
    problem: null,
    ray: null,
    requestId: 'r',
    times: 1,
    turns: [],
    ...more,
  }
}

/** The page over these pages of the log; the answer tells what was asked. */
async function whatChanged(
  answers: Answer[],
  search: ChangesSearch = { from: '2026-11-28T10:00', to: '2026-11-28T10:10' },
) {
  const real = window.fetch
  const asked: URLSearchParams[] = []
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin)
    if (url.pathname !== '/api/audit') return real(input, init)
    asked.push(url.searchParams)
    const { status = 200, body } = (answers.length > 1 ? answers.shift() : answers[0]) ?? problem('internal')
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  }
  onTestFinished(() => {
    window.fetch = real
  })
  await show(<WhatChanged search={search} />)
  return asked
}

const log = (entries: AuditEntry[], nextCursor: string | null = null): Answer => ({ body: { entries, nextCursor } })
const rows = page.getByRole('table', { name: 'Changes' }).getByRole('row')
const axis = page.getByRole('slider', { name: 'Changes in time' })

test('changes here and outside stand on one axis and in a table; what changed nothing stands in neither', async () => {
  const asked = await whatChanged([
    log([
      entry(5, { actor: outsideActor, action: 'tunnel.changedOutside' }),
      entry(4, { outcome: 'denied' }),
      entry(3, { outcome: 'unknown' }),
      entry(2, { action: 'session.signIn', target: null, changes: [] }),
      entry(1),
    ]),
  ])
  await expect.element(rows.nth(1)).toMatchTextContent(/Outside this console.*branch-05/)
  await expect.element(rows.nth(2)).toMatchTextContent(/May have changed.*Unknown.*branch-03/)
  await expect.element(rows.nth(3)).toMatchTextContent(/ada@example\.com.*Changed Description.*branch-01/)
  expect(rows.elements()).toHaveLength(4)
  await expect.element(page.getByText('2 changes here, 1 change outside this console.', { exact: false })).toBeVisible()
  await expect.element(page.getByText('On the page of each tunnel')).toBeVisible()
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
    from: '2026-11-28T10:00:00.000Z',
    to: '2026-11-28T10:10:00.000Z',
    validate_only: 'false',
  })
})

test('the axis is one stop of the keyboard: arrows go from change to change, Enter to its row', async () => {
  await whatChanged([log([entry(3), entry(2), entry(1)])])
  await expect
    .element(axis)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/^3 of 3: .*branch-03: Description$/))
  axis.element().focus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(axis).toHaveAttribute('aria-valuetext', expect.stringMatching(/^2 of 3: .*branch-02/))
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await expect.element(axis).toHaveAttribute('aria-valuenow', '1')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('link', { name: 'Audit entry: Changed branch-01' })).toHaveFocus()
})

test('a press on the axis chooses the nearest change', async () => {
  await whatChanged([log([entry(9), entry(1)])])
  await expect.element(axis).toHaveAttribute('aria-valuenow', '2')
  await axis.click({ position: { x: 30, y: 80 } })
  await expect.element(axis).toHaveAttribute('aria-valuenow', '1')
})

test('a quiet time says so', async () => {
  await whatChanged([log([])])
  await expect.element(page.getByRole('heading', { name: 'Nothing was changed in this time' })).toBeVisible()
  await expect.element(page.getByRole('slider')).not.toBeInTheDocument()
})

test('a log that cannot be read says why and can be asked again', async () => {
  await whatChanged([problem('storage-unavailable'), log([entry(1)])])
  await expect.element(page.getByText('The console’s database cannot be used right now')).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(rows.nth(1)).toMatchTextContent('branch-01')
})

test('a time with more than is read says what is missing', async () => {
  const asked = await whatChanged([1, 2, 3, 4, 5].map((seq) => log([entry(seq)], '99')))
  await expect.element(page.getByText('Only the newest 5 entries of this time were read')).toBeVisible()
  expect(asked.map((query) => query.get('cursor'))).toEqual([null, '99', '99', '99', '99'])
})

test('an address is read leniently', () => {
  expect(changesSearchOf({ last: '7d' })).toEqual({ last: '7d' })
  expect(changesSearchOf({ last: 'ever', from: '2026-02-31T00:00' })).toEqual({})
  expect(changesSearchOf({ last: '1h', from: '2026-02-01T00:00', to: 'soon' })).toEqual({ from: '2026-02-01T00:00' })
})

test('a time is chosen back from now, or from a minute to a minute; one that ends before it starts is told', async () => {
  const chosen: ChangesSearch[] = []
  await show(<TimeRange search={{}} onChange={(next) => chosen.push(next)} />)
  await expect.element(page.getByRole('button', { name: 'Last 24 hours' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Last hour' }).click()
  await page.getByRole('button', { name: 'Show' }).click()
  await expect.element(page.getByRole('alert')).toMatchTextContent('Enter the day and time at which to start')
  await page.getByLabelText('From (UTC)').fill('2026-11-28T10:00')
  await page.getByLabelText('To (UTC)').fill('2026-11-28T09:00')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect.element(page.getByRole('alert')).toMatchTextContent('The end must be after the start')
  await expect.element(page.getByLabelText('From (UTC)')).toHaveValue('2026-11-28T10:00')
  await page.getByLabelText('To (UTC)').fill('2026-11-28T11:00')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect.poll(() => chosen).toEqual([{ last: '1h' }, { from: '2026-11-28T10:00', to: '2026-11-28T11:00' }])
})
