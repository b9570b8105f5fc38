import type { Role } from '@tunnel-console/shared/access'
import { ProblemError } from '@tunnel-console/shared/problem'
import { noHistory, type TunnelStatus } from '@tunnel-console/shared/status'
import type { Cause, DataCentreHealth, TunnelStatusAnswer } from '@tunnel-console/shared/status-answers'
import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { timesInUtc } from '../../../lib/times-in-utc.ts'
import { fakeBff, sessionOf, show } from '../../../test/bff.tsx'
import { DataCentres } from './data-centres.tsx'
import { VerdictCard } from './verdict-card.tsx'

const id = '7'.padStart(32, '0')
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const clock = (at: string) => `${at.slice(11, 16)} UTC`

const down: TunnelStatus = {
  ...noHistory,
  state: 'down',
  reason: 'Health checks pass 0%',
  bgp: null,
  health: { score: 0, at: minutesAgo(0) },
  since: minutesAgo(11),
  isSinceExact: true,
  affected: { share: 0.38, dataCentres: 2 },
}
const cause: Cause = {
  rule: 'probes-filtered',
  text: 'Checks fail while BGP is up.',
  because: ['BGP is up, and it runs inside the tunnel'],
  next: [{ text: 'Set the health check type to Request.', patch: { health_check: { type: 'request' } } }],
}
const answer: TunnelStatusAnswer = {
  status: down,
  dataCentres: [],
  cause,
  recovery: null,
  changes: [],
  site: [],
  fetchedAt: minutesAgo(0),
}

interface Shown {
  status?: Partial<TunnelStatus>
  detail?: Partial<TunnelStatusAnswer> | null
  role?: Role
  isOld?: boolean
}

/** The card of a tunnel that is down, but for what is said. `detail: null`: it could not be read. */
async function showCard({ status = {}, detail = {}, role = 'operator', isOld = false }: Shown) {
  timesInUtc.set(true)
  onTestFinished(() => timesInUtc.set(false))
  const now = { ...down, ...status }
  const read = detail && { ...answer, status: now, ...detail }
  const problem = read ? null : ProblemError.of('upstream-timeout').problem
  await show(
    <VerdictCard
      tunnelId={id}
      status={now}
      sources={undefined}
      isOld={isOld}
      problem={null}
      detail={{ answer: read ?? undefined, problem }}
    />,
    sessionOf(role),
  )
}

const line = (label: string) => page.getByRole('term').filter({ hasText: label }).element().nextElementSibling
const card = page.getByText(/^Down|^Was down|^Unknown|^Recovering/).first()

test('four lines: the state since when, whether it hurts, the likely cause, the next step with its change', async () => {
  await showCard({})
  await expect.element(page.getByText(`since ${clock(down.since ?? '')} (11 min)`)).toBeVisible()
  expect(line('Affects traffic')).toHaveTextContent(
    'Yes: 2 data centres that carried your traffic are not up, with 38% of it.',
  )
  expect(line('Likely cause')).toMatchTextContent(/^Checks fail while BGP is up\./)
  expect(line('Next')).toMatchTextContent(/^Set the health check type to Request\./)
  await expect
    .element(page.getByRole('link', { name: 'Prepare this change' }))
    .toHaveAttribute('href', `/tunnels/${id}/edit?prepare=probe-by-request`)
})

test('why we think so is one click away', async () => {
  await showCard({})
  const why = page.getByText('BGP is up, and it runs inside the tunnel')
  await expect.element(why).not.toBeVisible()
  ;(page.getByText('Why we think so').element() as HTMLElement).click()
  await expect.element(why).toBeVisible()
})

test('where nobody measured what was before, it is so at least since then', async () => {
  await showCard({ status: { isSinceExact: false } })
  await expect.element(page.getByText(/^at least since/)).toBeVisible()
})

test.each<[effect: string, affected: TunnelStatus['affected'], state: TunnelStatus['state']]>([
  ['No: every data centre that carries your traffic is up.', { share: 0, dataCentres: 0 }, 'up'],
  [
    'No: 1 data centre that carried your traffic is not up, and carries none of it now.',
    { share: 0, dataCentres: 1 },
    'degraded',
  ],
  ['Probably: 1 data centre that carried your traffic is not up.', { share: null, dataCentres: 1 }, 'down'],
  ['Yes: nothing passes through a tunnel without a key.', null, 'needs-key'],
  ['Not known: nothing is measured while the health check is off.', null, 'not-monitored'],
  ['Not known: there is no health data to tell it from.', null, 'unknown'],
])('the effect on traffic is told: %s', async (effect, affected, state) => {
  await showCard({ status: { affected, state }, detail: { cause: null } })
  await expect.poll(() => line('Affects traffic')?.textContent).toContain(effect)
})

test('Unknown says what it was, when, and from where', async () => {
  await showCard({
    status: {
      state: 'unknown',
      reason: 'Health data is too old',
      health: { score: 1, at: minutesAgo(6) },
      affected: null,
      was: { state: 'up', at: minutesAgo(6) },
    },
    detail: { cause: null },
  })
  await expect.element(page.getByText(/^It was Up, 6 min ago\.$/)).toBeVisible()
  await expect.element(page.getByText(/^Last data 6 min ago, source: health checks\.$/)).toBeVisible()
})

test('the clock of a recovery says until when Cloudflare waits at least', async () => {
  const recovery = { passingSince: minutesAgo(2), earliest: minutesAgo(-3) }
  await showCard({ status: { state: 'recovering' }, detail: { recovery, cause: null } })
  await expect
    .poll(() => line('Recovery')?.textContent)
    .toBe(
      `Checks pass since ${clock(recovery.passingSince)}; Cloudflare waits at least until ${clock(recovery.earliest)}, and up to half an hour.`,
    )
})

test('announced work stands beside the state', async () => {
  const until = minutesAgo(-60)
  await showCard({ status: { planned: { until, text: 'ISP work', by: 'ada@example.com' } } })
  await expect.element(page.getByText(/^Down, planned until .*UTC,$/)).toBeVisible()
})

test('a cause that is over at some time says when, as the reader wants times', async () => {
  const until = minutesAgo(-60)
  await showCard({ detail: { cause: { ...cause, text: 'Planned work: “ISP work”.', until } } })
  await expect
    .poll(() => line('Likely cause')?.querySelector('p')?.textContent)
    .toMatch(/^Planned work: “ISP work”\. It goes on until .*UTC\.$/)
  expect(line('Likely cause')?.querySelector('time')).toHaveAttribute('datetime', until)
})

test('a cause that cannot be read is said to be missing, and the state stays', async () => {
  await showCard({ detail: null })
  await expect.poll(() => line('Likely cause')?.textContent).toMatch(/^Not known: Cloudflare took too long to answer/)
  await expect.element(card).toBeVisible()
})

test('a tunnel that is up as a whole tells what its mean hides, and what to do', async () => {
  const hidden = { rule: 'hidden-loss', text: 'Checks from Chicago (ORD) fail.', because: ['Up: MIA'] }
  const next = [{ text: 'Ask the site’s provider.' }]
  const status = { state: 'up' as const, affected: { share: 0.339, dataCentres: 1 } }
  await showCard({ status, detail: { cause: { ...hidden, next } } })
  await expect.poll(() => line('Affects traffic')?.textContent).toMatch(/^Yes: 1 data centre .* 33\.9% of it\.$/)
  expect(line('Likely cause')).toMatchTextContent(/^Checks from Chicago \(ORD\) fail\..*Why we think so/)
  expect(line('Next')).toMatchTextContent(/^Ask the site’s provider\.$/)
})

test('a cause of another state than the one shown is not shown', async () => {
  await showCard({ detail: { status: { ...down, state: 'up' } } })
  await expect.element(card).toBeVisible()
  await expect.element(page.getByText('Likely cause')).not.toBeInTheDocument()
})

test('old news says so before what was known then', async () => {
  await showCard({ isOld: true })
  await expect.element(page.getByText('Was down')).toBeVisible()
  await expect.element(page.getByText('What follows was known then.')).toBeVisible()
})

test('support reads the advice and whom to ask, and is offered no change', async () => {
  const next = [{ text: 'Set the health check type to Request.', needs: 'tunnel.update' as const }]
  await showCard({ role: 'support', detail: { cause: { ...cause, next } } })
  expect(line('Next')).toMatchTextContent(
    /^Set the health check type to Request\. ?Editing needs Operator\. Ask: Ada Admin \(ada@example\.com\)\.$/,
  )
  await expect.element(page.getByRole('link', { name: 'Prepare this change' })).not.toBeInTheDocument()
})

test('a change that may be the cause leads to the form with what was there before it', async () => {
  const versions = [
    {
      seq: 12,
      tunnelId: id,
      name: 'x',
      at: minutesAgo(15),
      by: 'ada@example.com',
      auditId: 'entry-1',
      before: {},
      after: {},
    },
  ]
  fakeBff({ 'GET /api/tunnels/:id/versions': () => ({ body: { versions } }) })
  await showCard({ detail: { cause: { ...cause, next: [{ text: 'Compare.', restore: 'entry-1' }] } } })
  await expect
    .element(page.getByRole('link', { name: 'Compare and restore' }))
    .toHaveAttribute('href', `/tunnels/${id}/edit?restore=12&side=before`)
})

const centre = (code: string, state: DataCentreHealth['state'], isActive: boolean): DataCentreHealth => ({
  code,
  city: '',
  country: '',
  isActive,
  score: state === 'up' ? 1 : 0,
  state,
  share: isActive ? 0.5 : 0,
})

test('a tunnel whose health check is off has no data centre that is down', async () => {
  await show(<DataCentres dataCentres={[centre('AMS', 'down', true)]} isChecked={false} isOld={false} />)
  await expect.element(page.getByText('No data centre probes it while the health check is off.')).toBeVisible()
  expect(page.getByRole('table').elements()).toHaveLength(0)
})

test('data centres with traffic come first with how they are spread, and the rest on request', async () => {
  const dataCentres = [centre('AMS', 'up', true), centre('FRA', 'down', true), centre('NRT', 'degraded', false)]
  await show(<DataCentres dataCentres={dataCentres} isChecked isOld={false} />)
  await expect.element(page.getByText('With traffic of yours: 1 up, 1 down.')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Data centres' }).getByRole('row')
  expect(rows.elements()).toHaveLength(3)
  await page.getByRole('button', { name: 'Show 1 without traffic' }).click()
  await expect
    .poll(() => rows.elements().map((row) => row.textContent))
    .toContainEqual(expect.stringMatching(/NRT.*Degraded/))
})

test.each<[share: number | null, words: string]>([
  [null, 'Carried traffic of yours within the last six hours: 2 down. How much each carries now is not known.'],
  [0, 'Carried traffic of yours within the last six hours, and none now: 2 down.'],
  [0.5, 'With traffic of yours: 2 down.'],
])('what is known of the traffic of data centres is said, and no more: a share of %s', async (share, words) => {
  const dataCentres = ['AMS', 'FRA'].map((code) => ({ ...centre(code, 'down', true), share }))
  await show(<DataCentres dataCentres={dataCentres} isChecked isOld={false} />)
  await expect.element(page.getByText(words, { exact: true })).toBeVisible()
})
