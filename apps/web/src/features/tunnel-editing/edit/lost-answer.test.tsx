import type { OutcomeAnswer } from '@tunnel-console/shared/api'
import { ProblemError } from '@tunnel-console/shared/problem'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { outcomePollMs } from '../../../data/outcome.ts'
import { type Answer, fakeBff, offline, press, problem, show } from '../../../test/bff.tsx'
import { branch, list, outcomes } from '../test/world.ts'
import { EditTunnel } from './edit-tunnel.tsx'

const lost = () =>
  problem('outcome-unknown', { detail: 'The connection broke.', requestId: 'request-1', ray: '8f1-CDG' })
const saved = { ...branch, description: 'A note' }
const timeout = ProblemError.of('upstream-timeout', { detail: 'No answer in 30 s.' }).problem

const apply = page.getByRole('button', { name: 'Apply 1 change' })
const panel = page.getByRole('region', { name: 'Unknown outcome' })
const footer = page.getByRole('status').filter({ hasText: /\S/ }).last()

/** Applies one change whose first answer is lost. `told` answers what became of it. */
async function loseAnAnswer(told: Record<string, () => Answer>, put: () => Answer = lost) {
  const sent = fakeBff({
    'GET /api/tunnels': () => list(branch),
    'GET /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v1', unknownFields: [] } }),
    'PUT /api/tunnels/:id?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
    'PUT /api/tunnels/:id': put,
    ...told,
  })
  const ended: string[] = []
  await show(
    <EditTunnel
      tunnel={branch}
      version="v1"
      unknownFields={[]}
      onSaved={({ name }) => ended.push(name)}
      onScheduled={() => undefined}
      onCancel={() => undefined}
      onCreateAgain={() => undefined}
    />,
  )
  await page.getByLabelText('Description').fill('A note')
  await press('Review changes')
  await expect.element(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
  await press('Apply 1 change')
  const of = (what: string) => sent.filter((one) => one.what === what)
  return { ended, puts: () => of('PUT /api/tunnels/:id'), asked: () => of('POST /api/changes/outcome') }
}

const unknown: OutcomeAnswer = {
  outcome: 'unknown',
  problem: ProblemError.of('outcome-unknown').problem,
  auditId: 'entry-7',
}

/** The page says one thing only: nothing that contradicts an outcome that nobody knows. */
async function saysUnknownAndNothingElse() {
  await expect.element(panel.getByText('We do not know yet whether this was saved')).toBeVisible()
  await expect.element(footer).toHaveTextContent('We do not know yet whether this was saved')
  expect(document.body.textContent).not.toMatch(/Nothing was changed|Cloudflare accepts|try again|Saved/)
  await expect.element(apply).toHaveAccessibleDescription('Wait until it is known whether it was saved')
  await expect.element(page.getByText('Wait until it is known whether it was saved').last()).toBeVisible()
}

test('U21 a lost answer is watched, and the page turns by itself when it is known to be saved', async () => {
  const applied: OutcomeAnswer = { outcome: 'applied', tunnel: saved, version: 'v2' }
  const { ended, puts, asked } = await loseAnAnswer(outcomes({ outcome: 'running' }, unknown, applied))
  await expect.element(panel.getByText('The console is still carrying it out.')).toBeVisible()
  await saysUnknownAndNothingElse()
  await expect
    .element(panel.getByText(/^It is not known yet\. It stays watched/), { timeout: 2 * outcomePollMs })
    .toBeVisible()
  await expect.element(panel.getByText(/^Since .+, for \d+ s\. Last checked/)).toBeVisible()
  await saysUnknownAndNothingElse()
  await press('Apply 1 change')
  await expect.poll(() => ended, { timeout: 2 * outcomePollMs }).toEqual(['branch-07'])
  expect(puts()).toHaveLength(1)
  expect(asked()).toHaveLength(3)
  const key = puts()[0]?.headers.get('idempotency-key')
  expect(
    asked().map(({ body, headers }) => [body, headers.get('x-tunnel-console'), headers.get('content-type')]),
  ).toEqual(asked().map(() => [{ key }, '1', 'application/json']))
})

test('U21 what is known not to be saved says why, and can be sent again as a new request', async () => {
  const answers = [lost(), { body: { tunnel: saved, version: 'v2', unknownFields: [] } }]
  const put = () => answers.shift() ?? problem('internal')
  const { ended, puts } = await loseAnAnswer(outcomes({ outcome: 'not-applied', problem: timeout }), put)
  await expect.element(page.getByText('Nothing was changed. Cloudflare took too long to answer')).toBeVisible()
  await expect.element(page.getByText('No answer in 30 s.')).toBeVisible()
  await expect.element(panel).not.toBeInTheDocument()
  expect(document.body.textContent).not.toContain('We do not know')
  await press('Apply 1 change')
  await expect.poll(() => ended).toEqual(['branch-07'])
  const [first, second] = puts().map(({ headers }) => headers.get('idempotency-key'))
  expect(second).not.toBe(first)
})

test('what never arrived is given up, says so, and can be sent again', async () => {
  await loseAnAnswer(outcomes({ outcome: 'closed' }))
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  await expect.element(panel).not.toBeInTheDocument()
  await expect.element(apply).not.toHaveAttribute('aria-disabled')
})

test('without a connection nothing is concluded, and the next answer counts', async () => {
  let ask: () => Answer = offline
  const { ended } = await loseAnAnswer({ 'POST /api/changes/outcome': () => ask() }, offline)
  await expect.element(panel.getByText(/^It could not be checked: The console cannot be reached\./)).toBeVisible()
  await saysUnknownAndNothingElse()
  ask = () => ({ body: { outcome: 'applied', tunnel: saved, version: 'v2' } })
  await press('Check now')
  await expect.poll(() => ended).toEqual(['branch-07'])
})

test('why nobody knows is one click away: words, codes, ids and the audit entry', async () => {
  const causes = ['upstream-timeout']
  const told: OutcomeAnswer = { ...unknown, problem: { ...timeout, code: 'outcome-unknown', causes, ray: '8f1-CDG' } }
  await loseAnAnswer(outcomes(told))
  await expect.element(panel.getByText(/^It is not known yet/)).toBeVisible()
  await expect.element(panel.getByText('No answer in 30 s.', { exact: false })).not.toBeVisible()
  ;(panel.getByText('Why?').element() as HTMLElement).click()
  await expect.element(panel.getByText('No answer in 30 s.', { exact: false })).toBeVisible()
  await expect.element(panel.getByText('outcome-unknown ← upstream-timeout')).toBeVisible()
  await expect.element(panel.getByText('8f1-CDG')).toBeVisible()
  await expect
    .element(panel.getByRole('link', { name: /^Audit entry/ }))
    .toHaveAttribute('href', '/audit?entry=entry-7')
})

test('a refusal that is found out later stands on its field', async () => {
  const errors = [{ pointer: '/description', detail: 'No such word', source: 'cloudflare' as const }]
  const rejected = ProblemError.of('rejected', { errors }).problem
  await loseAnAnswer(outcomes({ outcome: 'not-applied', problem: rejected }))
  await expect.element(page.getByLabelText('Description')).toHaveAccessibleDescription(/No such word · Cloudflare/)
  await expect.element(page.getByLabelText('Description')).toHaveValue('A note')
})

test('H1 a conflict that is found out later is merged like any other', async () => {
  const conflict = ProblemError.of('conflict', { current: { ...branch, name: 'theirs' }, version: 'v2' }).problem
  await loseAnAnswer(outcomes({ outcome: 'not-applied', problem: conflict }))
  await expect.element(page.getByRole('dialog', { name: 'Someone else changed this tunnel' })).toBeVisible()
})

test('a word of a newer console is not taken for an end', async () => {
  const { ended } = await loseAnAnswer(outcomes({ outcome: 'half-done' } as unknown as OutcomeAnswer))
  await expect.element(panel.getByText(/^It is not known yet/)).toBeVisible()
  await saysUnknownAndNothingElse()
  expect(ended).toEqual([])
})

test('an earlier change that is not settled yet keeps what was typed, and offers another try when it is time', async () => {
  const answers = [problem('unsettled', { detail: 'The change of 14:02 is still watched.', retryAfter: 1 })]
  const put = () => answers.shift() ?? { body: { tunnel: saved, version: 'v2', unknownFields: [] } }
  const { ended, puts } = await loseAnAnswer({}, put)
  await expect
    .element(page.getByText('Nothing was changed. An earlier change to this tunnel is not settled yet'))
    .toBeVisible()
  await expect.element(page.getByText('Try again in 1 s.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Try again' }), { timeout: 3000 }).toBeVisible()
  await press('Try again')
  await expect.poll(() => ended).toEqual(['branch-07'])
  expect(puts().map(({ body }) => body)).toEqual([{ description: 'A note' }, { description: 'A note' }])
})

test('U21 Check now that finds that it was not saved leaves nothing on the page that says otherwise', async () => {
  await loseAnAnswer(outcomes(unknown, { outcome: 'closed' }))
  await saysUnknownAndNothingElse()
  await press('Check now')
  await expect.element(page.getByText('It never arrived, and will be refused if it still does.')).toBeVisible()
  expect(document.body.textContent).not.toContain('We do not know')
  await expect.poll(() => footer.element().textContent).toContain('Cloudflare accepts this. Nothing has been saved.')
  await expect.element(apply).not.toHaveAttribute('aria-disabled')
})
