import type { StatusAnswer } from '@tunnel-console/shared/api'
import { noHistory, type TunnelStatus } from '@tunnel-console/shared/status'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { dropFromTab } from '../../lib/tab-store.ts'
import { fakeBff, show } from '../../test/bff.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { WaitingPanel } from './waiting-panel.tsx'

beforeEach(() => dropFromTab('first-probes'))

/** Another tunnel for each test: what one has waited for is nothing to another. */
let made = 0
const tunnelOf = (more: { usesBgp?: boolean; isNew?: boolean } = {}) => ({
  id: (++made).toString(16).padStart(32, '0'),
  bgp: more.usesBgp
    ? { customer_asn: 65010, extra_prefixes: [], md5_key: '', import_filter_id: '', export_filter_id: '' }
    : null,
  created_on: more.isNew === false ? '2020-01-01T00:00:00Z' : new Date().toISOString(),
})

const probeAt = '2026-11-28T14:05:11Z'
const silent: TunnelStatus = {
  state: 'establishing',
  reason: 'New, no health check yet',
  bgp: null,
  health: null,
  ...noHistory,
}
const answered: TunnelStatus = {
  state: 'up',
  reason: 'Health checks pass 100%',
  bgp: null,
  health: { score: 1, at: probeAt },
  ...noHistory,
}
const bgp = (state: 'up' | 'establishing' | 'down', of: TunnelStatus): TunnelStatus => ({
  ...of,
  state: state === 'up' ? of.state : 'establishing',
  bgp: { state, word: state, updatedAt: state === 'up' ? '2026-11-28T14:06:12Z' : null },
})

/** Shows the panel, and gives what the next reading of the status says. */
async function watch(tunnel: ReturnType<typeof tunnelOf>, first: TunnelStatus, isOk = true) {
  let now = { status: first, isOk }
  const sent = fakeBff({
    'GET /api/status': () => {
      const source = { at: null, ok: now.isOk, failure: null }
      return {
        body: {
          statuses: { [tunnel.id]: now.status },
          sources: { tunnels: source, health: source },
        } satisfies StatusAnswer,
      }
    },
  })
  const client = await show(
    <>
      <Announcer />
      <WaitingPanel tunnel={tunnel} />
      <p>drawn</p>
    </>,
  )
  await expect.poll(() => client.getQueryData(['status'])).toBeTruthy()
  return {
    sent,
    next: async (status: TunnelStatus, ok = true) => {
      now = { status, isOk: ok }
      await client.refetchQueries({ queryKey: ['status'] })
    },
  }
}

const panel = page.getByRole('region', { name: 'Coming up' })
const words = () => page.getByRole('list', { name: 'Steps until it is up' }).element().textContent

test('a new tunnel is watched from the first key exchange over the first probe to BGP, by the status alone', async () => {
  const { next, sent } = await watch(tunnelOf({ usesBgp: true }), silent)
  await expect.element(panel.getByText(/^Waiting for the first key exchange…/)).toBeVisible()
  await expect.element(panel.getByText(/First results can take minutes/)).toBeVisible()
  await next(bgp('establishing', answered))
  await expect.element(panel.getByText(/^First probe answered (at|on) /)).toBeVisible()
  await expect.element(panel.getByText(/^BGP is being established…/)).toBeVisible()
  await expect.element(page.getByText('The tunnel is up')).not.toBeInTheDocument()
  await next(bgp('up', answered))
  await expect.element(panel.getByText(/^BGP up (at|on) /)).toBeVisible()
  await expect.element(panel.getByText('The tunnel is up')).toBeVisible()
  expect(new Set(sent.map(({ what }) => what))).toEqual(new Set(['GET /api/status']))
})

test('what comes is told to screen readers, politely and once', async () => {
  const { next } = await watch(tunnelOf(), silent)
  const said = () => document.querySelector('[role=status]')?.textContent
  expect(said()).toBe('')
  await next(answered)
  await expect.poll(said).toBe('The tunnel is up')
})

test('a probe that was answered before anybody looked is not called the first', async () => {
  await watch(tunnelOf({ usesBgp: true }), bgp('down', answered))
  await expect.element(panel.getByText(/^Probes are answered /)).toBeVisible()
  await expect.element(panel.getByText(/^Waiting for BGP…/)).toBeVisible()
  expect(words()).not.toContain('First probe')
})

test('a tunnel that was up from the beginning is no news', async () => {
  await watch(tunnelOf(), answered)
  await expect.element(page.getByText('drawn')).toBeVisible()
  await expect.element(panel).not.toBeInTheDocument()
})

test('figures whose source fails are believed for nothing: no first probe, and no up', async () => {
  const { next } = await watch(tunnelOf(), silent)
  await next(answered, false)
  await expect.element(panel.getByText(/There is no fresh status/)).toBeVisible()
  expect(words()).not.toMatch(/answered|is up/)
})

test('without a key, and without a health check, it says that there is nothing to wait for', async () => {
  const { next } = await watch(tunnelOf(), { ...silent, state: 'needs-key' })
  await expect.element(panel.getByText('There is no pre-shared key yet: nothing can come up.')).toBeVisible()
  await next({ ...silent, state: 'not-monitored' })
  await expect.element(panel.getByText(/^The health check is off/)).toBeVisible()
})

test('a tunnel that has worked for years does not wait for a first key exchange', async () => {
  const down: TunnelStatus = { state: 'down', reason: '', bgp: null, health: { score: 0, at: probeAt }, ...noHistory }
  const { next } = await watch(tunnelOf({ isNew: false }), down)
  await expect.element(panel.getByText(/^Waiting for a probe to be answered…/)).toBeVisible()
  await next({ ...down, state: 'degraded', reason: 'Health checks pass 60%', health: { score: 0.6, at: probeAt } })
  await expect.element(panel.getByText(/^First probe answered/)).toBeVisible()
  await expect.element(page.getByText('The tunnel is up')).not.toBeInTheDocument()
})
