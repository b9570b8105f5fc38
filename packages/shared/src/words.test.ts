import { expect, test } from 'vitest'
import type { FieldValue } from './field.ts'
import { fieldList } from './fields.ts'
import { isCompared, valueWords } from './words.ts'

test.each<[path: string, value: FieldValue, words: string]>([
  ['health_check.rate', 'mid', 'Medium'],
  ['health_check.type', 'request', 'Request'],
  ['health_check.direction', 'bidirectional', 'Bidirectional'],
  ['health_check.rate', 'ludicrous', 'ludicrous'],
  ['health_check.enabled', true, 'On'],
  ['replay_protection', false, 'Off'],
  ['health_check.rate', 'constructor', 'constructor'],
  ['name', 'mid', 'mid'],
  ['description', '', 'not set'],
  ['bgp.customer_asn', null, 'not set'],
  ['bgp.customer_asn', 65010, '65010'],
  ['bgp.extra_prefixes', [], 'not set'],
  ['bgp.extra_prefixes', ['10.0.0.0/8', '100.64.0.0/12'], '10.0.0.0/8, 100.64.0.0/12'],
  ['bgp.md5_key', 'canary', 'set'],
  ['bgp.md5_key', '(set)', 'set'],
  ['bgp.md5_key', '', 'not set'],
  ['not.a.field', 'as it is', 'as it is'],
  ['not.a.field', true, 'On'],
])('%s = %j reads %j', (path, value, words) => {
  expect(valueWords(path, value)).toBe(words)
})

test('addresses, names and numbers are compared digit by digit; words are not', () => {
  expect(fieldList.filter(({ path }) => isCompared(path)).map(({ path }) => path)).toEqual([
    'cloudflare_endpoint',
    'customer_endpoint',
    'interface_address',
    'interface_address6',
    'health_check.target.saved',
    'bgp.customer_asn',
    'bgp.extra_prefixes',
    'custom_remote_identities.fqdn_id',
  ])
  expect(isCompared('not.a.field')).toBe(false)
})
