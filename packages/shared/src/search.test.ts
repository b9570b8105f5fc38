import { expect, test } from 'vitest'
import { createFilter } from './search.ts'

const tunnel = {
  id: '0123456789abcdef0123456789abcdef',
  name: 'Zurich-A',
  description: 'Zürich branch, PE router at 192.0.2.77.',
  cloudflare_endpoint: '162.159.135.10',
  customer_endpoint: '203.0.113.20',
  interface_address: '10.252.2.20/31',
  interface_address6: '2606:54c1:7::200/127',
}

test.each([
  ['', true],
  ['   ', true],
  ['zurich', true],
  ['ZURICH-a', true],
  ['branch zurich', true],
  ['branch london', false],
  ['0123456789abcdef', true],
  ['2606:54C1', true],
  ['10.252.2', true],
  ['10.252.2.20/31', true],
  ['zürich', true],
  // A whole address is the address, not the beginning of another one.
  ['10.252.2.20', true],
  ['10.252.2.21', true],
  ['10.252.2.22', false],
  ['10.252.2.2', false],
  ['203.0.113.20', true],
  ['203.0.113.2', false],
  ['162.159.135.10', true],
  ['192.0.2.77', true],
  ['192.0.2.7', false],
  ['203.0.113.20 zurich', true],
  ['203.0.113.20 london', false],
])('%j finds the tunnel: %s', (query, expected) => {
  expect(createFilter(query)(tunnel)).toBe(expected)
})

test('a tunnel without an inside address is found by its words and by no address', () => {
  const bare = { ...tunnel, description: '', interface_address: '' }
  expect(createFilter('zurich')(bare)).toBe(true)
  expect(createFilter('10.252.2.20')(bare)).toBe(false)
})
