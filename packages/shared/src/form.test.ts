import { describe, expect, test } from 'vitest'
import { blankDraft, type TunnelDraft } from './draft.ts'
import type { FieldValue } from './field.ts'
import { nameWarning } from './field-rules.ts'
import { withValue } from './field-values.ts'
import { draftOfForm, draftProblems, formOf, subnetClash } from './form.ts'

const good: TunnelDraft = {
  ...blankDraft,
  name: 'zurich-a',
  cloudflare_endpoint: '162.159.135.10',
  interface_address: '10.99.0.0/31',
}
const withBgp: TunnelDraft = { ...good, bgp: { ...good.bgp, enabled: true, customer_asn: 65010 } }

test('a complete draft has no problems, with BGP and without', () => {
  expect(draftProblems(good)).toEqual([])
  expect(draftProblems(withBgp)).toEqual([])
})

test.each<[path: string, value: FieldValue, hint: RegExp]>([
  ['name', '', /Give the tunnel a name/],
  ['name', '   ', /Give the tunnel a name/],
  ['name', 'a'.repeat(256), /under 256/],
  ['description', 'a'.repeat(1025), /under 1,025/],
  ['cloudflare_endpoint', '', /Choose the Cloudflare address/],
  ['cloudflare_endpoint', 'example.com', /IPv4/],
  ['customer_endpoint', '203.0.113.300', /IPv4/],
  ['interface_address', '', /prefix/],
  ['interface_address', '10.0.0.1', /prefix/],
  ['interface_address', '10.0.0.0/29', /\/31/],
  ['interface_address', '8.8.8.8/31', /private/],
  ['interface_address', '10.0.0.4/30', /network or broadcast/],
  ['interface_address', '10.0.0.7/30', /network or broadcast/],
  ['interface_address6', '2606::1/64', /127/],
  ['interface_address6', '2606::1/127/1', /127/],
  ['interface_address6', '2606::1/127', /first address/],
  ['health_check.rate', 'often', /./],
  ['health_check.type', '', /./],
  ['health_check.direction', 'sideways', /./],
  ['health_check.target.saved', 'example.com', /IPv4/],
  ['custom_remote_identities.fqdn_id', 'zurich.example.com', /custom\.ipsec/],
])('%s cannot be %j', (path, value, hint) => {
  expect(draftProblems(withValue(good, path, value))).toEqual([{ path, message: expect.stringMatching(hint) }])
})

test.each<[path: string, value: FieldValue, hint: RegExp]>([
  ['bgp.customer_asn', null, /number/],
  ['bgp.customer_asn', Number.NaN, /number/],
  ['bgp.customer_asn', 0, /at least 1/],
  ['bgp.customer_asn', 1.5, /whole/],
  ['bgp.customer_asn', 4_294_967_296, /4294967295/],
  ['bgp.customer_asn', 13335, /Cloudflare’s own/],
  ['bgp.extra_prefixes', ['10.0.0.0/8', '10.0.0.0'], /“10.0.0.0” is no prefix/],
  ['bgp.extra_prefixes', Array.from({ length: 1001 }, () => '10.0.0.0/8'), /1,000/],
  ['bgp.md5_key', 'a"b', /without " and \?/],
  ['bgp.md5_key', 'a?b', /without " and \?/],
  ['bgp.md5_key', 'schlüssel', /ASCII/],
  ['bgp.md5_key', 'a'.repeat(81), /80/],
])('with BGP on, %s cannot be %j; with BGP off nobody minds', (path, value, hint) => {
  expect(draftProblems(withValue(withBgp, path, value))).toEqual([{ path, message: expect.stringMatching(hint) }])
  expect(draftProblems(withValue(good, path, value))).toEqual([])
})

test.each<[path: string, value: FieldValue]>([
  ['customer_endpoint', ''],
  ['interface_address', '169.254.240.2/30'],
  ['interface_address', '10.212.0.9/31'],
  ['interface_address6', '2606:54c1:7:0:a9fe:12d2:1:200/127'],
  ['health_check.target.saved', '192.0.2.9'],
  ['bgp.customer_asn', 4_294_967_295],
  ['bgp.md5_key', "!#$%&'()*+,-./:;<=>@[\\]^_`{|}~ aZ9"],
  ['bgp.extra_prefixes', ['0.0.0.0/0', '100.96.0.0/12']],
  ['custom_remote_identities.fqdn_id', 'zurich-1.33145236.custom.ipsec.cloudflare.com'],
])('%s can be %j', (path, value) => {
  expect(draftProblems(withValue(withBgp, path, value))).toEqual([])
})

describe('a tunnel that was made by other rules', () => {
  const strange: TunnelDraft = { ...withBgp, name: '', interface_address: '8.8.8.8/31', description: 'a'.repeat(2000) }

  test('stays editable: only what was touched is judged', () => {
    expect(draftProblems(strange).map(({ path }) => path)).toEqual(['name', 'description', 'interface_address'])
    expect(draftProblems({ ...strange, replay_protection: true }, { base: strange })).toEqual([])
    const touched = draftProblems({ ...strange, interface_address: '8.8.8.10/31' }, { base: strange })
    expect(touched.map(({ path }) => path)).toEqual(['interface_address'])
  })

  test('has all its BGP fields judged when BGP is switched on', () => {
    const off = { ...good, bgp: { ...good.bgp, md5_key: 'a?b' } }
    const on = { ...off, bgp: { ...off.bgp, enabled: true } }
    expect(draftProblems(on, { base: off }).map(({ path }) => path)).toEqual(['bgp.customer_asn', 'bgp.md5_key'])
  })
})

describe('a subnet that is taken', () => {
  const neighbours = [
    { id: '1', name: 'no-address', interface_address: '' },
    { id: '2', name: 'london-a', interface_address: '10.99.0.2/30' },
  ]

  test.each([
    ['10.99.0.0/31', true],
    ['10.99.0.3/31', true],
    ['10.99.0.4/31', false],
  ])('%s names the tunnel in the way: %s', (interface_address, clashes) => {
    const problems = draftProblems({ ...good, interface_address }, { neighbours })
    const named = { path: 'interface_address', message: 'Overlaps london-a (10.99.0.2/30)' }
    expect(problems).toEqual(clashes ? [named] : [])
    expect(subnetClash(interface_address, neighbours)?.name).toBe(clashes ? 'london-a' : undefined)
  })

  test('is not held against a tunnel whose address was not touched', () => {
    expect(draftProblems({ ...good, name: 'other' }, { base: good, neighbours })).toEqual([])
  })

  test('a field has one message, the first', () => {
    const all = [{ id: '3', name: 'everything', interface_address: '0.0.0.0/0' }]
    const problems = draftProblems({ ...good, interface_address: '8.8.8.8/31' }, { neighbours: all })
    expect(problems).toEqual([{ path: 'interface_address', message: expect.stringMatching(/private/) }])
  })
})

describe('a form', () => {
  test('spells a draft and gives it back', () => {
    const draft = { ...withBgp, bgp: { ...withBgp.bgp, extra_prefixes: ['0.0.0.0/0', '100.96.0.0/12'] } }
    expect(draftOfForm(formOf(draft))).toEqual(draft)
    expect(draftOfForm(formOf(good))).toEqual(good)
  })

  test.each([
    ['', null],
    [' 65010 ', 65010],
    ['AS65010', Number.NaN],
    ['6.5', Number.NaN],
    ['-1', Number.NaN],
    ['1e3', Number.NaN],
  ])('reads the ASN %j as %d', (customer_asn, expected) => {
    const form = formOf(good)
    expect(draftOfForm({ ...form, bgp: { ...form.bgp, customer_asn } }).bgp.customer_asn).toBe(expected)
  })

  test('trims the name and splits prefixes at commas, spaces and lines', () => {
    const form = formOf(good)
    const draft = draftOfForm({
      ...form,
      name: ' zurich-a ',
      bgp: { ...form.bgp, extra_prefixes: ' 10.0.0.0/8,\n172.16.0.0/12  0.0.0.0/0\n' },
    })
    expect(draft.name).toBe('zurich-a')
    expect(draft.bgp.extra_prefixes).toEqual(['10.0.0.0/8', '172.16.0.0/12', '0.0.0.0/0'])
  })
})

test.each<[path: string, value: string]>([
  ['cloudflare_endpoint', '162.159.135.10'],
  ['customer_endpoint', '203.0.113.10'],
  ['interface_address', '10.99.0.0/31'],
  ['interface_address6', '2606:54c1:7:0:a9fe:12d2:1:200/127'],
  ['health_check.target.saved', '203.0.113.10'],
  ['custom_remote_identities.fqdn_id', 'branch.custom.ipsec.cloudflare.com'],
])('blanks that were pasted around %s mean nothing', (path, value) => {
  const draft = withValue(good, path, value)
  expect(draftOfForm(formOf(withValue(good, path, ` ${value}\t`)))).toEqual(draft)
})

test('a description keeps its blanks, and an MD5 key every character', () => {
  const draft = withValue(withValue(withBgp, 'description', ' two\n'), 'bgp.md5_key', ' secret ')
  expect(draftOfForm(formOf(draft))).toEqual(draft)
})

test.each([
  ['branch-07_b', null],
  ['AWS BGP', expect.stringContaining('Validate')],
  ['zürich', expect.stringContaining('Validate')],
])('the name %s is warned about: %s', (name, warning) => {
  expect(nameWarning(name)).toEqual(warning)
})

test('a name that another tunnel has is found here, and not held against a tunnel that keeps its own', () => {
  const neighbours = [{ id: '2', name: 'london-a', interface_address: '' }]
  const problem = { path: 'name', message: 'Another tunnel is called london-a already' }
  expect(draftProblems({ ...good, name: 'london-a' }, { neighbours })).toEqual([problem])
  expect(
    draftProblems({ ...good, name: 'london-a', description: 'x' }, { base: { ...good, name: 'london-a' }, neighbours }),
  ).toEqual([])
})

test('of many prefixes, the one that is wrong is named with its place', () => {
  const message = (...extra_prefixes: string[]) =>
    draftProblems(withValue(withBgp, 'bgp.extra_prefixes', extra_prefixes))[0]?.message
  expect(message('10.0.0.0/8', '100.64.0.0')).toBe('Entry 2: “100.64.0.0” is no prefix, write such as 100.64.0.0/12')
  expect(message('x'.repeat(100))).toBe(`Entry 1: “${'x'.repeat(40)}…” is no prefix, write such as 100.64.0.0/12`)
})
