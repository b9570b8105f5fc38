import { expect, test } from 'vitest'
import { blankDraft } from './draft.ts'
import { type FieldValue, fieldAt, fieldOfPointer, fields, isDefault, sameValue, valueAt, withValue } from './fields.ts'

/** A value of the same kind that a blank draft does not hold. */
const others: Record<string, FieldValue> = { string: 'other', boolean: 'flip', object: ['10.0.0.0/8'] }

test.each(fields.map(({ path }) => [path] as const))('%s can be read, changed, and changed back', (path) => {
  const before = valueAt(blankDraft, path)
  const next = others[typeof before] ?? 'other'
  const changed = withValue(blankDraft, path, next)
  expect(valueAt(changed, path)).toEqual(next)
  expect(withValue(changed, path, before)).toEqual(blankDraft)
  expect(fields.filter((field) => valueAt(changed, field.path) !== valueAt(blankDraft, field.path))).toHaveLength(1)
})

test.each(['', 'health_check', 'bgp', 'health_check.target', 'psk'])('%j is not a field', (path) => {
  expect(() => valueAt(blankDraft, path)).toThrow(TypeError)
})

test('every label is said once, and only the MD5 key is masked', () => {
  expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length)
  expect(fields.filter(({ isMasked }) => isMasked).map(({ path }) => path)).toEqual(['bgp.md5_key'])
})

test.each<[FieldValue, FieldValue, boolean]>([
  ['a', 'a', true],
  ['1', 1, false],
  [null, '', false],
  [[], [], true],
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['b', 'a'], false],
  [['a'], ['a', 'b'], false],
  [['a'], 'a', false],
])('%j and %j are the same: %s', (a, b, same) => {
  expect([sameValue(a, b), sameValue(b, a)]).toEqual([same, same])
})

test.each<[string, FieldValue, boolean]>([
  ['description', '', true],
  ['description', 'note', false],
  ['health_check.rate', 'mid', true],
  ['health_check.direction', 'unidirectional', true],
  ['health_check.direction', 'bidirectional', false],
  ['bgp.extra_prefixes', [], true],
  ['name', '', false],
  ['bgp.enabled', false, false],
])('%s = %j is Cloudflare’s default: %s', (path, value, expected) => {
  expect(isDefault(withValue(blankDraft, path, value), path)).toBe(expected)
})

test.each([
  ['/name', 'name'],
  ['/health_check', 'health_check.enabled'],
  ['/health_check/rate', 'health_check.rate'],
  ['/health_check/target', 'health_check.target.saved'],
  ['/health_check/target/saved', 'health_check.target.saved'],
  ['/bgp', 'bgp.enabled'],
  ['/bgp/customer_asn', 'bgp.customer_asn'],
  ['/bgp/extra_prefixes', 'bgp.extra_prefixes'],
  ['/bgp/extra_prefixes/0', 'bgp.extra_prefixes'],
  ['/custom_remote_identities', 'custom_remote_identities.fqdn_id'],
  ['/interface_address', 'interface_address'],
  ['/interface_address6', 'interface_address6'],
  ['', undefined],
  ['/', undefined],
  ['/psk', undefined],
  ['/bgp_status/state', undefined],
  ['/names', undefined],
])('an error at %j belongs to %s', (pointer, path) => {
  expect(fieldOfPointer(pointer)?.path).toBe(path)
})

test.each([
  ['health_check.enabled', false, 'high'],
  ['health_check.enabled', true, 'low'],
  ['bgp.enabled', false, 'high'],
  ['bgp.enabled', true, 'medium'],
  ['cloudflare_endpoint', '192.0.2.1', 'high'],
  ['description', 'note', 'low'],
] as const)('setting %s to %j has %s risk', (path, after, risk) => {
  expect(fieldAt(path)?.effect(after)).toEqual({ risk, text: expect.stringMatching(/\w/) })
})
