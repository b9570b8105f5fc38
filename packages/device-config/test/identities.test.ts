import { accountNumberIn, identitiesOf } from '@tunnel-console/device-config/identities'
import { parametersOf } from '@tunnel-console/device-config/parameters'
import { expect, test } from 'vitest'
import { branch, hub } from './tunnels.ts'

const { id } = branch
const other = 'f'.repeat(32)
const unsaid = { ...branch, remote_identities: null }

test.each([
  ['123456789', '123456789'],
  [' 123456789 ', '123456789'],
  [`123456789_${id}`, '123456789'],
  [`${id}.123456789.ipsec.cloudflare.com`, '123456789'],
  [`ipsec@${id}.123456789.ipsec.cloudflare.com`, '123456789'],
  [`123456789_${other}`, null],
  [`${other}.123456789.ipsec.cloudflare.com`, null],
  [other, null],
  ['', null],
  ['12 34', null],
])('the account number in %j is %j', (text, number) => {
  expect(accountNumberIn(text, id)).toBe(number)
})

test('every identity is made of the id and the account number', () => {
  expect(identitiesOf(branch, null)).toEqual({
    accountNumber: '123456789',
    fqdn: `${id}.123456789.ipsec.cloudflare.com`,
    user: `ipsec@${id}.123456789.ipsec.cloudflare.com`,
    keyId: `123456789_${id}`,
    ipv4: null,
    custom: null,
  })
})

test('the number is read from the hexadecimal identity too', () => {
  const hex = [...`42_${id}`].map((one) => one.charCodeAt(0).toString(16)).join('')
  const tunnel = { ...branch, remote_identities: { fqdn_id: '', user_id: '', hex_id: hex } }
  expect(identitiesOf(tunnel, null).accountNumber).toBe('42')
})

test('what Cloudflare said of the tunnel wins over what was typed', () => {
  expect(identitiesOf(branch, '1').accountNumber).toBe('123456789')
  expect(identitiesOf(unsaid, '1').accountNumber).toBe('1')
})

test('a tunnel that cannot be read gives words in capitals and says what is missing', () => {
  const tunnel = { ...hub, cloudflare_endpoint: 'x', interface_address: '10.0.0.0/30', bgp: null }
  const parameters = parametersOf({ tunnel, accountNumber: null, key: null })
  expect(parameters.cloudflare).toEqual({ outside: 'CLOUDFLARE-ADDRESS', inside: 'CLOUDFLARE-INSIDE-ADDRESS' })
  expect(parameters.device.inside).toBe('DEVICE-INSIDE-ADDRESS')
  expect(parameters.missing.map(({ what }) => what)).toEqual(['Cloudflare endpoint', 'Inside addresses'])
})

test('the target of health checks is the one that is set, or follows the direction', () => {
  const target = (check: Partial<typeof branch.health_check>) =>
    parametersOf({
      tunnel: { ...branch, health_check: { ...branch.health_check, ...check } },
      accountNumber: null,
      key: null,
    }).health.target
  expect(target({})).toBe('10.252.2.21')
  expect(target({ direction: 'unidirectional' })).toBe('203.0.113.20')
  expect(target({ target: { saved: '192.0.2.9', effective: '' } })).toBe('192.0.2.9')
})
