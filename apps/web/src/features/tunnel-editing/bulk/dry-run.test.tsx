import type { ManyResult } from '@tunnel-console/shared/api'
import { noChoices } from '@tunnel-console/shared/bulk'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { type Answer, fakeBff, offline, problem, type Sent } from '../../../test/bff.tsx'
import { branch } from '../test/world.ts'
import type { BulkDraft } from './bulk-start.ts'
import { runDry } from './dry-run.ts'
import type { DryRow } from './plan.ts'

const version = 'v'.repeat(43)
const idAt = (n: number) => n.toString(16).padStart(32, '0')
const tunnelsAt = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: idAt(n + 1), name: `branch-${n + 1}` }))

const draftFor = (count: number, more: Partial<BulkDraft> = {}): BulkDraft => ({
  id: 'a',
  tunnels: tunnelsAt(count),
  choices: { ...noChoices, values: { 'health_check.rate': 'high' } },
  reason: '',
  restore: null,
  ...more,
})

const read = (more: Record<string, unknown> = {}): Answer => ({
  body: { tunnel: { ...branch, ...more }, version, unknownFields: [] },
})
const asked = ({ body }: Sent) => (body as { tunnels: { id: string }[] }).tunnels
const valid = (sent: Sent): Answer => ({
  body: { results: asked(sent).map(({ id }): ManyResult => ({ id, outcome: 'valid' })) },
})
const validating = 'PUT /api/tunnels?validate_only=true'

async function rowsOf(draft: BulkDraft, signal = new AbortController().signal) {
  const rows: DryRow[] = []
  const waits: (number | null)[] = []
  const events = {
    onRows: (known: readonly DryRow[]) => rows.push(...known),
    onWait: (wait: number | null) => waits.push(wait),
  }
  await runDry(draft, draft.tunnels, events, signal)
  return { rows, waits, results: rows.map(({ result }) => result) }
}

test('tunnels are asked about in requests of at most 25, each with the version that was just read', async () => {
  const sent = fakeBff({ 'GET /api/tunnels/:id': () => read(), [validating]: valid })
  const { results } = await rowsOf(draftFor(60))
  expect(results).toEqual(Array.from({ length: 60 }, () => 'will-change'))
  const puts = sent.filter(({ what }) => what === validating)
  expect(puts.map((put) => asked(put).length)).toEqual([25, 25, 10])
  expect(asked(puts[0] ?? fail())[0]).toEqual({ id: idAt(1), version, health_check: { rate: 'high' } })
})

const fail = (): never => {
  throw new Error('nothing was sent')
}

test('what is so already is not asked about', async () => {
  const health_check = { ...branch.health_check, rate: 'high' }
  const sent = fakeBff({ 'GET /api/tunnels/:id': () => read({ health_check }) })
  const { rows } = await rowsOf(draftFor(2))
  expect(rows.map(({ result, changes }) => [result, changes.length])).toEqual([
    ['already-so', 0],
    ['already-so', 0],
  ])
  expect(sent.filter(({ what }) => what.startsWith('PUT'))).toEqual([])
})

test('what our own checks refuse is not asked about', async () => {
  const sent = fakeBff({ 'GET /api/tunnels/:id': () => read() })
  const description = { how: 'replace', text: 'x'.repeat(2000) } as const
  const { rows } = await rowsOf(draftFor(1, { choices: { values: {}, description } }))
  expect(rows).toMatchObject([{ result: 'refused', reason: expect.stringContaining('1,025 characters') }])
  expect(sent.map(({ what }) => what)).toEqual(['GET /api/tunnels/:id'])
})

const results: [string, Partial<ManyResult>, Partial<DryRow>][] = [
  ['accepted', { outcome: 'valid' }, { result: 'will-change', reason: '' }],
  ['the same', { outcome: 'unchanged' }, { result: 'already-so' }],
  ['changed just now', { outcome: 'conflict' }, { result: 'conflict', reason: 'Somebody changed it just now' }],
  [
    'refused by Cloudflare',
    {
      outcome: 'rejected',
      problem: { type: '', title: 'T', status: 422, code: 'rejected', upstream: [{ message: 'too fast' }] },
    },
    { result: 'refused', reason: 'too fast' },
  ],
  [
    'deleted',
    { outcome: 'rejected', problem: { type: '', title: 'T', status: 404, code: 'not-found' } },
    { result: 'refused', reason: 'It was deleted meanwhile' },
  ],
  [
    'in the way of another change',
    { outcome: 'rejected', problem: { type: '', title: 'Busy', status: 503, code: 'busy' } },
    { result: 'not-checked', reason: 'Busy' },
  ],
]

test.each(results)('a row that is %s says so', async (_, answer, row) => {
  fakeBff({
    'GET /api/tunnels/:id': () => read(),
    [validating]: () => ({ body: { results: [{ id: idAt(1), outcome: 'valid', ...answer }] } }),
  })
  const { rows } = await rowsOf(draftFor(1))
  expect(rows).toMatchObject([row])
})

test('a tunnel that is gone says so, and the others are asked about', async () => {
  let reads = 0
  fakeBff({ 'GET /api/tunnels/:id': () => (++reads === 1 ? problem('not-found') : read()), [validating]: valid })
  const { rows } = await rowsOf(draftFor(2))
  expect(rows.map(({ result, reason }) => `${result} ${reason}`)).toEqual([
    'refused It was deleted meanwhile',
    'will-change ',
  ])
})

test('a console that asks to slow down is waited for', async () => {
  let puts = 0
  fakeBff({
    'GET /api/tunnels/:id': () => read(),
    [validating]: (sent) => (++puts === 1 ? problem('rate-limited', { retryAfter: 1 }) : valid(sent)),
  })
  const { results: told, waits } = await rowsOf(draftFor(1))
  expect(told).toEqual(['will-change'])
  expect(waits).toEqual([1, null])
})

test('a console that cannot be reached leaves the rows unchecked', async () => {
  fakeBff({ 'GET /api/tunnels/:id': () => read(), [validating]: offline })
  const { rows } = await rowsOf(draftFor(2))
  expect(rows.map(({ result }) => result)).toEqual(['not-checked', 'not-checked'])
  expect(rows[0]?.reason).toBe('The console cannot be reached')
})

test('a request that is refused as a whole marks the row that is at fault', async () => {
  const errors = [{ pointer: '/tunnels/1/health_check/rate', detail: 'no such rate', source: 'console' as const }]
  fakeBff({ 'GET /api/tunnels/:id': () => read(), [validating]: () => problem('invalid', { errors }) })
  const { rows } = await rowsOf(draftFor(2))
  expect(rows.map(({ result, reason }) => [result, reason])).toEqual([
    ['not-checked', 'Another tunnel of the same request was refused'],
    ['refused', 'no such rate'],
  ])
})

test('a dry run that is cancelled asks no more', async () => {
  const stop = new AbortController()
  const sent = fakeBff({
    'GET /api/tunnels/:id': () => read(),
    [validating]: (put) => {
      stop.abort()
      return valid(put)
    },
  })
  await rowsOf(draftFor(60), stop.signal)
  expect(sent.filter(({ what }) => what === validating)).toHaveLength(1)
})

test('a restore asks for the former values, and leaves alone what somebody has changed since', async () => {
  const was = Tunnel.parse(branch).health_check
  const sent = fakeBff({
    'GET /api/tunnels/:id': () => read({ health_check: { ...was, rate: 'high' } }),
    [validating]: valid,
  })
  const label = 'Health check rate'
  const path = 'health_check.rate'
  const restore = {
    changes: {
      [idAt(1)]: [{ path, label, before: 'mid', after: 'high' }],
      [idAt(2)]: [{ path, label, before: 'mid', after: 'low' }],
    },
  }
  const { rows } = await rowsOf(draftFor(2, { restore }))
  expect(rows.map(({ result, reason }) => [result, reason])).toEqual([
    ['will-change', ''],
    ['conflict', 'Changed since then: Health check rate was Low then and is High now'],
  ])
  expect(sent.filter(({ what }) => what === validating).flatMap(asked)).toEqual([
    { id: idAt(1), version, health_check: { rate: 'mid' } },
  ])
})
