import { expect, test } from 'vitest'
import { publicAddressWarning } from './public-address.ts'

test.each([
  ['10.0.0.1', /RFC 1918/],
  ['172.16.0.1', /RFC 1918/],
  ['172.31.255.254', /RFC 1918/],
  ['192.168.1.1', /RFC 1918/],
  ['100.64.0.1', /carrier/],
  ['100.127.255.255', /carrier/],
  ['169.254.1.1', /link-local/],
  ['127.0.0.1', /loopback/],
  ['0.0.0.0', /no address/],
  ['224.0.0.5', /multicast/],
  ['255.255.255.255', /reserved/],
  [' 10.0.0.1 ', /RFC 1918/],
])('a device on the Internet cannot have %s', (address, why) => {
  expect(publicAddressWarning(address)).toMatch(why)
})

test.each(['', '203.0.113.10', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', 'x', '10.0.0.'])(
  'nothing is said of %j',
  (address) => {
    expect(publicAddressWarning(address)).toBeNull()
  },
)
