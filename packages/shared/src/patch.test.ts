import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffDrafts } from './diff.ts'
import { blankDraft, draftOf, type TunnelDraft } from './draft.ts'
import { fieldList } from './fields.ts'
import { inputOf, patchOf, putBody, TunnelInput, TunnelPatch } from './patch.ts'
import { readOnlyKeys, Tunnel } from './tunnel.ts'

const id = 'a'.repeat(32)
const text = fc.constantFrom('', 'a', 'b')
const ip = fc.constantFrom('', '192.0.2.1', '192.0.2.2')
const flag = fc.boolean()

/** Drafts that pass our rules, from few values. While BGP is off its fields are empty, as `draftOf` gives them. */
const goal: fc.Arbitrary<TunnelDraft> = fc
  .record({
    name: fc.constantFrom('a', 'b'),
    description: text,
    cloudflare_endpoint: fc.constantFrom('192.0.2.1', '192.0.2.2'),
    customer_endpoint: ip,
    interface_address: fc.constantFrom('10.0.0.0/31', '10.0.0.2/31'),
    interface_address6: fc.constantFrom('', '2606::/127'),
    health_check: fc.record({
      enabled: flag,
      rate: fc.constantFrom('low', 'mid', 'high'),
      type: fc.constantFrom('reply', 'request'),
      direction: fc.constantFrom('unidirectional', 'bidirectional'),
      target: fc.record({ saved: ip }),
    }),
    bgp: fc.record({
      enabled: flag,
      customer_asn: fc.constantFrom(65010, 65011),
      extra_prefixes: fc.subarray(['10.0.0.0/8', '0.0.0.0/0']),
      md5_key: text,
    }),
    replay_protection: flag,
    automatic_return_routing: flag,
    custom_remote_identities: fc.record({ fqdn_id: fc.constantFrom('', 'a.1.custom.ipsec.cloudflare.com') }),
  })
  .map((draft) => (draft.bgp.enabled ? draft : { ...draft, bgp: blankDraft.bgp }))

/** What Cloudflare might send for a draft: optional fields empty, `null` or left out, and things that are not ours. */
const wireOf = (draft: TunnelDraft, empty: '' | null | undefined, isStringTarget: boolean) => {
  const { bgp, health_check, ...rest } = draft
  const { enabled: _, ...session } = bgp
  const emptied = (value: object) =>
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, entry === '' ? empty : entry]))
  const { saved } = health_check.target
  return {
    ...emptied(rest),
    health_check: { ...health_check, target: isStringTarget ? saved : { saved, effective: '192.0.2.9' } },
    ...(bgp.enabled ? { bgp: { ...emptied(session), import_filter_id: 'filter-1' } } : { bgp: empty ?? undefined }),
    id,
    created_on: '2026-01-01T00:00:00Z',
    modified_on: '2026-01-01T00:00:00Z',
    bgp_status: { state: 'BGP_UP' },
    psk_metadata: { last_generated_on: '2026-01-01T00:00:00Z' },
    allow_null_cipher: false,
    remote_identities: { hex_id: '00' },
    psk: 'canary-psk',
    future: { nested: 1, nothing: null },
    futureList: [1, null],
  }
}

const wire = fc.tuple(goal, fc.constantFrom('' as const, null, undefined), flag)

describe('a patch laid over what Cloudflare has', () => {
  test('lands exactly on the draft that was typed', () => {
    fc.assert(
      fc.property(wire, goal, ([base, empty, isStringTarget], mine) => {
        const read = wireOf(base, empty, isStringTarget)
        const patch = patchOf(draftOf(Tunnel.parse(read)), mine)
        const landed = draftOf(Tunnel.parse({ ...putBody(read, patch), id }))
        expect(diffDrafts(landed, mine)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('is a whole object: no null but the wish to remove BGP, nothing read-only, no key, direction said', () => {
    fc.assert(
      fc.property(wire, goal, ([base, empty, isStringTarget], mine) => {
        const read = wireOf(base, empty, isStringTarget)
        const body = putBody(read, patchOf(draftOf(Tunnel.parse(read)), mine))
        const nulls = Object.entries(body).filter(([, value]) => value === null)
        expect(nulls.map(([key]) => key)).toEqual(base.bgp.enabled && !mine.bgp.enabled ? ['bgp'] : [])
        expect(JSON.stringify({ ...body, bgp: body['bgp'] ?? {}, futureList: [] })).not.toContain('null')
        expect(Object.keys(body).filter((key) => (readOnlyKeys as readonly string[]).includes(key))).toEqual([])
        expect(JSON.stringify(body)).not.toContain('canary')
        expect(body['health_check']).toEqual(mine.health_check)
        expect(body).toMatchObject({ future: { nested: 1 }, futureList: [1, null] })
      }),
    )
  })

  test('keeps what a person cannot see: filters of BGP survive a change of its ASN', () => {
    const read = { id, bgp: { customer_asn: 65010, import_filter_id: 'in', export_filter_id: 'out', future: 1 } }
    expect(putBody(read, { bgp: { customer_asn: 65011 } })['bgp']).toEqual({
      customer_asn: 65011,
      import_filter_id: 'in',
      export_filter_id: 'out',
      future: 1,
    })
  })

  test.each([
    [{}, {}, { direction: 'unidirectional', target: { saved: '' } }],
    [{ health_check: null }, {}, { direction: 'unidirectional', target: { saved: '' } }],
    [{ health_check: { target: '192.0.2.1' } }, {}, { direction: 'unidirectional', target: { saved: '192.0.2.1' } }],
    [
      { health_check: { direction: 'bidirectional', target: { saved: '192.0.2.1', effective: '192.0.2.1' } } },
      { health_check: { target: { saved: '' } } },
      { direction: 'bidirectional', target: { saved: '' } },
    ],
    [{ health_check: { future: 1 } }, {}, { direction: 'unidirectional', target: { saved: '' }, future: 1 }],
  ])('the health check of %j with %j is %j', (read, patch, expected) => {
    expect(putBody(read, patch)['health_check']).toEqual(expected)
  })

  test('"" clears a text', () => {
    expect(putBody({ description: 'old' }, { description: '' })['description']).toBe('')
  })

  test('leaves what was read as it was', () => {
    const read = { id, health_check: { target: { saved: '', effective: '' } }, bgp: { customer_asn: 65010 } }
    const before = structuredClone(read)
    putBody(read, { bgp: { customer_asn: 1 }, health_check: { rate: 'low' } })
    expect(read).toEqual(before)
  })
})

describe('a patch', () => {
  test('of nothing is empty, and an empty patch is refused', () => {
    fc.assert(fc.property(goal, (draft) => Object.keys(patchOf(draft, structuredClone(draft))).length === 0))
    expect(TunnelPatch.safeParse({}).success).toBe(false)
  })

  test('from a good draft passes the rules of the BFF and touches no field that is the same', () => {
    fc.assert(
      fc.property(goal, goal, (base, mine) => {
        const patch = patchOf(base, mine)
        expect(diffDrafts(base, mine).length === 0 || TunnelPatch.safeParse(patch).success).toBe(true)
        expect(
          Object.keys(patch).filter((key) => !diffDrafts(base, mine).some(({ path }) => path.startsWith(key))),
        ).toEqual([])
      }),
    )
  })

  test('switches BGP on with all of it, and off with null', () => {
    const on = {
      ...blankDraft,
      bgp: { enabled: true, customer_asn: 65010, extra_prefixes: ['0.0.0.0/0'], md5_key: '' },
    }
    expect(patchOf(blankDraft, on)).toEqual({ bgp: { customer_asn: 65010, extra_prefixes: ['0.0.0.0/0'] } })
    expect(patchOf(on, blankDraft)).toEqual({ bgp: null })
  })

  test.each([
    { psk: 'canary' },
    { id },
    { account_id: id },
    { bgp_status: {} },
    { modified_on: '' },
    { health_check: { target: { effective: '' } } },
    { bgp: { enabled: true } },
  ])('S09 may not hold %j', (extra) => {
    expect(TunnelPatch.safeParse({ name: 'a', ...extra }).success).toBe(false)
    expect(TunnelInput.safeParse({ ...inputOf(complete), ...extra }).success).toBe(false)
  })
})

describe('each field is checked at its own place', () => {
  const wireFields = fieldList.filter(({ path }) => path !== 'bgp.enabled')

  /** `'a.b'` and a value as `{ a: { b: value } }`. */
  const bodyWith = (path: string, value: unknown): object =>
    path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object

  test.each(wireFields.map(({ path }) => [path] as const))('%s by its rule', (path) => {
    const nonsense = { no: 'value' }
    const pointers = [TunnelInput, TunnelPatch].map((schema) => {
      const { error } = schema.safeParse(bodyWith(path, nonsense))
      return error?.issues.filter((issue) => path === issue.path.join('.')).length
    })
    expect(pointers).toEqual([1, 1])
  })

  test('a create that lacks what has no default is told so on each field', () => {
    const issues = TunnelInput.safeParse({ bgp: { md5_key: '' } }).error?.issues.map(({ path }) => path.join('.'))
    expect(issues?.toSorted()).toEqual(['bgp.customer_asn', 'cloudflare_endpoint', 'interface_address', 'name'])
    expect(TunnelPatch.safeParse({ bgp: { md5_key: '' } }).success).toBe(true)
  })

  test.each([
    [{ health_check: {} }, 'health_check'],
    [{ health_check: { target: {} } }, 'health_check.target'],
    [{ bgp: {} }, 'bgp'],
    [{ custom_remote_identities: {} }, 'custom_remote_identities'],
  ])('%j says nothing and is refused', (patch, place) => {
    expect(TunnelPatch.safeParse(patch).error?.issues.map(({ path }) => path.join('.'))).toEqual([place])
  })
})

const complete: TunnelDraft = {
  ...blankDraft,
  name: 'zurich-a',
  cloudflare_endpoint: '162.159.135.10',
  interface_address: '10.99.0.0/31',
}

describe('the input of a create', () => {
  test('leaves empty fields out and says the direction', () => {
    expect(inputOf(complete)).toEqual({
      name: 'zurich-a',
      cloudflare_endpoint: '162.159.135.10',
      interface_address: '10.99.0.0/31',
      health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: { saved: '' } },
      replay_protection: false,
      automatic_return_routing: false,
    })
  })

  test('of any good draft passes the rules of the BFF and makes that draft', () => {
    fc.assert(
      fc.property(goal, (draft) => {
        const input = inputOf(draft)
        expect(TunnelInput.safeParse(input).success).toBe(true)
        expect(diffDrafts(draftOf(Tunnel.parse({ ...putBody({}, input), id })), draft)).toEqual([])
      }),
    )
  })
})
