import type { Role } from '@tunnel-console/shared/access'
import { noHistory, type TunnelStatus } from '@tunnel-console/shared/status'
import type { TunnelHistoryAnswer, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { type VisibleTunnel, visibleTunnel } from '@tunnel-console/shared/visible'
import { useState } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { type Answers, fakeBff, problem, sessionOf, show } from '../../test/bff.tsx'
import { StatusTab } from './status-tab.tsx'
import { tunnelAt } from './test-world.tsx'

const tunnel = tunnelAt(7)
const at = '2026-11-28T14:00:00.000Z'
const status: TunnelStatus = {
  ...noHistory,
  state: 'down',
  reason: 'Health checks pass 0%',
  bgp: null,
  health: { score: 0, at },
  since: '2026-11-28T13:49:00.000Z',
  isSinceExact: true,
  affected: { share: 1, dataCentres: 1 },
}
const change = { at, auditId: 'entry-1', action: 'psk.generate', by: 'ada@example.com', summary: '' }
const standing: TunnelStatusAnswer = {
  status,
  dataCentres: [
    { code: 'AMS', city: 'Amsterdam', country: 'NL', isActive: true, score: 0, state: 'down', share: 1 },
    { code: 'NRT', city: 'Tokyo', country: 'JP', isActive: false, score: 1, state: 'up', share: 0 },
  ],
  cause: { rule: 'none', text: 'No rule matched.', because: ['BGP is not used'], next: [{ text: 'Ask the site.' }] },
  recovery: null,
  changes: [change],
  site: [
    { id: tunnelAt(8).id, name: 'site-0008', status: { ...status, state: 'up', reason: 'Health checks pass 100%' } },
  ],
  fetchedAt: at,
}
const history: TunnelHistoryAnswer = {
  from: '2026-11-27T14:00:00.000Z',
  to: at,
  periods: [{ state: 'down', reason: 'Health checks pass 0%', from: '2026-11-27T14:00:00.000Z', to: null }],
  changes: [],
  coverage: 1,
  uptime: 0,
  traffic: null,
  older: null,
}
const route = { id: '1', prefix: '10.29.0.0/16', nexthop: '10.252.0.15', priority: 100, weight: null, description: '' }

function Tab({ tunnel: shown, isOld }: { tunnel: VisibleTunnel; isOld: boolean }) {
  const [days, setDays] = useState(1)
  const standing = { status, sources: undefined, isOld, problem: null }
  return <StatusTab tunnel={shown} {...standing} days={days} onDaysChange={setDays} />
}

/** The tab over a BFF that answers these calls, and the moments that history was asked from. */
async function showTab(
  role: Role = 'operator',
  more: Answers = {},
  shown: VisibleTunnel = visibleTunnel(tunnel, role),
  answerHistory = async () => Response.json(history),
  isOld = false,
) {
  const sent = fakeBff({
    'GET /api/tunnels/:id/status': () => ({ body: standing }),
    'GET /api/tunnels/:id/routes': () => ({ body: { routes: [route] } }),
    ...more,
  })
  const real = window.fetch
  const days: number[] = []
  window.fetch = async (input, init) => {
    const url = new URL(String(input), location.origin)
    if (!url.pathname.endsWith('/history')) return real(input, init)
    days.push(Math.round((Date.now() - Date.parse(url.searchParams.get('from') ?? '')) / 86_400_000))
    return answerHistory()
  }
  await show(<Tab tunnel={shown} isOld={isOld} />, sessionOf(role))
  return { sent, days }
}

const region = (name: string) => page.getByRole('region', { name })

test('the tab holds what a responder needs: verdict, data centres, changes before, the other leg, both ends, key age, routes', async () => {
  await showTab()
  await expect.element(page.getByText('No rule matched.')).toBeVisible()
  await expect.element(region('Data centres').getByRole('row', { name: /Amsterdam AMS Down/ })).toBeVisible()
  await expect
    .element(region('Changed in the 30 minutes before'))
    .toMatchTextContent(/Key generated, by ada@example\.com.*Audit entry/)
  await expect.element(region('Other tunnels of this site').getByRole('link', { name: 'site-0008' })).toBeVisible()
  const ends = region('Both ends')
  await expect.element(ends).toMatchTextContent(/162\.159\.135\.10.*203\.0\.113\.7.*10\.252\.0\.14.*10\.252\.0\.15/)
  await expect.element(ends).toMatchTextContent(/KeySet\..*Generated/)
  await expect.element(ends.getByText('10.29.0.0/16')).toBeVisible()
})

test('what is too old to be news is nowhere told as news, and in words that can be read', async () => {
  await showTab('operator', {}, tunnel, undefined, true)
  const centres = region('Data centres')
  await expect.element(centres.getByRole('row', { name: /Amsterdam AMS Was down/ })).toBeVisible()
  await expect.element(centres.getByText(/^As it was then\. With traffic of yours: 1 down\.$/)).toBeVisible()
  const steps = region('Path through the tunnel').getByRole('listitem')
  await expect.element(steps.nth(3)).toMatchTextContent(/^Health checkThen: fails0% of the probes pass/)
})

test('history is asked for a day first, and for a week or a quarter on request', async () => {
  const { days } = await showTab()
  await expect.element(page.getByRole('slider', { name: 'States in time' })).toBeVisible()
  const quarter = page.getByRole('button', { name: '90 days' })
  await quarter.click()
  await expect.element(quarter).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => days).toEqual([1, 90])
})

test('support sees the ends and the other leg, and asks for no routes, key or audit entry', async () => {
  const { sent } = await showTab('support')
  await expect.element(region('Both ends')).toMatchTextContent(/203\.0\.113\.7/)
  await expect.element(region('Changed in the 30 minutes before')).toMatchTextContent(/Key generated/)
  await expect.element(page.getByRole('link', { name: 'Audit entry' })).not.toBeInTheDocument()
  await expect.element(page.getByText('Routes through it')).not.toBeInTheDocument()
  await expect.element(page.getByText('Generated', { exact: true })).not.toBeInTheDocument()
  expect(sent.map(({ what }) => what)).not.toContain('GET /api/tunnels/:id/routes')
})

test('where only the detail cannot be read, the verdict stays and says what is missing', async () => {
  await showTab('operator', { 'GET /api/tunnels/:id/status': () => problem('upstream-timeout') })
  await expect.element(page.getByText(/^Not known: Cloudflare took too long to answer/)).toBeVisible()
  await expect.element(page.getByText('Down', { exact: true }).first()).toBeVisible()
  await expect.element(region('Data centres')).not.toBeInTheDocument()
  await expect.element(region('History of its state')).toBeVisible()
})

test('a tunnel that is gone keeps its last verdict, without cause and pictures', async () => {
  await showTab('operator', { 'GET /api/tunnels/:id/status': () => problem('not-found') })
  await expect.element(region('History of its state')).not.toBeInTheDocument()
  await expect.element(page.getByText('Likely cause')).not.toBeInTheDocument()
  await expect.element(page.getByText('Down', { exact: true }).first()).toBeVisible()
})

test('the path is a list of steps, each with its word, why, and how old that is', async () => {
  await showTab()
  const steps = region('Path through the tunnel').getByRole('list', { name: 'Steps of the path' }).getByRole('listitem')
  expect(steps.elements()).toHaveLength(5)
  await expect.element(steps.nth(1)).toMatchTextContent(/^Key exchange \(IKE\)Not known.*API does not tell.*As of/)
  await expect.element(steps.nth(3)).toMatchTextContent(/^Health checkFails0% of the probes pass\.As of/)
  await expect.element(steps.nth(4)).toMatchTextContent(/^BGPNot used/)
})

test('while states and traffic are being read, the picture says so in words, and after ten seconds that it takes long', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const held = Promise.withResolvers<void>()
  await showTab('operator', {}, tunnel, async () => {
    await held.promise
    return Response.json(history)
  })
  const panel = region('History of its state')
  const reading = panel.getByRole('status').getByText(/^Reading 24 hours of states and traffic…$/)
  const late = panel.getByRole('status').getByText(/It takes longer than usual/)
  await expect.element(reading).toBeVisible()
  await expect.element(late).not.toBeInTheDocument()
  vi.setSystemTime(Date.now() + 10_000)
  await expect.element(late).toBeVisible()
  held.resolve()
  await expect.element(late).not.toBeInTheDocument()
})

test('H11 an answer that one panel cannot draw takes that panel alone', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => told.mockRestore())
  await showTab('support', { 'GET /api/tunnels/:id/status': () => ({ body: { ...standing, dataCentres: [null] } }) })
  await expect.element(page.getByText('“Data centres” cannot be shown')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Both ends' })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'History of its state' })).toBeVisible()
  await expect.element(page.getByText('No rule matched.')).toBeVisible()
})
