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
  bgp: { customer_asn: 64512 },
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
  ['\u00a0 10.252.2.21\u200b ', true],
  // A prefix is what lies in it, and what it lies in.
  ['10.252.2.16/28', true],
  ['10.252.2.32/28', false],
  ['10.252.2.20/32', true],
  ['203.0.113.0/24', true],
  ['162.159.128.0/20', true],
  ['162.159.0.0/20', false],
  ['10.252.2.20/', true],
  ['10.252.2.0/24 london', false],
  ['64512', true],
  ['as64512', true],
  ['AS64513', false],
])('%j finds the tunnel: %s', (query, expected) => {
  expect(createFilter(query)(tunnel)).toBe(expected)
})

test('a tunnel without an inside address is found by its words and by no address', () => {
  const bare = { ...tunnel, description: '', interface_address: '' }
  expect(createFilter('zurich')(bare)).toBe(true)
  expect(createFilter('10.252.2.20')(bare)).toBe(false)
})

test.each([
  ['down', 'down', true],
  ['Down zurich', 'down', true],
  ['down', 'up', false],
  ['up', 'up', true],
  // "backup" is not up.
  ['up', 'down', false],
  ['not monitored', 'not-monitored', true],
  ['needs-key', 'needs-key', true],
  ['needs key', 'up', false],
  ['degraded 10.252.2.21', 'degraded', true],
] as const)(
  'the word of a state finds the tunnels in it: %j finds a tunnel that is %s: %s',
  (query, state, expected) => {
    expect(createFilter(query)({ ...tunnel, description: 'backup line' }, state)).toBe(expected)
  },
)

test('a name that has the word of a state in it is found by it, whatever its state', () => {
  expect(createFilter('up')({ ...tunnel, name: 'link-up' }, 'down')).toBe(true)
})
