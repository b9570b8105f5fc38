import { expect, test } from 'vitest'
import type { FieldValue } from './field.ts'
import { fieldList } from './fields.ts'
import { changeText, isMonospaced, valueWords } from './words.ts'

test.each<[path: string, value: FieldValue, words: string]>([
  ['health_check.rate', 'mid', 'Medium'],
  ['health_check.type', 'request', 'Request'],
  ['health_check.direction', 'bidirectional', 'Bidirectional'],
  ['health_check.rate', 'ludicrous', 'ludicrous'],
  ['health_check.enabled', true, 'On'],
  ['replay_protection', false, 'Off'],
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
  expect(fieldList.filter(({ path }) => isMonospaced(path)).map(({ path }) => path)).toEqual([
    'cloudflare_endpoint',
    'customer_endpoint',
    'interface_address',
    'interface_address6',
    'health_check.target.saved',
    'bgp.customer_asn',
    'bgp.extra_prefixes',
    'custom_remote_identities.fqdn_id',
  ])
  expect(isMonospaced('not.a.field')).toBe(false)
})

test.each<[path: string, before: FieldValue, after: FieldValue, text: string]>([
  ['health_check.rate', 'mid', 'high', 'Label: Medium → High'],
  ['description', 'old', '', 'Label: old → not set'],
  ['bgp.md5_key', '', 'canary', 'Label: not set → set'],
  ['bgp.md5_key', 'canary-1', 'canary-2', 'Label: set → set to another value'],
  ['bgp.md5_key', '(set)', '(set)', 'Label: set → set to another value'],
])('%s from %j to %j reads %j', (path, before, after, text) => {
  expect(changeText({ path, label: 'Label', before, after })).toBe(text)
})
