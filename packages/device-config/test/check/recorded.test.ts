import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { check, fqdn, recorded, verdicts, wrong } from './world.ts'

test('a session that strongSwan itself shows as up fits its tunnel; that it carries less than all is a doubt', () => {
  const report = check(recorded('swanctl-list-sas-up'))
  expect(report.parts.map(({ title, compared }) => [title, compared])).toEqual([
    ['strongSwan, swanctl --list-sas', 'paris-b'],
  ])
  expect(verdicts(report)).toEqual([
    'session: fits',
    'version: fits',
    'peer: fits',
    'local-id: fits',
    'remote-id: fits',
    'ike: fits',
    'child: fits',
    'esp: fits',
    'selectors: doubt',
  ])
  const values = new Map(report.parts[0]?.findings.map(({ topic, yours }) => [topic, yours]))
  expect(values.get('ike')).toBe('AES-GCM-256, PRF SHA-256, DH group 20')
  expect(values.get('esp')).toBe('AES-GCM-256')
  expect(values.get('selectors')).toBe('10.252.0.39/32 to 10.252.0.38/32')
  expect(report.unchecked.map(({ label }) => label)).toContain('Anti-replay')
})

test.each<[what: string, more: Record<string, unknown>, topic: string, yours: string, expected: string, mend: string]>([
  [
    'another endpoint',
    { cloudflare_endpoint: '172.64.240.10' },
    'peer',
    '162.159.135.10',
    '172.64.240.10',
    'In the connection: remote_addrs = 172.64.240.10',
  ],
  [
    'another account number',
    { remote_identities: { fqdn_id: fqdn.replace('.123456789', '.987'), user_id: '', hex_id: '' } },
    'local-id',
    fqdn,
    fqdn.replace('.123456789', '.987'),
    `In its section local: id = ${fqdn.replace('.123456789', '.987')}`,
  ],
  [
    'other inside addresses',
    { interface_address: '10.9.9.0/31' },
    'selectors',
    '10.252.0.39/32 to 10.252.0.38/32',
    '0.0.0.0/0 to 0.0.0.0/0',
    'In the child: local_ts = 0.0.0.0/0 and remote_ts = 0.0.0.0/0',
  ],
])(
  'the same session does not fit a tunnel with %s, and says how to mend it',
  (_what, more, topic, yours, expected, mend) => {
    expect(wrong(check(recorded('swanctl-list-sas-up'), more)).get(topic)).toMatchObject({
      verdict: 'differs',
      yours,
      expected,
      mend,
    })
  },
)

test('a session that gets no answer is told as not up, and its peer as wrong', () => {
  const found = wrong(check(recorded('swanctl-list-sas-connecting')))
  expect([...found.keys()]).toEqual(['session', 'peer'])
  expect(found.get('session')?.yours).toBe('CONNECTING')
  expect(found.get('peer')?.yours).toBe('162.159.135.99')
})

test('the log of a wrong key names the cause, and that identity and peer fit', () => {
  const report = check(recorded('swanctl-initiate-wrong-key'))
  expect(report.parts.map(({ title }) => title)).toEqual(['IKE log'])
  expect(report.parts[0]?.notices.map(({ word }) => word)).toEqual(['AUTHENTICATION_FAILED'])
  expect(verdicts(report)).toEqual(['peer: fits', 'local-id: fits'])
})

test('an established session of BIRD fits; the other one of the same device is passed over', () => {
  expect(verdicts(check(recorded('birdc-show-protocols-all')))).toEqual([
    'bgp-state: fits',
    'bgp-neighbour: fits',
    'bgp-local-asn: fits',
    'bgp-remote-asn: fits',
  ])
})

test('a session of BIRD that is not up says what it waits for', () => {
  const found = wrong(check(recorded('birdc-show-protocols-all-active')))
  expect([...found.keys()]).toEqual(['bgp-state'])
  expect(found.get('bgp-state')).toMatchObject({ yours: 'Active', expected: 'Established' })
  expect(found.get('bgp-state')?.why).toMatch(/^No TCP connection/)
})

test('another ASN at Cloudflare than on the device is named with the line that mends it', () => {
  const found = wrong(check(recorded('birdc-show-protocols-all'), { bgp: { customer_asn: 65020 } }))
  expect(found.get('bgp-local-asn')).toMatchObject({ yours: '65010', expected: '65020' })
  expect(found.get('bgp-local-asn')?.mend).toContain('local as 65020')
})

test('a session on the device that Cloudflare has no BGP for is a doubt', () => {
  const found = wrong(check(recorded('birdc-show-protocols-all'), { bgp: null }))
  expect([...found]).toMatchObject([['bgp-neighbour', { verdict: 'doubt', yours: '10.252.0.38' }]])
})

test('the short list of BIRD has states and nothing to tell sessions by, and says where to find more', () => {
  const report = check(recorded('birdc-show-protocols'))
  expect(verdicts(report)).toEqual([])
  expect(report.unchecked.find(({ label }) => label === 'BGP neighbour')?.where).toMatch(/show protocols all/)
})

test('several texts may be pasted one after the other', () => {
  const report = check(`${recorded('swanctl-list-sas-up')}\n${recorded('birdc-show-protocols-all')}`)
  expect(report.parts).toHaveLength(2)
  expect(verdicts(report)).toContain('bgp-state: fits')
  expect(verdicts(report)).toContain('session: fits')
})

test.each([
  ['swanctl-list-sas', 'strongSwan, swanctl --list-sas', 'session: fits'],
  ['swanctl-initiate-wrong-key', 'IKE log', null],
  ['birdc-show-protocols-all', 'BIRD, birdc show protocols all', 'bgp-state: fits'],
])('what the run with our own files recorded as %s is recognised as well', (name, title, verdict) => {
  const text = readFileSync(path.join(import.meta.dirname, '../recorded', `${name}.txt`), 'utf8')
  const report = check(text)
  expect(report.parts.map((part) => part.title)).toEqual([title])
  expect(verdicts(report).filter((one) => one === verdict)).toEqual(verdict === null ? [] : [verdict])
})
