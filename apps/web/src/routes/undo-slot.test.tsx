import type { UndoEntry } from '@tunnel-console/shared/api'
import { defaultJobOptions } from '@tunnel-console/shared/jobs'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { jobsQuery } from '../data/jobs.ts'
import { undosQuery } from '../data/undos.ts'
import { RunningJob } from '../features/jobs/running-job.tsx'
import { jobId, jobOf } from '../features/jobs/test-world.ts'
import { isReached } from '../lib/connection.ts'
import { noteServerTime } from '../lib/server-clock.ts'
import { type Answers, fakeBff, offline, press, problem, sessionOf, show } from '../test/bff.tsx'
import { Announcer } from '../ui/announcer.tsx'
import { UndoSlot } from './undo-slot.tsx'

beforeEach(async () => {
  localStorage.clear()
  await page.viewport(1200, 800)
  isReached.set(true)
  noteServerTime(new Response(null, { headers: { date: new Date().toUTCString() } }))
})

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

let lastId = 0

/** A change of its own, made by Sam. */
function undo(more: Partial<UndoEntry> = {}): UndoEntry {
  lastId += 1
  const id = `change-${lastId}`
  return {
    id,
    group: id,
    tunnelId: '7'.padStart(32, '0'),
    name: 'branch-07',
    by: { id: '2', email: 'sam@example.com' },
    state: 'counting',
    changes: [{ path: 'customer_endpoint', label: 'Customer endpoint', before: 'a', after: 'b' }],
    dueAt: inSeconds(272),
    stateBefore: 'up',
    bgpBefore: 'up',
    why: null,
    ...more,
  }
}

/** The status of the tunnel now. */
const statusNow = (bgp: 'up' | 'down') => () => {
  const source = { at: null, ok: true, failure: null }
  const status = { state: 'up', reason: '', health: null, bgp: { state: bgp, word: '', updatedAt: null } }
  return { body: { statuses: { ['7'.padStart(32, '0')]: status }, sources: { tunnels: source, health: source } } }
}

/** The strips over what `GET /api/undos` tells, one list after the other; the last one stays. */
async function watch(lists: UndoEntry[][], answers: Answers = {}, session = sessionOf('operator')) {
  const undos = () => ({ body: { undos: lists.length > 1 ? lists.shift() : lists[0] } })
  const sent = fakeBff({ 'GET /api/undos': undos, 'GET /api/status': statusNow('down'), ...answers })
  const client = await show(
    <>
      <UndoSlot />
      <Announcer />
    </>,
    session,
  )
  const again = () => client.refetchQueries({ queryKey: undosQuery().queryKey })
  return { again, posts: () => sent.filter(({ what }) => what.startsWith('POST')).map(({ what }) => what) }
}

const strip = page.getByRole('region', { name: 'Undo of branch-07' })

test('what counts down says how long, how the tunnel was and is, and who changed what', async () => {
  await watch([[undo()]])
  await expect.element(strip).toMatchTextContent(/branch-07: undoes itself in 4:3\d unless kept\./)
  await expect.element(strip).toMatchTextContent('Health: Up → Up. BGP: Up → Down.')
  await expect.element(strip).toMatchTextContent('Changed by sam@example.com: Customer endpoint.')
  await expect.element(page.getByText(/^branch-07: undoes itself in 4 min unless kept$/)).toBeInTheDocument()
})

test('what a job has just changed counts down at once, and its page hears of what was undone', async () => {
  const counting = undo({ group: jobId })
  // Once it rests, no poll of its own comes soon.
  const job = jobOf(['done', 'waiting'], { state: 'paused', options: { ...defaultJobOptions, undoMinutes: 5 } }).job
  const jobs = [{ ...job, counts: { ...job.counts, waiting: 2, done: 0 } }, job]
  const asked: number[] = []
  const lists = [[], [counting], [{ ...counting, state: 'undone' as const }]]
  fakeBff({
    'GET /api/jobs': () => {
      asked.push(asked.length)
      return { body: { jobs: jobs.length > 1 ? jobs.splice(0, 1) : jobs } }
    },
    'GET /api/undos': () => ({ body: { undos: lists.length > 1 ? lists.shift() : lists[0] } }),
    'GET /api/status': statusNow('up'),
  })
  const client = await show(
    <>
      <RunningJob />
      <UndoSlot />
    </>,
    sessionOf('admin'),
  )
  await expect.element(page.getByRole('link', { name: /^Bulk edit: 0 of 2/ })).toBeVisible()
  await client.refetchQueries({ queryKey: jobsQuery().queryKey })
  await expect.element(strip).toMatchTextContent('unless kept')
  const before = asked.length
  await client.refetchQueries({ queryKey: undosQuery().queryKey })
  await expect.element(strip).toMatchTextContent('the change was undone')
  await expect.poll(() => asked.length, { timeout: 1500 }).toBeGreaterThan(before)
})

test('Keep keeps it, and the strip says so until it is put away for good', async () => {
  const counting = undo()
  const kept = { ...counting, state: 'kept' as const, why: 'ada@example.com kept it.' }
  const { posts, again } = await watch([[counting], [kept]], {
    [`POST /api/undos/${counting.group}/keep`]: () => ({ body: { ok: true } }),
  })
  await press('Keep')
  await expect.element(strip).toMatchTextContent('branch-07: the change stays. ada@example.com kept it.')
  await expect.element(strip).toHaveFocus()
  expect(posts()).toEqual([`POST /api/undos/${counting.group}/keep`])
  await press('Dismiss')
  await expect.element(strip).not.toBeInTheDocument()
  await again()
  await expect.element(strip).not.toBeInTheDocument()
})

test('an undo that comes too late says so in its place, and the strip tells what is', async () => {
  const counting = undo()
  const blocked = { ...counting, state: 'blocked' as const, why: 'kim@example.com changed the tunnel since.' }
  const answer = Promise.withResolvers<ReturnType<typeof problem>>()
  await watch([[counting], [counting], [blocked]], {
    [`POST /api/undos/${counting.group}/undo`]: () => answer.promise,
  })
  await press('Undo now')
  await expect
    .element(page.getByRole('button', { name: 'Keep' }))
    .toHaveAccessibleDescription('The console is being asked')
  answer.resolve(problem('closed', { detail: 'It does not undo itself any more.' }))
  await expect.element(strip.getByRole('alert')).toMatchTextContent('It does not undo itself any more.')
  await expect
    .element(strip, { timeout: 8000 })
    .toMatchTextContent(/not undone, because somebody changed it meanwhile.*kim@example.com/)
})

test('the changes of a job are one strip, with the nearest end', async () => {
  const others = ['branch-10', 'branch-9'].map((name) => undo({ group: 'job', name, dueAt: inSeconds(500) }))
  await watch([[...others, undo({ group: 'job', name: 'branch-8', dueAt: inSeconds(100) })]], {}, sessionOf('admin'))
  const group = page.getByRole('region', { name: 'Undo of branch-8 and 2 more' })
  await expect.element(group).toMatchTextContent(/branch-8 and 2 more: undo themselves in 1:\d\d unless kept\./)
  await expect.element(group).toMatchTextContent('Health: 3 Up → 3 Up.')
  await expect.element(page.getByRole('button', { name: 'Keep' })).toBeVisible()
})

test('who may not change tunnels sees it without buttons, and who may not read them asks nothing', async () => {
  const session = sessionOf('operator', { permissions: ['status.read', 'tunnel.read'] })
  await watch([[undo()]], {}, session)
  await expect.element(strip).toBeVisible()
  await expect.element(page.getByRole('button')).not.toBeInTheDocument()
})

test('while nobody knows whether the change was made, no time is counted, and what is written back cannot be kept', async () => {
  const making = undo({ state: 'armed' })
  const { again } = await watch([[making], [{ ...making, state: 'undoing' }]])
  await expect.element(strip).toMatchTextContent('the change is under way. It undoes itself unless kept.')
  await expect.element(page.getByRole('button', { name: 'Keep' })).toBeVisible()
  await again()
  await expect.element(strip).toMatchTextContent('branch-07: is being undone.')
  await expect.element(page.getByRole('button')).not.toBeInTheDocument()
})

test('a minute before the end it is said once more, and the end is said too', async () => {
  const late = undo({ dueAt: inSeconds(61.5) })
  const { again } = await watch([[late], [{ ...late, state: 'undone', why: 'Nobody kept it within 5 minutes' }]])
  await expect.element(page.getByText('branch-07: undoes itself in 1 min unless kept')).toBeInTheDocument()
  await expect.element(page.getByText('branch-07: undoes itself within a minute unless kept')).toBeInTheDocument()
  await again()
  const words = 'branch-07: the change was undone, and the former values are back. Nobody kept it within 5 minutes.'
  await expect.element(page.getByRole('status').getByText(words)).toBeInTheDocument()
})

test('without a way to the console the strip says who decides, and the buttons why they are off', async () => {
  let isAway = false
  const counting = undo()
  const reads = (body: unknown) => () => (isAway ? offline() : { body })
  const { again, posts } = await watch([], {
    'GET /api/undos': reads({ undos: [counting] }),
    'GET /api/status': reads(statusNow('down')().body),
  })
  await expect.element(strip).toMatchTextContent('Health: Up → Up')
  isAway = true
  await again()
  await expect.element(strip).toMatchTextContent('The console decides, not this page')
  const keep = page.getByRole('button', { name: 'Keep' })
  await expect.element(keep).toHaveAccessibleDescription('The console cannot be reached')
  await press('Keep')
  isAway = false
  await again()
  await expect.element(keep).not.toHaveAttribute('aria-disabled')
  expect(posts()).toEqual([])
})

test('a change that never happened is not told, and many ends do not push the page away', async () => {
  const ended = ['a', 'b', 'c', 'd'].map((name) => undo({ name, state: 'kept' }))
  await watch([[undo({ name: 'never', state: 'void' }), ...ended]])
  await expect
    .element(page.getByText('2 more changes that could undo themselves have ended within a day.'))
    .toBeVisible()
  await expect.element(page.getByText('never')).not.toBeInTheDocument()
  await press('Dismiss all')
  await expect.element(page.getByRole('region')).not.toBeInTheDocument()
})

test('what ended badly is never among those that are only counted', async () => {
  const kept = ['a', 'b', 'c'].map((name) => undo({ name, state: 'kept', dueAt: inSeconds(10) }))
  const bad = undo({ name: 'bad', state: 'failed', dueAt: inSeconds(500), why: 'Cloudflare refused it.' })
  const others = ['x', 'y'].map((name) => ({ ...bad, id: name, group: name, name }))
  const { again } = await watch([
    [...kept, bad],
    [...kept, bad, ...others],
  ])
  const region = (name: string) => page.getByRole('region', { name: `Undo of ${name}`, exact: true })
  await expect.element(region('bad')).toMatchTextContent('could not be undone')
  await again()
  for (const name of ['bad', 'x', 'y']) await expect.element(region(name)).toBeVisible()
  await press('Dismiss all')
  await expect.element(region('a')).not.toBeInTheDocument()
  for (const name of ['bad', 'x', 'y']) await expect.element(region(name)).toBeVisible()
})

test('on a phone several are one strip that unfolds, and each still says what happens to it', async () => {
  await page.viewport(390, 844)
  const late = undo({ dueAt: inSeconds(61.5) })
  const other = undo({ name: 'branch-08', tunnelId: '8'.padStart(32, '0') })
  const { again } = await watch([[late, other], [late]])
  const summary = page.getByRole('region', { name: 'Changes that undo themselves' })
  await expect.element(summary).toMatchTextContent(/^2 changes can be undone, the next for (1:0\d|0:\d\d)\.Show/)
  await expect.element(strip).not.toBeInTheDocument()
  await expect.element(page.getByText('branch-07: undoes itself within a minute unless kept')).toBeInTheDocument()
  await press('Show')
  await expect.element(strip.getByRole('button', { name: 'Keep' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Fold' })).toHaveAttribute('aria-expanded', 'true')
  const keep = strip.getByRole('button', { name: 'Keep' })
  ;(keep.element() as HTMLElement).focus()
  await again()
  await expect.element(summary).not.toBeInTheDocument()
  await expect.element(keep).toHaveFocus()
})

test('an end of a job’s change that comes after Dismiss is told', async () => {
  const first = undo({ group: 'job', name: 'branch-8', state: 'kept' })
  const later = undo({ group: 'job', name: 'branch-9', state: 'failed' })
  const { again } = await watch([[first], [first], [first, later]])
  const only = page.getByRole('region', { name: 'Undo of branch-8', exact: true })
  await press('Dismiss')
  await expect.element(only).not.toBeInTheDocument()
  await again()
  await expect.element(only).not.toBeInTheDocument()
  await again()
  const both = page.getByRole('region', { name: 'Undo of branch-8 and 1 more' })
  await expect.element(both).toMatchTextContent('1 tunnel could not be undone')
  await press('Dismiss')
  await expect.element(both).not.toBeInTheDocument()
})

test('the changes of a job are for whoever may change many; others see who that is', async () => {
  await watch([[undo({ group: 'job' })]])
  await expect.element(strip).toMatchTextContent('Changing many tunnels needs Admin. Ask: Ada Admin (ada@example.com).')
  await expect.element(page.getByRole('button')).not.toBeInTheDocument()
})

test('folded on a phone, strips say in words that one could not be undone', async () => {
  await page.viewport(390, 844)
  const failed = undo({ name: 'branch-08', tunnelId: '8'.padStart(32, '0'), state: 'failed' })
  await watch([[undo({ dueAt: inSeconds(90) }), failed]])
  const summary = page.getByRole('region', { name: 'Changes that undo themselves' })
  await expect.element(summary).toMatchTextContent(/1 more has ended\. 1 could not be undone\./)
})
