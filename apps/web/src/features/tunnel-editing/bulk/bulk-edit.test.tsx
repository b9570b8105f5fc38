import type { ManyResult } from '@tunnel-console/shared/api'
import { useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createStore } from '../../../lib/store.ts'
import { type Answers, fakeBff, press, problem, show } from '../../../test/bff.tsx'
import { keptBulkDraft } from './bulk-draft.ts'
import { BulkEdit } from './bulk-edit.tsx'
import { type ChosenOne, dropBulkDraft, startBulkEdit, startBulkRestore } from './bulk-start.ts'
import { asked, emptyJob, lyon, owner, paris, version, world } from './test-world.ts'
import type { BulkStep } from './use-bulk-edit.ts'

const started = createStore<string | null>(null)
afterEach(() => {
  dropBulkDraft()
  started.set(null)
})

function Page() {
  const [step, setStep] = useState<BulkStep>('choose')
  const [draft, setDraft] = useState(() => keptBulkDraft(owner))
  return (
    draft && (
      <BulkEdit
        key={draft.id}
        start={draft}
        step={step}
        onStep={setStep}
        onStarted={started.set}
        onTaken={() => undefined}
        onRestore={(rows) => {
          startBulkRestore(owner, rows)
          setDraft(keptBulkDraft(owner))
        }}
      />
    )
  )
}

async function open(answers: Answers = {}, chosen: readonly ChosenOne[] = [paris, lyon]) {
  const sent = fakeBff(world(answers))
  startBulkEdit(
    owner,
    chosen.map(({ id, name }) => ({ id, name })),
  )
  await show(<Page />)
  return sent
}

const pick = (label: string, value: string) =>
  page.getByRole('combobox', { name: label, exact: true }).selectOptions(value)
const field = (name: string) => page.getByRole('textbox', { name, exact: true })

async function toApply() {
  await pick('Health check rate', 'high')
  await press('Dry run')
  await expect.element(page.getByRole('button', { name: 'Will change 2' })).toBeInTheDocument()
  await press('Go on with 2')
}

test('each field starts at "Leave as is" and tells what the tunnels have now', async () => {
  await open()
  await expect.element(page.getByRole('combobox', { name: 'Health check rate' })).toHaveValue('')
  await expect.element(page.getByText('Now: mixed: 1 Medium, 1 Low')).toBeInTheDocument()
  await expect.element(page.getByText('2 tunnels:')).toBeInTheDocument()
  await expect
    .element(page.getByRole('button', { name: 'Dry run' }))
    .toHaveAccessibleDescription('Choose at least one field')
})

test('a dry run says what hangs on it before anything happens', async () => {
  await open()
  await toApply()
  await expect.element(page.getByText(/1 site has only one healthy tunnel.*paris/)).toBeInTheDocument()
  await expect.element(page.getByText(/Alerts may fire sooner or later/).first()).toBeInTheDocument()
})

test('a job is started with what was chosen, once the number was typed', async () => {
  const sent = await open()
  await toApply()
  await field('Type 2 to confirm').fill('3')
  await expect.element(page.getByRole('button', { name: 'Apply' })).toHaveAccessibleDescription('Type 2 first')
  await field('Type 2 to confirm').fill('2')
  await field('Batch size').fill('0')
  await expect
    .element(page.getByRole('button', { name: 'Apply' }))
    .toHaveAccessibleDescription('The batch size is not right')
  await field('Batch size').fill('7')
  await pick('Undo by itself', '10')
  await field('Reason (optional)').fill(' CHG-1 ')
  await press('Apply')
  await expect.poll(started.get).toBe(emptyJob.id)
  expect(sent.find(({ what }) => what === 'POST /api/jobs')?.body).toEqual({
    tunnels: [paris, lyon].map(({ id }) => ({ id, version, health_check: { rate: 'high' } })),
    batchSize: 7,
    pauseSeconds: 30,
    stopAfterFailure: true,
    stopWhenWorse: false,
    undoMinutes: 10,
    reason: 'CHG-1',
  })
})

test('a refusal of the job is told with the name of the tunnel, and what was typed stays', async () => {
  const errors = [{ pointer: '/tunnels/1/id', detail: 'There is no such tunnel', source: 'console' as const }]
  await open({ 'POST /api/jobs': () => problem('invalid', { errors }) })
  await toApply()
  await field('Reason (optional)').fill('why')
  await field('Type 2 to confirm').fill('2')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('lyon-a: There is no such tunnel')).toBeInTheDocument()
  await press('Back')
  await press('Go on with 2')
  await expect.element(field('Reason (optional)')).toHaveValue('why')
  await expect.element(field('Type 2 to confirm')).toHaveValue('2')
  expect(started.get()).toBe(null)
})

test('H6 a job whose answer was lost is asked for again: the same one, under the same key', async () => {
  let posts = 0
  const sent = await open({
    'POST /api/jobs': () =>
      ++posts === 1 ? problem('unreachable') : { status: 201, body: { job: emptyJob, rows: [] } },
  })
  await toApply()
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.element(page.getByText(/It is not known whether this has begun/).first()).toBeInTheDocument()
  await field('Batch size').fill('9')
  await expect
    .element(page.getByRole('button', { name: 'Apply' }))
    .toHaveAccessibleDescription('It is not known whether this has begun')
  await press('Ask again')
  await expect.poll(started.get).toBe(emptyJob.id)
  const asks = sent.filter(({ what }) => what === 'POST /api/jobs')
  expect(asks.map(({ body }) => body)).toEqual([asks[0]?.body, asks[0]?.body])
  expect(new Set(asks.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
})

test('all or nothing is offered for what will change as a whole, and tells each result', async () => {
  const sent = await open({
    'PUT /api/tunnels?all_or_nothing=true': (put) => ({
      body: { results: asked(put).map(({ id }): ManyResult => ({ id, outcome: 'applied' })) },
    }),
  })
  await toApply()
  await page.getByRole('radio', { name: 'All or nothing' }).click()
  await expect.element(field('Batch size')).not.toBeInTheDocument()
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.element(page.getByRole('heading', { name: '2 changed' })).toHaveFocus()
  expect(sent.filter(({ what }) => what === 'POST /api/jobs')).toEqual([])
  expect(keptBulkDraft(owner)).toBe(null)
})

test('what one request changed is saved as a file, and given back by a dry run of its own', async () => {
  const changes = [{ path: 'health_check.rate', label: 'Health check rate', before: 'low', after: 'mid' }]
  const sent = await open({
    'PUT /api/tunnels?all_or_nothing=true': (put) => ({
      body: {
        results: asked(put).map(
          ({ id }): ManyResult => ({ id, outcome: 'applied', ...(id === lyon.id && { changes }) }),
        ),
      },
    }),
  })
  await toApply()
  await page.getByRole('radio', { name: 'All or nothing' }).click()
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await expect.element(page.getByRole('button', { name: 'Download CSV' })).toBeVisible()
  await press('Restore all 1')
  await expect.element(page.getByRole('heading', { name: 'Dry run of 1 tunnel' })).toBeVisible()
  expect(keptBulkDraft(owner)).toMatchObject({
    tunnels: [{ id: lyon.id, name: 'lyon-a' }],
    restore: { changes: { [lyon.id]: changes } },
  })
  expect(sent.filter(({ what }) => what === 'POST /api/jobs')).toEqual([])
})

test('all or nothing is not offered where one of them would not change, and the page says why', async () => {
  await open()
  await pick('Health check rate', 'low')
  await press('Dry run')
  await press('Go on with 1')
  await expect
    .element(page.getByRole('radio', { name: 'All or nothing' }))
    .toHaveAccessibleDescription(/only for a dry run in which every tunnel will change/)
})

test('a lost answer to all or nothing is asked for again under the same key', async () => {
  let puts = 0
  const sent = await open({
    'PUT /api/tunnels?all_or_nothing=true': (put) =>
      ++puts === 1
        ? problem('unreachable')
        : { body: { results: asked(put).map(({ id }): ManyResult => ({ id, outcome: 'applied' })) } },
  })
  await toApply()
  await page.getByRole('radio', { name: 'All or nothing' }).click()
  await field('Type 2 to confirm').fill('2')
  await press('Apply')
  await press('Ask again')
  await expect.element(page.getByRole('heading', { name: '2 changed' })).toBeInTheDocument()
  const keys = sent
    .filter(({ what }) => what.includes('all_or_nothing'))
    .map(({ headers }) => headers.get('idempotency-key'))
  expect(keys).toEqual([keys[0], keys[0]])
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
})

test('more than 1,000 tunnels get a clear word and no dry run', async () => {
  const many = Array.from({ length: 1001 }, (_, n) => ({ id: (n + 1).toString(16).padStart(32, '0'), name: `t-${n}` }))
  await open({}, many)
  await expect.element(page.getByText('1,001 tunnels are chosen')).toBeInTheDocument()
  await pick('Health check rate', 'high')
  await expect
    .element(page.getByRole('button', { name: 'Dry run' }))
    .toHaveAccessibleDescription('Choose at most 1,000 tunnels')
})

test('a changed choice forgets the dry run of the former one', async () => {
  await open()
  await toApply()
  await press('Back')
  await press('Back')
  await pick('Replay protection', 'true')
  await expect.element(page.getByRole('heading', { name: /^Dry run of/ })).not.toBeInTheDocument()
  expect(keptBulkDraft(owner)?.choices.values).toEqual({ 'health_check.rate': 'high', replay_protection: true })
})

test('what one person chose is nothing to the next one in the same tab', async () => {
  startBulkEdit(owner, [paris])
  expect(keptBulkDraft('somebody else')).toBe(null)
})

test('what an older build kept, or somebody wrote there, is left out and breaks nothing', () => {
  sessionStorage.setItem('bulk-edit', JSON.stringify({ owner, value: { tunnels: [{ id: 'x' }, 3, null], choices: 4 } }))
  expect(keptBulkDraft(owner)).toBe(null)
  sessionStorage.setItem('bulk-edit', '{')
  expect(keptBulkDraft(owner)).toBe(null)
  const value = {
    tunnels: [{ id: paris.id, name: 'paris-a' }],
    choices: { values: { nonsense: 1 }, description: { how: 'x' } },
  }
  sessionStorage.setItem('bulk-edit', JSON.stringify({ owner, value }))
  expect(keptBulkDraft(owner)).toEqual({
    id: '',
    tunnels: [{ id: paris.id, name: 'paris-a' }],
    choices: { values: {}, description: null },
    reason: '',
    restore: null,
  })
})
