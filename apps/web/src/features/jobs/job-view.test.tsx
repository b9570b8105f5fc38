import { useQuery } from '@tanstack/react-query'
import type { JobAnswer, JobRow } from '@tunnel-console/shared/jobs'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { jobQuery } from '../../data/jobs.ts'
import { createStore } from '../../lib/store.ts'
import { type Answers, fakeBff, press, problem, sessionOf, show } from '../../test/bff.tsx'
import { Announcer } from '../../ui/announcer.tsx'
import { jobCsv } from './job-csv.ts'
import { JobView } from './job-view.tsx'
import { JobsAhead } from './jobs-ahead.tsx'
import { RunningJob } from './running-job.tsx'
import { jobId, jobOf } from './test-world.ts'
import { jobLook, jobTitle } from './words.ts'

beforeEach(() => page.viewport(1200, 800))

const restored = createStore<readonly JobRow[]>([])

function Page() {
  const { data } = useQuery(jobQuery(jobId))
  return (
    <>
      {data && <JobView answer={data} onRestore={restored.set} />}
      <Announcer />
    </>
  )
}

const at = `GET /api/jobs/${jobId}`
const open = async (answer: () => JobAnswer, more: Answers = {}, session = sessionOf('admin')) => {
  const sent = fakeBff({ [at]: () => ({ body: answer() }), 'GET /api/jobs': () => ({ body: { jobs: [] } }), ...more })
  await show(<Page />, session)
  return sent
}

const bar = page.getByRole('progressbar', { name: 'Progress' })
const button = (name: string) => page.getByRole('button', { name, exact: true })

test('progress is told in numbers and words, and the counts are filters', async () => {
  await open(() => jobOf(['done', 'done', 'refused', 'unknown', 'waiting']))
  await expect.element(bar).toHaveAttribute('aria-valuenow', '4')
  await expect.element(bar).toHaveAttribute('aria-valuemax', '5')
  await expect.element(bar).toHaveAttribute('aria-valuetext', '4 of 5 · 2 changed, 1 refused, 1 unknown')
  await button('Refused 1').click()
  await expect.element(page.getByRole('link', { name: 'branch-3', exact: true })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'branch-1', exact: true })).not.toBeInTheDocument()
  await expect.element(page.getByText('too fast')).toBeVisible()
})

test('before it begins each row tells old and new as they are now, and says what is so already', async () => {
  const { job, rows } = jobOf(['waiting', 'waiting'], { state: 'scheduled', startsAt: '2999-01-02T03:04:00Z' })
  const rate = { path: 'health_check.rate', label: 'Health check rate', before: 'low', after: 'high', isAlready: false }
  const coming = [[rate], [{ ...rate, before: 'high', isAlready: true }]]
  await open(() => ({ job, rows: rows.map((row, n) => ({ ...row, changes: [], coming: coming[n] })) }))
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await expect.element(row('branch-1')).toMatchTextContent(/As it is now.*Health check rate: Low → +to High/)
  await expect.element(row('branch-2')).toMatchTextContent(/Health check rate: High, already so/)
  await expect.element(row('branch-2')).not.toMatchTextContent(/As it is now/)
})

test('every fifth row is announced, and each turn of the job', async () => {
  let answer = jobOf(['done', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
  await open(() => answer)
  await expect.element(bar).toHaveAttribute('aria-valuenow', '1')
  const news = page.getByRole('status')
  answer = jobOf(['done', 'done', 'done', 'done', 'done', 'waiting', 'waiting'])
  await expect.element(bar, { timeout: 6000 }).toHaveAttribute('aria-valuenow', '5')
  await expect.element(news).toHaveTextContent('')
  answer = jobOf(['done', 'done', 'done', 'done', 'done', 'done', 'waiting'])
  await expect.element(news, { timeout: 6000 }).toHaveTextContent('6 of 7: 6 changed')
  answer = jobOf(['done', 'done', 'done', 'done', 'done', 'done', 'done'], { state: 'done' })
  await expect.element(news, { timeout: 6000 }).toHaveTextContent('Done: 7 changed')
})

test('a job that runs can be paused and stopped; one that has paused says why and goes on', async () => {
  let answer = jobOf(['done', 'waiting'])
  const paused = jobOf(['done', 'refused', 'waiting'], { state: 'paused', why: 'branch-2 was refused: too fast' })
  const sent = await open(() => answer, {
    [`POST /api/jobs/${jobId}/pause`]: () => {
      answer = paused
      return { body: answer }
    },
    [`POST /api/jobs/${jobId}/resume`]: () => ({ body: answer }),
  })
  await expect.element(button('Stop')).toBeVisible()
  await press('Pause')
  await expect.element(page.getByText(/branch-2 was refused: too fast/)).toBeVisible()
  await expect.element(button('Pause')).not.toBeInTheDocument()
  await press('Resume')
  await expect.poll(() => sent.map(({ what }) => what)).toContain(`POST /api/jobs/${jobId}/resume`)
})

test('what cannot be done any more is told in place', async () => {
  const detail = 'This job has ended already.'
  await open(() => jobOf(['done', 'waiting']), {
    [`POST /api/jobs/${jobId}/stop`]: () => problem('not-now', { detail }),
  })
  await press('Stop')
  await expect
    .element(
      page
        .getByRole('alert')
        .getByText(/This job has ended already/)
        .first(),
    )
    .toBeInTheDocument()
})

test('a job that has ended offers what failed and what can be given back', async () => {
  await open(() => jobOf(['done', 'done', 'refused'], { state: 'done' }))
  await expect.element(button('Retry failed')).toBeVisible()
  await press('Restore all 2')
  expect(restored.get().map(({ name }) => name)).toEqual(['branch-1', 'branch-2'])
})

test('what was taken back is not told as done, and is not given back once more', async () => {
  const answer = jobOf(['done', 'done', 'done'], { state: 'done', undone: 2 })
  const rows = answer.rows.map((row) => ({ ...row, isUndone: row.position < 2 }))
  await open(() => ({ ...answer, rows }))
  await expect.element(bar).toHaveAttribute('aria-valuetext', '3 changed (2 undone since)')
  await expect.poll(() => page.getByText('Undone', { exact: true }).elements().length).toBe(2)
  expect(jobLook(answer.job).word).toBe('Undone in part')
  await press('Restore all 1')
  expect(restored.get().map(({ name }) => name)).toEqual(['branch-3'])
})

test('one that waits for its turn does not say that another runs', async () => {
  await open(() => jobOf(['waiting'], { state: 'waiting', startedAt: null }))
  await expect.element(page.getByText('It waits for its turn. One job of a kind runs at a time.')).toBeVisible()
})

test('one that waits for its time tells both zones, and is moved to another', async () => {
  const answer = jobOf(['waiting'], { state: 'scheduled', startsAt: '2999-01-02T03:00:00Z', startedAt: null })
  const sent = await open(() => answer, { [`PATCH /api/jobs/${jobId}`]: () => ({ body: answer }) })
  await expect.element(page.getByText(/\(local\), 2999-01-02 03:00:00 UTC/)).toBeVisible()
  await press('Change time')
  await page.getByLabelText('Start at').fill('2020-01-01T00:00')
  await expect.element(page.getByText(/This moment has passed/)).toBeVisible()
  await expect.element(button('Save time')).toHaveAccessibleDescription('Choose a moment that is to come')
  await page.getByLabelText('Start at').fill('2999-02-03T04:00')
  await press('Save time')
  const wanted = new Date('2999-02-03T04:00').toISOString()
  await expect.poll(() => sent.find(({ what }) => what.startsWith('PATCH'))?.body).toEqual({ startsAt: wanted })
  await expect.element(button('Start now')).toBeVisible()
  await expect.element(button('Cancel the job')).toBeVisible()
})

test('one that was missed says so and does not run by itself', async () => {
  await open(() => jobOf(['waiting'], { state: 'missed', startsAt: '2026-11-01T00:00:00Z', startedAt: null }))
  await expect.element(page.getByText('Its time passed while the console did not run')).toBeVisible()
  await expect.element(button('Start now')).toBeVisible()
})

test('an operator looks and does not steer', async () => {
  await open(() => jobOf(['done', 'refused', 'waiting'], { state: 'paused', why: 'why' }), {}, sessionOf('operator'))
  await expect.element(button('Download CSV')).toBeVisible()
  for (const name of ['Resume', 'Stop', 'Retry failed', 'Restore all 1']) {
    await expect.element(button(name)).not.toBeInTheDocument()
  }
})

test('S60 the file does nothing in a spreadsheet', () => {
  const answer = jobOf(['refused'])
  const [row] = answer.rows
  const rows = row ? [{ ...row, name: '=cmd|calc', problem: { code: 'rejected', detail: 'a "b", c' } }] : []
  const [heads, line] = jobCsv({ ...answer, rows }).split('\r\n')
  expect(heads).toBe('position,tunnel,tunnel_id,state,changes,problem,problem_code,audit_entry')
  expect(line).toContain(`1,"'=cmd|calc",`)
  expect(line).toContain('"a ""b"", c"')
})

test('the header shows the job that runs, on every page, and nobody asks who may not know', async () => {
  const running = jobOf(['done', 'running', 'waiting']).job
  const sent = fakeBff({
    'GET /api/jobs': () => ({ body: { jobs: [{ ...running, id: 'old', state: 'done' }, running] } }),
  })
  await show(<RunningJob />)
  await expect.element(page.getByRole('link', { name: 'Bulk edit: 1 of 3' })).toHaveAttribute('href', `/jobs/${jobId}`)
  const before = sent.length
  await show(<RunningJob />, sessionOf('support'))
  expect(sent).toHaveLength(before)
})

test('a tunnel’s page tells of the changes that wait for their time, of those that missed it, and of no others', async () => {
  const id = '7'.padStart(32, '0')
  const at = '2999-01-02T03:00:00Z'
  const due = jobOf(['waiting'], { state: 'scheduled', startsAt: at, startedAt: null }).job
  expect(jobTitle({ ...due, name: 'paris-a' })).toBe('Edit of paris-a')
  const missed = { ...due, id: 'missed', kind: 'delete' as const, state: 'missed' as const }
  const queued = { ...due, id: 'queued', state: 'waiting' as const, startsAt: null }
  fakeBff({ [`GET /api/jobs?tunnel=${id}`]: () => ({ body: { jobs: [due, missed, queued] } }) })
  await show(<JobsAhead id={id} />, sessionOf('operator'))
  await expect.element(page.getByText('A change of this tunnel is scheduled')).toBeVisible()
  await expect.element(page.getByText(/2999-01-02 03:00:00 UTC/).first()).toBeVisible()
  await expect.element(page.getByText('A scheduled deletion of this tunnel was missed')).toBeVisible()
  const links = page.getByRole('link', { name: 'See the job' })
  expect(links.elements().map((link) => link.getAttribute('href'))).toEqual([`/jobs/${due.id}`, '/jobs/missed'])
})
