import { useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createStore } from '../../../lib/store.ts'
import { keepInTab } from '../../../lib/tab-store.ts'
import { type Answer, type Answers, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { Toaster } from '../../../ui/toaster.tsx'
import { keptBulkDraft } from './bulk-draft.ts'
import { BulkEdit } from './bulk-edit.tsx'
import { dropBulkDraft, startBulkEdit } from './bulk-start.ts'
import { emptyJob, lyon, owner, paris, world } from './test-world.ts'
import type { BulkStep } from './use-bulk-edit.ts'

const started = createStore<string | null>(null)
const taken = createStore<readonly string[]>([])
afterEach(() => {
  dropBulkDraft()
  started.set(null)
  taken.set([])
})

function Page() {
  const [step, setStep] = useState<BulkStep>('choose')
  const [draft] = useState(() => keptBulkDraft(owner))
  const ends = { onStarted: started.set, onTaken: taken.set, onRestore: () => undefined }
  return draft && <BulkEdit start={draft} step={step} onStep={setStep} {...ends} />
}

/** The page comes anew, as after a reload, or goes, as when it is left. */
function Tab() {
  const [visit, setVisit] = useState(1)
  const [isOpen, setOpen] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setVisit(visit + 1)}>
        Reload
      </button>
      <button type="button" onClick={() => setOpen(false)}>
        Go elsewhere
      </button>
      {isOpen && <Page key={visit} />}
      <Toaster />
    </>
  )
}

const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const pick = (name: string, value: string) => page.getByRole('combobox', { name, exact: true }).selectOptions(value)

async function open(answers: Answers) {
  const sent = fakeBff(world(answers))
  startBulkEdit(owner, [paris, lyon])
  await show(<Tab />)
  await pick('Health check rate', 'high')
  await toApply()
  return { posts: () => sent.filter(({ what }) => what === 'POST /api/jobs') }
}

async function toApply() {
  await press('Dry run')
  await press('Go on with 2')
}

const job = { status: 201, body: { job: emptyJob, rows: [] } }

/** A job whose answer comes when it is told to, after the page was left. */
async function leave() {
  const answer = Promise.withResolvers<Answer>()
  const { posts } = await open({ 'POST /api/jobs': () => answer.promise })
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.poll(() => posts().length).toBe(1)
  await press('Go elsewhere')
  return async () => {
    answer.resolve(job)
    const told = page.getByText('The job for 2 tunnels was taken. It is under Jobs.')
    await expect.element(told).toBeVisible()
    // A toast outlives its test.
    await press('Dismiss')
    await expect.element(told).not.toBeInTheDocument()
  }
}

test('a job that starts after its page was left is told, ends its draft, and leads nobody away', async () => {
  const tell = await leave()
  await tell()
  expect(started.get()).toBe(null)
  expect(keptBulkDraft(owner)).toBe(null)
  expect(taken.get()).toEqual([paris.id, lyon.id])
})

test('a draft that was begun meanwhile stays, and what is selected for it', async () => {
  const tell = await leave()
  startBulkEdit(owner, [lyon])
  await tell()
  expect(keptBulkDraft(owner)?.tunnels).toEqual([{ id: lyon.id, name: lyon.name }])
  expect(taken.get()).toEqual([])
})

test('H6 a job whose answer was lost is asked for again after a reload: the same one, under the same key', async () => {
  const answers = [problem('unreachable'), job]
  const { posts } = await open({ 'POST /api/jobs': () => answers.shift() ?? job })
  await pick('Undo by itself', '10')
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.element(page.getByRole('button', { name: 'Ask again' })).toBeInTheDocument()
  await press('Reload')
  await press('Ask again')
  await expect.poll(started.get).toBe(emptyJob.id)
  expect(keptBulkDraft(owner)).toBe(null)
  const [first, second] = posts()
  expect(second?.body).toEqual(first?.body)
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
})

test('a reload while the request is on its way has lost its answer too', async () => {
  const { promise } = Promise.withResolvers<Answer>()
  const answers: (Answer | Promise<Answer>)[] = [promise, job]
  const { posts } = await open({ 'POST /api/jobs': () => answers.shift() ?? job })
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.poll(() => posts().length).toBe(1)
  await press('Reload')
  await press('Ask again')
  await expect.poll(started.get).toBe(emptyJob.id)
  expect(new Set(posts().map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
})

test('how it is to be applied survives a reload, and the confirming number does not', async () => {
  await open({})
  await field('Batch size').fill('7')
  await pick('Undo by itself', '10')
  await page.getByRole('checkbox', { name: 'Stop when a tunnel turns worse' }).click()
  await page.getByRole('radio', { name: 'At a time' }).click()
  await page.getByLabelText('Start at').fill('2999-01-02T03:04')
  await field('Type 2 to confirm').fill('2')
  await press('Reload')
  await toApply()
  await expect.element(field('Batch size')).toHaveValue('7')
  await expect.element(page.getByRole('combobox', { name: 'Undo by itself' })).toHaveValue('10')
  await expect.element(page.getByRole('checkbox', { name: 'Stop when a tunnel turns worse' })).toBeChecked()
  await expect.element(page.getByLabelText('Start at')).toHaveValue('2999-01-02T03:04')
  await expect.element(field('Type 2 to confirm')).toHaveValue('')
})

test('another bulk edit starts with the usual options, and what somebody wrote into the tab breaks nothing', async () => {
  await open({})
  await field('Batch size').fill('7')
  startBulkEdit(owner, [paris, lyon])
  const { id } = keptBulkDraft(owner) ?? {}
  const value = { draftId: id, form: { batchSize: 3, undoMinutes: 7 }, job: { key: 'k', payload: { tunnels: 4 } } }
  keepInTab('bulk-apply', owner, value)
  await press('Reload')
  await expect.element(page.getByRole('button', { name: 'Ask again' })).not.toBeInTheDocument()
  await pick('Health check rate', 'high')
  await toApply()
  await expect.element(field('Batch size')).toHaveValue('5')
})
