import { expect, test } from 'vitest'
import type { FieldValue } from './fields.ts'
import { isCompared, valueWords } from './words.ts'

test.each<[path: string, value: FieldValue, words: string]>([
  ['health_check.rate', 'mid', 'Medium'],
  ['health_check.rate', 'constructor', 'constructor'],
  ['health_check.type', 'request', 'Request'],
  ['health_check.direction', 'bidirectional', 'Bidirectional'],
  ['health_check.enabled', false, 'Off'],
  ['bgp.enabled', true, 'On'],
  ['bgp.customer_asn', 65010, '65010'],
  ['bgp.customer_asn', null, 'not set'],
  ['bgp.extra_prefixes', ['10.0.0.0/8', '100.64.0.0/12'], '10.0.0.0/8, 100.64.0.0/12'],
  ['bgp.extra_prefixes', [], 'not set'],
  ['bgp.md5_key', 'hunter2', 'set'],
  ['bgp.md5_key', '(set)', 'set'],
  ['bgp.md5_key', '', 'not set'],
  ['description', '', 'not set'],
  ['a_field_of_tomorrow', 'mid', 'mid'],
])('%s %j reads "%s"', (path, value, words) => {
  expect(valueWords(path, value)).toBe(words)
})

test('addresses are compared digit by digit, words are read', () => {
  expect(['customer_endpoint', 'bgp.customer_asn', 'custom_remote_identities.fqdn_id'].every(isCompared)).toBe(true)
  expect(['name', 'description', 'health_check.rate', 'bgp.md5_key'].some(isCompared)).toBe(false)
})
