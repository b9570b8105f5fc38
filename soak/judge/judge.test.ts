import { describe, expect, test } from 'vitest'
import { judge } from '../judge.ts'
import { attempt, broken, counter, entry, history, increment, put, time, updated, write } from './example.ts'
import { reportOf } from './report.ts'
import { timelineOf } from './timeline.ts'

describe('others', () => {
  const ops = [increment('a', '1', attempt(0, 20, 'applied'))]
  const audit = [updated(1, 5, 15, 'applied', '1')]
  const reading = (at: number, customer_endpoint: string) =>
    write('get', at, { committedAt: null, served: { name: '', description: '0', customer_endpoint, rate: 'mid' } })
  const wrote = (customer_endpoint: string) => put(10, '0', '1', { wanted: { description: '1', customer_endpoint } })

  test('a value that no reading showed overwrites what others did', () => {
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

  describe('what others changed stands in the log', () => {
    const edit = { at: time(1000), tunnelId: counter, path: 'rate', before: 'mid', after: 'high' } as const
    const looks = [4000, 8000].map((at) => ({ at: time(at), ms: 1, status: 200, tunnels: 1, really: 1 }))
    const known = write('list', 500, { listed: 1, committedAt: null })
    const seen = { outside: [edit], polls: looks, ledger: [known] }
    const line = {
      ...entry(1, 'tunnel.changedOutside', 5000, 5000, 'applied'),
      changes: [{ path: 'health_check.rate', before: 'mid', after: 'high' }],
    }

    test('once people have looked', () => {
      expect(broken(history('0', seen))).toEqual(['outside-untold'])
      expect(broken(history('0', { ...seen, audit: [line] }))).toEqual([])
    })

    test('and need not where nobody could notice: nobody looked, it was undone, a change was open, the process ended', () => {
      const undone = { ...edit, at: time(4500), before: 'high', after: 'mid' }
      const open = updated(1, 900, 9000, 'failed', '1')
      const life = { startedAt: time(-1000), readyAt: time(-500), endedAt: time(6000), endedBy: 'SIGKILL' } as const
      expect(broken(history('0', { ...seen, polls: [] }))).toEqual([])
      expect(broken(history('0', { ...seen, outside: [edit, undone] }))).toEqual([])
      expect(broken(history('0', { ...seen, audit: [open] }))).toEqual([])
      expect(broken(history('0', { ...seen, lives: [life] }))).toEqual([])
    })
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

  test('a list that lost more than half is believed only where nothing better was shown since the start', () => {
    const look = (at: number, tunnels: number) => ({ at: time(at), ms: 1, status: 200, tunnels, really: 10 })
    const restarted = [
      { startedAt: time(-1000), readyAt: time(-500), endedAt: time(20), endedBy: 'SIGKILL' } as const,
      { startedAt: time(20), readyAt: time(30), endedAt: null, endedBy: null },
    ]
    const polls = [look(10, 10), look(50, 3)]
    expect(broken(history('0', { polls: [look(50, 3)] }))).toEqual([])
    expect(broken(history('0', { polls }))).toEqual(['list-believed'])
    expect(broken(history('0', { polls, lives: restarted }))).toEqual([])
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
