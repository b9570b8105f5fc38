import { describe, expect, test } from 'vitest'
import { attempt, broken, history, increment, put, time, turns, updated } from './example.ts'

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

  test('a write that stands on an old number is a lost update', () => {
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

  test('what was applied once is told again, whoever asks', () => {
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
