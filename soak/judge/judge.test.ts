import { describe, expect, test } from 'vitest'
import type { History } from '../history.ts'
import { isSettled, judge } from '../judge.ts'
import { attempt, counter, entry, history, increment, op, put, time, updated, write } from './example.ts'
import { reportOf } from './report.ts'
import { timelineOf } from './timeline.ts'

/** The rules that a history breaks. Hand-made ones are all idle. */
const broken = (given: History) => [...new Set(judge(given).map(({ rule }) => rule))].filter((rule) => rule !== 'idle')

const told = (description: string) => ({ told: { description } })

describe('counters', () => {
  const first = increment('a', '1', attempt(0, 20, 'applied', told('1')))

  test('an honest history breaks no rule', () => {
    const given = history('2', {
      ops: [first, increment('b', '2', attempt(30, 50, 'applied', told('2')))],
      ledger: [put(10, '0', '1'), put(40, '1', '2')],
      audit: [updated(1, 5, 15, 'applied', '1'), updated(2, 35, 45, 'applied', '2')],
    })
    expect(broken(given)).toEqual([])
  })

  test('a write that stands on an old number is a lost update (H1)', () => {
    const given = history('1', {
      ops: [first, increment('b', '1', attempt(30, 50, 'applied', told('1')))],
      ledger: [put(10, '0', '1'), put(40, '1', '1')],
      audit: [updated(1, 5, 15, 'applied', '1'), updated(2, 35, 45, 'applied', '1')],
    })
    expect(broken(given)).toEqual(['lost-update', 'counter-sum'])
  })

  test('an unknown increment may have happened or not, and nothing else may', () => {
    const open = increment('b', '2', attempt(30, 50, 'unknown', { status: 502, code: 'outcome-unknown' }))
    const denied = increment('c', '2', attempt(30, 50, 'not-applied', { status: 412, code: 'conflict' }))
    const ledger = [put(10, '0', '1')]
    const audit = [updated(1, 5, 15, 'applied', '1')]
    expect(broken(history('1', { ops: [first, open], ledger, audit }))).toEqual([])
    expect(broken(history('2', { ops: [first, open], ledger, audit }))).toEqual([])
    expect(broken(history('2', { ops: [first, denied], ledger, audit }))).toEqual(['counter-sum'])
    expect(broken(history('0', { ops: [first, open], ledger, audit }))).toEqual(['counter-sum'])
  })

  test('two writes that look alike are told apart by what can be true of them', () => {
    const lost = increment('a', '1', attempt(0, 100, 'unknown', { status: 502, code: 'outcome-unknown' }))
    const done = increment('b', '1', attempt(0, 200, 'applied', told('1')))
    const given = history('1', {
      ops: [lost, done],
      ledger: [put(10, '0', '1', { committedAt: null }), put(110, '0', '1')],
      audit: [updated(1, 1, 100, 'unknown', '1'), updated(2, 2, 190, 'applied', '1')],
    })
    expect(broken(given)).toEqual([])
  })
})

describe('where two want the same number', () => {
  const ledger = [put(10, '0', '1')]
  const audit = [updated(1, 1, 15, 'applied', '1'), updated(2, 2, 15, 'failed', '1')]
  const done = increment('a', '1', attempt(0, null, 'silent'), attempt(500, 510, 'applied', { how: 'ask' }))

  test('the write is his who was told of it, not his who was told later that he did not write', () => {
    const denied = increment('b', '1', attempt(1, null, 'silent'), attempt(500, 510, 'not-applied', { how: 'ask' }))
    expect(broken(history('1', { ops: [denied, done], ledger, audit }))).toEqual([])
  })

  test('the write is his who was told of it, not his who never heard', () => {
    const open = increment('b', '1', attempt(1, null, 'silent'))
    expect(broken(history('1', { ops: [open, done], ledger, audit }))).toEqual([])
  })
})

describe('what people are told', () => {
  const late = put(10, '0', '1', { committedAt: time(4000), fault: 'late-reset', answered: 'none', status: null })
  const unknown = attempt(0, 20, 'unknown', { status: 502, code: 'outcome-unknown' })
  const asked = { how: 'ask' } as const

  test('"not applied" of what takes effect later is false', () => {
    const given = history('1', {
      ops: [increment('a', '1', attempt(0, 20, 'not-applied', { status: 503, code: 'not-applied' }))],
      ledger: [late],
      audit: [updated(1, 5, 4100, 'applied', '1')],
    })
    expect(broken(given)).toContain('not-applied-but-was')
  })

  test('"unknown" that turns to "applied" when it is known is honest', () => {
    const given = history('1', {
      ops: [increment('a', '1', unknown, attempt(4200, 4210, 'applied', asked))],
      ledger: [late],
      audit: [{ ...updated(1, 5, 4100, 'applied', '1'), turns: turns([15, 'unknown'], [4100, 'applied']) }],
    })
    expect(broken(given)).toEqual([])
  })

  test('"applied" before it takes effect is false', () => {
    const given = history('1', {
      ops: [increment('a', '1', attempt(0, 20, 'applied'))],
      ledger: [late],
      audit: [updated(1, 5, 15, 'applied', '1')],
    })
    expect(broken(given)).toEqual(['applied-but-not'])
  })

  test('a request that was given up before it came must not be sent afterwards', () => {
    const given = history('1', {
      ops: [increment('a', '1', attempt(0, null, 'silent'), attempt(1, 5, 'closed', asked))],
      ledger: [put(10, '0', '1')],
      audit: [updated(1, 8, 15, 'applied', '1')],
    })
    expect(broken(given)).toContain('closed-but-sent')
  })

  test('what was applied once is told again, whoever asks (H3)', () => {
    const again = attempt(50, 60, 'unknown', { status: 502, code: 'outcome-unknown' })
    const given = history('1', {
      ops: [increment('a', '1', attempt(0, 20, 'applied'), again)],
      ledger: [put(10, '0', '1')],
      audit: [updated(1, 5, 15, 'applied', '1')],
    })
    expect(broken(given)).toEqual(['changed-story'])
  })

  test('a replay never shows what somebody else wrote since', () => {
    const given = history('2', {
      ops: [
        increment('a', '1', attempt(0, 20, 'applied', told('1')), attempt(60, 70, 'applied', told('2'))),
        increment('b', '2', attempt(30, 50, 'applied', told('2'))),
      ],
      ledger: [put(10, '0', '1'), put(40, '1', '2')],
      audit: [updated(1, 5, 15, 'applied', '1'), updated(2, 35, 45, 'applied', '2')],
    })
    expect(broken(given)).toEqual(['foreign-values'])
  })
})

describe('what is sent', () => {
  const pressed = (...attempts: ReturnType<typeof attempt>[]) => op('k', 'psk', { tunnelId: counter }, ...attempts)
  const made = { keyHash: 'h', isKeyHandedOver: true }

  test('one press makes one call for a key (U20)', () => {
    const given = history('0', {
      ops: [pressed(attempt(0, null, 'silent'), attempt(30, 50, 'applied', { told: { keyHash: 'h2' } }))],
      ledger: [write('psk', 10, { keyHash: 'h' }), write('psk', 40, { ...made, keyHash: 'h2' })],
      audit: [entry(1, 'psk.generate', 5, 15, 'unknown'), entry(2, 'psk.generate', 35, 45, 'applied')],
    })
    expect(broken(given)).toEqual(['sent-twice'])
  })

  test('a press that nobody answered is not given another press’s call', () => {
    const shown = (keyHash: string) => ({ told: { keyHash } })
    const other = op('l', 'psk', { tunnelId: counter }, attempt(60, 80, 'applied', shown('h2')))
    const given = history('0', {
      ops: [pressed(attempt(0, null, 'silent'), attempt(30, 50, 'applied', shown('h'))), other],
      ledger: [write('psk', 40, made), write('psk', 70, { ...made, keyHash: 'h2' })],
      audit: [entry(1, 'psk.generate', 35, 45, 'applied'), entry(2, 'psk.generate', 65, 75, 'applied')],
    })
    expect(broken(given)).toEqual([])
  })

  test('a key is shown once', () => {
    const shown = { told: { keyHash: 'h' } }
    const given = history('0', {
      ops: [pressed(attempt(0, 20, 'applied', shown), attempt(30, 40, 'applied', shown))],
      ledger: [write('psk', 10, made)],
      audit: [entry(1, 'psk.generate', 5, 15, 'applied')],
    })
    expect(broken(given)).toEqual(['wrong-key'])
  })

  test('a key that was lost on its way was not "already shown"', () => {
    const given = history('0', {
      ops: [pressed(attempt(0, 20, 'unknown'), attempt(30, 40, 'applied', { status: 409, code: 'already-revealed' }))],
      ledger: [write('psk', 10, { keyHash: 'h', answered: 'cut' })],
      audit: [entry(1, 'psk.generate', 5, 15, 'unknown')],
    })
    expect(broken(given)).toEqual(['wrong-key'])
  })

  test('after a clear no the same creation may be sent again, and after a lost answer it may not (U17)', () => {
    const created = { wanted: { name: 'n' }, createdId: 'd'.repeat(32) }
    const refused = write('create', 10, { wanted: { name: 'n' }, committedAt: null, status: 429 })
    const audit = [
      named(entry(1, 'tunnel.create', 5, 15, 'failed')),
      named(entry(2, 'tunnel.create', 35, 45, 'applied')),
    ]
    const create = (claim: 'not-applied' | 'unknown') =>
      op('a', 'create', { name: 'n' }, attempt(0, 20, claim), attempt(30, 50, 'applied'))
    const ledger = [refused, write('create', 40, created)]
    expect(broken(history('0', { ops: [create('not-applied')], ledger, audit }))).toEqual([])
    const open = [named(entry(1, 'tunnel.create', 5, 15, 'unknown')), ...audit.slice(1)]
    expect(broken(history('0', { ops: [create('unknown')], ledger, audit: open }))).toEqual(['sent-twice'])
  })

  test('two tunnels of one creation are one too many', () => {
    const created = { wanted: { name: 'n' } }
    const given = history('0', {
      ops: [op('a', 'create', { name: 'n' }, attempt(0, null, 'silent'), attempt(30, 50, 'applied'))],
      ledger: [
        write('create', 10, { ...created, createdId: '1' }),
        write('create', 40, { ...created, createdId: '2' }),
      ],
      audit: [named(entry(1, 'tunnel.create', 5, 15, 'applied')), named(entry(2, 'tunnel.create', 35, 45, 'applied'))],
    })
    expect(broken(given)).toContain('double-tunnel')
  })

  test('nothing comes of a dry run', () => {
    const given = history('0', {
      ops: [op('a', 'dry-run', { name: 'dry' }, attempt(0, 20, 'applied'))],
      ledger: [write('create', 10, { wanted: { name: 'dry' } })],
      audit: [{ ...entry(1, 'tunnel.create', 5, 15, 'applied'), target: { id: null, name: 'dry' } }],
    })
    expect(broken(given)).toEqual(['wet-dry-run', 'unasked'])
  })
})

describe('the audit log', () => {
  const ops = [increment('a', '1', attempt(0, 20, 'unknown', { status: 502, code: 'outcome-unknown' }))]
  const ledger = [put(10, '0', '1')]
  const withEntry = (given: ReturnType<typeof updated>) => history('1', { ops, ledger, audit: [given] })

  test('a write without an intent is found (L3)', () => {
    expect(broken(history('1', { ops, ledger }))).toEqual(['no-intent'])
  })

  test('two writes need two intents', () => {
    const given = history('1', {
      ops,
      ledger: [...ledger, put(12, '0', '1')],
      audit: [updated(1, 5, 15, 'applied', '1')],
    })
    expect(broken(given)).toContain('no-intent')
  })

  test('an intent that was written after the request is none', () => {
    expect(broken(withEntry(updated(1, 60, 70, 'applied', '1')))).toContain('no-intent')
  })

  test('no entry stays pending, and the run waits for it', () => {
    const given = withEntry(updated(1, 5, null, 'pending', '1'))
    expect(broken(given)).toEqual(['pending'])
    expect(isSettled(given)).toBe(false)
  })

  test.each(['failed', 'rejected', 'conflict', 'denied'])('%s of what took effect is false', (outcome) => {
    expect(broken(withEntry(updated(1, 5, 15, outcome, '1')))).toEqual(['entry-denies'])
  })

  test('"applied" of what never took effect is false', () => {
    const never = [put(10, '0', '1', { committedAt: null })]
    const given = history('0', { ops, ledger: never, audit: [updated(1, 5, 15, 'applied', '1')] })
    expect(broken(given)).toEqual(['entry-invents'])
  })

  test('"unknown" must turn when a look at the tunnel tells', () => {
    const given = withEntry(updated(1, 5, 15, 'unknown', '1'))
    expect(broken(given)).toEqual(['entry-open'])
    expect(isSettled(given)).toBe(false)
  })

  test('"unknown" may stay where nobody can tell any more', () => {
    const given = { ...withEntry(updated(1, 5, 15, 'unknown', '1')), tunnels: [] }
    expect(broken(given)).toEqual(['counter-sum'])
  })
})

describe('others', () => {
  const ops = [increment('a', '1', attempt(0, 20, 'applied'))]
  const audit = [updated(1, 5, 15, 'applied', '1')]
  const reading = (at: number, customer_endpoint: string) =>
    write('get', at, { committedAt: null, served: { name: '', description: '0', customer_endpoint, rate: 'mid' } })
  const wrote = (customer_endpoint: string) => put(10, '0', '1', { wanted: { description: '1', customer_endpoint } })

  test('a value that no reading showed overwrites what others did (H2)', () => {
    const ledger = [reading(1, '203.0.113.1'), reading(8, '198.51.100.7'), wrote('203.0.113.99')]
    expect(broken(history('1', { ops, audit, ledger }))).toEqual(['overwritten'])
  })

  test('an edit between the reading and the write is counted, not forbidden', () => {
    const ledger = [reading(8, '198.51.100.7'), wrote('198.51.100.7')]
    const given = history('1', { ops, audit, ledger })
    expect(broken(given)).toEqual([])
    expect(reportOf(given, [])).toContain('1 writes undid one that came after their reading')
  })

  test('what others changed stands in nobody’s name', () => {
    const changes = [{ path: 'customer_endpoint', before: '', after: '198.51.100.7' }]
    const line = { ...entry(1, 'tunnel.update', 5, 15, 'applied'), changes }
    const given = history('1', { ops, ledger: [put(10, '0', '1')], audit: [line] })
    expect(broken(given)).toEqual(['outside-as-ours'])
  })

  test('what was written through the console is not told as somebody else’s', () => {
    const line = { ...updated(2, 16, 16, 'applied', '0'), action: 'tunnel.changedOutside' }
    const given = history('1', { ops, ledger: [put(10, '0', '1')], audit: [...audit, line] })
    expect(broken(given)).toEqual(['ours-as-outside'])
  })

  test('what others changed stands in the log', () => {
    const edit = { at: time(1), tunnelId: counter, path: 'rate', before: 'mid', after: 'high' } as const
    expect(broken(history('0', { outside: [edit] }))).toEqual(['outside-untold'])
    const line = entry(1, 'tunnel.changedOutside', 5, 5, 'applied')
    expect(broken(history('0', { outside: [edit], audit: [line] }))).toEqual([])
  })
})

describe('the process', () => {
  test('dying by itself, leaks, uncaught errors and a refused password are found', () => {
    const given = history('0', {
      lives: [{ startedAt: time(0), readyAt: time(1), endedAt: time(9), endedBy: 'itself' }],
      leaks: [{ place: 'console.db', secret: 'an MD5 key', form: 'hex', context: '' }],
      unhandled: ['{"event":"unhandled"}'],
      passwordRefusals: 1,
    })
    expect(broken(given)).toEqual(['password-refused', 'died', 'unhandled', 'leak'])
  })

  test('a list that lost more than half is believed only where nothing better was known', () => {
    const polls = [{ at: time(50), ms: 1, status: 200, tunnels: 3, really: 10 }]
    const whole = write('list', 10, { listed: 10, committedAt: null })
    expect(broken(history('0', { polls }))).toEqual([])
    expect(broken(history('0', { polls, ledger: [whole] }))).toEqual(['list-believed'])
  })

  test('a run in which nothing happens proves nothing', () => {
    expect(judge(history('0', {})).map(({ rule }) => rule)).toEqual(['idle'])
  })
})

test('a violation is told as a story: what was sent, what took effect, what the log says', () => {
  const given = history('1', {
    ops: [increment('a', '1', attempt(0, 20, 'not-applied', { status: 503, code: 'not-applied' }))],
    ledger: [put(10, '0', '1', { committedAt: time(4000), fault: 'late-reset', answered: 'none', status: null })],
    audit: [updated(1, 5, 15, 'failed', '1')],
  })
  const [first] = judge(given)
  expect(first && timelineOf(given, first)).toMatchInlineSnapshot(`
    [
      "  -   0.500 s  console    is ready",
      "» +   0.000 s  a          sends increment 1",
      "» +   0.005 s  audit      entry 1 tunnel.update begins",
      "» +   0.010 s  cloudflare #10  update "1" arrives (fault: late-reset)",
      "» +   0.010 s  cloudflare #10 is answered: none  ",
      "» +   0.015 s  audit      entry 1 is failed ",
      "» +   0.020 s  a          hears 503 not-applied: not-applied",
      "» +   4.000 s  cloudflare #10 takes effect over "0"",
    ]
  `)
})

function turns(...given: [number, string][]) {
  return given.map(([at, outcome]) => ({ at: new Date(time(at)).toISOString(), outcome }))
}

function named<T extends object>(given: T) {
  return { ...given, target: { id: null, name: 'n' } }
}
