import { noHistory, type TunnelState, type TunnelStatus, tunnelStates } from '@tunnel-console/shared/status'
import type { TunnelHistoryAnswer } from '@tunnel-console/shared/status-answers'
import type { Webhook } from '@tunnel-console/shared/webhooks'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { delivery, webhook } from '../features/settings/webhooks/test-world.ts'
import { PlanWorkDialog } from '../features/tunnels/planned/plan-work-dialog.tsx'
import { PlannedNotes } from '../features/tunnels/planned/planned-notes.tsx'
import { HistoryPanel } from '../features/tunnels/status/history-panel.tsx'
import { renderList, tunnelAt, worldOf } from '../features/tunnels/test-world.tsx'
import { fakeBff, press, problem, show } from '../test/bff.tsx'
import { axeFindings } from '../test/looks.ts'
import { WallPage } from './wall-page.tsx'
import { WallScreensPage } from './wall-screens-page.tsx'
import { WebhooksPage } from './webhooks-page.tsx'

beforeEach(() => localStorage.clear())

const at = '2026-11-28T12:00:00Z'
const restless: Webhook = {
  ...webhook,
  deliveries: [
    delivery,
    { ...delivery, id: 'n', state: 'given-up' },
    { ...delivery, id: 'o', state: 'delivered', status: 204, problem: null },
  ],
}
const webhooks = (...all: Webhook[]) => ({ 'GET /api/webhooks': () => ({ body: { webhooks: all, canSend: true } }) })

test('axe finds nothing on webhooks, whether there are none, one that fails, or one is being added', async () => {
  fakeBff(webhooks())
  const client = await show(<WebhooksPage />)
  await expect.element(page.getByText(/No webhooks yet/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
  fakeBff(webhooks(restless, { ...webhook, id: '2', isEnabled: false, deliveries: [] }))
  await client.refetchQueries()
  await expect.element(page.getByText('Last messages')).toBeVisible()
  ;(page.getByText('Last messages').element() as HTMLElement).click()
  await expect.element(page.getByRole('list', { name: 'Last messages' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await press('Add a webhook')
  await press('Add webhook')
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

const statusOf = (state: TunnelState): TunnelStatus => ({
  ...noHistory,
  state,
  reason: 'Health checks pass 0%',
  bgp: null,
  health: null,
  affected: { share: 0.4, dataCentres: 2 },
})
const source = { at, ok: true, failure: null }
const wall = {
  'GET /api/wall': () => ({ body: { account: 'Example', screen: { name: 'Hall' } } }),
  'GET /api/names': () => ({
    body: { names: Object.fromEntries(tunnelStates.map((state) => [state, `paris-${state}`])) },
  }),
}

test('axe finds nothing on the wall in every state, old news too', async () => {
  const statuses = Object.fromEntries(tunnelStates.map((state) => [state, statusOf(state)]))
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: { statuses, sources: { tunnels: source, health: source } } }) })
  const client = await show(<WallPage />)
  await expect.element(page.getByText('paris-down')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  const failed = { ...source, ok: false }
  fakeBff({ ...wall, 'GET /api/status': () => ({ body: { statuses, sources: { tunnels: failed, health: failed } } }) })
  await client.refetchQueries()
  await expect.element(page.getByText('Was down').first()).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('axe finds nothing on a wall that nobody has let in', async () => {
  const refused = () => problem('unauthenticated')
  fakeBff({ 'GET /api/wall': refused, 'GET /api/names': refused, 'GET /api/status': refused })
  await show(<WallPage />)
  await expect.element(page.getByText('This screen is not let in')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('axe finds nothing on the management of wall screens', async () => {
  const screen = { id: '1', name: 'Hall', by: 'ada@example.com', createdAt: at, linkUntil: null, lastSeenAt: at }
  const waiting = { ...screen, id: '2', name: 'Lobby', linkUntil: '2999-01-01T00:00:00Z', lastSeenAt: null }
  fakeBff({ 'GET /api/walls': () => ({ body: { screens: [screen, waiting] } }) })
  await show(<WallScreensPage />)
  await expect.element(page.getByRole('button', { name: 'Revoke Lobby' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

const dayMs = 86_400_000

/** A past of so many days with every state in it, changes and traffic. */
function pastOf(days: number): TunnelHistoryAnswer {
  const end = Date.parse(at)
  const moment = (share: number) => new Date(end - days * dayMs * (1 - share)).toISOString()
  const periods = tunnelStates.map((state, index) => ({
    state,
    reason: 'Health checks pass 0%',
    from: moment(index / tunnelStates.length),
    to: index + 1 < tunnelStates.length ? moment((index + 1) / tunnelStates.length) : null,
  }))
  return {
    from: moment(0),
    to: at,
    periods,
    changes: [{ at: moment(0.5), auditId: 'a', action: 'tunnel.update', by: 'ada@example.com', summary: 'Name' }],
    coverage: 0.9,
    uptime: 0.5,
    traffic: [0.1, 0.2, 0.3].map((share) => ({ at: moment(share), inBitRate: 1e6 * share, outBitRate: 2e6 })),
    older: { before: moment(0.1), isRefused: false },
  }
}

function Past() {
  const [days, setDays] = useState(1)
  return <HistoryPanel id={'a'.repeat(32)} days={days} onDaysChange={setDays} />
}

test('axe finds nothing on the timelines of a day, a week and a quarter, nor on their table', async () => {
  fakeBff({})
  const real = window.fetch
  const answers: number[] = [1, 7, 90]
  window.fetch = async (input, init) =>
    String(input).includes('/history') ? Response.json(pastOf(answers.shift() ?? 90)) : real(input, init)
  await show(<Past />)
  for (const span of ['24 hours', '7 days', '90 days']) {
    await press(span)
    await expect.element(page.getByRole('img', { name: /^Traffic/ })).toBeVisible()
    await expect.element(page.getByText(/^Reading/)).not.toBeInTheDocument()
    expect(await axeFindings()).toEqual([])
  }
  ;(page.getByText('Show as a table').element() as HTMLElement).click()
  expect(await axeFindings()).toEqual([])
})

test('axe finds nothing on planned work, announced or being announced', async () => {
  const tunnels = [{ id: 'a', name: 'paris-a' }]
  const work = {
    id: '1',
    tunnels,
    text: 'ISP work',
    by: 'ada@example.com',
    createdAt: at,
    until: '2999-01-01T00:00:00Z',
  }
  fakeBff({ 'GET /api/planned': () => ({ body: { works: [work] } }) })
  await show(
    <>
      <PlannedNotes id="a" />
      <PlanWorkDialog tunnels={tunnels} onClose={() => undefined} />
    </>,
  )
  await press('Announce')
  await expect.element(page.getByText(/Say what is done/)).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('axe finds nothing on the overview of the list with its details and the news', async () => {
  const kept = { at: '2026-11-19T17:02:00Z', trouble: {} }
  localStorage.setItem('last-looked 1', JSON.stringify(kept))
  const names = ['paris-a', 'paris-b', 'oslo-a', 'rome-a']
  await renderList(
    worldOf(
      names.map((name, n) => tunnelAt(n, { name })),
      { 1: 0.1, 2: 0.5 },
    ),
  )
  const overview = page.getByRole('region', { name: 'Overview' })
  await expect.element(overview.getByText(/Since you last looked/)).toBeVisible()
  await overview.getByRole('button', { name: 'Details' }).click()
  await expect.element(overview.getByText('only paris-a is up')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})
