import type { TunnelState } from '@tunnel-console/shared/status'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { asked, renderList, tunnelAt, worldOf } from '../test-world.tsx'
import { placesByName, rowsByName } from '../tunnel-rows.ts'
import { newsSince } from './last-looked.ts'

const overview = page.getByRole('region', { name: 'Overview' })
const called = (...names: string[]) => names.map((name, n) => tunnelAt(n, { name }))

beforeEach(async () => {
  localStorage.clear()
  await page.viewport(1200, 800)
})

test('one quiet line while all is well', async () => {
  await renderList(worldOf(called('paris-a', 'paris-b')))
  await expect.element(overview.getByText('All 2 tunnels are up.')).toBeVisible()
  expect(overview.getByRole('button').elements()).toHaveLength(0)
})

test('what nobody measures is told and never up', async () => {
  const { tunnels, statuses } = worldOf([tunnelAt(0), tunnelAt(1, { health_check: { enabled: false } })])
  await renderList({ tunnels, statuses })
  await expect.element(overview.getByText('Nothing is known to be in trouble; 1 not monitored.')).toBeVisible()
})

test('a site with one leg left and the worst tunnels are told, and a site filters the list', async () => {
  await renderList(worldOf(called('paris-a', 'paris-b', 'oslo-a'), { 1: 0.1, 2: 0.5 }))
  await expect
    .element(overview.getByText('2 tunnels in trouble, 1 site with one leg left, 1 site with nothing up.'))
    .toBeVisible()
  await overview.getByRole('button', { name: 'Details' }).click()
  await expect.element(overview.getByText('only paris-a is up')).toBeVisible()
  expect(
    overview
      .getByRole('link')
      .elements()
      .map((link) => link.textContent),
  ).toEqual(['paris-b', 'oslo-a'])
  await overview.getByRole('button', { name: 'paris' }).click()
  await expect.poll(() => asked.get()?.q).toBe('site:"paris"')
})

test('since when is told as at least, where nobody measured what was before, and announced trouble as that', async () => {
  const world = worldOf(called('paris-a', 'paris-b', 'oslo-a'), { 1: 0.1, 2: 0.1 })
  const [, worst, excused] = Object.values(world.statuses)
  if (!worst || !excused) throw new Error('No status')
  Object.assign(worst, { since: new Date(Date.now() - 30 * 3_600_000).toISOString(), isSinceExact: false })
  excused.planned = { text: 'ISP work', until: '2999-01-01T00:00:00Z', by: 'ada@example.com' }
  await renderList(world)
  await expect.element(overview.getByText(/^1 tunnel in trouble, 1 tunnel in planned work, /)).toBeVisible()
  await overview.getByRole('button', { name: 'Details' }).click()
  await expect.element(overview.getByText('down for ≥ 1 d')).toBeVisible()
})

test('status that is too old is no overview', async () => {
  const world = worldOf(called('paris-a', 'paris-b'), { 1: 0.1 })
  const poll = await renderList(world)
  poll(world, true)
  await expect.element(overview.getByText('The status is too old for an overview.')).toBeVisible()
  expect(overview.getByRole('button').elements()).toHaveLength(0)
})

const before = '2026-11-19T17:02:00Z'
const tunnels = called('paris-a', 'paris-b', 'oslo-a')
const keep = (at: string, trouble: Record<string, TunnelState>) =>
  localStorage.setItem('last-looked 1', JSON.stringify({ at, trouble }))

test('since somebody last looked: what went down, recovered and was changed, until it is put away', async () => {
  keep(before, { [tunnels[0]?.id ?? '']: 'down' })
  await renderList(worldOf(tunnels, { 1: 0.1 }))
  const line = overview.getByText(/Since you last looked/)
  await expect.element(line).toBeVisible()
  expect(overview.element().textContent).toMatch(/1 went down \(paris-b\), 1 recovered \(paris-a\), 3 changed/)
  await overview.getByRole('button', { name: 'Put away what changed since you last looked' }).click()
  await expect.element(line).not.toBeInTheDocument()
  await expect.element(overview).toHaveFocus()
  const kept: unknown = JSON.parse(localStorage.getItem('last-looked 1') ?? '{}')
  expect(kept).toMatchObject({ trouble: { [tunnels[1]?.id ?? '']: 'down' } })
})

test('whoever was here a moment ago is told nothing', async () => {
  keep(new Date(Date.now() - 60_000).toISOString(), {})
  await renderList(worldOf(tunnels, { 1: 0.1 }))
  await expect.element(overview.getByText(/1 tunnel in trouble|2 tunnels in trouble/)).toBeVisible()
  expect(overview.getByText(/Since you last looked/).elements()).toHaveLength(0)
})

test('what is unknown now has neither recovered nor gone down', () => {
  const [tunnel] = called('paris-a').map((one) => ({ ...one, modified_on: before }))
  if (!tunnel) throw new Error('No tunnel')
  const status = worldOf([tunnel]).statuses[tunnel.id]
  if (!status) throw new Error('No status')
  const rows = rowsByName(placesByName([tunnel]), { [tunnel.id]: { ...status, state: 'unknown' } }, false)
  expect(newsSince({ at: before, trouble: new Map([[tunnel.id, 'down']]) }, rows)).toBeNull()
})
