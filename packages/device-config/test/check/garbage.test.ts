import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check, recorded } from './world.ts'

test.each([
  [''],
  ['\n\n\n'],
  ['the quick brown fox'],
  ['{"tunnels": []}'],
  ['}}}{{{===;;;'],
  ['\u0000\u001b[31m\ufffd'],
  ['PASTE-KEY-HERE'],
])('nothing is recognised in %j, and nothing is said to be unchecked', (text) => {
  expect(check(text)).toEqual({ parts: [], unchecked: [], isCut: false })
})

test('whatever is pasted, there is an answer', () => {
  const words = [
    'local',
    'remote',
    '{',
    '}',
    '=',
    'BGP',
    'id',
    '#1',
    'ESTABLISHED',
    'IKEv2',
    '\n',
    ' ',
    ':',
    '10.0.0.1',
  ]
  const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })), { maxLength: 60 })
  fc.assert(
    fc.property(text, (parts) => {
      expect(check(parts.join(' ')).parts.length).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 200 },
  )
})

const megabyte = 1_000_000
const filled = (piece: string) => piece.repeat(Math.ceil(megabyte / piece.length))

test('what is longer than any configuration is read at its beginning, and that is said', () => {
  const report = check(`${recorded('swanctl-list-sas-up')}${'more\n'.repeat(30_000)}`)
  expect(report.isCut).toBe(true)
  expect(report.parts).toHaveLength(1)
})

test.each<[what: string, text: string]>([
  ['one long line', filled('a')],
  ['one long line of braces', filled('a{')],
  ['spaces', filled(' ')],
  ['empty lines', filled('\n')],
  ['words and colons', filled('x: #1, ')],
  ['dotted numbers', filled('1.1.1.')],
  ['open braces, line by line', filled('a {\n')],
  ['sessions of strongSwan', filled(recorded('swanctl-list-sas-up'))],
  ['sessions of BIRD', filled(recorded('birdc-show-protocols-all'))],
  ['log lines', filled('[IKE] initiating IKE_SA a to 192.0.2.1\n')],
  [
    'Cisco blocks',
    filled('interface Tunnel1\n tunnel protection ipsec profile P\ncrypto ipsec profile P\n set transform-set T\n'),
  ],
])('a megabyte of %s is answered in time', (_what, text) => {
  const began = performance.now()
  check(text)
  expect(performance.now() - began).toBeLessThan(3000)
})
