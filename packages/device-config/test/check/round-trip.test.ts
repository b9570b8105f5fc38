import { expect, test } from 'vitest'
import { templates } from '../../src/templates.ts'
import { check, tunnelOf, verdicts, wrong } from './world.ts'

const generated = (id: string, tunnel = tunnelOf()): string => {
  const template = templates.find((one) => one.id === id)
  const files = template?.files({ tunnel, accountNumber: null, key: 'CANARY-KEY' }) ?? []
  return files.map(({ text }) => text).join('\n')
}

test.each([
  ['strongswan', 'strongSwan, swanctl.conf'],
  ['strongswan-vti', 'strongSwan, ipsec.conf'],
  ['cisco-ios-xe', 'Cisco IOS XE, show running-config'],
  ['fortigate', 'FortiGate, show full-configuration or show vpn ipsec'],
  ['palo-alto', 'Palo Alto PAN-OS, configuration in set format'],
])('what the console writes for %s, it reads back without a difference', (id, title) => {
  const report = check(generated(id))
  expect(report.parts.map((part) => part.title)).toContain(title)
  expect([...wrong(report).values()]).toEqual([])
  const told = verdicts(report)
  for (const topic of ['peer', 'local-id', 'ike', 'esp']) expect(told).toContain(`${topic}: fits`)
  expect(JSON.stringify(report)).not.toContain('CANARY')
})

test.each(['strongswan', 'strongswan-vti', 'cisco-ios-xe', 'fortigate', 'palo-alto'])(
  'a configuration of %s for another tunnel differs',
  (id) => {
    const other = { interface_address: '10.9.9.0/31', cloudflare_endpoint: '172.64.240.10', customer_endpoint: '' }
    const report = check(generated(id, tunnelOf({ ...other, id: 'f'.repeat(32), remote_identities: null })))
    expect(wrong(report).get('peer')).toMatchObject({ verdict: 'differs', expected: '162.159.135.10' })
    expect(wrong(report).get('local-id')).toMatchObject({ verdict: 'differs' })
  },
)

test('mistakes in a FortiGate are named one by one', () => {
  const text = generated('fortigate')
    .replace('set replay disable', 'set replay enable')
    .replace('set tcp-mss 1360', 'set tcp-mss 1420')
    .replace('set auto-negotiate enable', '')
    .replace('remote-as 13335', 'remote-as 13336')
    .replace('set proposal aes256gcm-prfsha256', 'set proposal aes128-sha1')
  const found = wrong(check(text))
  expect([...found.keys()]).toEqual(['ike', 'replay', 'mss', 'begins', 'bgp-remote-asn'])
  expect(found.get('replay')?.mend).toBe('phase2-interface: set replay disable')
})
