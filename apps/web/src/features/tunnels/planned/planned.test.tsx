import type { PlannedWork } from '@tunnel-console/shared/planned'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, press, problem, sessionOf, show } from '../../../test/bff.tsx'
import { PlanWorkDialog } from './plan-work-dialog.tsx'
import { PlannedNotes } from './planned-notes.tsx'

const work: PlannedWork = {
  id: '1',
  tunnels: [{ id: 'a', name: 'paris-a' }],
  text: 'ISP work, call the provider',
  by: 'ada@example.com',
  createdAt: '2026-11-28T12:00:00Z',
  until: '2999-01-01T00:00:00Z',
}
const text = page.getByLabelText('What is done, and whom to call')

test('work is announced until a time, and what was typed survives a refusal', async () => {
  const answers = [problem('storage-unavailable'), { status: 201, body: { work } }]
  const sent = fakeBff({ 'POST /api/planned': () => answers.shift() ?? problem('internal') })
  let isClosed = false
  const close = () => {
    isClosed = true
  }
  await show(<PlanWorkDialog tunnels={work.tunnels} onClose={close} />)
  await press('Announce')
  await expect.element(text).toHaveAccessibleDescription(/Say what is done/)
  await text.fill(work.text)
  await page.getByLabelText('Until').fill('2999-01-01T10:00')
  await press('Announce')
  await expect.element(page.getByRole('alert')).toBeInTheDocument()
  await expect.element(text).toHaveValue(work.text)
  await press('Announce')
  await expect.poll(() => isClosed).toBe(true)
  expect(sent.map(({ body }) => body)).toMatchObject([{ tunnels: ['a'] }, { tunnels: ['a'], text: work.text }])
})

test('a tunnel that is gone by now is told, and what was typed stays', async () => {
  const errors = [{ pointer: '/tunnels/0', detail: 'There is no tunnel a', source: 'console' as const }]
  fakeBff({ 'POST /api/planned': () => problem('invalid', { errors }) })
  await show(<PlanWorkDialog tunnels={work.tunnels} onClose={() => undefined} />)
  await text.fill(work.text)
  await press('Announce')
  await expect.element(page.getByRole('alert').getByText('There is no tunnel a')).toBeInTheDocument()
  await expect.element(text).toHaveValue(work.text)
})

test('a time that is over announces nothing', async () => {
  const sent = fakeBff({})
  await show(<PlanWorkDialog tunnels={work.tunnels} onClose={() => undefined} />)
  await text.fill(work.text)
  await page.getByLabelText('Until').fill('2020-01-01T10:00')
  await press('Announce')
  // Nothing is started here, now or later.
  const told = page.getByText(/^This moment has passed\. Choose a later one\.$/)
  await expect.element(told).toBeVisible()
  await expect.element(page.getByLabelText('Until')).toHaveAccessibleDescription(/This moment has passed/)
  expect(sent).toEqual([])
})

test('a tunnel says what work goes on, and whoever may change it can end that', async () => {
  const sent = fakeBff({
    'GET /api/planned': () => ({ body: { works: [work] } }),
    'DELETE /api/planned/1': () => ({ body: { ok: true } }),
  })
  await show(<PlannedNotes id="a" />, sessionOf('operator'))
  await expect.element(page.getByText(/ISP work, call the provider/)).toBeInTheDocument()
  await press('It is done')
  await expect.poll(() => sent.map(({ what }) => what)).toContain('DELETE /api/planned/1')
})

test('support is told of the work and is not asked to end it', async () => {
  fakeBff({ 'GET /api/planned': () => ({ body: { works: [work] } }) })
  await show(<PlannedNotes id="a" />, sessionOf('support'))
  await expect.element(page.getByText(/Planned work until/)).toBeInTheDocument()
  expect(page.getByRole('button').elements()).toEqual([])
})
