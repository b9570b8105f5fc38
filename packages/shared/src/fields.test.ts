import { describe, expect, test } from 'vitest'
import { blankDraft, draftOf, type TunnelDraft } from './draft.ts'
import type { FieldPath, FieldSpec, FieldsOf, FieldValue } from './field.ts'
import { isEmpty, sameValue, valueAt, withValue } from './field-values.ts'
import { fieldList, fieldOfPointer, fields, isDefault, isOptional } from './fields.ts'
import { sections } from './sections.ts'
import { Tunnel } from './tunnel.ts'

/** A value of the same kind that a blank draft does not hold. */
const others: Record<string, FieldValue> = { string: 'other', boolean: 'flip', object: ['10.0.0.0/8'] }

function leavesOf(value: object, at = ''): string[] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? leavesOf(entry, `${at}${key}.`)
      : [`${at}${key}`],
  )
}

describe('the record of fields', () => {
  test('has an entry for every value of a draft, and for nothing else', () => {
    expect(Object.keys(fields).toSorted()).toEqual(leavesOf(blankDraft).toSorted())
    expect(fieldList.map(({ path }) => path)).toEqual(Object.keys(fields))
  })

  test('cannot forget a field, support’s view of one, or the name of one: the compiler says so', () => {
    const whole: FieldsOf<TunnelDraft> = fields
    // @ts-expect-error a draft that grows by a switch needs an entry for it
    const grown: FieldsOf<TunnelDraft & { new_switch: boolean }> = fields
    const { support: _, ...silent } = fields.replay_protection
    // @ts-expect-error whether support sees it must be said
    const undecided: FieldSpec<boolean> = silent
    // @ts-expect-error a secret is never shown to support
    const shown: FieldSpec<string> = { ...fields['bgp.md5_key'], support: true }
    // @ts-expect-error a switch is not written as text
    const typed: FieldSpec<boolean> = { ...fields.replay_protection, control: 'text' }
    // @ts-expect-error a misspelt path is no field
    const path: FieldPath = 'health_check.rates'
    expect([whole, grown, undecided, shown, typed, path]).not.toContain(undefined)
  })

  test('says the labels that people and screen readers know, each once', () => {
    expect(fieldList.map(({ label }) => label)).toEqual([
      'Name',
      'Description',
      'Cloudflare endpoint',
      'Customer endpoint',
      'Interface address',
      'Interface address (IPv6)',
      'Health check',
      'Health check rate',
      'Health check type',
      'Health check direction',
      'Health check target',
      'BGP',
      'Customer ASN',
      'Extra prefixes',
      'MD5 key',
      'Replay protection',
      'Automatic return routing',
      'Custom IKE FQDN',
    ])
    expect(new Set(fieldList.map(({ label }) => label)).size).toBe(fieldList.length)
  })

  test('keeps its fields in the order of the sections, and leaves no section empty', () => {
    const inOrder = sections.flatMap(({ id }) => fieldList.filter(({ section }) => section === id))
    expect(inOrder).toEqual(fieldList)
    expect(sections.map(({ id }) => fieldList.filter(({ section }) => section === id).length)).not.toContain(0)
  })

  test('S10 has one secret, and support sees neither it nor the identity of the device', () => {
    expect(fieldList.filter(({ control }) => control === 'secret').map(({ path }) => path)).toEqual(['bgp.md5_key'])
    expect(fieldList.filter(({ support }) => !support).map(({ path }) => path)).toEqual([
      'bgp.md5_key',
      'custom_remote_identities.fqdn_id',
    ])
  })
})

test.each(fieldList.map((field) => [field.path, field] as const))('the default of %s passes its rule', (_, field) => {
  const { rule, default: usual } = field
  expect(rule.safeParse(usual).success).toBe(usual !== undefined)
})

test('a tunnel of which Cloudflare says nothing reads as the defaults', () => {
  const silent = draftOf(Tunnel.parse({ id: '0'.repeat(32) }))
  const usual = fieldList.filter((field) => field.default !== undefined)
  expect(usual.map(({ path }) => [path, valueAt(silent, path)])).toEqual(
    usual.map((field) => [field.path, field.default]),
  )
})

test('what has no default must be given; what is empty by default may stay so', () => {
  const must = fieldList.filter((field) => field.default === undefined).map(({ path }) => path)
  expect(must).toEqual(['name', 'cloudflare_endpoint', 'interface_address', 'bgp.enabled', 'bgp.customer_asn'])
  expect(fieldList.filter(isOptional).map(({ path }) => path)).toEqual([
    'description',
    'customer_endpoint',
    'interface_address6',
    'health_check.target.saved',
    'bgp.extra_prefixes',
    'bgp.md5_key',
    'custom_remote_identities.fqdn_id',
  ])
})

test.each([
  ['health_check.rate', { low: 'Low', mid: 'Medium', high: 'High' }],
  ['health_check.type', { reply: 'Reply', request: 'Request' }],
  ['health_check.direction', { unidirectional: 'Unidirectional', bidirectional: 'Bidirectional' }],
] as const)('%s can be what Cloudflare documents and nothing else', (path, names) => {
  const { choices, rule } = fields[path]
  expect(Object.fromEntries(choices.map(({ value, label }) => [value, label]))).toEqual(names)
  expect(rule.options).toEqual(Object.keys(names))
  expect(choices.filter(({ value }) => !rule.safeParse(value).success)).toEqual([])
  expect(rule.safeParse('other').success).toBe(false)
})

test.each(fieldList.map(({ path }) => [path] as const))('%s can be read, changed, and changed back', (path) => {
  const before = valueAt(blankDraft, path)
  const next = others[typeof before] ?? 'other'
  const changed = withValue(blankDraft, path, next)
  expect(valueAt(changed, path)).toEqual(next)
  expect(withValue(changed, path, before)).toEqual(blankDraft)
  expect(fieldList.filter((field) => valueAt(changed, field.path) !== valueAt(blankDraft, field.path))).toHaveLength(1)
})

test.each(['', 'health_check', 'bgp', 'health_check.target', 'psk'])('%j is not a field', (path) => {
  expect(() => valueAt(blankDraft, path)).toThrow(TypeError)
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

test.each<[FieldValue, boolean]>([
  ['', true],
  [null, true],
  [[], true],
  [' ', false],
  [0, false],
  [false, false],
  [[''], false],
])('%j is empty: %s', (value, expected) => {
  expect(isEmpty(value)).toBe(expected)
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
