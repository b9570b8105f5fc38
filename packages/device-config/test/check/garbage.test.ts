import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gateway, phases, summary, tunnel } from './fortigate-outputs.ts'
import * as panos from './panos-outputs.ts'
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
    'set network ike gateway',
    '[',
    'name:',
    'name=x 10.0.0.1:0->10.0.0.2:0',
    'addr: 10.0.0.1:500 -> 10.0.0.2:500',
    'IKE SA: created 1/1',
    'src: 0:0.0.0.0-255.255.255.255:0',
    'src: 0:10.0.0.9-10.0.0.1:0',
    'tunnel',
    'peer ip: 10.0.0.1',
    'PSK/DH20/A256/SHA256',
    'config vpn ipsec phase1-interface',
    'edit',
    'next',
    'end',
  ]
  const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })), { maxLength: 60 })
  fc.assert(
    fc.property(text, (parts) => {
      expect(check(parts.join(' ')).parts.length).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 200 },
  )
})

test('whatever stands in the lines of an output of ours, there is an answer', () => {
  const outputs = [gateway(), tunnel(), summary(), phases(), panos.ikeSas(), panos.ikeDetail(), panos.flow()]
  const lines = [...outputs, panos.ipsecSas(), panos.gateways(), panos.tunnels()].flatMap((one) => one.split('\n'))
  const damaged = fc
    .tuple(fc.constantFrom(...lines), fc.nat(80), fc.string({ maxLength: 6 }))
    .map(([line, at, more]) => line.slice(0, at) + more + line.slice(at))
  fc.assert(
    fc.property(fc.array(damaged, { maxLength: 60 }), (text) => {
      const { parts } = check(text.join('\n'))
      expect(parts.flatMap(({ findings }) => findings).every(({ yours }) => yours !== '')).toBe(true)
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
  ['gateways of a FortiGate', filled(gateway())],
  ['tunnels of a FortiGate', filled(tunnel())],
  ['summaries of a FortiGate', filled(summary())],
  ['phases of a FortiGate', filled(phases())],
  ['phases 1 without end', filled('config vpn ipsec phase1-interface\nedit a\n')],
  ['gateways of PAN-OS', filled(panos.ikeSas())],
  ['one gateway of PAN-OS', filled(panos.ikeDetail())],
  ['tunnels of PAN-OS', filled(panos.ipsecSas() + panos.flows() + panos.flow() + panos.tunnels())],
  ['settings of PAN-OS', filled(panos.gateways())],
  ['set lines', filled('set network ike gateway GW peer-address ip 10.0.0.1\n')],
  ['a set line', `set network ike gateway ${filled('a ')}`],
  ['rows of BGP that end too early', filled(`10.0.0.1 4 1${' 1'.repeat(450)}\n`)],
  ['columns of spaces', filled(`1${' '.repeat(900)}\n`)],
  ['rows that end too early', filled(`1 1 10.0.0.1 ${'a '.repeat(450)}\n`)],
  ['names without end', filled(`name: ${'a-'.repeat(480)}\n`)],
])('a megabyte of %s is answered in time', (_what, text) => {
  const began = performance.now()
  check(text)
  expect(performance.now() - began).toBeLessThan(3000)
})
