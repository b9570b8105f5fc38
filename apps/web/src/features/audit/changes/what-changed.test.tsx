import { outsideActor } from '@tunnel-console/shared/audit'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type ChangesSearch, changesSearchOf } from '../../../data/changes-search.ts'
import { problem, show } from '../../../test/bff.tsx'
import { axis, entry, log, rows, whatChanged } from './test-world.tsx'
import { TimeRange } from './time-range.tsx'

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
  expect(Object.fromEntries(asked.log[0] ?? [])).toMatchObject({
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
  expect(asked.log.map((query) => query.get('cursor'))).toEqual([null, '99', '99', '99', '99'])
})

test('an address is read leniently', () => {
  expect(changesSearchOf({ last: '7d' })).toEqual({ last: '7d' })
  expect(changesSearchOf({ last: 'ever', from: '2026-02-31T00:00' })).toEqual({})
  expect(changesSearchOf({ last: '7d', status: 'off' })).toEqual({ last: '7d', status: 'off' })
  expect(changesSearchOf({ from: '2026-02-01T00:00', status: 'on' })).toEqual({ from: '2026-02-01T00:00' })
  expect(changesSearchOf({ last: '1h', from: '2026-02-01T00:00', to: 'soon' })).toEqual({ from: '2026-02-01T00:00' })
})

test('the states of tunnels are switched off and on in the address, and a choice of time keeps that', async () => {
  const chosen: ChangesSearch[] = []
  const add = (next: ChangesSearch) => chosen.push(next)
  await show(<TimeRange search={{ last: '7d' }} onChange={add} />)
  const box = page.getByRole('checkbox', { name: 'Status of tunnels' })
  await expect.element(box).toBeChecked()
  await box.click()
  await expect.poll(() => chosen).toEqual([{ last: '7d', status: 'off' }])
})

test('states that are off stay off when another time is chosen, and come back by the same box', async () => {
  const chosen: ChangesSearch[] = []
  await show(<TimeRange search={{ last: '7d', status: 'off' }} onChange={(next) => chosen.push(next)} />)
  await page.getByRole('button', { name: 'Last hour' }).click()
  await page.getByRole('checkbox', { name: 'Status of tunnels' }).click()
  await expect.poll(() => chosen).toEqual([{ last: '1h', status: 'off' }, { last: '7d' }])
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
