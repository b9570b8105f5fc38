import { expect, test } from 'vitest'
import { gateway } from './fortigate-outputs.ts'
import { check, verdicts, wrong } from './world.ts'

interface Table {
  own?: string
  neighbour?: string
  asn?: string
  last?: string
}

const fortigate = (more: Table = {}) => `
VRF 0 BGP router identifier 10.252.0.39, local AS number ${more.own ?? '65010'}
BGP table version is 12
1 BGP AS-PATH entries
0 BGP community entries

Neighbor      V         AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
10.9.9.1      4      65099     406     380        8    0    0 02:13:44        7
${more.neighbour ?? '10.252.0.38'}   4      ${more.asn ?? '13335'}     406     380        8    0    0 ${more.last ?? '02:13:44        0'}

Total number of neighbors 2
`

const frr = `
IPv4 Unicast Summary (VRF default):
BGP router identifier 10.252.0.39, local AS number 65010 vrf-id 0
BGP table version 6

Neighbor        V         AS   MsgRcvd   MsgSent   TblVer  InQ OutQ  Up/Down State/PfxRcd   PfxSnt Desc
10.252.0.38     4      13335       124       130        0    0    0 01:05:12     (Policy) (Policy) N/A
`

const fits = ['bgp-state: fits', 'bgp-neighbour: fits', 'bgp-local-asn: fits', 'bgp-remote-asn: fits']

test.each([
  ['a FortiGate', fortigate()],
  ['FRR', frr],
  ['any with CRLF and a prompt in front', `FGT # get router info bgp summary\n${fortigate()}`.replaceAll('\n', '\r\n')],
])('the session with Cloudflare is found in the summary of %s', (_what, text) => {
  expect(verdicts(check(text))).toEqual(fits)
})

test.each<[what: string, more: Table, found: Record<string, string>]>([
  ['waits', { last: 'never     Active' }, { 'bgp-state': 'Active' }],
  ['is shut', { last: 'never     Idle (Admin)' }, { 'bgp-state': 'Idle' }],
  ['has another own number', { own: '65011' }, { 'bgp-local-asn': '65011' }],
  ['has another number for Cloudflare', { asn: '13336' }, { 'bgp-remote-asn': '13336' }],
  ['is with another neighbour', { neighbour: '10.252.0.40' }, { 'bgp-neighbour': '10.252.0.40' }],
])('a session that %s is told so', (_what, more, found) => {
  const yours = [...wrong(check(fortigate(more)))].map(([topic, one]) => [topic, one.yours])
  expect(Object.fromEntries(yours)).toEqual(found)
})

test('it is read beside the gateways of the same device, and cut anywhere it accuses nobody', () => {
  const report = check(gateway() + fortigate())
  expect(report.parts.map(({ title }) => title.split(',')[1])).toEqual([
    ' diagnose vpn ike gateway list',
    ' get router info bgp summary; Cisco IOS XE and FRR',
  ])
  expect(wrong(report).size).toBe(0)
  const lines = frr.split('\n')
  const cut = lines.map((_, at) => wrong(check(lines.slice(0, at).join('\n'))).size)
  expect(cut.filter((size) => size > 0)).toEqual([])
})
