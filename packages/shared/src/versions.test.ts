import { expect, test } from 'vitest'
import type { TunnelVersion } from './api.ts'
import { blankDraft, type TunnelDraft } from './draft.ts'
import { asNew, changesOf, keyAfterRestore, lastSnapshot, restored, snapshotAt, snapshotsOf } from './versions.ts'

const called = (name: string): TunnelDraft => ({ ...blankDraft, name })
const withKey = (md5_key: string, enabled = true): TunnelDraft => ({
  ...called('a'),
  bgp: { enabled, customer_asn: enabled ? 65_001 : null, extra_prefixes: [], md5_key },
})

function version(seq: number, before: TunnelDraft | null, after: TunnelDraft | null): TunnelVersion {
  const at = `2026-11-2${seq}T00:00:00Z`
  return { seq, tunnelId: 'f'.repeat(32), name: 'a', at, by: 'ada@example.com', auditId: null, before, after }
}

const spelled = (versions: TunnelVersion[]) =>
  snapshotsOf(versions).map(({ seq, side, draft }) => `${seq} ${side} ${draft.name}`)

test('each change gives what it left, and the oldest also what was there before', () => {
  const versions = [version(3, called('b'), called('c')), version(2, called('a'), called('b'))]
  expect(spelled(versions)).toEqual(['3 after c', '2 after b', '2 before a'])
})

test('a creation has nothing before it, and a deletion nothing after', () => {
  expect(spelled([version(2, called('a'), null), version(1, null, called('a'))])).toEqual(['1 after a'])
  expect(spelled([version(2, called('a'), null)])).toEqual(['2 before a'])
})

test('a state that nobody saw come is a state of its own', () => {
  const versions = [version(3, called('x'), called('c')), version(2, called('a'), called('b'))]
  expect(spelled(versions)).toEqual(['3 after c', '3 before x', '2 after b', '2 before a'])
})

test('the last state of a tunnel that is gone is the one that the deletion took away', () => {
  expect(lastSnapshot([version(2, called('a'), null)])?.draft.name).toBe('a')
  expect(lastSnapshot([])).toBeNull()
})

test('a change is found by its number and its end', () => {
  const versions = [version(3, called('b'), called('c')), version(2, null, called('b'))]
  expect(snapshotAt(versions, 3, 'before')?.draft.name).toBe('b')
  expect(snapshotAt(versions, 2, 'before')).toBeNull()
  expect(snapshotAt(versions, 9, 'after')).toBeNull()
})

test('what an older build stored is read with what a new tunnel has in the fields that it did not know', () => {
  const { replay_protection: _, health_check, ...rest } = called('old')
  const stored = { ...rest, health_check: { rate: 'high' } } as unknown as TunnelDraft
  expect(changesOf(version(2, stored, called('new'))).map(({ path }) => path)).toEqual(['name', 'health_check.rate'])
  expect(snapshotsOf([version(2, null, stored)])[0]?.draft.health_check.enabled).toBe(health_check.enabled)
})

test('a restore lays every field over the live tunnel but the MD5 key', () => {
  const live = { ...withKey('secret'), description: 'now' }
  const after = restored(live, { ...withKey('(set)'), description: 'then' })
  expect(after).toEqual({ ...live, description: 'then' })
  expect(asNew(withKey('(set)')).bgp.md5_key).toBe('')
})

test.each([
  ['stays', withKey('secret'), withKey('(set)')],
  ['extra', withKey('secret'), withKey('')],
  ['missing', withKey(''), withKey('(set)')],
  ['missing', withKey('', false), withKey('(set)')],
  ['none', withKey(''), withKey('')],
  ['none', withKey('secret'), withKey('', false)],
])('the MD5 key of a restore: %s', (what, live, former) => {
  expect(keyAfterRestore(live, former)).toBe(what)
})
