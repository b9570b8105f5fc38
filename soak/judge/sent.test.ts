import { describe, expect, test } from 'vitest'
import { isSettled } from '../judge.ts'
import { attempt, broken, counter, entry, history, increment, op, put, updated, write } from './example.ts'

describe('what is sent', () => {
  const pressed = (...attempts: ReturnType<typeof attempt>[]) => op('k', 'psk', { tunnelId: counter }, ...attempts)
  const made = { keyHash: 'h', isKeyHandedOver: true }

  test('one press makes one call for a key', () => {
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

  test('after a clear no the same creation may be sent again, and after a lost answer it may not', () => {
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

  test('a write without an intent is found', () => {
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

function named<T extends object>(given: T) {
  return { ...given, target: { id: null, name: 'n' } }
}
