import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createStore, useStore } from '../../../lib/store.ts'
import { type Answers, fakeBff, offline, press, problem, type Sent, show } from '../../../test/bff.tsx'
import { asked, emptyJob, lyon, owner, paris, version, world } from '../bulk/test-world.ts'
import { BulkDelete, type DeleteStep } from './bulk-delete.tsx'
import { keptDeleteDraft, startBulkDelete } from './delete-draft.ts'

beforeEach(() => page.viewport(1200, 900))

const step = createStore<DeleteStep>('check')
const started = createStore<readonly string[]>([])
const taken = createStore<readonly string[]>([])

/** The page comes anew with each, as after a reload. */
const visit = createStore(1)

function Page() {
  return <Visit key={useStore(visit)} />
}

function Visit() {
  const [draft] = useState(() => keptDeleteDraft(owner))
  return draft && <Shown start={draft} />
}

const Shown = ({ start }: Pick<Parameters<typeof BulkDelete>[0], 'start'>) => (
  <BulkDelete
    start={start}
    step={useStore(step)}
    onStep={step.set}
    onStarted={(id) => started.set([id])}
    onTaken={taken.set}
  />
)

const route = { id: 'r', prefix: '10.9.0.0/16', nexthop: '10.252.2.21', priority: 100, weight: null, description: '' }
const accepts = (sent: Sent) => ({ body: { results: asked(sent).map(() => ({ outcome: 'valid', version })) } })
const job = () => ({ status: 201, body: { job: { ...emptyJob, kind: 'delete' }, rows: [] } })

async function open(answers: Answers = {}) {
  step.set('check')
  started.set([])
  taken.set([])
  const calm = { ...lyon, interface_address: '10.252.9.8/31' }
  startBulkDelete(owner, [paris, calm])
  const sent = fakeBff({
    ...world({}),
    'GET /api/tunnels': () => ({
      body: { tunnels: [paris, calm], fetchedAt: '', stale: false, unreadable: 0, doubted: null, failure: null },
    }),
    'GET /api/addresses/routes': () => ({ body: { routes: [route], fetchedAt: null } }),
    'POST /api/plan': accepts,
    'POST /api/jobs': job,
    ...answers,
  })
  await show(<Page />)
  return (what: string) => sent.filter((one) => one.what === what)
}

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
const reads = (name: string, words: RegExp) => expect.poll(() => row(name).element().textContent).toMatch(words)
const goOn = async () => {
  await expect.element(page.getByRole('button', { name: 'Go on with 2' })).not.toHaveAttribute('aria-disabled')
  await press('Go on with 2')
  await expect.element(page.getByRole('heading', { name: 'Delete 2 tunnels' })).toBeVisible()
}

test('before many are deleted the page tells of each what hangs on it and what Cloudflare says', async () => {
  const sent = await open()
  await reads('paris-a', /No healthy tunnel is left for paris/)
  await reads('paris-a', /1 static route: 10\.9\.0\.0\/16/)
  await reads('paris-a', /Will be deleted/)
  await reads('lyon-a', /No static route/)
  await expect.element(row('lyon-a').getByText(/No healthy tunnel is left/)).not.toBeInTheDocument()
  await expect.element(page.getByText(/1 site has only one healthy tunnel/)).toBeVisible()
  expect(sent('POST /api/plan').map(({ body }) => body)).toEqual([
    { tunnels: [paris, lyon].map(({ id }) => ({ change: 'delete', id })) },
  ])
})

test('a typed count and a reason make one job of the versions that the dry run was about, now or at a time', async () => {
  const sent = await open()
  await goOn()
  const press2 = page.getByRole('button', { name: 'Delete 2 tunnels' })
  await expect.element(press2).toHaveAccessibleDescription('Type 2 first')
  await page.getByLabelText('Type 2 to confirm').fill('3')
  await expect.element(page.getByText('2 tunnels will be deleted')).toBeVisible()
  await page.getByLabelText('Type 2 to confirm').fill('2')
  await page.getByLabelText('Reason').fill('CHG-9')
  await expect.element(page.getByLabelText('Undo by itself')).not.toBeInTheDocument()
  await page.getByRole('radio', { name: 'At a time' }).click()
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await press('Schedule the deletion')
  await expect.poll(started.get).toEqual([emptyJob.id])
  expect(taken.get()).toEqual([paris.id, lyon.id])
  expect(keptDeleteDraft(owner)).toBeNull()
  expect(sent('POST /api/jobs').map(({ body }) => body)).toMatchObject([
    {
      kind: 'delete',
      tunnels: [
        { id: paris.id, version },
        { id: lyon.id, version },
      ],
      undoMinutes: null,
      reason: 'CHG-9',
      startsAt: new Date('2999-02-03T04:00').toISOString(),
    },
  ])
})

test('what Cloudflare refuses is taken out before one can go on, and a tunnel that is gone says so', async () => {
  const gone = problem('not-found').body
  await open({
    'POST /api/plan': () => ({
      body: {
        results: [
          { outcome: 'rejected', problem: gone },
          { outcome: 'valid', version },
        ],
      },
    }),
  })
  await reads('paris-a', /It was deleted meanwhile/)
  const next = page.getByRole('button', { name: 'Go on with 1' })
  await expect.element(next).toHaveAccessibleDescription('Remove 1 refused first')
  await press('Remove refused')
  await expect.element(row('paris-a')).not.toBeInTheDocument()
  await expect.element(next).not.toHaveAttribute('aria-disabled')
})

test('routes and states that cannot be read are never told as none', async () => {
  await open({
    'GET /api/addresses/routes': () => ({ body: { routes: null, fetchedAt: null } }),
    'GET /api/status': () => problem('upstream-unavailable'),
  })
  await reads('paris-a', /Not known/)
  await reads('paris-a', /Routes could not be read/)
  await expect.element(page.getByText(/nobody can say which sites hang on them/)).toBeVisible()
})

test('H6 a deletion whose answer was lost is asked for again after a reload: the same one, under the same key', async () => {
  let isLost = true
  const sent = await open({ 'POST /api/jobs': () => (isLost ? offline() : job()) })
  await goOn()
  await page.getByLabelText('Batch size').fill('7')
  await page.getByLabelText('Type 2 to confirm').fill('2')
  await press('Delete 2 tunnels')
  await expect.element(page.getByText(/^The answer was lost/)).toBeVisible()
  const asked = sent('POST /api/plan').length
  isLost = false
  visit.set((before) => before + 1)
  await expect.element(page.getByRole('heading', { name: '2 tunnels to delete' })).toBeVisible()
  await expect.element(page.getByText(/^The answer was lost/)).toBeVisible()
  expect(sent('POST /api/plan').length).toBe(asked)
  await press('Ask again')
  await expect.poll(started.get).toEqual([emptyJob.id])
  const [first, second] = sent('POST /api/jobs')
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
  expect(keptDeleteDraft(owner)).toBe(null)
})

test('a job whose answer was lost is asked for again by the same request', async () => {
  let isLost = true
  const sent = await open({ 'POST /api/jobs': () => (isLost ? offline() : job()) })
  await goOn()
  await page.getByLabelText('Type 2 to confirm').fill('2')
  await press('Delete 2 tunnels')
  await expect.element(page.getByText(/^The answer was lost/)).toBeVisible()
  isLost = false
  await press('Ask again')
  await expect.poll(started.get).toEqual([emptyJob.id])
  const keys = sent('POST /api/jobs').map(({ headers }) => headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(1)
})
