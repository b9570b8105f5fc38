import { expect, test } from 'vitest'
import * as output from './panos-outputs.ts'
import { check, fqdn, verdicts, wrong } from './world.ts'

const all = [
  ['show vpn ike-sa', output.ikeSas(), 'CF_Gateway_01', ['session', 'version', 'peer', 'ike', 'child']],
  [
    'show vpn ike-sa detail gateway',
    output.ikeDetail(),
    'CF_Gateway_01',
    ['session', 'peer', 'local-id', 'remote-id', 'ike', 'child', 'esp', 'selectors'],
  ],
  ['show vpn ipsec-sa', output.ipsecSas(), 'CF_Tunnel_01', ['peer', 'child', 'esp', 'child-lifetime']],
  ['show vpn flow', output.flows(), 'CF_Tunnel_01', ['peer', 'child']],
  [
    'show vpn flow tunnel-id',
    output.flow(),
    'CF_Tunnel_01',
    ['peer', 'child', 'esp', 'child-lifetime', 'selectors', 'replay'],
  ],
  ['show vpn gateway', output.gateways(), 'CF_Gateway_01', ['version', 'peer', 'ike', 'ike-lifetime']],
  ['show vpn tunnel', output.tunnels(), 'CF_Tunnel_01', ['esp', 'child-lifetime', 'selectors']],
] as const

test.each(all)(
  '%s of a right tunnel fits in all that it tells, and the rest is not told',
  (title, text, name, topics) => {
    const report = check(text)
    expect(report.parts).toMatchObject([{ title: `Palo Alto PAN-OS, ${title}`, compared: name }])
    expect(report.parts[0]?.tested).toContain('not a device of ours')
    expect(verdicts(report)).toEqual(topics.map((topic) => `${topic}: fits`))
    expect(report.unchecked.find(({ label }) => label === 'TCP MSS')?.where).toBe('show interface tunnel.N')
  },
)

test.each<[what: string, text: string, found: Record<string, string>]>([
  ['no session at all', output.noSas, { session: 'There is no IKEv2 SA' }],
  ['no IPsec SA at all', 'There is no IPSec SA found.', { child: 'There is no IPSec SA' }],
  ['a session of IKEv1', output.ikeV1, { version: 'IKEv1', ike: 'AES-CBC-128, SHA-1, DH group 14' }],
  ['a session that does not come up', output.ikeSas({ state: 'Half-open' }), { session: 'Half-open' }],
  ['a child that is going', output.ikeSas({ child: 'Dying' }), { child: 'Dying' }],
  [
    'a session with a weak proposal that does not come up',
    output.ikeSas({ state: 'Init', algorithm: 'PSK/ DH2/A128/SHA1  ' }),
    { session: 'Init', ike: 'AES-CBC-128, SHA-1, DH group 2' },
  ],
  ['another identity', output.ikeDetail({ local: 'fqdn:branch.example' }), { 'local-id': 'branch.example' }],
  ['another identity of the peer', output.ikeDetail({ remote: 'fqdn:hub.example' }), { 'remote-id': 'hub.example' }],
  [
    'networks of its own',
    output.ikeDetail({ networks: '10.1.0.0-10.1.255.255' }),
    { selectors: '10.1.0.0/16 to 10.1.0.0/16' },
  ],
  ['an SA to come', output.ikeDetail({ child: 'Larval' }), { child: 'Larval' }],
  ['a tunnel that is only beginning', output.flows({ state: 'init' }), { child: 'init' }],
  ['a tunnel to another peer', output.flow({ peer: '192.0.2.9' }), { peer: '192.0.2.9' }],
  ['a check for replays', output.flow({ replay: 'yes' }), { replay: 'anti replay check: yes' }],
  ['a proxy-id', output.flow({ proxy: '10.1.0.0/16' }), { selectors: '10.1.0.0/16 to 10.1.0.0/16' }],
  ['a group that is not taken', output.gateways('[PSK][DH2][AES128][SHA1]'), { ike: 'AES-CBC-128, SHA-1, DH group 2' }],
  ['a gateway of IKEv1', output.gateways('[PSK][DH20][AES256][SHA256]', 'IKEv1'), { version: 'IKEv1' }],
  ['a cipher that hides nothing', output.tunnels('[DH2][NULL][MD5]'), { esp: 'NULL, MD5, DH group 2' }],
  ['one proxy-id', output.tunnels(undefined, '10.9.0.0/16'), { selectors: '10.9.0.0/16 to 0.0.0.0/0' }],
])('%s is told so, and nothing else', (_what, text, found) => {
  const yours = [...wrong(check(text))].map(([topic, one]) => [topic, one.yours])
  expect(Object.fromEntries(yours)).toEqual(found)
})

test.each([
  ['ESP/A256/SHA256', 'AES-CBC-256, SHA-256'],
  ['ESP/G256/      ', 'AES-GCM-256'],
  ['ESP/G128/      ', 'AES-GCM-128'],
  ['ESP/A128/SHA1  ', 'AES-CBC-128, SHA-1'],
])('%s is %s', (algorithm, words) => {
  const findings = check(output.ipsecSas({ algorithm })).parts[0]?.findings ?? []
  expect(findings.find(({ topic }) => topic === 'esp')?.yours).toBe(words)
})

test('the first figure of life is the lifetime only where what remains has a column of its own', () => {
  expect(verdicts(check(output.ipsecSas({ life: '3527/102400' })))).toEqual(['peer: fits', 'child: fits', 'esp: fits'])
})

test('where no row has our peer, none of several is compared', () => {
  for (const text of [output.ikeSas({ peer: '192.0.2.9' }), output.ipsecSas({ peer: '192.0.2.9' })]) {
    expect(check(text).parts[0]).toMatchObject({ compared: null, isAnother: true, findings: [] })
  }
})

test('an identity that differs says how it is set on PAN-OS', () => {
  const text = output.ikeDetail({ local: 'fqdn:branch.example' })
  expect(wrong(check(text)).get('local-id')?.mend).toBe(`set network ike gateway GATEWAY local-id type fqdn id ${fqdn}`)
})

test('outputs one after the other, with prompts in front and CRLF, are each read', () => {
  const text = all.map(([title, one]) => `admin@PA-440(active)> ${title}\n${one}`).join('')
  const plain = check(text)
  expect(plain.parts.map(({ title }) => title)).toEqual(all.map(([title]) => `Palo Alto PAN-OS, ${title}`))
  expect(wrong(plain).size).toBe(0)
  expect(check(text.replaceAll('\n', '\r\n'))).toEqual(plain)
  expect(check(`${output.ikeSas()}\n${output.ikeSas()}`).parts).toHaveLength(1)
})

test('wherever a paste is cut, nothing that was not there is held against the device', () => {
  for (const [, text] of all) {
    const lines = text.split('\n')
    const parts = lines.flatMap((_, at) => check(lines.slice(0, at).join('\n')).parts)
    // A cut may leave out ours; the other one is then the only one, and is compared by its peer.
    const findings = parts.filter(({ compared }) => compared?.startsWith('CF_')).flatMap((part) => part.findings)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ verdict }) => verdict !== 'fits')).toEqual([])
  }
})
