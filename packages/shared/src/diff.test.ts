import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareThree, diffDrafts, effectsOf, maskChanges, mergeDrafts } from './diff.ts'
import { blankDraft, type TunnelDraft } from './draft.ts'
import { valueAt, withValue } from './field-values.ts'
import { fieldList } from './fields.ts'

/** The draft with one row of a comparison as it was: the switch of BGP stands for all of BGP. */
function takenBack(draft: TunnelDraft, base: TunnelDraft, path: string): TunnelDraft {
  return path === 'bgp.enabled' ? { ...draft, bgp: base.bgp } : withValue(draft, path, valueAt(base, path))
}

const word = fc.constantFrom('', 'a', 'b')
const flag = fc.boolean()

/** Drafts from very few values, so that two of them often agree in a field. */
const draft: fc.Arbitrary<TunnelDraft> = fc.record({
  name: word,
  description: word,
  cloudflare_endpoint: word,
  customer_endpoint: word,
  interface_address: word,
  interface_address6: word,
  health_check: fc.record({
    enabled: flag,
    rate: word,
    type: word,
    direction: word,
    target: fc.record({ saved: word }),
  }),
  bgp: fc.record({
    enabled: flag,
    customer_asn: fc.constantFrom(null, 65010, 65011),
    extra_prefixes: fc.subarray(['10.0.0.0/8', '0.0.0.0/0']),
    md5_key: word,
  }),
  replay_protection: flag,
  automatic_return_routing: flag,
  custom_remote_identities: fc.record({ fqdn_id: word }),
})

const values = (subject: TunnelDraft) => fieldList.map(({ path }) => valueAt(subject, path))
const everywhere = (choice: 'mine' | 'theirs') => Object.fromEntries(fieldList.map(({ path }) => [path, choice]))

describe('a diff', () => {
  test('of a draft with itself is empty, and lists fields in the order of the form', () => {
    fc.assert(fc.property(draft, (one) => diffDrafts(one, structuredClone(one)).length === 0))
    const order: string[] = fieldList.map(({ path }) => path)
    fc.assert(
      fc.property(draft, draft, (before, after) => {
        const places = diffDrafts(before, after).map(({ path }) => order.indexOf(path))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }),
    )
  })

  test('laid over the first draft gives the second, but for BGP that is off on both sides', () => {
    fc.assert(
      fc.property(draft, draft, (before, after) => {
        const result = diffDrafts(before, after).reduce((sum, { path, after: to }) => withValue(sum, path, to), before)
        expect(diffDrafts(result, after)).toEqual([])
      }),
    )
  })

  test('turned around has before and after exchanged', () => {
    fc.assert(
      fc.property(draft, draft, (a, b) => {
        const back = diffDrafts(b, a).map((change) => ({ ...change, before: change.after, after: change.before }))
        expect(back).toEqual(diffDrafts(a, b))
      }),
    )
  })

  test('says nothing of BGP fields while BGP is off on both sides', () => {
    const typed = { ...blankDraft, bgp: { ...blankDraft.bgp, md5_key: 'typed and left', customer_asn: 65010 } }
    expect(diffDrafts(blankDraft, typed)).toEqual([])
    const on = { ...typed, bgp: { ...typed.bgp, enabled: true } }
    expect(diffDrafts(blankDraft, on).map(({ path }) => path)).toEqual([
      'bgp.enabled',
      'bgp.customer_asn',
      'bgp.md5_key',
    ])
  })

  test.each([
    ['', 'canary', '', '(set)'],
    ['canary', '', '(set)', ''],
    ['canary-1', 'canary-2', '(set)', '(set)'],
  ])('masks an MD5 key that goes from %j to %j', (from, to, before, after) => {
    const bgp = { ...blankDraft.bgp, enabled: true }
    const changes = diffDrafts(
      { ...blankDraft, bgp: { ...bgp, md5_key: from } },
      { ...blankDraft, bgp: { ...bgp, md5_key: to } },
    )
    expect(maskChanges(changes)).toEqual([{ path: 'bgp.md5_key', label: 'MD5 key', before, after }])
    expect(JSON.stringify(maskChanges(changes))).not.toContain('canary')
  })

  test('leaves what an older or newer build recorded as it is', () => {
    const unknown = [{ path: 'not.a.field', label: 'Gone', before: 'a', after: 'b' }]
    expect(maskChanges(unknown)).toEqual(unknown)
  })

  test('masks nothing else', () => {
    const changes = diffDrafts(blankDraft, { ...blankDraft, name: 'zurich-a' })
    expect(maskChanges(changes)).toEqual(changes)
  })

  test('tells what each change does to the network', () => {
    const off = { ...blankDraft, health_check: { ...blankDraft.health_check, enabled: false } }
    expect(effectsOf(blankDraft, off)).toEqual([
      {
        path: 'health_check.enabled',
        label: 'Health check',
        before: true,
        after: false,
        risk: 'high',
        text: expect.stringContaining('dead tunnel'),
      },
    ])
    expect(effectsOf(off, structuredClone(off))).toEqual([])
  })
})

describe('three drafts', () => {
  test.each([
    ['a', 'a', 'b', 'mine'],
    ['a', 'b', 'a', 'theirs'],
    ['a', 'b', 'c', 'both'],
  ])('base %s, theirs %s, mine %s: changed by %s', (base, theirs, mine, state) => {
    const named = (name: string) => ({ ...blankDraft, name })
    expect(compareThree(named(base), named(theirs), named(mine))).toMatchObject([
      { field: { path: 'name' }, base, theirs, mine, state },
    ])
  })

  test.each([
    ['a', 'a', 'a'],
    ['a', 'b', 'b'],
  ])('base %s, theirs %s, mine %s: nothing to decide', (base, theirs, mine) => {
    const named = (name: string) => ({ ...blankDraft, name })
    expect(compareThree(named(base), named(theirs), named(mine))).toEqual([])
  })

  test('merging loses nobody’s change that only one of them made', () => {
    fc.assert(
      fc.property(draft, draft, draft, fc.constantFrom('mine', 'theirs'), (base, theirs, mine, choice) => {
        const merged = mergeDrafts(base, theirs, mine, everywhere(choice))
        for (const { field, state, ...row } of compareThree(base, theirs, mine)) {
          const expected = { mine: row.mine, theirs: row.theirs, both: row[choice] }[state]
          expect(valueAt(merged, field.path)).toEqual(expected)
        }
      }),
    )
  })

  test('merging invents nothing: every value is theirs or mine', () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, theirs, mine) => {
        const [merged, their, my] = [mergeDrafts(base, theirs, mine), theirs, mine].map(values)
        merged?.forEach((value, index) => {
          expect([their?.[index], my?.[index]]).toContainEqual(value)
        })
      }),
    )
  })

  test('choosing theirs everywhere, after changing nothing that they left alone, gives theirs', () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, theirs, mine) => {
        const mineWhereTheirs = compareThree(base, theirs, mine)
          .filter(({ state }) => state === 'mine')
          .reduce((sum, { field }) => takenBack(sum, base, field.path), mine)
        expect(mergeDrafts(base, theirs, mineWhereTheirs, everywhere('theirs'))).toEqual(theirs)
      }),
    )
  })

  test('mine wins where nothing was chosen; merging with an unchanged side gives the other side', () => {
    fc.assert(
      fc.property(draft, draft, (base, other) => {
        // Fields of a BGP that is off mean nothing and are not compared.
        expect(diffDrafts(mergeDrafts(base, base, other), other)).toEqual([])
        expect(diffDrafts(mergeDrafts(base, other, base), other)).toEqual([])
      }),
    )
    const named = (name: string) => ({ ...blankDraft, name })
    expect(mergeDrafts(named('a'), named('b'), named('c')).name).toBe('c')
  })

  test('merging leaves all three drafts as they are', () => {
    fc.assert(
      fc.property(draft, draft, draft, (base, theirs, mine) => {
        const before = structuredClone([base, theirs, mine])
        mergeDrafts(base, theirs, mine)
        expect([base, theirs, mine]).toEqual(before)
      }),
    )
  })
})

describe('H1 when one side turns BGP off', () => {
  const on = { enabled: true, customer_asn: 65010, extra_prefixes: [], md5_key: 'old' }
  const base = { ...blankDraft, bgp: on }
  const off = { ...blankDraft, bgp: { enabled: false, customer_asn: null, extra_prefixes: [], md5_key: '' } }

  test('and the other changed a field of it, a person chooses between the two as wholes', () => {
    const changed = { ...base, bgp: { ...on, customer_asn: 65011 } }
    expect(compareThree(base, off, changed).map(({ field, state }) => [field.path, state])).toEqual([
      ['bgp.enabled', 'both'],
    ])
    expect(mergeDrafts(base, off, changed, { 'bgp.enabled': 'mine' }).bgp).toEqual(changed.bgp)
    expect(mergeDrafts(base, off, changed, { 'bgp.enabled': 'theirs' }).bgp).toEqual(off.bgp)
    expect(compareThree(base, changed, off).map(({ state }) => state)).toEqual(['both'])
  })

  test('and the other did not touch it, it is off without a question', () => {
    expect(compareThree(base, off, base).map(({ state }) => state)).toEqual(['theirs'])
    expect(compareThree(base, base, off).map(({ state }) => state)).toEqual(['mine'])
    expect(mergeDrafts(base, base, off).bgp).toEqual(off.bgp)
  })
})
