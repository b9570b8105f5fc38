import type { JobRowState } from '@tunnel-console/shared/jobs'
import { expect, test } from 'vitest'
import { endOfIntent } from '../src/jobs/ends.ts'
import { movesOf, type Queued, type Standing, stepOf } from '../src/jobs/step.ts'
import { worseOf } from '../src/jobs/worse.ts'

const rowsOf = (states: string) =>
  [...states].map((letter, position) => ({ position, state: letters[letter] ?? 'waiting' }))
const letters: Record<string, JobRowState> = { w: 'waiting', r: 'running', d: 'done', x: 'refused', u: 'unknown' }

function standing(states: string, changed: Partial<Standing> = {}): Standing {
  return {
    options: { batchSize: 4, pauseSeconds: 30 },
    rows: rowsOf(states),
    batch: { positions: [0, 1, 2, 3], before: {} },
    batchEndedAt: null,
    inFlight: 0,
    inFlightElsewhere: 0,
    restsUntil: 0,
    budget: null,
    now: 1000,
    ...changed,
  }
}

const budget = (remaining: number) => ({ remaining, quota: 1200, resetAfterMs: 90_000 })

test.each<[string, Standing, ReturnType<typeof stepOf>]>([
  ['the first batch is opened at once', standing('wwwwww', { batch: null }), { kind: 'open', positions: [0, 1, 2, 3] }],
  ['four rows are under way at most', standing('wwwwww'), { kind: 'start', positions: [0, 1, 2, 3], ms: null }],
  [
    'a row that ended makes room for one',
    standing('drrw', { inFlight: 3 }),
    { kind: 'start', positions: [3], ms: null },
  ],
  ['rows under way are waited for', standing('rrrrww', { inFlight: 4 }), { kind: 'start', positions: [], ms: null }],
  ['a batch that has ended is looked at', standing('ddxuww'), { kind: 'close' }],
  ['then there is a pause', standing('ddddww', { batchEndedAt: 500 }), { kind: 'start', positions: [], ms: 29_500 }],
  ['and then the next batch', standing('ddddww', { batchEndedAt: -29_000 }), { kind: 'open', positions: [4, 5] }],
  ['who was asked to wait waits', standing('dwww', { restsUntil: 1500 }), { kind: 'start', positions: [], ms: 500 }],
  ['when every row has ended, so has the job', standing('dxud'), { kind: 'end' }],
  [
    'at the floor of the budget nothing begins',
    standing('wwww', { budget: budget(246) }),
    { kind: 'start', positions: [], ms: 90_000 },
  ],
  [
    'just above it, one row does',
    standing('wwww', { budget: budget(247) }),
    { kind: 'start', positions: [0], ms: null },
  ],
  [
    'rows of other jobs cost the same budget',
    standing('wwww', { budget: budget(250), inFlightElsewhere: 2 }),
    { kind: 'start', positions: [], ms: 90_000 },
  ],
  [
    'rows of an older batch that are under way are waited for',
    standing('rdddd', { batch: null, inFlight: 1 }),
    { kind: 'start', positions: [], ms: null },
  ],
])('U7 %s', (_, given, step) => {
  expect(stepOf(given)).toEqual(step)
})

const queued = (id: string, changed: Partial<Queued> = {}): Queued => ({
  id,
  kind: 'update',
  state: 'waiting',
  createdAt: 1,
  startsAt: null,
  ...changed,
})

test.each<[string, Queued[], ReturnType<typeof movesOf>]>([
  ['the oldest of a kind begins', [queued('b', { createdAt: 2 }), queued('a')], [{ id: 'a', to: 'running' }]],
  ['none begins while one of its kind runs', [queued('a'), queued('b', { state: 'running' })], []],
  [
    'another kind does',
    [queued('a', { kind: 'delete' }), queued('b', { state: 'running' })],
    [{ id: 'a', to: 'running' }],
  ],
  [
    'what is due comes into line and begins',
    [queued('a', { state: 'scheduled', startsAt: 100_000 })],
    [
      { id: 'a', to: 'waiting' },
      { id: 'a', to: 'running' },
    ],
  ],
  ['what is not due waits', [queued('a', { state: 'scheduled', startsAt: 100_001 })], []],
  [
    'a minute late is still in time',
    [queued('a', { state: 'scheduled', startsAt: 40_000 })],
    [
      { id: 'a', to: 'waiting' },
      { id: 'a', to: 'running' },
    ],
  ],
  ['more is missed', [queued('a', { state: 'scheduled', startsAt: 39_999 })], [{ id: 'a', to: 'missed' }]],
])('of jobs in line, %s', (_, jobs, moves) => {
  expect(movesOf(jobs, 100_000)).toEqual(moves)
})

test('worse is further to the front, and what is not monitored says nothing', () => {
  const row = (before: 'up' | 'down' | 'degraded' | 'unknown' | null, now: typeof before) => ({
    name: 'bern',
    before,
    now,
  })
  const silent = [
    row('up', 'up'),
    row('down', 'degraded'),
    row('unknown', 'down'),
    row('up', 'unknown'),
    row('up', null),
    row(null, 'down'),
  ]
  expect(worseOf(silent)).toBeNull()
  expect(worseOf([row('up', 'degraded')])).toBe('bern was Up and is Degraded since its change.')
  expect(worseOf([row('degraded', 'down'), row('up', 'down')])).toBe(
    'bern was Degraded and is Down since its change; 1 more turned worse.',
  )
})

test('a row whose key somebody gave up has ended, refused', () => {
  const author = { id: 'a', email: 'a@example.com', role: 'admin' as const }
  const change = { kind: 'delete' as const, tunnelId: '0', version: '' }
  const rest = {
    key: 'k',
    requestHash: '',
    lock: '',
    facts: null,
    outcome: null,
    requestId: '',
    boot: '',
    sentAt: null,
  }
  const closed = { id: '1', phase: 'closed' as const, userId: 'a', author, change, ...rest }
  expect(endOfIntent(closed)).toMatchObject({ state: 'refused', problem: { code: 'closed' } })
})
