import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Answers, fakeBff, offline, press, problem, sessionOf, show } from '../../../test/bff.tsx'
import { branch, list, statuses, tunnelId } from '../test/world.ts'
import { EditTunnel } from './edit-tunnel.tsx'

const scheduled = (id: string) => ({
  status: 201,
  body: { job: { id, startsAt: '2999-02-03T03:00:00Z', createdAt: '2026-11-22T14:00:00Z' }, rows: [] },
})

async function review(answers: Answers, role: 'operator' | 'admin' = 'admin') {
  const sent = fakeBff({
    'GET /api/tunnels': () => list(branch),
    'GET /api/status': () => statuses({ [tunnelId]: 'up' }),
    'GET /api/tunnels/:id': () => ({ body: { tunnel: branch, version: 'v1', unknownFields: [] } }),
    'PUT /api/tunnels/:id?validate_only=true': () => ({ body: { valid: true, checkedAt: '2026-11-22T14:02:11Z' } }),
    ...answers,
  })
  const jobs: string[] = []
  await show(
    <EditTunnel
      tunnel={branch}
      version="v1"
      unknownFields={[]}
      onSaved={() => undefined}
      onScheduled={(id) => jobs.push(id)}
      onCancel={() => undefined}
      onCreateAgain={() => undefined}
    />,
    sessionOf(role),
  )
  const posts = () => sent.filter(({ what }) => what === 'POST /api/jobs')
  return { jobs, posts, sent }
}

const toReview = async () => {
  await press('Review changes')
  await expect.element(page.getByRole('heading', { name: 'Review 1 change' })).toBeVisible()
}
const later = page.getByRole('radio', { name: 'At a time' })
const startsAt = new Date('2999-02-03T04:00').toISOString()

test('a reviewed edit is scheduled on the version that was reviewed, with its undo and reason, and nothing else is sent', async () => {
  const { jobs, posts, sent } = await review({ 'POST /api/jobs': () => scheduled('the-job') })
  await page.getByLabelText('Customer endpoint').fill('203.0.113.99')
  await toReview()
  await page.getByRole('radio', { name: 'In 10 min' }).click()
  await later.click()
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await page.getByLabelText(/^Reason/).fill('CHG-7')
  const schedule = page.getByRole('button', { name: 'Schedule 1 change' })
  await expect.element(schedule).toHaveAccessibleDescription('Type the tunnel name first')
  await page.getByLabelText('Type the tunnel name to confirm').fill(branch.name)
  await press('Schedule 1 change')
  await expect.poll(() => jobs).toEqual(['the-job'])
  expect(posts().map(({ body }) => body)).toEqual([
    {
      kind: 'update',
      tunnels: [{ id: tunnelId, version: 'v1', customer_endpoint: '203.0.113.99' }],
      undoMinutes: 10,
      reason: 'CHG-7',
      startsAt,
    },
  ])
  expect(sent.map(({ what }) => what)).not.toContain('PUT /api/tunnels/:id')
})

test('a time that has passed closes the button, and what the console refuses is told with the review as it was', async () => {
  const errors = [{ pointer: '/startsAt', detail: 'This moment has passed', source: 'console' as const }]
  const { jobs } = await review({ 'POST /api/jobs': () => problem('invalid', { errors }) })
  await page.getByLabelText('Description').fill('A note')
  await toReview()
  await later.click()
  await page.getByLabelText('Start at').fill('2020-01-01T00:00')
  const schedule = page.getByRole('button', { name: 'Schedule 1 change' })
  await expect.element(schedule).toHaveAccessibleDescription('The start is not right')
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await press('Schedule 1 change')
  await expect.element(page.getByText('This moment has passed', { exact: true })).toBeVisible()
  await expect.element(page.getByLabelText('Start at')).toHaveValue('2999-02-03T04:00')
  expect(jobs).toEqual([])
})

test('a schedule whose answer was lost is asked for again by the same request, and nothing is applied meanwhile', async () => {
  let isLost = true
  const { jobs, posts } = await review({ 'POST /api/jobs': () => (isLost ? offline() : scheduled('the-job')) })
  await page.getByLabelText('Description').fill('A note')
  await toReview()
  await later.click()
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await press('Schedule 1 change')
  await expect.element(page.getByText(/It is not known whether this is scheduled\.$/)).toBeVisible()
  await page.getByRole('radio', { name: 'Now' }).click()
  const apply = page.getByRole('button', { name: 'Apply 1 change' })
  await expect.element(apply).toHaveAccessibleDescription('It is not known whether this is scheduled')
  isLost = false
  await press('Ask again')
  await expect.poll(() => jobs).toEqual(['the-job'])
  const [first, second] = posts()
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
})

test('an MD5 key cannot wait for a time, and the page says why', async () => {
  await review({})
  await page.getByRole('switch', { name: 'BGP', exact: true }).click()
  await page.getByLabelText('Customer ASN').fill('65001')
  await page.getByLabelText('MD5 key').fill('between-us')
  await press('Review changes')
  await expect.element(later).toHaveAttribute('aria-disabled', 'true')
  await expect.element(later).toHaveAccessibleDescription(/cannot wait: the console would have to keep it/)
})

test('whoever may not make jobs applies now and is offered no time', async () => {
  await review({}, 'operator')
  await page.getByLabelText('Description').fill('A note')
  await toReview()
  await expect.element(page.getByRole('button', { name: 'Apply 1 change' })).toBeVisible()
  await expect.element(later).not.toBeInTheDocument()
})
