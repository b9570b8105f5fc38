import type { Role } from '@tunnel-console/shared/access'
import type { StatusAnswer, TunnelListAnswer } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { noHistory, type TunnelStatus, tunnelStatus } from '@tunnel-console/shared/status'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { fakeBff, sessionOf, show as showWithin } from '../../test/bff.tsx'
import { ListBanners } from './list-banners.tsx'
import { StatusTab } from './status-tab.tsx'
import { tunnelAt } from './test-world.tsx'

const at = '2026-11-22T12:00:00.000Z'
const failure = { code: 'upstream-timeout', title: 'Cloudflare took too long to answer', causes: ['aborted'] }
const well = { at, ok: true, failure: null }
const list: TunnelListAnswer = {
  tunnels: [tunnelAt(1), tunnelAt(2), tunnelAt(3)],
  fetchedAt: at,
  stale: false,
  unreadable: 0,
  doubted: null,
  failure: null,
}

/** Nobody answers for one tunnel alone: what every page polls must do. */
function show(node: ReactNode, role: Role = 'operator') {
  fakeBff({})
  return showWithin(node, sessionOf(role))
}

const banners = (more: Partial<TunnelListAnswer>, health: StatusAnswer['sources']['health'] = well) => (
  <ListBanners
    list={{ ...list, ...more }}
    fetchedAt={at}
    sources={{ tunnels: well, health }}
    listError={null}
    statusError={null}
  />
)

const tab = (more: Partial<Parameters<typeof StatusTab>[0]>) => (
  <StatusTab
    tunnel={tunnelAt(1)}
    status={undefined}
    sources={undefined}
    isOld={false}
    problem={null}
    days={1}
    onDaysChange={() => undefined}
    {...more}
  />
)

const why = page.getByText('Why?').first()
const unfold = () => (why.element() as HTMLElement).click()

test('a list that is not believed is said to be doubted, with both numbers', async () => {
  await show(banners({ doubted: { tunnels: 1 } }))
  await expect.element(page.getByText('Cloudflare’s list suddenly holds 1 tunnel instead of 3.')).toBeVisible()
  await expect.element(page.getByText(/It is not believed until a second reading says the same/)).toBeVisible()
})

test('an old list says why one click away, down to the first cause', async () => {
  await show(banners({ stale: true, failure }))
  await expect.element(page.getByText('Cloudflare took too long to answer', { exact: false })).not.toBeVisible()
  unfold()
  await expect
    .element(page.getByText('Tunnel list: Cloudflare took too long to answer', { exact: false }))
    .toBeVisible()
  await expect.element(page.getByText('upstream-timeout ← aborted')).toBeVisible()
})

test.each([
  ['unreachable', 0],
  ['internal', 1],
] as const)('why a list is old is said once: after %s by %i banners of its own', async (code, banners) => {
  await show(
    <ListBanners list={list} fetchedAt={at} sources={undefined} listError={ProblemError.of(code)} statusError={null} />,
  )
  await expect.element(page.getByText(/This list is from/)).toBeVisible()
  expect(page.getByText(`${ProblemError.of(code).problem.title}.`).elements()).toHaveLength(banners)
})

test('so does health data that is missing', async () => {
  await show(banners({}, { at: null, ok: false, failure }))
  unfold()
  await expect.element(page.getByText('upstream-timeout ← aborted')).toBeVisible()
})

test('a reader without the whole configuration is not shown the chain of causes', async () => {
  await show(banners({ stale: true, failure }), 'support')
  await expect.element(page.getByText('Cloudflare is not answering.')).toBeVisible()
  await expect.element(why).not.toBeInTheDocument()
})

test.each<[name: string, props: Partial<Parameters<typeof StatusTab>[0]>, told: RegExp]>([
  [
    'a source that failed',
    {
      status: { state: 'unknown', reason: 'No health data', bgp: null, health: null, ...noHistory },
      sources: { tunnels: well, health: { at, ok: false, failure } },
    },
    /^Health data: Cloudflare took too long to answer/,
  ],
  [
    'a status that could not be read at all',
    { problem: ProblemError.of('unreachable').problem },
    /^Status: The console cannot be reached/,
  ],
])('from Unknown the reason is one click away: %s', async (_name, props, told) => {
  await show(tab(props))
  await expect.element(page.getByText(told).first()).not.toBeVisible()
  unfold()
  await expect.element(page.getByText(told).first()).toBeVisible()
})

test('what Cloudflare does not probe has no figure and no probe, whatever its analytics says', async () => {
  const tunnel = tunnelAt(1, { health_check: { enabled: false } })
  const status = tunnelStatus(tunnel, { score: 0, at }, new Date(at))
  await show(tab({ tunnel, status, sources: { tunnels: well, health: well } }))
  await expect.element(page.getByText('Not monitored', { exact: true })).toBeVisible()
  await expect.element(page.getByText('0%')).not.toBeInTheDocument()
  await expect.element(page.getByText(/from the tunnel list\.$/)).toBeVisible()
})

test('that a key is missing is told by the list, and not by health checks', async () => {
  const tunnel = tunnelAt(1, { psk_metadata: { last_generated_on: null } })
  const status = tunnelStatus(tunnel, { score: 0, at }, new Date(at))
  await show(tab({ tunnel, status, sources: { tunnels: well, health: well } }))
  await expect.element(page.getByText(/from the tunnel list\.$/)).toBeVisible()
})

test('a tunnel without health data has no "last data"', async () => {
  const status: TunnelStatus = { state: 'unknown', reason: 'No health data', bgp: null, health: null, ...noHistory }
  await show(tab({ status, sources: { tunnels: well, health: well } }))
  await expect.element(page.getByText('Neither health checks nor BGP have told anything yet.')).toBeVisible()
  await expect.element(page.getByText(/Last data/)).not.toBeInTheDocument()
})
