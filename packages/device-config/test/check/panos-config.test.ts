import { expect, test } from 'vitest'
import { check, fqdn, verdicts, wrong } from './world.ts'

const ike = 'set network ike crypto-profiles ike-crypto-profiles cf'
const ipsec = 'set network ike crypto-profiles ipsec-crypto-profiles cf'
const gateway = 'set network ike gateway CF_GW'
const tunnel = 'set network tunnel ipsec CF_TUN'
const bgp = 'set network virtual-router default protocol bgp'

const lines = [
  `${ike} hash sha256`,
  `${ike} dh-group [ group20 group14 ]`,
  `${ike} encryption aes-256-cbc`,
  `${ike} lifetime hours 24`,
  `${ipsec} esp encryption aes-256-gcm`,
  `${ipsec} esp authentication sha512`,
  `${ipsec} dh-group group20`,
  `${ipsec} lifetime seconds 28800`,
  `${gateway} authentication pre-shared-key key CANARY-KEY`,
  `${gateway} protocol version ikev2`,
  `${gateway} protocol ikev2 ike-crypto-profile cf`,
  `${gateway} protocol-common passive-mode no`,
  `${gateway} peer-address ip 162.159.135.10`,
  `${gateway} local-id type fqdn`,
  `${gateway} local-id id ${fqdn}`,
  `${gateway} peer-id type ipaddr id "162.159.135.10"`,
  `${tunnel} auto-key ike-gateway CF_GW`,
  `${tunnel} auto-key ipsec-crypto-profile cf`,
  `${tunnel} tunnel-interface tunnel.7`,
  `${tunnel} anti-replay no`,
  'set network interface tunnel units tunnel.7 ip 10.252.0.39/31',
  `${bgp} local-as 65010`,
  `${bgp} peer-group CF peer one peer-as 13335`,
  `${bgp} peer-group CF peer one peer-address ip 10.252.0.38`,
  'set network ike gateway BRANCH peer-address ip 198.51.100.9',
  'set network tunnel ipsec BRANCH auto-key ike-gateway BRANCH',
]
const text = lines.join('\n')

const all = [
  'version',
  'peer',
  'local-id',
  'remote-id',
  'ike',
  'ike-lifetime',
  'esp',
  'child-lifetime',
  'inside',
  'replay',
]
const fits = [...all, 'begins', 'bgp-neighbour', 'bgp-local-asn', 'bgp-remote-asn'].map((topic) => `${topic}: fits`)

test('a configuration in set format is followed from the tunnel to its gateway, profiles and interface', () => {
  const report = check(text)
  expect(report.parts).toMatchObject([
    { title: 'Palo Alto PAN-OS, configuration in set format', compared: 'CF_TUN', passedOver: ['BRANCH'] },
  ])
  expect(verdicts(report)).toEqual(fits)
  expect(report.unchecked.map(({ label }) => label)).toEqual([
    'IKE session',
    'IPsec session (child SA)',
    'Networks that are carried',
    'TCP MSS',
    'BGP session',
  ])
  expect(JSON.stringify(report)).not.toContain('CANARY')
})

test('prompts in front, a template of Panorama, CRLF and any order of lines change nothing', () => {
  const plain = check(text)
  expect(check(lines.map((line) => `admin@PA-440(active)# ${line}`).join('\n'))).toEqual(plain)
  expect(check(lines.map((line) => line.replace('set ', 'set template T config ')).join('\n'))).toEqual(plain)
  expect(check(lines.join('\r\n'))).toEqual(plain)
  expect(verdicts(check(lines.toReversed().join('\n')))).toEqual(fits)
})

test('a profile that is set in one line is read as well', () => {
  const others = lines.filter((line) => !line.startsWith(ipsec))
  const line = `${ipsec} esp encryption aes-128-cbc authentication sha1 dh-group group14 lifetime hours 8`
  const found = check([...others, line].join('\n')).parts[0]?.findings.find(({ topic }) => topic === 'esp')
  expect(found).toMatchObject({ verdict: 'fits', yours: 'AES-CBC-128, SHA-1, DH group 14' })
})

test.each<[from: string, to: string, found: Record<string, string>]>([
  ['protocol version ikev2', 'protocol version ikev1', { version: 'ikev1' }],
  ['ip 162.159.135.10', 'ip 192.0.2.9', { peer: '192.0.2.9' }],
  [fqdn, 'branch.example', { 'local-id': 'branch.example' }],
  ['id "162.159.135.10"', 'id 192.0.2.9', { 'remote-id': '192.0.2.9' }],
  ['hash sha256', 'hash md5', { ike: 'AES-CBC-256, MD5, DH group 20 or 14' }],
  ['lifetime hours 24', 'lifetime days 3', { 'ike-lifetime': '72 hours' }],
  ['dh-group group20', 'dh-group no-pfs', { esp: 'AES-GCM-256, no PFS' }],
  ['lifetime seconds 28800', 'lifetime minutes 10', { 'child-lifetime': '10 minutes' }],
  ['anti-replay no', 'anti-replay yes', { replay: 'anti-replay yes' }],
  ['ip 10.252.0.39/31', 'ip 10.252.0.38/31', { inside: '10.252.0.38' }],
  ['passive-mode no', 'passive-mode yes', { begins: 'passive-mode yes' }],
  ['local-as 65010', 'local-as 65011', { 'bgp-local-asn': '65011' }],
  ['peer-as 13335', 'peer-as 13336', { 'bgp-remote-asn': '13336' }],
  ['anti-replay no', 'auto-key proxy-id all local 10.1.0.0/16', { selectors: '10.1.0.0/16 to not told' }],
])('%s that became %s is told', (from, to, found) => {
  expect(text).toContain(from)
  const yours = [...wrong(check(text.replace(from, to)))].map(([topic, one]) => [topic, one.yours])
  expect(Object.fromEntries(yours)).toEqual(found)
})

test('wherever a configuration is cut, nothing that was not there is held against it', () => {
  for (const at of lines.keys()) {
    expect([...wrong(check(lines.slice(0, at).join('\n'))).keys()]).toEqual([])
  }
})

test('a gateway without a tunnel is compared by itself, and a key called like an option stays a key', () => {
  const report = check(`${gateway} authentication pre-shared-key key peer-address ip 162.159.135.10`)
  expect(report.parts).toMatchObject([{ compared: 'CF_GW', findings: [] }])
})
