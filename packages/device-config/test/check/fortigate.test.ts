import { expect, test } from 'vitest'
import { gateway, keys, phases, summary, tunnel } from './fortigate-outputs.ts'
import { check, verdicts, wrong } from './world.ts'

const gatewayFits = ['session', 'version', 'peer', 'remote-id', 'ike', 'ike-lifetime', 'child'].map(
  (one) => `${one}: fits`,
)
const tunnelFits = ['version', 'peer', 'child', 'esp', 'child-lifetime', 'selectors', 'replay'].map(
  (one) => `${one}: fits`,
)

test.each<[title: string, text: string, fits: string[]]>([
  ['FortiGate, diagnose vpn ike gateway list', gateway(), gatewayFits],
  ['FortiGate, diagnose vpn tunnel list', tunnel(), tunnelFits],
  ['FortiGate, get vpn ipsec tunnel summary', summary(), ['peer: fits', 'child: fits']],
])('%s of a right tunnel fits in all that it tells, and the rest is not told', (title, text, fits) => {
  const report = check(text)
  expect(report.parts).toMatchObject([
    { title, compared: 'to-cloudflare', tested: 'public examples, not a device of ours' },
  ])
  expect(verdicts(report)).toEqual(fits)
  const told = fits.map((one) => one.split(':')[0])
  expect(told).not.toContain('mss')
  expect(report.unchecked.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Identity of the device', 'TCP MSS']),
  )
  expect(report.unchecked.find(({ label }) => label === 'TCP MSS')?.where).toBe('show system interface: tcp-mss')
})

test.each<[what: string, text: string, found: Record<string, string>]>([
  ['a gateway with another peer', gateway({ peer: '192.0.2.9' }), { peer: '192.0.2.9' }],
  ['a gateway whose peer names itself otherwise', gateway({ peerId: 'hub.example' }), { 'remote-id': 'hub.example' }],
  ['a gateway that speaks IKEv1', gateway({ version: '1' }), { version: 'IKEv1' }],
  [
    'a gateway that is still asking, with a weak proposal',
    gateway({ counts: '1/1', status: 'connecting, state 3, started 15s ago', proposal: 'aes128-sha1' }),
    { session: 'connecting', ike: 'AES-CBC-128, SHA-1', child: '1 created, 0 established' },
  ],
  [
    'a gateway without any session',
    gateway({ counts: '0/0' }).replace(/\n {2}id\/spi[\s\S]*/, ''),
    { session: '0 created, 0 established', child: '0 created, 0 established' },
  ],
  ['a gateway that renews too rarely', gateway({ lifetime: '172800' }), { 'ike-lifetime': '48 hours' }],
  ['a tunnel to another peer', tunnel({ peer: '192.0.2.9' }), { peer: '192.0.2.9' }],
  ['a tunnel without an SA', tunnel({ sa: '0' }), { child: 'no SA (sa=0)' }],
  [
    'a tunnel without an SA, with an algorithm that is not taken',
    tunnel({ sa: '0', esp: '3des key=24', ah: 'md5 key=16' }),
    { child: 'no SA (sa=0)', esp: '3DES, MD5' },
  ],
  ['a tunnel that checks for replays', tunnel({ window: '2048' }), { replay: 'replaywin=2048' }],
  ['a tunnel that renews after 12 hours', tunnel({ lifetime: '43200' }), { 'child-lifetime': '12 hours' }],
  [
    'a tunnel for two networks',
    tunnel({ selector: '192.168.100.0/255.255.255.0' }),
    { selectors: '192.168.100.0/24 to 192.168.100.0/24' },
  ],
  [
    'a tunnel for a range',
    tunnel({ selector: '10.0.0.1-10.0.0.9' }),
    { selectors: '10.0.0.1-10.0.0.9 to 10.0.0.1-10.0.0.9' },
  ],
  ['a summary with its selector down', summary('1/0'), { child: '0 of 1 selectors up' }],
])('%s is told so, and nothing else of it', (_what, text, found) => {
  const yours = [...wrong(check(text))].map(([topic, one]) => [topic, one.yours])
  expect(Object.fromEntries(yours)).toEqual(found)
})

test.each([
  ['aes-gcm key=20', 'null key=0', 'AES-GCM-128'],
  ['aes key=16', 'sha1 key=20', 'AES-CBC-128, SHA-1'],
  ['aes key=32', 'sha256 key=32', 'AES-CBC-256, SHA-256'],
])('the length of the key tells %s apart', (esp, ah, words) => {
  const findings = check(tunnel({ esp, ah })).parts[0]?.findings ?? []
  expect(findings.find(({ topic }) => topic === 'esp')?.yours).toBe(words)
})

test('ours is found among several by its peer; of two sessions while keys change the established one counts', () => {
  const other = gateway({ name: 'to-branch', peer: '198.51.100.9', version: '1' })
  const second = gateway().slice(gateway().indexOf('\n  id/spi')).replace('established 110', 'connecting 110')
  const report = check(other + gateway() + second + other.replace('to-branch', 'to-office'))
  expect(report.parts[0]).toMatchObject({ compared: 'to-cloudflare', passedOver: ['to-branch', 'to-office'] })
  expect(verdicts(report)).toEqual(gatewayFits)
})

test('a tunnel that is called like ours is ours, with a wrong peer; of others without any likeness none is compared', () => {
  const branch = tunnel({ name: 'to-branch', peer: '198.51.100.9' })
  const named = check(branch + tunnel({ name: 'cf-01234567', peer: '192.0.2.9' }))
  expect(named.parts[0]).toMatchObject({ compared: 'cf-01234567', isAnother: false })
  expect(wrong(named).get('peer')?.yours).toBe('192.0.2.9')
  const others = check(branch + branch.replace('to-branch', 'to-office'))
  expect(others.parts[0]).toMatchObject({ compared: null, isAnother: true, findings: [] })
})

test('older outputs, with a colon after each word and without version or peer, are read as well', () => {
  const older = gateway().replaceAll(/(SA): created (\S+) {2}established (\S+)/g, '$1  created: $2  established: $3')
  expect(older).toContain('IKE SA  created: 1/2  established: 1/2')
  expect(verdicts(check(older))).toEqual(gatewayFits)
  const line = "'to-cloudflare'  selectors(total,up): 1/1  rx(pkt,err): 1921/0  tx(pkt,err): 69/2"
  expect(verdicts(check(line))).toEqual(['child: fits'])
  const old = tunnel({ selector: '0.0.0.0/0.0.0.0' }).replace(' ver=2 serial=2', '').replaceAll(': 0:0.0', ': 0.0')
  expect(verdicts(check(old))).toEqual(tunnelFits.slice(1))
})

const all = [gateway(), tunnel(), summary(), phases()]

test('outputs one after the other, with prompts in front and CRLF, are each read', () => {
  const text = all.map((one) => `FG60F (root) # diagnose vpn something\n${one}`).join('')
  const plain = check(text)
  expect(plain.parts.map(({ title }) => title)).toEqual([
    'FortiGate, diagnose vpn ike gateway list',
    'FortiGate, diagnose vpn tunnel list',
    'FortiGate, get vpn ipsec tunnel summary',
    'FortiGate, show full-configuration or show vpn ipsec',
  ])
  expect(wrong(plain).size).toBe(0)
  expect(check(text.replaceAll('\n', '\r\n'))).toEqual(plain)
})

test('wherever a paste is cut, nothing that was not there is held against the device', () => {
  for (const text of all) {
    const lines = text.split('\n')
    const parts = lines.flatMap((_, at) => check(lines.slice(0, at).join('\n')).parts)
    // A cut may leave out ours; the other one is then the only one, and is compared by its peer.
    const findings = parts.filter(({ compared }) => compared === 'to-cloudflare').flatMap((part) => part.findings)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ verdict }) => verdict !== 'fits')).toEqual([])
  }
})

test('the keys of sessions are in no part of the answer', () => {
  const text = all.join('')
  for (const key of keys) expect(text).toContain(key)
  const answer = JSON.stringify(check(text))
  for (const key of keys) expect(answer).not.toContain(key)
})

test.each<[what: string, text: string, found: Record<string, string>]>([
  [
    'no version',
    phases({ phase1: 'set dpd on-idle' }),
    { version: 'ike-version not set: IKEv1 by default in FortiOS 7' },
  ],
  ['version 1', phases({ phase1: 'set ike-version 1' }), { version: 'IKEv1' }],
  ['no forward secrecy', phases({ phase2: 'set pfs disable' }), { esp: 'AES-GCM-256, no PFS' }],
  ['a child of 12 hours', phases({ phase2: 'set keylifeseconds 43200' }), { 'child-lifetime': '12 hours' }],
  ['one network', phases({ phase2: 'set src-subnet 10.1.0.0 255.255.0.0' }), { selectors: '10.1.0.0/16 to 0.0.0.0/0' }],
])('a configuration with %s is told so', (_what, text, found) => {
  const yours = [...wrong(check(text))].map(([topic, one]) => [topic, one.yours])
  expect(Object.fromEntries(yours)).toEqual(found)
})

test('networks that a configuration names by an address object are not told', () => {
  const report = check(phases({ phase2: 'set src-addr-type name' }))
  expect(verdicts(report).filter((one) => one.startsWith('selectors'))).toEqual([])
  expect(report.unchecked.map(({ label }) => label)).toContain('Networks that are carried')
})
